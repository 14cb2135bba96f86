"""Gather points into groups of at least k that are close to one another: MDAV, and MDAV inside blocks.

MDAV takes, again and again, the point farthest from the centre and the point farthest from that one, each with its
k − 1 nearest neighbours.  Its work grows with the square of the points; in blocks it grows with their number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def mdav(points: Floats, k: int) -> Ints:
    """The group of every point [points, dimensions]; every group has k to 2k − 1 points (all, if there are fewer).

    Source: Domingo-Ferrer, Torra 2005, Ordinal, continuous and heterogeneous k-anonymity through microaggregation,
    DMKD 11(2), algorithm MDAV-generic; doi:10.1007/s10618-005-0007-5."""
    rest = _Rest(points)
    while rest.left.size >= 3 * k:
        first = rest.farthest(rest.centre())
        second = rest.farthest(first)
        rest.take(first, k)
        rest.take(second, k)
    if rest.left.size >= 2 * k:
        rest.take(rest.farthest(rest.centre()), k)
    if rest.left.size:
        rest.group[rest.left] = rest.groups
    return rest.group


class _Rest:
    """The points without a group yet, dimension by dimension."""

    def __init__(self, points: Floats) -> None:
        self.left = np.arange(points.shape[0], dtype=np.int64)
        self.group = np.full(points.shape[0], -1, dtype=np.int64)
        self.groups = 0
        self._columns = np.ascontiguousarray(points.T)

    def centre(self) -> Floats:
        """The mean of what is left."""
        return np.asarray(self._columns.mean(axis=1))

    def farthest(self, point: Floats) -> Floats:
        """The coordinates of the point farthest from ``point``."""
        return self._columns[:, int(self._squares(point).argmax())].copy()

    def take(self, point: Floats, k: int) -> None:
        """The k points nearest to ``point`` become a group."""
        near = np.argpartition(self._squares(point), k - 1)[:k]
        self.group[self.left[near]] = self.groups
        self.groups += 1
        stay = np.ones(self.left.size, dtype=bool)
        stay[near] = False
        kept = stay.nonzero()[0]
        self.left = self.left.take(kept)
        self._columns = self._columns.take(kept, axis=1)

    def _squares(self, point: Floats) -> Floats:
        total = np.zeros(self.left.size)
        for column, value in zip(self._columns, point, strict=True):
            gap = column - value
            gap *= gap
            total += gap
        return total


def mdav_in_blocks(points: Floats, k: int, most: int) -> Ints:
    """As ``mdav``, inside blocks of at most ``most`` points (but never fewer than 2k) cut at medians of the widest
    dimension; ties are cut by place, so that the same points give the same blocks."""
    group = np.full(points.shape[0], -1, dtype=np.int64)
    groups = 0
    open_blocks = [np.arange(points.shape[0], dtype=np.int64)]
    while open_blocks:
        block = open_blocks.pop()
        if block.size <= max(most, 4 * k):
            mine = mdav(points[block], k)
            group[block] = mine + groups
            groups += int(mine.max(initial=-1)) + 1
            continue
        wide = int(points[block].var(axis=0).argmax())
        order = block[np.argsort(points[block, wide], kind="stable")]
        open_blocks += [order[order.size // 2 :], order[: order.size // 2]]
    return group
