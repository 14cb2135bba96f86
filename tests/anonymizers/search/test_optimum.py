"""The search against trying everything, on small random tables with every metric, aggregate and model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.hierarchy import Hierarchy
from anonymizers.search import tables_wide
from anonymizers.search.problem import NoSolution, Problem, SensitiveCounts, Settings, Solution
from anonymizers.search.solve import solve
from tests.anonymizers.search import brute

AGE = Hierarchy(tuple((str(n), f"{n // 2 * 2}-", f"{n // 4 * 4}+", "*") for n in range(8)))
CITY = Hierarchy((("n1", "n", "*"), ("n2", "n", "*"), ("s1", "s", "*"), ("", "", "*")))
SEX = Hierarchy((("f", "*"), ("m", "*")))
FIXED = Hierarchy((("only",),))
HIERARCHIES = [AGE, CITY, SEX, FIXED]
NAMES = ("age", "city", "sex", "fixed")
COSTS: dict[str, tuple[dict[str, Any], Any]] = {
    **{
        f"loss {function} {gs}": ({"metric": "loss", "aggregate": function, "gs_factor": gs}, brute.loss(function, gs))
        for function in ("arithmetic-mean", "geometric-mean", "sum", "max", "rank")
        for gs in (0.0, 0.3, 0.5, 0.8, 1.0)
    },
    **{f"precision {gs}": ({"metric": "precision", "gs_factor": gs}, brute.precision(gs)) for gs in (0.1, 0.5, 0.9)},
    "entropy": ({"metric": "entropy", "aggregate": "sum"}, brute.entropy(False)),
    "entropy monotonic": ({"metric": "entropy", "aggregate": "sum", "monotonic": True}, brute.entropy(True)),
    **{
        f"information loss {gs}": ({"metric": "information-loss", "gs_factor": gs}, brute.information(gs))
        for gs in (0.2, 0.5, 0.9)
    },
    "publisher benefit": (
        {
            "metric": "publisher-benefit",
            "metric_params": {"publisher_benefit": 10, "publisher_loss": 30, "adversary_gain": 9, "adversary_cost": 2},
        },
        brute.benefit(0.5, 10, 30, 9, 2),
    ),
    "ambiguity": ({"metric": "ambiguity"}, brute.ambiguity),
    "kl divergence": ({"metric": "kl-divergence"}, brute.divergence),
    "normalized entropy": ({"metric": "normalized-entropy", "aggregate": "sum"}, brute.normalized),
    **{
        f"classification {gs}": (
            {"metric": "classification", "gs_factor": gs, "metric_params": {"targets": ["city"]}},
            brute.guesses(1, gs),
        )
        for gs in (0.3, 0.5)
    },
    "aecs": ({"metric": "aecs"}, brute.aecs),
    "discernibility": ({"metric": "discernibility"}, brute.discernibility(False)),
    "discernibility monotonic": ({"metric": "discernibility", "monotonic": True}, brute.discernibility(True)),
}
ROWS = st.lists(
    st.tuples(
        st.tuples(
            st.sampled_from([row[0] for row in AGE.rows]),
            st.sampled_from([row[0] for row in CITY.rows]),
            st.sampled_from(["f", "m"]),
            st.just("only"),
        ),
        st.sampled_from(["flu", "cold", "ulcer"]),
    ),
    min_size=1,
    max_size=25,
)
MODELS = st.sampled_from(
    [
        [("k-anonymity", {"k": 2})],
        [("k-anonymity", {"k": 4})],
        [("maximum-risk", {"risk": 0.4})],
        [("km-anonymity", {"k": 2, "m": 2})],
        [("beta-likeness", {"beta": 0.6})],
        [("delta-disclosure", {"delta": 0.9}), ("maximum-risk", {"risk": 0.5})],
        [("distinct-l-diversity", {"l": 2})],
        [("entropy-l-diversity", {"l": 1.7})],
        [("recursive-cl-diversity", {"c": 2.0, "l": 2})],
        [("t-closeness", {"t": 0.3, "distance": "equal"})],
        [("t-closeness", {"t": 0.25, "distance": "ordered"})],
        [("k-anonymity", {"k": 3}), ("t-closeness", {"t": 0.35, "distance": "equal"})],
        [("k-anonymity", {"k": 2}), ("distinct-l-diversity", {"l": 2}), ("entropy-l-diversity", {"l": 1.5})],
    ]
)


def problem(rows: list[brute.Row], models: list[tuple[str, dict[str, Any]]], **wanted: Any) -> Problem:
    places = [{row[0]: i for i, row in enumerate(one.rows)} for one in HIERARCHIES]
    keys = np.array([[p[v] for p, v in zip(places, row[0], strict=True)] for row in rows], dtype=np.int32)
    distinct, inverse, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    values = tuple(sorted({row[1] for row in rows}))
    pairs = inverse.ravel() * len(values) + np.array([values.index(row[1]) for row in rows])
    joint, number = np.unique(pairs, return_counts=True)
    triples = SensitiveCounts(joint // len(values), (joint % len(values)).astype(np.int32), number, values)
    named = tuple(
        (name, params if name in ("k-anonymity", "maximum-risk") else {**params, "field": "s"})
        for name, params in models
    )
    needs = {"s": triples} if any("field" in params for _, params in named) else {}
    return Problem(NAMES, tuple(HIERARCHIES), distinct, counts, needs, named, Settings(**wanted))


def check(rows: list[brute.Row], models: list[Any], limit: float, name: str) -> None:
    wanted, cost = COSTS[name]
    asked = problem(rows, models, suppression_limit=limit, **wanted)
    found = solve(asked)
    nodes = brute.nodes(rows, HIERARCHIES, models, cost)
    allowed = [node for node in nodes if node.lost <= int(limit * len(rows) + 1e-9)]
    if not allowed:
        assert isinstance(found, NoSolution)
        return
    assert isinstance(found, Solution) and found.optimal and found.lattice == len(nodes)
    best = min(node.score for node in allowed)
    assert found.score == pytest.approx(best, abs=1e-9, rel=1e-9)
    mine = next(node for node in nodes if node.levels == found.levels)
    assert mine.score == pytest.approx(found.score, abs=1e-9, rel=1e-9)
    assert found.suppressed_rows == mine.lost == int(asked.counts[~found.keep].sum())
    assert 0.0 <= found.loss <= 1.0 and found.bound <= found.loss + 1e-12
    again = solve(asked)
    assert isinstance(again, Solution) and (again.levels, again.checked) == (found.levels, found.checked)


@pytest.mark.parametrize("name", COSTS)
@settings(max_examples=12, deadline=None)
@given(rows=ROWS, models=MODELS, limit=st.sampled_from([0.0, 0.1, 0.3, 1.0]))
def test_no_node_is_better(name: str, rows: list[brute.Row], models: list[Any], limit: float) -> None:
    check(rows, models, limit, name)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, models=MODELS, limit=st.sampled_from([0.0, 0.1, 0.3, 1.0]))
def test_wide_tables_give_the_same_answer(rows: list[brute.Row], models: list[Any], limit: float) -> None:
    """With a word too short for the key, classes are numbered instead of packed."""
    packed = solve(problem(rows, models, suppression_limit=limit))
    short = tables_wide.WORD_BITS
    tables_wide.WORD_BITS = 1
    try:
        wide = solve(problem(rows, models, suppression_limit=limit))
    finally:
        tables_wide.WORD_BITS = short
    assert type(packed) is type(wide)
    if isinstance(packed, Solution) and isinstance(wide, Solution):
        assert packed.levels == wide.levels and packed.score == pytest.approx(wide.score)
        assert packed.keep.tolist() == wide.keep.tolist()
