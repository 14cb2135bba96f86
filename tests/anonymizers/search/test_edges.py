"""The search at its edges: nothing, one row, one value, nobody alike, missing values, no way, no time, no room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.search import boxes
from anonymizers.search import solve as solving
from anonymizers.search.problem import NoSolution, Problem, SensitiveCounts, Settings, Solution
from anonymizers.search.solve import solve
from tests.anonymizers.search.test_optimum import MODELS, ROWS, brute, problem

SEX = Hierarchy((("f", "*"), ("m", "*")))
AGE = Hierarchy(tuple((str(n), f"{n // 5}", "*") for n in range(20)))


def table(rows: list[tuple[int, int]], k: int = 2, **wanted: Any) -> Problem:
    distinct, counts = np.unique(np.array(rows, np.int32).reshape(-1, 2), axis=0, return_counts=True)
    return Problem(
        ("sex", "age"),
        (SEX, AGE),
        distinct,
        counts.astype(np.int64),
        {},
        (("k-anonymity", {"k": k}),),
        Settings(**wanted),
    )


def solved(asked: Problem) -> Solution:
    found = solve(asked)
    assert isinstance(found, Solution)
    return found


def test_an_empty_table_needs_nothing() -> None:
    found = solved(table([]))
    assert (found.suppressed_rows, found.loss, found.keep.size) == (0, 0.0, 0)


def test_one_row_is_k_anonymous_for_k_1_only() -> None:
    assert solved(table([(0, 3)], k=1)).levels == (0, 0)
    assert isinstance(solve(table([(0, 3)], k=2)), NoSolution)
    found = solved(table([(0, 3)], k=2, suppression_limit=1.0))
    assert (found.suppressed_rows, found.keep.tolist(), found.loss) == (1, [False], 1.0)


def test_one_value_stays_as_it_is() -> None:
    found = solved(table([(1, 7)] * 5, k=5))
    assert (found.levels, found.loss, found.suppressed_rows) == ((0, 0), 0.0, 0)


def test_all_unique_rows_need_a_level() -> None:
    rows = [(n % 2, n) for n in range(20)]
    found = solved(table(rows, k=5))
    assert found.levels == (0, 2) and found.suppressed_rows == 0, "all ages cost 1, both sexes and an age group 1.21"
    assert solved(table(rows, k=5, weights={"sex": 0.1, "age": 1.0})).levels == (1, 1)


def test_suppression_limits_of_nothing_and_everything() -> None:
    rows = [(0, 1)] * 4 + [(1, 2)]
    none = solved(table(rows, k=2))
    assert none.suppressed_rows == 0 and none.levels == (1, 1)
    everything = solved(table(rows, k=2, suppression_limit=1.0))
    assert everything.suppressed_rows == 1 and everything.levels == (0, 0)
    assert everything.keep.tolist() == [True, False]
    limit = solved(table(rows, k=2, suppression_limit=0.19))
    assert limit.suppressed_rows == 0, "19 % of five rows is no row"
    assert solved(table(rows, k=2, suppression_limit=0.2)).suppressed_rows == 1


def test_infeasible_says_so_and_what_to_do() -> None:
    found = solve(table([(0, 1)] * 4, k=5))
    assert isinstance(found, NoSolution) and "raise the limit" in found.reason
    assert found.lattice == 6


def test_level_bounds_are_kept() -> None:
    rows = [(n % 2, n) for n in range(20)]
    found = solved(table(rows, k=2, min_levels={"sex": 1}, max_levels={"age": 1}))
    assert found.levels == (1, 1) and found.lattice == 2
    assert isinstance(solve(table(rows, k=11, max_levels={"age": 1})), NoSolution)


def test_no_quasi_identifier_is_one_class() -> None:
    keys = np.zeros((1, 0), np.int32)
    asked = Problem((), (), keys, np.array([7], np.int64), {}, (("k-anonymity", {"k": 7}),))
    assert solved(asked).levels == ()
    assert isinstance(solve(replace(asked, models=(("k-anonymity", {"k": 8}),))), NoSolution)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"models": ()}, "at least one privacy model"),
        ({"models": (("k-anonymty", {"k": 2}),)}, "no privacy model 'k-anonymty'"),
        ({"models": (("k-anonymity", {"kk": 2}),)}, "'kk'"),
        ({"models": (("distinct-l-diversity", {"l": 2, "field": "s"}),)}, "'s' is not among the sensitive fields"),
        ({"models": (("delta-presence", {"delta_min": 0, "delta_max": 1}),)}, "research subset"),
        ({"settings": Settings(metric="los")}, "no metric 'los'"),
        ({"settings": Settings(aggregate="mean")}, "no aggregate 'mean'"),
        ({"settings": Settings(monotonic=True)}, "no monotonic variant"),
        ({"settings": Settings(suppression_limit=1.5)}, "suppression_limit must lie"),
        ({"settings": Settings(gs_factor=-0.1)}, "gs_factor must lie"),
        ({"settings": Settings(min_levels={"agee": 1})}, "'agee', which is not a quasi-identifier"),
        ({"settings": Settings(max_levels={"age": 3})}, "'age': levels 0 to 3"),
        ({"settings": Settings(weights={"age": -1.0})}, "weights must be"),
        ({"counts": np.array([0], np.int64)}, "count of at least 1"),
        ({"keys": np.array([[0, 99]], np.int32)}, "outside its hierarchy"),
        ({"fields": ("sex",)}, "do not fit together"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    with pytest.raises(AnonymizerError, match=says):
        solve(replace(table([(0, 3)], k=1), **change))


def test_no_time_gives_the_best_so_far_and_an_honest_gap() -> None:
    rows = [(n % 2, n % 20) for n in range(200)]
    rushed = solve(table(rows, k=3, suppression_limit=0.5, time_limit_s=0.0))
    assert isinstance(rushed, NoSolution) and "in time" in rushed.reason
    best = solved(table(rows, k=3, suppression_limit=0.5, time_limit_s=None))
    assert best.optimal and best.bound == best.loss


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, models=MODELS, limit=st.sampled_from([0.0, 0.1, 1.0]), small=st.sampled_from([1, 8]))
def test_boxes_find_what_a_list_finds(rows: list[brute.Row], models: list[Any], limit: float, small: int) -> None:
    """With next to no nodes listed, boxes are halved down to single nodes: the optimum is the same, and proven."""
    asked = problem(rows, models, suppression_limit=limit)
    listed = solve(asked)
    before = solving.MOST_LISTED, boxes.SMALL
    solving.MOST_LISTED, boxes.SMALL = 1, small
    try:
        boxed = solve(asked)
    finally:
        solving.MOST_LISTED, boxes.SMALL = before
    assert type(boxed) is type(listed)
    if isinstance(boxed, Solution) and isinstance(listed, Solution):
        assert boxed.optimal and boxed.score == pytest.approx(listed.score, abs=1e-10)


def test_a_lattice_too_large_to_list_is_bounded_in_time() -> None:
    """Fourteen fields of five levels are 6 · 10⁹ nodes."""
    wide = Hierarchy(tuple((str(n), str(n // 2), str(n // 4), str(n // 8), "*") for n in range(16)))
    rng = np.arange(3000)
    keys = np.stack([(rng * (7 * place + 3) + rng // (place + 2)) % 16 for place in range(14)], axis=1).astype(np.int32)
    distinct, counts = np.unique(keys, axis=0, return_counts=True)
    asked = Problem(
        tuple(f"f{place}" for place in range(14)),
        (wide,) * 14,
        distinct,
        counts.astype(np.int64),
        {},
        (("k-anonymity", {"k": 5}),),
        Settings(0.05, time_limit_s=1.5),
    )
    found = solved(asked)
    assert not found.optimal and found.lattice == 5**14
    assert 0.0 <= found.bound <= found.loss < 1.0
    assert found.seconds < 6.0
    sizes: dict[tuple[str, ...], int] = {}
    for key, count, keep in zip(distinct, counts, found.keep, strict=True):
        if keep:
            name = tuple(wide.rows[code][level] for code, level in zip(key, found.levels, strict=True))
            sizes[name] = sizes.get(name, 0) + int(count)
    assert min(sizes.values()) >= 5
    assert found.suppressed_rows == int(counts[~found.keep].sum()) <= 150


def test_subset_models_count_the_wider_table() -> None:
    keys = np.array([[0, 0], [0, 1], [1, 0]], np.int32)
    counts, subset = np.array([4, 4, 2], np.int64), np.array([2, 1, 0], np.int64)
    asked = Problem(
        ("sex", "age"), (SEX, AGE), keys, counts, {}, (("k-map", {"k": 4}),), Settings(suppression_limit=0.0), subset
    )
    found = solved(asked)
    assert found.levels == (0, 0) and found.suppressed_rows == 0
    strict = replace(asked, models=(("delta-presence", {"delta_min": 0.1, "delta_max": 0.5}),))
    assert solved(strict).levels == (1, 0) or solved(strict).levels == (1, 1)
    lax = replace(asked, models=(("delta-presence", {"delta_min": 0.1, "delta_max": 0.5, "absent": "ignore"}),))
    assert solved(lax).levels == (0, 0)


def test_sensitive_counts_of_two_fields_stay_apart() -> None:
    keys, counts = np.array([[0, 0], [1, 0]], np.int32), np.array([2, 2], np.int64)
    places, ones = np.array([0, 0, 1, 1], np.int64), np.ones(4, np.int64)
    varied = SensitiveCounts(places, np.array([0, 1, 0, 1], np.int32), ones, ("a", "b"))
    plain = SensitiveCounts(np.array([0, 1], np.int64), np.array([0, 1], np.int32), counts, ("x", "y"))
    asked = Problem(
        ("sex", "age"),
        (SEX, AGE),
        keys,
        counts,
        {"varied": varied, "plain": plain},
        (("distinct-l-diversity", {"l": 2, "field": "varied"}),),
    )
    assert solved(asked).levels == (0, 0)
    both = (*asked.models, ("distinct-l-diversity", {"l": 2, "field": "plain"}))
    assert solved(replace(asked, models=both)).levels == (1, 0)
