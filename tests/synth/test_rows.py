"""Rows keep the tables they are made from to within rounding, where drawing at random would not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.draw import Draw
from release.synth.model import Model
from release.synth.rows import rows_of, whole
from release.synth.tree import Tree
from tests.synth.test_model import CLIQUES, SIZES
from tests.synth.toys import modelled

DRAW = Draw(bytes(range(32)))


def counted(rows: np.ndarray, sizes: tuple[int, ...], clique: tuple[int, ...]) -> np.ndarray:
    table = np.zeros([sizes[f] for f in clique])
    np.add.at(table, tuple(rows[:, f] for f in clique), 1)
    return table


@settings(max_examples=40, deadline=None)
@given(CLIQUES, st.integers(0, 1000), st.integers(1, 3000))
def test_every_clique_is_kept_within_rounding(cliques: list[tuple[int, ...]], seed: int, count: int) -> None:
    model, _ = modelled(SIZES, sorted(set(cliques)), 100.0, seed)
    rows = rows_of(model, count, DRAW)
    assert rows.shape == (count, len(SIZES))
    assert (rows >= 0).all() and (rows < np.array(SIZES)).all()
    for clique, table in zip(model.tree.cliques, model.tables, strict=True):
        off = np.abs(counted(rows, SIZES, clique) - table / table.sum() * count)
        assert off.max() <= 3.0, clique
    for field in range(len(SIZES)):
        wanted = model.project((field,))
        assert np.abs(counted(rows, SIZES, (field,)) - wanted / wanted.sum() * count).max() <= 2.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 99).map(lambda n: n / 11), min_size=4, max_size=4), min_size=1, max_size=8))
def test_lines_sum_to_what_they_must_and_stay_next_to_what_is_wanted(lines: list[list[float]]) -> None:
    wanted = np.array(lines)
    sizes = np.maximum(np.ceil(wanted.sum(axis=1)), 1).astype(np.int64)
    wanted = np.where(wanted.sum(axis=1, keepdims=True) > 0, wanted, 1.0)
    wanted *= sizes[:, None] / wanted.sum(axis=1, keepdims=True)
    found = whole(wanted, sizes, np.arange(len(sizes))[None, :], (len(sizes),))
    assert (found.sum(axis=1) == sizes).all()
    assert (np.abs(found - wanted) < 1 + 1e-6).all()
    assert (found[wanted == 0] == 0).all()


def test_fields_that_hang_on_a_third_do_not_hang_on_each_other() -> None:
    """The toy on which rounding column by column makes up a correlation: b and c both follow a."""
    half = np.array([[40.0, 10.0], [10.0, 40.0]])
    model = Model((2, 2, 2), Tree(((0, 1), (0, 2)), (-1, 0)), (half, half), 100.0)
    count = 10_000
    rows = rows_of(model, count, DRAW)
    for clique in ((0, 1), (0, 2), (1, 2), (0, 1, 2)):
        share = model.project(clique) / 100 if len(clique) < 3 else np.einsum("ab,ac->abc", half / 50, half / 50) / 2
        assert np.abs(counted(rows, model.sizes, clique) / count - share).sum() < 0.02


def test_rows_are_nearer_than_a_sample_would_be() -> None:
    model, _ = modelled((6, 5, 4, 5), ((0, 1), (1, 2), (2, 3)), 1.0, 3)
    count = 2000
    rows = rows_of(model, count, DRAW)
    for pair in itertools.combinations(range(4), 2):
        share = model.project(pair) / model.project(pair).sum()
        sampled = np.sqrt(2 / np.pi * share * (1 - share) / count).sum()
        assert np.abs(counted(rows, model.sizes, pair) / count - share).sum() < 0.6 * sampled


def test_the_same_seed_gives_the_same_rows() -> None:
    model, _ = modelled(SIZES, ((0, 1), (1, 2, 3)), 50.0, 1)
    assert (rows_of(model, 200, DRAW) == rows_of(model, 200, DRAW)).all()
    other = rows_of(model, 200, Draw(bytes(range(1, 33))))
    assert (rows_of(model, 200, DRAW) != other).any()


@pytest.mark.parametrize("count", [1, 2])
def test_very_few_rows(count: int) -> None:
    model, _ = modelled(SIZES, ((0, 1),), 50.0, 1)
    assert len(rows_of(model, count, DRAW)) == count
