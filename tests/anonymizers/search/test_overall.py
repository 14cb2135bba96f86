"""Models that judge the table as a whole, and money: the search against trying every node by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.search.problem import NoSolution, Settings, Solution
from anonymizers.search.solve import judges_of, solve
from tests.anonymizers.java_random import JavaChance
from tests.anonymizers.search.test_optimum import HIERARCHIES, ROWS, brute, problem


def met(name: str, params: dict[str, Any], sizes: list[int]) -> bool:
    if not sizes:
        return True
    if name == "average-risk":
        return len(sizes) / sum(sizes) <= params["risk"] + 1e-12
    return sum(n for n in sizes if 1 / n > params["threshold"] + 1e-12) <= params["share"] * sum(sizes) + 1e-9


def naive(rows: list[brute.Row], models: list[tuple[str, dict[str, Any]]], limit: int) -> dict[tuple[int, ...], int]:
    """Rows that every node loses by suppressing its smallest classes, where that is within the limit."""
    tables = [{row[0]: row for row in one.rows} for one in HIERARCHIES]
    found = {}
    for levels in product(*[range(one.height) for one in HIERARCHIES]):
        keys = [tuple(t[v][x] for t, v, x in zip(tables, row[0], levels, strict=True)) for row in rows]
        sizes, lost = sorted(Counter(keys).values()), 0
        while not all(met(name, params, sizes) for name, params in models):
            lost += sizes.pop(0)
        if lost <= limit:
            found[levels] = lost
    return found


@settings(max_examples=60, deadline=None)
@given(
    rows=ROWS,
    models=st.sampled_from(
        [
            [("average-risk", {"risk": 0.3})],
            [("records-at-risk", {"threshold": 0.34, "share": 0.25})],
            [("average-risk", {"risk": 0.5}), ("records-at-risk", {"threshold": 0.5, "share": 0.1})],
        ]
    ),
    limit=st.sampled_from([0.0, 0.2, 1.0]),
)
def test_the_least_height_is_found_and_the_rows_lost_are_the_fewest(
    rows: list[brute.Row], models: list[Any], limit: float
) -> None:
    asked = replace(problem(rows, [], suppression_limit=limit, metric="precision"), models=tuple(models))
    found = solve(asked)
    nodes = naive(rows, models, int(limit * len(rows) + 1e-9))
    if not nodes:
        assert isinstance(found, NoSolution)
        return
    assert isinstance(found, Solution) and found.optimal
    assert nodes[found.levels] == found.suppressed_rows == int(asked.counts[~found.keep].sum())
    cost = {
        levels: brute.precision(0.5)(levels, {0: len(rows) - lost}, {1: lost}, rows, HIERARCHIES)[0]
        for levels, lost in nodes.items()
    }
    assert found.score[0] == pytest.approx(min(cost.values()), abs=1e-9)


def test_profitable_classes_are_kept_and_others_are_not() -> None:
    rows: list[brute.Row] = [(("0", "n1", "f", "only"), "flu")] * 30 + [(("7", "s1", "m", "only"), "flu")]
    base = problem(rows, [], suppression_limit=1.0, metric="publisher-benefit", metric_params={"publisher_loss": 5000})
    found = solve(replace(base, models=(("profitability", {"publisher_loss": 5000}),)))
    assert isinstance(found, Solution)
    assert found.suppressed_rows == 1, "a single row costs 5000 and earns 1200 at most"
    none_lost = replace(base, settings=replace(base.settings, suppression_limit=0.0))
    deter = solve(replace(none_lost, models=(("profitability", {"attacks": "deter", "adversary_cost": 10.0}),)))
    assert isinstance(deter, Solution) and deter.levels == (3, 2, 1, 0) and deter.suppressed_rows == 0


def test_differential_privacy_searches_only_through_chance() -> None:
    rows: list[brute.Row] = [((str(n % 8), "n1", "fm"[n % 2], "only"), "flu") for n in range(400)]
    base = problem(rows, [], metric="loss")
    sample = replace(base, subset=(base.counts * 6) // 10)
    given_model = ("differential-privacy", {"epsilon": 4.0, "delta": 1e-3, "search": 1.0, "steps": 5})
    found = solve(replace(sample, models=(given_model,)), JavaChance())
    again = solve(replace(sample, models=(given_model,)), JavaChance())
    assert isinstance(found, Solution) and isinstance(again, Solution)
    assert (found.levels, found.score) == (again.levels, again.score) and found.checked <= 40
    secure = solve(replace(sample, models=(given_model,)))
    assert isinstance(secure, Solution)
    fixed = solve(
        replace(sample, models=(("differential-privacy", {**given_model[1], "search": 0, "degree": "high"}),))
    )
    assert isinstance(fixed, Solution) and fixed.levels == (2, 2, 1, 0) and fixed.lattice == 1
    for other in (("distinct-l-diversity", {"l": 2, "field": "s"}), given_model):
        with pytest.raises(AnonymizerError, match="guarantee"):
            solve(replace(sample, models=(given_model, other)))
    with pytest.raises(AnonymizerError, match="height"):
        solve(replace(sample, models=(given_model,), settings=Settings(metric="height")))


def test_whoever_recodes_class_by_class_is_told_what_it_cannot_promise() -> None:
    rows: list[brute.Row] = [(("0", "n1", "f", "only"), "flu")] * 3
    for name, params in (("average-risk", {"risk": 0.3}), ("profitability", {})):
        with pytest.raises(AnonymizerError, match=f"{name} cannot be promised class by class"):
            judges_of(replace(problem(rows, []), models=((name, params),)))


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"metric": "publisher-benefit", "metric_params": {"benefit": 3}}, "'benefit'"),
        ({"metric": "classification"}, "needs targets"),
        ({"metric": "loss", "metric_params": {"targets": ["s"]}}, "takes no metric_params"),
        ({"metric": "static", "metric_params": {"age": [0, 1]}}, "'age' needs 4 numbers"),
        ({"metric": "static"}, "give field 'age'"),
        ({"metric": "ambiguity", "monotonic": True}, "no monotonic variant"),
    ],
)
def test_metric_parameters_are_refused_by_name(wanted: dict[str, Any], says: str) -> None:
    with pytest.raises(AnonymizerError, match=says):
        solve(problem([(("0", "n1", "f", "only"), "flu")] * 3, [("k-anonymity", {"k": 2})], **wanted))


def test_a_static_price_list_decides() -> None:
    rows: list[brute.Row] = [((str(n % 4), "n1", "fm"[n % 2], "only"), "flu") for n in range(16)]
    prices = {"age": [0, 9, 9, 9], "city": [0, 0, 0], "sex": [0, 1], "fixed": [0]}
    asked = problem(rows, [("k-anonymity", {"k": 4})], metric="static", aggregate="sum", metric_params=prices)
    found = solve(asked)
    assert isinstance(found, Solution) and found.score == (0.0,) and found.levels[:1] == (0,)
    tighter = solve(problem(rows, [("k-anonymity", {"k": 5})], metric="static", aggregate="sum", metric_params=prices))
    assert isinstance(tighter, Solution) and tighter.score == (9.0,)


def test_the_sample_of_arx_is_the_sample_of_java() -> None:
    """java.util.Random with seed 0xDEADBEEF as an int: 26,057 of 30,162 rows at 1 − e⁻²."""
    assert int(JavaChance().sample(30_162, 1 - np.exp(-2.0)).sum()) == 26_057
