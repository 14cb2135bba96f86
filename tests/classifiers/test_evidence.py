"""Every kind of evidence on its own: how much it weighs, and that it says so without a cell."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.category import tree
from classifiers.classifier import Classifier, Examples, Pattern, Vocabulary
from classifiers.errors import ClassifierError
from classifiers.evidence import distribution, header, masked, neighbours, pattern, vocabulary
from classifiers.evidence.facets import facets
from classifiers.evidence.gather import posterior
from classifiers.evidence.priors import prior
from classifiers.finding import Reason
from classifiers.headers.match import Match
from classifiers.headers.read import Reading
from classifiers.scan.profile import Hits, Profile
from classifiers.scan.scan import scan
from tests.classifiers.tables import SEX, table


def profile(*values: str | None, classifiers: tuple[Classifier, ...] = ()) -> Profile:
    return scan(table({"a": list(values)}), classifiers)[0]


def hits(
    passed: int, null_rate: float, looked_at: int = 300, *, distinct: int | None = None, checked: bool = False
) -> Hits:
    return Hits(passed, passed, looked_at, passed if distinct is None else distinct, "p", null_rate, checked, 1.0)


def test_all_hits_are_proof_when_chance_is_small_and_little_when_it_is_large() -> None:
    assert pattern.weigh(hits(300, 1e-4)) == pytest.approx(10)
    assert 4 < pattern.weigh(hits(300, 0.07)) < 7
    assert pattern.weigh(hits(300, 0.5)) < 2
    assert pattern.weigh(hits(300, 0.9)) < 0.5


def test_a_share_at_the_null_rate_speaks_against() -> None:
    assert pattern.weigh(hits(21, 0.07)) < -1.5
    assert pattern.weigh(hits(3, 0.005, checked=True)) < -1
    assert pattern.weigh(hits(1, 1e-4, 2000)) < 0


def test_half_a_column_of_checked_numbers_is_still_proof() -> None:
    assert pattern.weigh(hits(150, 1e-4, checked=True)) > 5
    assert pattern.weigh(hits(150, 0.07)) < 1


def test_a_value_repeated_is_one_witness() -> None:
    many = pattern.weigh(hits(300, 0.01))
    one = pattern.weigh(hits(300, 0.01, distinct=1))
    assert one < many / 1.5


@given(st.integers(0, 500), st.integers(1, 500), st.floats(1e-6, 0.3))
@settings(max_examples=300, deadline=None)
def test_more_hits_never_weigh_less(k: int, n: int, null_rate: float) -> None:
    k = min(k, n)
    more = min(k + 1, n)
    one, two = pattern.weigh(hits(k, null_rate, n)), pattern.weigh(hits(more, null_rate, n))
    assert two >= one - 1e-9 or (k / n <= null_rate and two <= 0)
    assert -3 <= one <= 10


@pytest.mark.parametrize(("k", "n", "p"), [(5, 1000, 1e-4), (40, 300, 0.07), (3, 10, 0.01)])
def test_surprise_bounds_the_binomial_tail(k: int, n: int, p: float) -> None:
    tail = sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
    assert pattern.surprise(k, n, p) <= -math.log(tail) + 1e-9
    assert pattern.surprise(k, n, p) > 0
    assert pattern.surprise(1, n, 0.5) == 0


def test_a_few_identifiers_among_other_values_are_said_to_be_there() -> None:
    even = Pattern("even", "[0-9]{8}", (8, 8), 0.0001, lambda v: np.ones(len(v), dtype=bool))
    sparse = Classifier("person.identity.resident-id", patterns=(even,))
    found = profile(*[f"note {n}" for n in range(1990)], *[f"{n:08d}" for n in range(10)], classifiers=(sparse,))
    reasons = pattern.reasons(found, (sparse,), tree(), 10)
    assert [r for r in reasons if r.rule == "contains" and r.counts == (10, 2000)]
    assert sum(r.weight for r in reasons) < 0


def test_words_of_a_list_weigh_more_than_codes() -> None:
    words = vocabulary.reasons(profile("男", "女", "男"), (SEX,))[0]
    codes = vocabulary.reasons(profile("1", "2", "1"), (SEX,))[0]
    assert words.weight > 5 > 1.5 > codes.weight > 0
    assert words.counts == (2, 2)
    assert "男" not in words.text


def test_values_outside_the_list_speak_against() -> None:
    against = vocabulary.reasons(profile("红", "绿", "蓝", "男"), (SEX,))[0]
    assert against.weight < 0
    shaped = Classifier("person.basic.sex", patterns=(Pattern("x", "x", (1, 1), 0.1),), vocabularies=SEX.vocabularies)
    assert vocabulary.reasons(profile("红", "绿", "蓝"), (shaped,)) == []


def test_one_stray_value_does_not_spoil_a_long_list() -> None:
    groups = Classifier("person.basic.ethnicity", vocabularies=(Vocabulary("g", frozenset("abcdefghij")),))
    clean = vocabulary.reasons(profile(*"abcdefghij"), (groups,))[0]
    stray = vocabulary.reasons(profile(*"abcdefghi", "?x"), (groups,))[0]
    assert stray.weight > 0
    assert clean.weight > stray.weight


def test_masks_say_what_they_hide() -> None:
    ids = Classifier(
        "person.identity.resident-id",
        patterns=(Pattern("id", "[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]", (18, 18), 1e-4),),
        examples=Examples(values=("110101199003074514",)),
    )
    half = [f"3302{'*' * 10}{n:04d}" for n in range(50)] + ["x"] * 50
    found = masked.reasons(profile(*half, classifiers=(ids,)), (ids,))
    assert found[0].weight > 3
    assert "3302" not in found[0].text
    assert masked.reasons(profile("*", "**", "***"), (ids,)) == []
    assert masked.reasons(profile("330203", "x"), (ids,)) == []


@pytest.mark.parametrize(
    ("values", "category"),
    [
        ([str(1 + n * 7 % 95) for n in range(300)], "person.basic.age"),
        ([f"19{30 + n % 70}-0{1 + n % 9}-1{n % 9}" for n in range(300)], "person.basic.birth-date"),
        ([f"202{n % 4}-0{1 + n % 9}-1{n % 9} 10:1{n % 9}:00" for n in range(300)], "thing.date"),
        ([str(n) for n in range(1, 301)], "thing.identifier"),
        ([f"{110 + n % 9}.{n * 7919 % 10**6:06d}" for n in range(300)], "thing.coordinates"),
        ([f"群众反映第{n}号楼下水道堵塞,希望尽快处理,多次联系无果{'。再' * (n % 9)}" for n in range(300)], "text.free"),
    ],
)
def test_how_values_lie(values: list[str], category: str) -> None:
    found = distribution.reasons(profile(*values), tree())
    assert any(r.category == category and r.weight > 0 for r in found)


def test_a_rule_with_an_unknown_feature_is_refused() -> None:
    with pytest.raises(ClassifierError, match="rule 1 asks for the unknown feature 'colour'"):
        distribution.parse('[[rule]]\ncategory="thing.date"\nweight=1\ntext="x"\ncolour=[0,1]')
    assert all(rule.category in tree() for rule in distribution.rules())


def test_an_owner_named_in_the_header_moves_the_claim() -> None:
    claims = {"header": {"person.contact.mobile": Match("person.contact.mobile", 5.0, "联系电话", "head", 2, 6, 6)}}
    known = frozenset({"person.contact.mobile", "organisation.phone"})
    firm = header.reasons(Reading(claims, "organisation", "企业"), facets(), known)
    person = header.reasons(Reading(claims, "person", "户主"), facets(), known)
    assert total(firm)["organisation.phone"] > total(firm)["person.contact.mobile"] + 2
    assert total(person)["person.contact.mobile"] > 5.5
    assert "organisation.phone" not in total(person)


def total(reasons: list[Reason]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for reason in reasons:
        sums[reason.category] = sums.get(reason.category, 0.0) + reason.weight
    return sums


def test_a_second_source_adds_a_part_of_itself() -> None:
    one = Match("person.basic.sex", 6.0, "性别", "exact")
    alone = total(header.reasons(Reading({"header": {one.category: one}}), facets(), frozenset()))
    both = total(
        header.reasons(Reading({"header": {one.category: one}, "physical": {one.category: one}}), facets(), frozenset())
    )
    assert 6.0 == alone[one.category] < both[one.category] < 9.0


def test_neighbours_never_hear_the_column_itself() -> None:
    posteriors = [{"person.basic.sex": 1.0}, {"unknown": 1.0}]
    scores = neighbours.ownership(posteriors, "", facets())
    assert scores[0]["person"] == 0
    assert scores[1]["person"] > 1


def test_neighbours_lean_and_keep_silent_when_nothing_leads() -> None:
    candidates = frozenset({"person.contact.mobile", "organisation.phone"})
    firm = total(neighbours.reasons({"person": 0.0, "organisation": 4.0, "thing": 0.0}, candidates, facets()))
    assert firm["organisation.phone"] > 0 > firm["person.contact.mobile"]
    assert neighbours.reasons({"person": 1.0, "organisation": 1.2, "thing": 0.0}, candidates, facets()) == []


def test_a_place_in_a_table_of_persons_is_a_quasi_identifier() -> None:
    persons = {"person": 5.0, "organisation": 0.0, "thing": 0.0}
    things = {"person": 0.0, "organisation": 0.0, "thing": 5.0}
    assert neighbours.role("thing.region", "insensitive", persons, False, facets()) == "quasi-identifier"
    assert neighbours.role("thing.region", "insensitive", things, False, facets()) == "insensitive"
    assert neighbours.role("thing.identifier", "insensitive", persons, True, facets()) == "direct-identifier"


@given(st.lists(st.tuples(st.sampled_from(["person.name", "thing.date"]), st.floats(-20, 20)), max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_posterior_is_a_distribution(evidence: list[tuple[str, float]]) -> None:
    reasons = [Reason("header", c, w, "", "") for c, w in evidence]
    found = posterior(reasons, {"person.name": prior("person.name"), "thing.date": prior("thing.date")})
    assert sum(found.values()) == pytest.approx(1)
    assert set(found) == {"person.name", "thing.date", "unknown"}


def test_no_values_no_evidence() -> None:
    empty = profile(None, None)
    assert pattern.reasons(empty, (), tree(), 1) == []
    assert vocabulary.reasons(empty, (SEX,)) == []
    assert distribution.reasons(empty, tree()) == []
    assert masked.reasons(empty, (SEX,)) == []


def test_word_sets_are_compared_without_case() -> None:
    assert vocabulary.reasons(profile("MALE", "Female"), (SEX,))[0].counts == (2, 2)
    assert pa.types.is_string(vocabulary._set(SEX.vocabularies[0].words).type)
