"""Every model found runs its own examples, refuses what it does not know, and never dooms a row that a split saves."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.model import Classes, Distribution, Example, Histogram, Judge, Model, Whole
from anonymizers.model_discovery import model, models

FIELD = "s"
VALUES = ("u", "v", "w", "x")
SETS = {"u": "a;b", "v": "b", "w": "a,c;c", "x": ""}
TREE = Hierarchy((("u", "uv", "*"), ("v", "uv", "*"), ("w", "wx", "*"), ("x", "wx", "*")))
PARAMS: Mapping[str, list[dict[str, Any]]] = {
    "k-anonymity": [{"k": 3}],
    "distinct-l-diversity": [{"l": 2}, {"l": 3}],
    "entropy-l-diversity": [{"l": 1.5}, {"l": 2.5}, {"l": 2, "estimator": "grassberger"}],
    "recursive-cl-diversity": [{"c": 1.5, "l": 2}, {"c": 3, "l": 3}],
    "t-closeness": [{"t": 0.2}, {"t": 0.3, "distance": "ordered"}, {"t": 0.15, "distance": "hierarchical"}],
    "beta-likeness": [{"beta": 0.5}, {"beta": 1.5}, {"beta": 1.5, "variant": "enhanced"}],
    "delta-disclosure": [{"delta": 0.7}, {"delta": 1.4}],
    "delta-presence": [
        {"delta_min": 0.1, "delta_max": 0.6},
        {"delta_min": 0, "delta_max": 0.4},
        {"delta_min": 0.3, "delta_max": 1},
        {"delta_min": 0.3, "delta_max": 0.8, "absent": "ignore"},
    ],
    "average-risk": [{"risk": 0.3}],
    "maximum-risk": [{"risk": 0.3}],
    "records-at-risk": [{"threshold": 0.3, "share": 0.2}, {"threshold": 0.5, "share": 0.1, "reached": True}],
    "population-uniqueness": [
        {"share": 0.01, "estimator": name, "population": {"sampling_fraction": 0.2}}
        for name in ("dankar", "pitman", "zayatz", "snb")
    ],
    "km-anonymity": [{"k": 2, "m": 1}, {"k": 3, "m": 2, "separator": ","}],
    "inclusion": [{}],
    "profitability": [
        {"publisher_benefit": 100, "publisher_loss": 300, "adversary_cost": 90},
        {"attacks": "deter", "adversary_cost": 100},
        {"attacks": "deter", "adversary_cost": 80, "attacker": "journalist"},
    ],
    "differential-privacy": [{"epsilon": 8.0, "delta": 0.99, "degree": "low"}],
    "k-map": [{"k": 4}, {"k": 3, "estimator": "poisson", "population": {"sampling_fraction": 0.5}}],
}
Row = tuple[str, str, bool]


def classes_of(rows: list[Row], values: tuple[str, ...]) -> tuple[Classes, list[str]]:
    """Classes with a released row, their histograms of released rows, and their names."""
    names = sorted({name for name, _, inside in rows if inside})
    start, value, count, released, population = [], [], [], [], []
    for name in names:
        mine = [v for n, v, inside in rows if n == name and inside]
        start.append(len(value))
        for code in sorted({values.index(v) for v in mine}):
            value.append(code)
            count.append(mine.count(values[code]))
        released.append(len(mine))
        population.append(sum(n == name for n, _, _ in rows))
    ints = [np.array(numbers, dtype=np.int64) for numbers in (start, value, count, released, population)]
    information = np.array([len(name) - 1.0 for name in names]) * -0.5 + 0.6
    return Classes(ints[3], ints[4], {FIELD: Histogram(*ints[:3])}, information), names


def judge_of(made: Model, params: Mapping[str, Any], rows: list[Row], values: tuple[str, ...]) -> Judge:
    given_params = {**params, "field": FIELD} if made.per_field else dict(params)
    counts = np.array([sum(v == value and inside for _, v, inside in rows) for value in values], dtype=np.int64)
    tree = TREE if set(values) == set(VALUES) else None
    assert made.judge is not None
    if made.name == "km-anonymity" and set(values) <= set(VALUES):
        values = tuple(SETS.get(value, value) for value in values)
    return made.judge(made.read(given_params), whole_of(values, counts, tree))


def whole_of(values: tuple[str, ...], counts: np.ndarray, tree: Hierarchy | None) -> Whole:
    return Whole(int(counts.sum()), {FIELD: Distribution(values, counts, tree)}, True)


CLASSWISE = [made for made in models().values() if made.judge is not None]
OVERALL = [made for made in models().values() if made.overall is not None]


@pytest.mark.parametrize(
    ("made", "example"), [(made, example) for made in models().values() for example in made.examples], ids=lambda x: ""
)
def test_a_model_holds_where_its_examples_say(made: Model, example: Example) -> None:
    values = example.values or tuple(sorted({value for _, value, _ in example.rows}))
    classes, _ = classes_of(list(example.rows), values)
    if made.overall is not None:
        overall = made.overall(made.read(example.params), Whole(int(classes.count.sum())))
        assert overall.met(np.sort(classes.count)) is example.holds
        return
    judge = judge_of(made, example.params, list(example.rows), values)
    assert bool(judge.holds(classes).all()) is example.holds


@pytest.mark.parametrize("made", models().values(), ids=lambda made: made.name)
def test_a_model_is_cited_has_examples_both_ways_and_is_tried_here(made: Model) -> None:
    assert made.source and (made.judge is None) != (made.overall is None)
    ways = {True} if made.name == "inclusion" else {True, False}
    assert {example.holds for example in made.examples} == ways
    assert PARAMS[made.name]


@pytest.mark.parametrize("made", models().values(), ids=lambda made: made.name)
def test_unknown_and_missing_parameters_are_refused_by_name(made: Model) -> None:
    good = {**PARAMS[made.name][0], **({"field": FIELD} if made.per_field else {})}
    made.read(good)
    with pytest.raises(AnonymizerError, match=rf"{made.name}.*'kk'"):
        made.read({**good, "kk": 1})
    for name in PARAMS[made.name][0]:
        with pytest.raises(AnonymizerError, match=f"{made.name}.*'{name}'"):
            made.read({**good, name: "canary"})
    if made.per_field:
        with pytest.raises(AnonymizerError, match="sensitive field"):
            made.read(PARAMS[made.name][0])


def test_an_unknown_model_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(AnonymizerError, match="k-anonymity"):
        model("l-anonymity")


ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["1", "2", "3"]), st.sampled_from(VALUES), st.booleans()),
    min_size=1,
    max_size=24,
)


@pytest.mark.parametrize(
    ("made", "params"),
    [(made, params) for made in CLASSWISE for params in PARAMS[made.name]],
    ids=lambda v: getattr(v, "name", None) or str(v),
)
@settings(max_examples=80, deadline=None)
@given(rows=ROWS)
def test_what_is_doomed_fails_however_a_class_is_split(
    made: Model, params: dict[str, Any], rows: list[tuple[str, str, str, bool]]
) -> None:
    """Classes a and b are split by the second column: the rows that fail there are never fewer than were doomed."""
    whole = [(coarse, value, inside) for coarse, _, value, inside in rows]
    if not any(inside for *_, inside in whole):
        return
    present = tuple(value for value in VALUES if any(v == value and inside for _, v, inside in whole))
    if params.get("distance") == "hierarchical":
        present = VALUES
    whole = [row for row in whole if row[1] in present]
    parts = [(coarse + fine, value, inside) for coarse, fine, value, inside in rows if value in present]
    judge = judge_of(made, params, whole, present)
    classes, names = classes_of(whole, present)
    finer, fine_names = classes_of(parts, present)
    doomed = judge.doomed(classes, ~judge.holds(classes))
    fails = ~judge.holds(finer)
    absent = {name for name, _, _ in parts} - set(fine_names)
    for place, name in enumerate(names):
        lost = sum(int(finer.count[i]) for i, part in enumerate(fine_names) if part[0] == name and fails[i])
        if made.everyone(made.read(params) if not made.per_field else {}) and any(part[0] == name for part in absent):
            continue  # the search gives such a node up altogether
        assert doomed[place] <= lost, (doomed[place], lost)
        if made.refines:
            assert doomed[place] in (0, classes.count[place])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 399)), min_size=1, max_size=60))
def test_distances_over_many_values_are_the_papers(pairs: list[tuple[str, int]]) -> None:
    """400 values: too many for the dense bounds, and most are absent from every class."""
    values = tuple(f"{n:03d}" for n in range(400))
    rows: list[Row] = [(name, values[n], True) for name, n in pairs]
    tree = Hierarchy(tuple((value, value[:2], value[:1], "*") for value in values))
    classes, names = classes_of(rows, values)
    counts = np.array([sum(v == value for _, v, _ in rows) for value in values], dtype=np.int64)
    whole = Whole(len(rows), {FIELD: Distribution(values, counts, tree)})
    share = counts / counts.sum()
    gaps = [np.array([sum(n == name and v == value for n, v, _ in rows) for value in values]) for name in names]
    gaps = [gap / gap.sum() - share for gap in gaps]
    lumped = [[np.abs(gap.reshape(-1, size).sum(axis=1)).sum() / 2 for size in (1, 10, 100)] for gap in gaps]
    expected = {
        "equal": max(each[0] for each in lumped),
        "ordered": max(np.abs(np.cumsum(gap)).sum() / 399 for gap in gaps),
        "hierarchical": max(sum(each) / 3 for each in lumped),
    }
    for distance, value in expected.items():
        made = model("t-closeness")
        judge = made.judge(made.read({"t": 0.1, "distance": distance, "field": FIELD}), whole)
        assert judge.value(classes) == pytest.approx(value, abs=1e-12)
        fails = ~judge.holds(classes)
        assert (judge.doomed(classes, fails)[~fails] == 0).all()
        assert (judge.doomed(classes, fails)[fails] >= 1).all()


@pytest.mark.parametrize(
    ("made", "params"),
    [(made, params) for made in OVERALL for params in PARAMS[made.name]],
    ids=lambda v: getattr(v, "name", None) or str(v),
)
@settings(max_examples=30, deadline=None)
@given(parts=st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_split_loses_fewer_rows_than_a_whole_table_must(
    made: Model, params: dict[str, Any], parts: list[list[int]]
) -> None:
    """Every class is split into its parts, and every choice of parts is tried."""
    assert made.overall is not None
    sizes = np.sort(np.array([sum(part) for part in parts], dtype=np.int64))
    overall = made.overall(made.read(params), Whole(int(sizes.sum())))
    assert overall.met(np.zeros(0, dtype=np.int64))
    least = overall.least(sizes)
    if not least:
        return
    fine = sorted(size for part in parts for size in part)
    fewest = min(
        sum(fine) - sum(kept)
        for number in range(len(fine) + 1)
        for kept in itertools.combinations(fine, number)
        if overall.met(np.array(kept, dtype=np.int64))
    )
    assert 0 < least <= fewest
