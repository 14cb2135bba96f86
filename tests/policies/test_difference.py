"""Every difference between two gradings is named with the rule that decided before and the rule that decides now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.difference import Deciding, differences, ranks_of
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.pack import Pack, found, load_file
from tests.policies import small
from tests.policies.test_grading import datasets, tables

FIELDS = [FieldFacts("n", "person.name", "direct-identifier", 1.0), FieldFacts("t", "thing.x", "insensitive", 1.0)]
ABOUT = DatasetFacts(rows=9)


def changed(folder: Path, old: str, new: str) -> tuple[Pack, Pack]:
    assert old in small.PACK
    before = load_file(small.write(folder, small.PACK))
    return before, load_file(small.write(folder, small.PACK.replace(old, new, 1)))


def ranks(pack: Pack):  # type: ignore[no-untyped-def]
    return ranks_of((id, {level.id: level.rank for level in scale.levels}) for id, scale in pack.scales.items())


def test_a_rule_that_is_gone_is_named(tmp_path: Path) -> None:
    before, after = changed(tmp_path, 'category_under = "person.name" }\nthen', 'category_under = "person.xyz" }\nthen')
    found = differences(grade(before, FIELDS, ABOUT), grade(after, FIELDS, ABOUT), ranks(after))
    told = {(d.field, d.scale, d.before, d.after, d.way) for d in found}
    assert told == {
        ("", "s", "L2", "L1", "milder"),
        ("", "openness", "closed", "conditional", "milder"),
        ("n", "s", "L2", "L1", "milder"),
        ("n", "openness", "closed", "conditional", "milder"),
    }
    one = next(d for d in found if d.field == "n" and d.scale == "s")
    assert one.was == Deciding("names", "", "a", "recalled", "names", "姓名")
    assert one.now is not None
    assert one.now.rule == "category:person"


def test_a_graver_category_and_another_role(tmp_path: Path) -> None:
    before, after = changed(tmp_path, 'base = { s = "L0" }', 'base = { s = "L2" }')
    roled = [replace(FIELDS[0]), replace(FIELDS[1], role="sensitive")]
    found = differences(grade(before, FIELDS, ABOUT), grade(after, roled, ABOUT), ranks(after))
    assert [(d.field, d.scale, d.before, d.after, d.way) for d in found] == [
        ("t", "s", "L0", "L2", "graver"),
        ("t", "openness", "unconditional", "closed", "graver"),
        ("t", "role", "insensitive", "sensitive", "graver"),
    ]
    assert found[-1].now is None
    blind = differences(grade(before, FIELDS, ABOUT), grade(after, roled, ABOUT))
    assert [d.way for d in blind] == ["other", "graver", "graver"]


def test_a_field_in_one_of_the_two_only(tmp_path: Path) -> None:
    pack = small.load(tmp_path)
    one, other = grade(pack, FIELDS[:1], ABOUT), grade(pack, FIELDS[1:], ABOUT)
    there = [(d.field, d.before, d.after) for d in differences(one, other) if d.scale == "there"]
    assert there == [("t", "", "thing.x"), ("n", "person.name", "")]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(found()), tables, datasets)
def test_nothing_differs_from_itself_and_everything_from_another_order_is_the_same(
    pack: Pack, fields: tuple[FieldFacts, ...], about: DatasetFacts
) -> None:
    grading = grade(pack, fields, about)
    assert differences(grading, grading) == ()
    assert differences(grading, grade(pack, fields[::-1], about)) == ()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(found()), tables, datasets, datasets)
def test_what_is_graver_one_way_is_milder_the_other(
    pack: Pack, fields: tuple[FieldFacts, ...], one: DatasetFacts, other: DatasetFacts
) -> None:
    first, second = grade(pack, fields, one), grade(pack, fields, other)
    there, back = differences(first, second, ranks(pack)), differences(second, first, ranks(pack))
    turned = {"graver": "milder", "milder": "graver", "other": "other"}
    assert {(d.field, d.scale, d.before, d.after, d.way) for d in there} == {
        (d.field, d.scale, d.after, d.before, turned[d.way]) for d in back
    }
    moved = {
        (g.field, scale)
        for g, h in zip(first.fields, second.fields, strict=True)
        for scale in g.levels
        if g.levels[scale] != h.levels.get(scale)
    }
    assert moved <= {(d.field, d.scale) for d in there}
