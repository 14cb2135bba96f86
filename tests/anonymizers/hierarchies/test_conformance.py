"""Every hierarchy builder that discovery finds, held to its examples and to what a hierarchy is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers import discovery
from anonymizers.build import build_hierarchy, check_hierarchy, grow
from anonymizers.discovery import builders
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, TOP, Builder, Hierarchy, Worked

ALL = list(builders().values())
CASES = [(builder, example) for builder in ALL for example in builder.examples]
CANARY = "Canary-7f3a-甲乙"

VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.integers(-200, 2000).map(str),
    st.decimals(-100, 100, places=2).map(str),
    st.dates().map(str),
    st.datetimes().map(lambda at: at.isoformat()),
    st.sampled_from(
        ["310115", "330106", "上海市浦东新区", "浙江杭州", "海南", "本科", "flu", "*", "-", "2020", "2020-05"]
    ),
)


def name(thing: object) -> str:
    return thing.name if isinstance(thing, Builder) else ""


def spec(builder: Builder, example: Worked) -> dict[str, object]:
    return {"kind": builder.name, **example.params}


def test_there_are_the_kinds_that_job_files_name() -> None:
    assert {"interval", "quantile", "prefix", "dates", "places", "order", "mask", "redact", "csv"} <= set(builders())


@pytest.mark.parametrize("builder", ALL, ids=name)
def test_a_builder_names_itself_and_brings_examples(builder: Builder) -> None:
    assert builder.title_zh and builder.title_en and builder.examples
    assert all(param.meaning for param in builder.spec.params)


@pytest.mark.parametrize(("builder", "example"), CASES, ids=name)
def test_examples(builder: Builder, example: Worked) -> None:
    check_hierarchy(spec(builder, example))
    rows = builder.build(example.counts, builder.spec.read(example.params))
    assert tuple(rows) == example.rows
    backwards = dict(reversed(list(example.counts.items())))
    assert tuple(builder.build(backwards, builder.spec.read(example.params))) == example.rows


@pytest.mark.parametrize(("builder", "example"), CASES, ids=name)
@settings(max_examples=40, deadline=None)
@given(counts=st.dictionaries(VALUES, st.integers(1, 50), max_size=25))
def test_any_values(builder: Builder, example: Worked, counts: dict[str, int]) -> None:
    rows = builder.build(counts, builder.spec.read(example.params))
    assert tuple(rows) == tuple(builder.build(dict(sorted(counts.items())), builder.spec.read(example.params)))
    if rows:
        assert Hierarchy(tuple(rows)).height >= 2
    if builder.closed:
        assert {row[0] for row in rows} == set(counts)
    whole = build_hierarchy("f", {**counts, MISSING: 3}, {**spec(builder, example), "unplaced": "top"})
    assert {row[0] for row in whole.rows} >= {*counts, MISSING}
    missing = next(row for row in whole.rows if row[0] == MISSING)
    assert missing[-1] in (MISSING, TOP) and set(missing[:-1]) == {MISSING}


@pytest.mark.parametrize(("builder", "example"), CASES, ids=name)
def test_values_without_a_place_are_counted_and_never_quoted(builder: Builder, example: Worked) -> None:
    counts = {**example.counts, CANARY: 7, CANARY + "2": 4}
    if builder.closed:
        build_hierarchy("f", counts, spec(builder, example))
        return
    with pytest.raises(AnonymizerError, match=r"'f'.*distinct values in .* rows have no place") as refused:
        build_hierarchy("f", counts, spec(builder, example))
    placed = {row[0] for row in example.rows}
    rows = sum(number for value, number in counts.items() if value not in placed)
    assert f" in {rows} rows" in str(refused.value) and CANARY not in str(refused.value)
    top = build_hierarchy("f", counts, {**spec(builder, example), "unplaced": "top"})
    assert all(set(row[1:]) == {TOP} for row in top.rows if row[0].startswith(CANARY))


@pytest.mark.parametrize("builder", ALL, ids=name)
def test_unknown_and_wrong_parameters_are_refused_by_name(builder: Builder) -> None:
    params = dict(builder.examples[0].params)
    with pytest.raises(AnonymizerError, match="'colour' is unknown"):
        check_hierarchy({"kind": builder.name, **params, "colour": "red"})
    with pytest.raises(AnonymizerError, match="'unplaced' must be one of"):
        check_hierarchy({"kind": builder.name, **params, "unplaced": "maybe"})
    for param in builder.spec.params:
        with pytest.raises(AnonymizerError, match=f"'{param.name}'"):
            check_hierarchy({"kind": builder.name, **params, param.name: object()})


def test_an_unknown_kind_is_refused_with_the_list() -> None:
    with pytest.raises(AnonymizerError, match=r"'tower'.*dates.*interval"):
        discovery.builder("tower")
    with pytest.raises(AnonymizerError, match="needs its kind"):
        check_hierarchy({"width": 5})


def test_a_top_that_says_something_is_not_said_of_missing_cells() -> None:
    spec = {"kind": "dates", "levels": ["year"]}
    assert grow({"2020-01-01": 1, MISSING: 2}, spec).rows[-1] == (MISSING, MISSING)
    assert grow({"2020-01-01": 1, MISSING: 2}, {"kind": "redact"}).rows[-1] == (MISSING, TOP)
    assert grow({"2020-01-01": 1}, {"kind": "redact"}).rows == (("2020-01-01", TOP),)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), "empty"),
        ((("a", "*"), ("b",)), "Row 2 of the hierarchy has 1 levels, row 1 has 2"),
        ((("a", "x"), ("a", "y")), "lists a value twice"),
        ((("a", "x", "p"), ("b", "x", "q")), "Row 2.*level 2 splits"),
    ],
)
def test_what_is_no_hierarchy_is_refused(rows, said: str) -> None:
    with pytest.raises(AnonymizerError, match=said):
        Hierarchy(rows)
