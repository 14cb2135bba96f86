"""Tables of a junction tree are those of the distribution that brute force finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.synth.fit import Fit, Noisy, pooled
from release.synth.tree import junction_tree, megabytes
from tests.synth.toys import joint, marginal, modelled

SIZES = (2, 3, 2, 4, 3)
CLIQUES = st.lists(st.sets(st.integers(0, 4), min_size=1, max_size=3).map(lambda s: tuple(sorted(s))), max_size=5)


@settings(max_examples=60, deadline=None)
@given(CLIQUES)
def test_a_tree_holds_every_clique_and_its_cliques_hang_together(cliques: list[tuple[int, ...]]) -> None:
    tree = junction_tree(SIZES, cliques)
    assert {f for c in tree.cliques for f in c} == set(range(len(SIZES)))
    for clique in cliques:
        assert set(clique) <= set(tree.cliques[tree.home(clique)])
    for field in range(len(SIZES)):
        # Running intersection: all but one of the cliques with a field share it with their parent.
        holding = [n for n, c in enumerate(tree.cliques) if field in c]
        assert sum(field not in tree.separator(n) for n in holding) == 1
    assert all(parent < place for place, parent in enumerate(tree.parents))


@settings(max_examples=40, deadline=None)
@given(CLIQUES, st.integers(0, 1000))
def test_tables_are_those_of_brute_force(cliques: list[tuple[int, ...]], seed: int) -> None:
    model, whole = modelled(SIZES, sorted(set(cliques)), 100.0, seed)
    for clique, table in zip(model.tree.cliques, model.tables, strict=True):
        assert np.allclose(table, marginal(whole, clique))
    for width in (1, 2, 3, 4):
        for clique in itertools.combinations(range(len(SIZES)), width):
            assert np.allclose(model.project(clique), marginal(whole, clique)), clique


def test_a_fit_to_exact_tables_finds_them() -> None:
    truth = joint((3, 4, 2), {(0, 1): np.arange(12.0).reshape(3, 4) / 6, (1, 2): np.eye(4)[:, :2]}, 1000.0)
    fit = Fit((3, 4, 2))
    for clique in ((0,), (0, 1), (1, 2)):
        fit.add(Noisy(clique, marginal(truth, clique), 2.0))
    model = fit.run(2000)
    assert abs(model.total - 1000) < 1e-6
    assert np.abs(model.project((0, 1)) - marginal(truth, (0, 1))).sum() < 1
    assert np.abs(model.project((0, 2)) - marginal(truth, (0, 2))).sum() < 1


def test_a_fit_goes_on_with_what_it_knew() -> None:
    fit = Fit((2, 2))
    fit.add(Noisy((0,), np.array([70.0, 30.0]), 1.0))
    fit.run(200)
    fit.add(Noisy((0, 1), np.array([[60.0, 10.0], [5.0, 25.0]]), 1.0))
    assert np.abs(fit.run(1000).project((0, 1)) - [[60, 10], [5, 25]]).max() < 0.5


def test_tables_of_one_clique_are_averaged_by_their_noise() -> None:
    (one,) = pooled([Noisy((0,), np.array([10.0]), 1.0), Noisy((0,), np.array([20.0]), 2.0)])
    assert one.values == pytest.approx([12.0]) and one.sigma == pytest.approx(0.8**0.5)


def test_the_weight_of_a_tree_is_told_before_it_is_made() -> None:
    assert megabytes((1024, 1024), [(0, 1)]) == 8.0
    assert megabytes((1024, 1024), [(0,), (1,)]) == pytest.approx(2048 * 8 / 2**20)
