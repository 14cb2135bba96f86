"""Noisy tables of several levels made to add up: least squares over the tree, then whole numbers that are not negative.

What a reader would get wrong: both steps see only noisy numbers, so they cost nothing.  Least squares makes every level
at least as exact as it was; taking whole numbers from the top down keeps every sum.
Sources: Hay et al. 2010 for the two passes, here with unequal variances and branching; Bacharach 1966 for rounding that
keeps totals.
"""

from __future__ import annotations

import numpy as np

from release.dp.tree import Tree


def least_squares(tree: Tree, noisy: list[np.ndarray], variances: list[float]) -> list[np.ndarray]:
    """Estimates of every level that add up, float arrays shaped as ``noisy`` (areas, cells).

    The minimum-variance linear unbiased estimate when the noise of a level has the variance given and is independent:
    one pass up gathers what the areas within say, one pass down spreads what is left over by variance."""
    depth = len(noisy)
    gathered = [level.astype(float) for level in noisy]
    spread = [np.full((len(level), 1), variance) for level, variance in zip(noisy, variances, strict=True)]
    for level in range(depth - 2, -1, -1):
        below, doubt = tree.above(level, gathered[level + 1]), tree.above(level, spread[level + 1])
        own = spread[level]
        gathered[level] = (gathered[level] * doubt + below * own) / (own + doubt)
        spread[level] = own * doubt / (own + doubt)
    made = [gathered[0]]
    for level in range(depth - 1):
        parents = np.asarray(tree.parents[level + 1])
        missing = made[level] - tree.above(level, gathered[level + 1])
        part = spread[level + 1] / tree.above(level, spread[level + 1])[parents]
        made.append(gathered[level + 1] + missing[parents] * part)
    return made


def whole(tree: Tree, estimates: list[np.ndarray]) -> list[np.ndarray]:
    """Whole numbers ≥ 0 that add up at every level, int64, near to ``estimates`` (which add up)."""
    made = [np.rint(np.maximum(estimates[0], 0)).astype(np.int64)]
    for level in range(len(estimates) - 1):
        parents, starts = np.asarray(tree.parents[level + 1]), tree.starts(level)
        near = _onto_totals(estimates[level + 1], made[level], parents, starts)
        made.append(_apportioned(near, made[level], parents, starts))
    return made


def _onto_totals(values: np.ndarray, totals: np.ndarray, parents: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The nearest non-negative values whose sum within every parent is its total (projection onto a simplex)."""
    active = np.ones(values.shape, dtype=bool)
    while True:
        count = np.add.reduceat(active.astype(np.int64), starts, axis=0)
        kept = np.add.reduceat(np.where(active, values, 0.0), starts, axis=0)
        shift = (totals - kept) / np.maximum(count, 1)
        moved = np.where(active, values + shift[parents], 0.0)
        below = active & (moved < 0)
        if not below.any():
            return moved
        active &= ~below


def _apportioned(values: np.ndarray, totals: np.ndarray, parents: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Rounds down and gives what is missing to the largest remainders; ties go to the first area."""
    floors = np.floor(values + 1e-9).astype(np.int64)
    missing = totals - np.add.reduceat(floors, starts, axis=0)
    remainders = values - floors
    for cell in range(values.shape[1]):
        order = np.lexsort((np.arange(len(parents)), -remainders[:, cell], parents))
        rank = np.empty(len(parents), dtype=np.int64)
        rank[order] = np.arange(len(parents)) - starts[parents[order]]
        floors[:, cell] += rank < missing[parents, cell]
    return floors
