"""Every utility metric that discovery finds: its own examples, its bounds, and the promises it declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.utility.discovery import utilities, utility
from anonymizers.utility.joint import joints
from anonymizers.utility.metric import CELLS, FIELD, LINK, TABLE, Example, Utility
from anonymizers.utility.tables import Tables, tables

Column = Sequence[str | None]
ALL = list(utilities().values())
AGES = tuple((str(age), f"{age // 20 * 20}-{age // 20 * 20 + 19}", "*") for age in range(60))
TREES = {"age": Hierarchy(AGES)}
RAW_AGES = st.sampled_from(["3", "19", "20", "37", "41", "59", None])
LABELS = st.sampled_from(["3", "20", "59", "0-19", "20-39", "40-59", "*", None])
PLACES = st.sampled_from(["北京", "上海", "广州", None])


def arrays(columns: Mapping[str, Column]) -> dict[str, pa.Array]:
    return {name: pa.array(list(cells), pa.string()) for name, cells in columns.items()}


def values(one: Utility, made: Tables) -> list[float | None]:
    """Everything that a metric says of two tables."""
    if one.scope == TABLE:
        return [one.of_table(made)]
    if one.scope == CELLS:
        return [one.of_table(made), *(one.of_column(made, column) for column in made.generalised())]
    if one.scope == FIELD:
        return [one.of_column(made, column) for column in made.columns]
    assert one.scope == LINK
    links = [one.of_link(joint) for joint in joints(made)]
    return [None if link is None else link.distance for link in links]


@pytest.mark.parametrize(
    ("one", "example"), [(u, e) for u in ALL for e in u.examples], ids=lambda x: getattr(x, "name", "")
)
def test_examples(one: Utility, example: Example) -> None:
    trees = {name: Hierarchy(tuple(rows)) for name, rows in example.trees.items()}
    made = tables(arrays(example.before), arrays(example.after), trees, quasi=example.quasi, paired=example.paired)
    found = [one.of_column(made, made.column(example.field))] if one.scope == FIELD else values(one, made)
    assert found[0] == (None if example.expected is None else pytest.approx(example.expected, abs=1e-9))


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_each_has_examples_and_both_names(one: Utility) -> None:
    assert len(one.examples) >= 2
    assert one.title_zh and one.title_en and one.better in ("low", "high")
    assert one.take.__doc__


def test_names_are_listed_when_one_is_wrong() -> None:
    with pytest.raises(AnonymizerError, match="granularity"):
        utility("granulrity")


BOTH = st.lists(st.tuples(RAW_AGES, PLACES, LABELS, PLACES), max_size=25)


@settings(max_examples=60, deadline=None)
@given(rows=BOTH)
def test_values_stay_within_their_bounds(rows: list[tuple[str | None, ...]]) -> None:
    made = _tables(rows)
    for one in ALL:
        least, most = one.within
        for value in values(one, made):
            assert value is None or (least - 1e-9 <= value and (most is None or value <= most + 1e-9)), one.name


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(RAW_AGES, PLACES), max_size=25))
def test_equal_tables_are_at_distance_nothing(rows: list[tuple[str | None, ...]]) -> None:
    made = _tables([(*row, *row) for row in rows])
    for one in ALL:
        if one.zero:
            assert all(value is None or value == pytest.approx(0, abs=1e-8) for value in values(one, made)), one.name


@settings(max_examples=40, deadline=None)
@given(rows=BOTH, seed=st.integers(0, 1000))
def test_the_order_of_rows_says_nothing(rows: list[tuple[str | None, ...]], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(rows))
    first, second = _tables(rows), _tables([rows[number] for number in order])
    for one in ALL:
        for value, again in zip(values(one, first), values(one, second), strict=True):
            assert (value is None) == (again is None), one.name
            assert value is None or value == pytest.approx(again, rel=1e-6, abs=1e-8), one.name


@settings(max_examples=40, deadline=None)
@given(
    first=st.lists(st.tuples(st.sampled_from(["1", "2", "5", None]), PLACES), max_size=20),
    second=st.lists(st.tuples(st.sampled_from(["1", "3", "5", None]), PLACES), max_size=20),
)
def test_symmetric_ones_do_not_care_which_came_first(first: list[Column], second: list[Column]) -> None:
    def one_way(a: list[Column], b: list[Column]) -> Tables:
        return tables(*(arrays({"n": [r[0] for r in x], "p": [r[1] for r in x]}) for x in (a, b)), paired=False)

    there, back = one_way(first, second), one_way(second, first)
    for one in ALL:
        if one.symmetric:
            for value, again in zip(values(one, there), values(one, back), strict=True):
                if value is not None and again is not None:  # one side may hold no number at all
                    assert value == pytest.approx(again, abs=1e-9), one.name


@pytest.mark.parametrize(
    "column",
    [[], ["1"], ["x"], [None], [None, None], ["7"] * 5, ["*"] * 4, [str(n) for n in range(30)], ["1", "x", None, ""]],
    ids=["empty", "one number", "one word", "one missing", "all missing", "one value", "stars", "all unique", "mixed"],
)
@pytest.mark.parametrize("treated", ["same", "starred", "missing", "none"])
def test_nothing_breaks_on_strange_tables(column: list[str | None], treated: str) -> None:
    after: dict[str, Column] = {
        "same": column,
        "starred": ["*"] * len(column),
        "missing": [None] * len(column),
        "none": [],
    }
    made = tables(arrays({"a": column, "b": column}), arrays({"a": after[treated], "b": after[treated]}))
    for one in ALL:
        for value in values(one, made):
            assert value is None or np.isfinite(value), one.name


def test_a_suppressed_row_may_be_anything_but_stays_a_row() -> None:
    raw = {"age": ["3", "19", "37", "59"], "p": ["a", "b", "a", "b"]}
    treated = {"age": ["0-19", "0-19", "*", "*"], "p": ["*", "*", "*", "*"]}
    made = tables(arrays(raw), arrays(treated), TREES, quasi=["age", "p"], paired=True)
    assert made.lost.tolist() == [False, False, True, True]
    assert utility("discernibility").of_table(made) == 2 * 2 + 2 * 4
    assert utility("aecs").of_table(made) == 4 / 2
    assert utility("granularity").of_column(made, made.column("age")) == pytest.approx(
        ((20 / 60 + 20 / 60 + 2) / 4 - 1 / 60) / (1 - 1 / 60)
    )


def test_pairing_is_found_out_and_a_false_claim_refused() -> None:
    raw = arrays({"a": ["1", "2", "3"], "s": ["x", "y", "x"]})
    assert tables(raw, arrays({"a": ["*", "*", "*"], "s": ["x", "y", "x"]})).paired
    assert not tables(raw, arrays({"a": ["*", "*", "*"], "s": ["x", "x", "y"]})).paired
    with pytest.raises(AnonymizerError, match="3 rows and the other 1"):
        tables(raw, arrays({"a": ["*"], "s": ["x"]}), paired=True)
    with pytest.raises(AnonymizerError, match="no field in common"):
        tables(raw, arrays({"z": ["1"]}))


@pytest.mark.parametrize(
    ("raw", "label", "expected"),
    [
        (["20", "25", "30", "35"], "20-29", {"20", "25"}),
        (["20", "25", "30", "35"], "[25, 30]", {"25", "30"}),
        (["20", "25", "30", "35"], ">=30", {"30", "35"}),
        (["2000", "2001", "2100"], "20**", {"2000", "2001"}),
        (["2020-01-03", "2020-02-01", "2021-01-01"], "2020", {"2020-01-03", "2020-02-01"}),
        (["2020-01-03", "2020-02-01", "2021-01-01"], "2020-02", {"2020-02-01"}),
        (["AB1", "AB2", "CD1"], "AB*", {"AB1", "AB2"}),
        (["1", "2"], "*", {"1", "2"}),
        (["x", "y"], "new", {"new"}),
        (["1", "2"], "1.5", {"1.5"}),
    ],
)
def test_labels_stand_for_what_a_reader_would_think(raw: list[str], label: str, expected: set[str]) -> None:
    one = tables(arrays({"a": raw}), arrays({"a": [label]})).column("a")
    mass = one.reach.spread(np.ones(1))
    assert {one.domain[place] for place in np.flatnonzero(mass > 0)} == expected
    assert mass.sum() == pytest.approx(1)


def test_against_scipy() -> None:
    from scipy import stats
    from scipy.spatial import distance

    draw = np.random.default_rng(5)
    first, second = draw.integers(0, 40, 500), draw.integers(10, 60, 300)
    made = tables(arrays({"a": [str(n) for n in first]}), arrays({"a": [str(n) for n in second]}))
    one, span = made.column("a"), float(max(first.max(), second.max()) - min(first.min(), second.min()))
    p, q = (np.bincount(side, minlength=60) / side.size for side in (first, second))
    expected = {
        "kolmogorov-smirnov": stats.ks_2samp(first, second).statistic,
        "wasserstein": stats.wasserstein_distance(first, second) / span,
        "jensen-shannon": distance.jensenshannon(p, q, base=2) ** 2,
    }
    for name, value in expected.items():
        assert utility(name).of_column(made, one) == pytest.approx(value, abs=1e-9)


def _tables(rows: Sequence[Sequence[str | None]]) -> Tables:
    raw = arrays({"age": [row[0] for row in rows], "p": [row[1] for row in rows]})
    treated = arrays({"age": [row[2] for row in rows], "p": [row[3] for row in rows]})
    return tables(raw, treated, TREES, quasi=["age", "p"], paired=True)
