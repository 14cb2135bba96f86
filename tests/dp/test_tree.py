"""Levels of an area tree add up, hold no negative number, and are no less exact than the noise that was drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.dp.component import components
from release.dp.consistent import least_squares, whole
from release.dp.derive import levels
from release.dp.noise import build, charge, noisy
from release.dp.query import Query, Statistic
from release.dp.read import read_query
from release.dp.statistics import Exact
from release.dp.tree import Tree, built, read_tree
from release.nouns.errors import BadInput


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Uneven trees of 2 to 4 levels, only children and a first level of several areas among them."""
    depth = draw(st.integers(2, 4))
    paths: list[tuple[str, ...]] = [(f"a{n}",) for n in range(draw(st.integers(1, 3)))]
    for _ in range(depth - 1):
        paths = [(*p, f"{p[-1]}.{n}") for p in paths for n in range(draw(st.integers(1, 4)))]
    return built(tuple(f"l{n}" for n in range(depth)), paths, "areas.csv")


def sums(tree: Tree, leaves: np.ndarray) -> list[np.ndarray]:
    return [tree.rolled(leaves, level) for level in range(len(tree.levels))]


def assert_adds_up(tree: Tree, made: list[np.ndarray]) -> None:
    for level in range(len(made) - 1):
        upper = np.zeros_like(made[level])
        np.add.at(upper, np.asarray(tree.parents[level + 1]), made[level + 1])
        assert np.allclose(upper, made[level], rtol=0, atol=1e-6 * max(1.0, float(np.abs(made[level]).max())))


def drawn(tree: Tree, seed: int, cells: int, size: float) -> tuple[list[np.ndarray], list[float]]:
    random = np.random.default_rng(seed)
    exact = sums(tree, random.integers(0, 30, (len(tree.leaves()), cells)))
    variances = random.uniform(0.5, size, len(exact)).tolist()
    noise = [random.normal(0, np.sqrt(v), e.shape) for e, v in zip(exact, variances, strict=True)]
    return [np.rint(e + n) for e, n in zip(exact, noise, strict=True)], variances


@settings(max_examples=60, deadline=None)
@given(tree=trees(), seed=st.integers(0, 10**6), cells=st.integers(1, 3), size=st.sampled_from([1.0, 100.0, 1e6]))
def test_two_passes_are_the_dense_least_squares(tree: Tree, seed: int, cells: int, size: float) -> None:
    noised, variances = drawn(tree, seed, cells, size)
    leaves = np.eye(len(tree.leaves()))
    design = np.vstack(sums(tree, leaves))
    weights = np.concatenate([np.full(len(n), 1 / np.sqrt(v)) for n, v in zip(noised, variances, strict=True)])
    best, *_ = np.linalg.lstsq(design * weights[:, None], np.vstack(noised) * weights[:, None], rcond=None)
    made = least_squares(tree, noised, variances)
    assert np.allclose(np.vstack(made), np.vstack(sums(tree, best)), atol=1e-6 * max(1.0, size**0.5))


@settings(max_examples=60, deadline=None)
@given(tree=trees(), seed=st.integers(0, 10**6), cells=st.integers(1, 3), size=st.sampled_from([1.0, 100.0, 1e6]))
def test_whole_numbers_add_up_and_are_not_negative(tree: Tree, seed: int, cells: int, size: float) -> None:
    noised, variances = drawn(tree, seed, cells, size)
    estimates = least_squares(tree, noised, variances)
    assert_adds_up(tree, estimates)
    made = whole(tree, estimates)
    for level, estimate in zip(made, estimates, strict=True):
        assert level.dtype == np.int64 and level.shape == estimate.shape
        assert (level >= 0).all()
    for level in range(len(made) - 1):
        upper = np.zeros_like(made[level])
        np.add.at(upper, np.asarray(tree.parents[level + 1]), made[level + 1])
        assert (upper == made[level]).all()


@settings(max_examples=30, deadline=None)
@given(tree=trees(), seed=st.integers(0, 10**6))
def test_what_adds_up_already_is_left_alone(tree: Tree, seed: int) -> None:
    exact = sums(tree, np.random.default_rng(seed).integers(0, 30, (len(tree.leaves()), 2)))
    made = whole(tree, least_squares(tree, exact, [1.0] * len(exact)))
    assert all((a == b).all() for a, b in zip(made, exact, strict=True))


def nation(regions: int, districts: int, areas: int, cells: int) -> Query:
    paths = [
        ("nation", f"r{r:03}", f"r{r:03}d{d:03}", f"r{r:03}d{d:03}m{m:03}")
        for r in range(regions)
        for d in range(districts)
        for m in range(areas)
    ]
    tree = built(("nation", "region", "district", "municipality"), paths, "areas.csv")
    ages = tuple(f"{n:02}" for n in range(cells))
    count = (Statistic("n", "count"),)
    shares = (1.0, 2.0, 3.0, 4.0)
    return Query(("m", "age"), (tree.leaves(), ages), count, "t", rho=0.1, tree=tree, level_weights=shares)


@pytest.mark.slow
def test_no_level_is_less_exact_than_its_own_noise() -> None:
    """1 → 5 → 25 → 250 areas × 12 cells of 0 to 100 people; 3 draws.  The nation has 36 cells,
    so it is only held to twice; of the lower levels a false alarm is 5.8 deviations away."""
    query = nation(5, 5, 10, 12)
    tree, made = query.tree, build(query)
    assert tree is not None
    assert charge(made) <= 0.1 * 10**9
    exact = sums(tree, np.random.default_rng(5).integers(0, 100, (250, 12)))
    parts = [part for part, _ in components(query)]
    ours, alone = np.zeros(4), np.zeros(4)
    for _ in range(3):
        answer = noisy(made, Exact({p: e.reshape(-1, 1) for p, e in zip(parts, exact, strict=True)}))
        table = levels(query, made, answer)
        for n, (part, true) in enumerate(zip(parts, exact, strict=True)):
            ours[n] += ((table[n] - true) ** 2).mean()
            alone[n] += ((answer.vectors[part].reshape(true.shape) - true) ** 2).mean()
    assert (ours[2:] < alone[2:]).all()
    assert (ours < 2 * alone).all()


def test_a_file_of_areas_is_read_whatever_its_order(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("top,leaf\nS,s1\nN,n2\nN,n1\nS,\xa0s2 \n", encoding="utf-8")
    tree = read_tree(path)
    assert tree.names == (("N", "S"), ("n1", "n2", "s1", "s2"))
    assert tree.parents == ((), (0, 0, 1, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top,leaf\n", "no tree"),
        ("leaf\na\n", "no tree"),
        ("top,leaf\nN,a\nS,a\n", "twice"),
        ("top,leaf\nN,a\nN,a\n", "twice"),
        ("top,mid,leaf\nN,x,a\nS,x,b\n", "same name"),
        ("top,leaf\nN\n", "line 2"),
        ("top,leaf\nN,\n", "line 2"),
    ],
)
def test_a_file_that_is_no_tree_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        read_tree(path)


def test_weights_of_levels_are_shares_of_the_budget(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("top,leaf\nN,a\nN,b\n", encoding="utf-8")
    section = {"group_by": ["g"], "rho": 0.4, "statistics": [{"kind": "count"}]}
    section["tree"] = {"file": "areas.csv", "weights": [1, 3]}
    one, other = build(read_query(section, dataset="t", folder=tmp_path))
    assert (one.nrho, other.nrho) == (pytest.approx(10**8, abs=2), pytest.approx(3 * 10**8, abs=2))
    for wrong in ([1], [0, 1], ["a", 1], [1, float("nan")]):
        section["tree"] = {"file": "areas.csv", "weights": wrong}
        with pytest.raises(BadInput, match="2 positive numbers"):
            read_query(section, dataset="t", folder=tmp_path)
