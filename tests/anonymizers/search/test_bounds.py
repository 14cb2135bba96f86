"""What the search relies on to leave work out: stepping stones, one bound for all finer nodes, least class sizes."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.hierarchy import Hierarchy
from anonymizers.model import Distribution, Whole
from anonymizers.model_discovery import model
from anonymizers.models.t_closeness import MOST_ROWS, least_rows
from anonymizers.search import tables as packed
from anonymizers.search.axis import axes
from anonymizers.search.problem import Problem, Settings
from anonymizers.search.solve import evaluator_of, metric_of
from anonymizers.search.tables import Shelf, Table

AGE = Hierarchy(tuple((str(n), f"{n // 2 * 2}-", f"{n // 8 * 8}+", "*") for n in range(16)))
CITY = Hierarchy(tuple((f"c{n}", f"r{n // 3}", "*") for n in range(9)))
SEX = Hierarchy((("f", "*"), ("m", "*")))


def problem(seed: int, **kw: Any) -> Problem:
    draw = np.random.default_rng(seed)
    keys = np.unique(np.stack([draw.integers(0, n, 60) for n in (16, 9, 2)], axis=1), axis=0).astype(np.int32)
    return Problem(
        ("age", "city", "sex"),
        (AGE, CITY, SEX),
        keys,
        draw.integers(1, 4, len(keys)),
        {},
        (("k-anonymity", {"k": 3}),),
        Settings(1.0, **kw),
    )


@pytest.mark.parametrize("worth", [0.0, 2.0], ids=["always a stone", "never a stone"])
def test_a_table_is_the_same_whatever_it_was_made_from(worth: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "WORTH_A_STONE", worth)
    asked = problem(1)
    made, codes = axes(asked)
    tables = evaluator_of(asked, made, codes, asked.rows, metric_of(asked, made, asked.rows, asked.rows)).tables
    order = list(itertools.product(range(4), range(3), range(2)))
    np.random.default_rng(2).shuffle(order)
    for levels in map(tuple, order):
        table = tables.at(levels)
        classes = np.stack([axis.group[levels[a]][codes[:, a]] for a, axis in enumerate(made)], 1)
        _, ids = np.unique(classes, axis=0, return_inverse=True)
        expected = np.bincount(ids, weights=asked.counts).astype(int)
        assert table.levels == levels
        assert sorted(table.counts[0].tolist()) == sorted(expected.tolist())


@pytest.mark.parametrize("few", [0, 1 << 20], ids=["many classes", "few classes"])
def test_marginals_count_every_row_once_an_attribute(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FEW_CLASSES", few)
    asked = problem(3)
    made, codes = axes(asked)
    tables = evaluator_of(asked, made, codes, 0, metric_of(asked, made, asked.rows, 0)).tables
    table = tables.at((1, 1, 0))
    found = tables.marginals(table, table.words[0], table.counts[0])
    for a, (axis, level) in enumerate(zip(made, (1, 1, 0), strict=True)):
        expected = np.bincount(axis.group[level][codes[:, a]], weights=asked.counts, minlength=axis.leaves)
        assert (found[a] == expected).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0]), st.sampled_from(["sum", "arithmetic-mean"]))
def test_one_number_bounds_all_finer_nodes(seed: int, gs: float, function: str) -> None:
    asked = problem(seed, gs_factor=gs, aggregate=function, weights={"age": 0.9, "sex": 0.2})
    made, codes = axes(asked)
    metric = metric_of(asked, made, asked.rows, asked.rows)
    evaluator = evaluator_of(asked, made, codes, asked.rows, metric)
    node = evaluator.completed(evaluator.at((2, 1, 1)))
    finer = [np.array(column) for column in zip(*itertools.product(range(3), range(2), range(2)), strict=True)]
    rise = metric.rise(node, node.dooms)  # type: ignore[attr-defined]
    assert np.allclose(metric.floor(finer) + rise, metric.below(node, finer), rtol=0, atol=1e-12)
    own = metric.floor([np.array([level]) for level in node.levels])[0]
    assert np.allclose(own + metric.rise(node, node.losses), metric.score(node), rtol=0, atol=1e-12)  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=3), st.floats(0.02, 0.9))
def test_no_smaller_class_comes_near_enough(counts: list[int], t: float) -> None:
    share = np.array(counts) / sum(counts)
    least = least_rows(share, t)
    for rows in range(1, min(least, 10)):
        for made in itertools.product(range(rows + 1), repeat=share.size):
            if sum(made) == rows:
                assert np.maximum(np.array(made) / rows - share, 0).sum() > t
    assert 1 <= least <= MOST_ROWS


@pytest.mark.parametrize(
    ("name", "params", "least"),
    [
        ("k-anonymity", {"k": 7}, 7),
        ("distinct-l-diversity", {"l": 3, "field": "f"}, 3),
        ("t-closeness", {"t": 0.1, "field": "f"}, 2),
        ("t-closeness", {"t": 0.1, "distance": "ordered", "field": "f"}, 1),
    ],
)
def test_a_judge_says_the_least_class(name: str, params: dict[str, Any], least: int) -> None:
    asked = model(name)
    whole = Whole(10, {"f": Distribution(("x", "y"), np.array([5, 5]))})
    assert asked.judge is not None
    assert getattr(asked.judge(asked.read(params), whole), "least", 1) == least


def test_the_shelf_lets_the_largest_tables_go() -> None:
    def table(size: int) -> Table:
        return Table((size,), (np.arange(size),), (np.ones(size, dtype=np.int64),), size)

    raw, shelf = table(1000), Shelf(1, 100 * packed.WORD_BYTES)
    for size in (10, 40, 5, 30, 20, *[1] * 100):
        shelf.keep(table(size), raw)
    assert shelf.finest((99,), raw).size == 1
    assert shelf.finest((0,), raw) is raw
    kept = [one.size for one in shelf._tables]
    assert sum(kept) <= 100 and max(kept) < 40 and kept.count(1) > packed.ROOM
