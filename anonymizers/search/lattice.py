"""The nodes that may still be the optimum, each with the best lower bound known, in order of what they cost at least.

A list, not a cube: it shrinks as nodes are ruled out, and bounds are worked out for what is left only.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.axis import Axis

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int16]

TOLERANCE = 1e-12
SHRINK = 0.75


def size(axes: Sequence[Axis]) -> int:
    """Number of nodes."""
    return prod(axis.high - axis.low + 1 for axis in axes)


def all_levels(axes: Sequence[Axis]) -> list[Small]:
    """The levels of every node, one column an attribute."""
    ranges = [np.arange(axis.low, axis.high + 1, dtype=np.int16) for axis in axes]
    return [column.ravel() for column in np.meshgrid(*ranges, indexing="ij")] if ranges else []


def before(left: Floats, right: Floats) -> Flags:
    """Is each row of ``left`` lexicographically smaller than ``right`` (one row), beyond rounding?"""
    slack = TOLERANCE * np.maximum(np.abs(right), 1.0)
    if left.shape[1] == 1:
        result: Flags = left[:, 0] < right[0] - slack[0]
        return result
    smaller, larger = left < right - slack, left > right + slack
    differs = smaller | larger
    first = differs.argmax(axis=1)
    rows = np.arange(left.shape[0])
    chosen: Flags = smaller[rows, first]
    return chosen


class Frontier:
    """Open nodes in the order of ``rank``: ``columns`` of levels, their ``floor`` float[n, width], and the best lower
    ``bound`` known.  ``turn`` changes when places do."""

    def __init__(self, columns: list[Small], floor: Floats, rank: NDArray[np.intp]) -> None:
        self.columns = [column[rank] for column in columns]
        self.floor = floor[rank]
        self.bound = self.floor.copy()
        self.turn = 0
        self.alive = np.ones(rank.size, dtype=bool)
        self.left = int(rank.size)

    def pick(self, quantile: float) -> int:
        """The place of the open node at ``quantile`` of the order; there must be one."""
        alive = self.alive.nonzero()[0]
        return int(alive[min(int(quantile * alive.size), alive.size - 1)])

    def levels(self, place: int) -> tuple[int, ...]:
        """The levels of one node."""
        return tuple([int(column[place]) for column in self.columns])

    def finer(self, levels: Sequence[int], tops: Sequence[int]) -> NDArray[np.intp]:
        """Places of open nodes finer than or equal to ``levels``."""
        flags = self.alive.copy()
        for column, level, top in zip(self.columns, levels, tops, strict=True):
            if level < top:
                flags &= column <= level
        return flags.nonzero()[0]

    def coarser(self, levels: Sequence[int], bottoms: Sequence[int]) -> NDArray[np.intp]:
        """Places of open nodes coarser than or equal to ``levels``."""
        flags = self.alive.copy()
        for column, level, bottom in zip(self.columns, levels, bottoms, strict=True):
            if level > bottom:
                flags &= column >= level
        return np.flatnonzero(flags)

    def at(self, places: NDArray[np.intp]) -> list[Small]:
        """The levels of some nodes, one column an attribute."""
        return [column[places] for column in self.columns]

    def raise_bound(self, places: NDArray[np.intp], bound: Floats) -> None:
        """Note better bounds for some nodes."""
        known = self.bound[places]
        if bound.shape[-1] == 1:
            self.bound[places] = np.maximum(known, bound)
            return
        worse = _lexicographically_before(known, np.broadcast_to(bound, known.shape))
        self.bound[places] = np.where(worse[:, None], bound, known)

    def close(self, places: NDArray[np.intp]) -> None:
        """Rule nodes out."""
        self.left -= int(np.count_nonzero(self.alive[places]))
        self.alive[places] = False
        if self.left < SHRINK * self.alive.size:
            self.columns = [column[self.alive] for column in self.columns]
            self.floor = self.floor[self.alive]
            self.bound = self.bound[self.alive]
            self.turn += 1
            self.alive = np.ones(self.left, dtype=bool)

    def close_beaten(self, best: Floats) -> None:
        """Rule out every node whose bound is not below ``best``."""
        self.close(np.flatnonzero(self.alive & ~before(self.bound, best)))

    def lowest(self) -> Floats:
        """The least bound of an open node; there must be one."""
        rows = self.bound[self.alive]
        least: Floats = rows[np.lexsort(rows.T[::-1])[0]]
        return least


def _lexicographically_before(left: Floats, right: Floats) -> Flags:
    differs = left != right
    first = differs.argmax(axis=1)
    rows = np.arange(left.shape[0])
    result: Flags = left[rows, first] < right[rows, first]
    return result
