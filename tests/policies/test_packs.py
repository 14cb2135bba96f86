"""Every pack that is found: its cases pass, every part of it is exercised, and it fits the other libraries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from anonymizers.discovery import treatments
from anonymizers.model_discovery import models
from classifiers.category import tree
from policies.check import check, faults, fired
from policies.compose import with_profiles
from policies.demand import demands
from policies.errors import PackError
from policies.facts import DatasetFacts, FieldFacts
from policies.format.category import UNKNOWN
from policies.format.whole import unverified
from policies.grade import grade
from policies.pack import PACKS, Pack, found, ids, load, load_file, load_shipped, profiles
from policies.strictness import METHODS

FILES = sorted(PACKS.glob("*.toml"))
EVERY = found()


def by_id(pack: Pack) -> str:
    return pack.meta.id


def test_the_three_first_packs_are_there() -> None:
    assert {"cn-shanghai-open-data", "cn-gbt-43697-2024", "us-hipaa-safe-harbor"} <= set(ids())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_check_finds_no_fault(path: Path) -> None:
    assert check(path) == ()


@pytest.mark.parametrize(("pack", "case"), [(p, c) for p in EVERY for c in p.cases], ids=lambda x: getattr(x, "id", ""))
def test_case(pack: Pack, case: object) -> None:
    assert faults(pack, case) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_every_own_rule_is_hit_by_a_case(pack: Pack) -> None:
    hit = {rule for case in pack.cases for rule in fired(grade(pack, case.fields, case.dataset))}
    assert {rule.id for rule in pack.rules if rule.source == pack.meta.id} <= hit


@pytest.mark.parametrize("profile", profiles(), ids=by_id)
def test_every_rule_of_a_profile_is_hit_by_a_case(profile: Pack) -> None:
    hit: set[str] = set()
    for case in profile.cases:
        joined = with_profiles(load_shipped(case.under), [profile])
        hit |= fired(grade(joined, case.fields, case.dataset))
    assert {rule.id for rule in profile.rules if rule.source == profile.meta.id} <= hit


def test_every_inherited_rule_is_hit_somewhere() -> None:
    hit = {rule for pack in EVERY for case in pack.cases for rule in fired(grade(pack, case.fields, case.dataset))}
    assert {rule.id for pack in EVERY for rule in pack.rules} <= hit


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_every_entry_of_the_tree_of_a_pack_is_graded_by_a_case(pack: Pack) -> None:
    seen = {entry.path for case in pack.cases for f in case.fields for entry in pack.entries(f.category)[:1]}
    own = set(pack.categories) - _inherited(pack)
    assert own <= seen


def _inherited(pack: Pack) -> set[str]:
    found_in: set[str] = set()
    for parent in pack.lineage[1:]:
        found_in |= set(load_file(PACKS / f"{parent.split()[0]}.toml").categories)
    return found_in


@cache
def _said(pack: Pack) -> frozenset[str]:
    """What the asks of its cases give as their reason."""
    said: set[str] = set()
    for case in pack.cases:
        grading = grade(pack, case.fields, case.dataset)
        for openness in ("unconditional", "conditional"):
            said |= {ask.reason for ask in demands(pack, grading, case.fields, openness).asks}
    return frozenset(said)


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_every_own_treatment_decides_somewhere(pack: Pack) -> None:
    assert {entry.words.en for entry in pack.treatments if entry.source == pack.meta.id} <= _said(pack)


def test_every_inherited_treatment_decides_somewhere() -> None:
    said = {reason for pack in EVERY for reason in _said(pack)}
    assert {entry.words.en for pack in EVERY for entry in pack.treatments} <= said


@cache
def _asked(pack: Pack) -> dict[str, set[str]]:
    """Metrics, models and duties that its cases expect."""
    expected = [one for case in pack.cases for one in case.demands.values()]
    return {
        "limits": {limit.split(" ")[0].split(":")[0] for one in expected for limit in one.limits},
        "models": {model.split(" ")[0] for one in expected for model in one.models},
        "duties": {duty for one in expected for duty in one.obligations},
    }


def _parts(pack: Pack) -> dict[str, set[str]]:
    return {
        "limits": {entry.metric.split(":")[0] for entry in pack.acceptance},
        "models": {entry.name for entry in pack.models},
        "duties": set(pack.obligations),
    }


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_every_own_limit_model_and_duty_is_asked_somewhere(pack: Pack) -> None:
    inherited = [_parts(load_file(PACKS / f"{name}.toml")) for name in pack.meta.extends]
    for kind, parts in _parts(pack).items():
        assert parts - {part for parent in inherited for part in parent[kind]} <= _asked(pack)[kind]


@pytest.mark.parametrize("kind", ["limits", "models", "duties"])
def test_every_inherited_limit_model_and_duty_is_asked_somewhere(kind: str) -> None:
    asked = {part for pack in EVERY for part in _asked(pack)[kind]}
    assert {part for pack in EVERY for part in _parts(pack)[kind]} <= asked


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_what_it_asks_for_exists(pack: Pack) -> None:
    for entry in pack.treatments:
        made = treatments()[entry.method]
        params = {key: value for key, value in entry.params.items() if key != "bands"}
        if entry.method != "generalize":
            made.check(params)
    for model in pack.models:
        models()[model.name].read({**model.params, **({"field": "x"} if model.of is not None else {})})


def test_strictness_ranks_every_treatment() -> None:
    assert set(treatments()) <= set(METHODS)


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_its_categories_are_those_of_the_tree(pack: Pack) -> None:
    assert set(pack.categories) <= set(tree())


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_it_grades_every_category_of_the_tree(pack: Pack) -> None:
    for category in tree():
        graded = grade(pack, [FieldFacts("f", category, tree()[category].role, 1.0)], DatasetFacts(rows=10)).fields[0]
        assert graded.levels, category
        assert graded.article, category


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_the_unknown_is_never_lowest_and_always_closed(pack: Pack) -> None:
    for category in (UNKNOWN, "never.heard.of"):
        for facts in (FieldFacts("f", category, "insensitive", 1.0), FieldFacts("f", category, "insensitive", 0.0)):
            graded = grade(pack, [facts], DatasetFacts(rows=10)).fields[0]
            assert graded.openness == "closed"
            assert all(level != pack.scales[scale].lowest() for scale, level in graded.levels.items())


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_the_unknown_is_dropped_whatever_is_measured(pack: Pack) -> None:
    fields = [FieldFacts("f", "never.heard.of", role, 1.0, distinct=5, top_share=0.2) for role in ("insensitive",)]
    grading = grade(pack, fields, DatasetFacts(rows=100))
    for openness in ("unconditional", "conditional"):
        assert [ask.method for ask in demands(pack, grading, fields, openness).asks] == ["drop"]


@pytest.mark.parametrize("pack", EVERY, ids=by_id)
def test_official_codes_are_never_invented(pack: Pack) -> None:
    for name in unverified(pack):
        scale, level = name.split(".")
        assert pack.scales[scale].level(level).official_code == "not verified"


def test_shanghais_own_codes_are_said_to_be_unverified() -> None:
    assert len(unverified(load("cn-shanghai-open-data"))) == 12


def test_digests_differ_and_stay() -> None:
    digests = {pack.digest() for pack in EVERY}
    assert len(digests) == len(EVERY)
    for pack in EVERY:
        assert load_file(PACKS / f"{pack.meta.id}.toml").digest() == pack.digest()


def test_an_abstract_pack_does_not_grade() -> None:
    with pytest.raises(PackError, match="only holds what others inherit"):
        load("cn-inherited")
    assert "cn-inherited" not in ids()


def test_no_pack_of_that_name() -> None:
    with pytest.raises(PackError, match="no policy pack 'x'"):
        load("x")
    with pytest.raises(PackError):
        load("../packs/cn-inherited")


def test_every_pack_says_from_when_it_is_in_force() -> None:
    import datetime

    pack = load("cn-gbt-43697-2024")
    assert not pack.in_force(datetime.date(2024, 9, 30))
    assert pack.in_force(datetime.date(2024, 10, 1))
