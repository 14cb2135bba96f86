"""Several packs as one: each by its own scales, the most restrictive wins, and a profile adds what it marks."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.check import check
from policies.compose import compose, with_profiles
from policies.demand import demands
from policies.errors import FactsError, PackError
from policies.explain import explain
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.openness import ORDER
from policies.pack import Pack, found, load, load_file
from policies.strictness import weaker
from policies.together import scale_names
from tests.policies import small
from tests.policies.test_grading import tables

PAIRS = [compose(pair) for pair in itertools.combinations([pack.meta.id for pack in found()], 2)]
TWO = "cn-gbt-43697-2024+us-hipaa-safe-harbor"

PROFILE = """\
format = 1

[meta]
id = "extra"
title = { zh = "另", en = "extra" }
issuer = { zh = "某", en = "somebody" }
jurisdiction = "XX"
version = "2"
effective = 2025-01-01
until = 2027-01-01
status = "draft"
evidence = "recalled"
profile = true

[categories."thing.secret"]
zh = "秘密"
en = "secret"
markers = ["pi"]
article = "b"
evidence = "recalled"
"""
CASE = """
[[cases]]
id = "secret"
under = "{under}"
fields = [{{ name = "s", category = "thing.secret", role = "insensitive", levels = "L0", markers = "pi" }}]
[cases.expect]
openness = "{openness}"
levels = "L0"
"""


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), tables, st.sampled_from(["unconditional", "conditional"]))
def test_each_part_has_its_say_and_the_most_restrictive_wins(
    both: Pack, fields: tuple[FieldFacts, ...], openness: str
) -> None:
    about = DatasetFacts(rows=1000)
    grading = grade(both, fields, about)
    asked = demands(both, grading, fields, openness)
    for part in both.parts:
        alone, names = grade(part, fields, about), scale_names(both, part)
        assert ORDER[grading.openness] >= ORDER[alone.openness]
        for one, together in zip(alone.fields, grading.fields, strict=True):
            assert {names[scale]: level for scale, level in one.levels.items()}.items() <= together.levels.items()
            assert ORDER[together.openness] >= ORDER[one.openness]
        for wanted, ask in zip(demands(part, alone, fields, openness).asks, asked.asks, strict=True):
            assert not weaker(ask.method, wanted.method)
    assert grading.openness in {grade(part, fields, about).openness for part in both.parts}
    assert all(step.source for field in grading.fields for step in field.steps)


def test_order_and_repetition_change_nothing() -> None:
    one = compose(["us-hipaa-safe-harbor", "cn-gbt-43697-2024", "us-hipaa-safe-harbor"])
    assert one.meta.id == TWO
    assert one.digest() == load(TWO).digest() == compose(["cn-gbt-43697-2024", "us-hipaa-safe-harbor"]).digest()
    assert compose(["us-hipaa-safe-harbor"]) is load("us-hipaa-safe-harbor")
    assert one.meta.effective == datetime.date(2024, 10, 1)
    assert one.meta.evidence == "secondary"
    assert one.meta.jurisdiction == "CN+US"


def test_declared_facts_reach_the_pack_that_knows_them() -> None:
    fields = [FieldFacts("sex", "person.basic.sex", "quasi-identifier", 1.0, distinct=2)]
    told = DatasetFacts(1000, attributes={"actual-knowledge": "some", "minors": "yes"})
    grading = grade(load(TWO), fields, told)
    assert grading.levels["phi"] == "limited"
    assert grading.dataset == told
    assert "sensitive-pi" in grading.fields[0].markers
    with pytest.raises(FactsError, match=r"None of the policies .* knows an attribute 'x': declare one of"):
        grade(load(TWO), fields, DatasetFacts(1000, attributes={"x": "y"}))
    with pytest.raises(FactsError, match="must be one of"):
        grade(load(TWO), fields, DatasetFacts(1000, attributes={"minors": "perhaps"}))


def test_a_settled_ask_stays_settled_and_the_derivation_names_the_pack() -> None:
    from policies.treatment import Ask

    pack = load(TWO)
    fields = [
        FieldFacts("age", "person.basic.age", "quasi-identifier", 1.0, distinct=80, type="integer"),
        FieldFacts("sex", "person.basic.sex", "quasi-identifier", 1.0, distinct=2, type="text"),
    ]
    grading = grade(pack, fields, DatasetFacts(1000))
    person = {"age": Ask("age", "drop", {}, "", "recalled", "decided")}
    asked = demands(pack, grading, fields, "conditional", person)
    assert [ask.method for ask in asked.asks] == ["drop", "generalize"]
    assert asked.planned is not None
    assert set(asked.planned.levels) == {"tier", "general", "phi"}
    told = "\n".join(explain(grading, "age"))
    assert explain(grading, "age")[-2].startswith("the dataset: ")
    assert "us-hipaa-safe-harbor" in told
    assert "cn-gbt-43697-2024" in told


def test_two_packs_with_one_name_for_a_scale(tmp_path: Path) -> None:
    one = small.load(tmp_path)
    text = small.PACK.replace('id = "small"', 'id = "other"', 1).replace('floor = { s = "L1" }', 'floor = { s = "L2" }')
    other = load_file(small.write(tmp_path, text, "other"))
    from policies.compose import _beside

    both = _beside([one, other])
    grading = grade(both, [FieldFacts("a", "person.age", "quasi-identifier", 1.0)], DatasetFacts(10))
    assert grading.levels == {"small/s": "L1", "other/s": "L2"}
    assert grading.openness == "closed"


def test_what_cannot_be_named() -> None:
    for ids, words in (
        (["cn-inherited", "us-hipaa-safe-harbor"], "only holds what others inherit"),
        (["us-hipaa-safe-harbor", "nowhere"], "There is no policy pack 'nowhere'"),
        (["us-hipaa-safe-harbor", ""], "There is no policy pack ''"),
    ):
        with pytest.raises(PackError, match=words):
            compose(ids)


def test_a_profile_adds_its_markers(tmp_path: Path) -> None:
    pack, profile = small.load(tmp_path), load_file(small.write(tmp_path, PROFILE, "extra"))
    joined = with_profiles(pack, [profile])
    assert joined.meta.id == "small+extra"
    assert joined.meta.status == "draft"
    assert joined.digest() != pack.digest()
    field = FieldFacts("s", "thing.secret.x", "insensitive", 1.0)
    assert grade(pack, [field], DatasetFacts(9)).fields[0].markers == ()
    graded = grade(joined, [field], DatasetFacts(9)).fields[0]
    assert (graded.markers, graded.levels) == (("pi",), {"s": "L0"})
    assert not joined.in_force(datetime.date(2027, 1, 1))
    assert "no longer is on 2027-01-01" in joined.outside(datetime.date(2027, 1, 1))


def test_a_profile_that_changes_nothing_or_contradicts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policies import compose as module

    small.write(tmp_path, PROFILE, "extra")
    small.write(tmp_path, PROFILE.replace('"pi"', '"other"').replace('id = "extra"', 'id = "odd"'), "odd")
    small.write(tmp_path)
    here = {name: load_file(tmp_path / f"{name}.toml") for name in ("small", "extra", "odd")}
    monkeypatch.setattr(module, "load_shipped", here.__getitem__)
    assert compose(["small", "extra"]).meta.id == "small+extra"
    with pytest.raises(PackError, match=r"adds the markers other, and small asks for none of them: it would change"):
        compose(["small", "odd"])
    with pytest.raises(PackError, match=r"'extra' only adds to other packs: name one beside it"):
        compose(["extra"])
    contradicting = PROFILE.replace(
        "[categories", '[conditions.about-persons]\nsource_has = ["thing"]\n\n[categories', 1
    )
    profile = load_file(small.write(tmp_path, contradicting, "extra"))
    with pytest.raises(PackError, match=r"small\+extra cannot be joined: conditions changes the inherited 'about-pers"):
        with_profiles(here["small"], [profile])


def test_a_profile_is_checked_beside_a_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policies import check as module

    monkeypatch.setattr(module, "load_shipped", lambda id: load_file(tmp_path / f"{id}.toml"))
    small.write(tmp_path)
    path = small.write(tmp_path, PROFILE + CASE.format(under="small", openness="unconditional"), "extra")
    assert check(path) == ()
    small.write(tmp_path, PROFILE + CASE.format(under="small", openness="closed"), "extra")
    assert check(path) == ("Case 'secret': openness should be closed and is unconditional.",)
    small.write(tmp_path, PROFILE + CASE.format(under="nowhere", openness="closed"), "extra")
    assert "cannot be read" in check(path)[0]
    small.write(
        tmp_path, PROFILE + CASE.format(under="small", openness="closed").replace('under = "small"\n', ""), "extra"
    )
    assert check(path) == ("Case 'secret' lacks 'under': name the pack that the profile is to be added to.",)
    small.write(tmp_path, PROFILE, "extra")
    assert "has no cases" in check(path)[0]
    own = small.PACK.replace('id = "one"\n', 'id = "one"\nunder = "small"\n')
    assert check(small.write(tmp_path, own)) == ("Case 'one' names 'under', which is for profiles only.",)
    scaled = PROFILE + small.PACK[small.PACK.index("[[scales]]") : small.PACK.index("[[release]]")]
    assert "a profile only adds to other packs" in check(small.write(tmp_path, scaled, "extra"))[0]


def test_a_pack_says_when_it_is_in_force() -> None:
    pack = load("cn-gbt-43697-2024")
    day = datetime.date(2024, 10, 1)
    assert pack.outside(day) == ""
    assert pack.outside(day - datetime.timedelta(1)).endswith("in force from 2024-10-01, and not yet on 2024-09-30.")
    assert load(TWO).outside(day) == ""
    assert "cn-gbt-43697-2024 is in force from" in load(TWO).outside(datetime.date(2020, 1, 1))
