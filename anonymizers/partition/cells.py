"""What a cell costs at every level of its hierarchy, and what it reads: the measure that local recodings share.

Iyengar's loss cell by cell, as ARX normalises it: the original value costs 0, ``*`` costs 1, a group its part of the
domain.  A field's weight is its importance relative to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.recoder import Column, column
from anonymizers.search.axis import Axis, axes
from anonymizers.search.groups import WORD_BITS, bits
from anonymizers.search.problem import Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """``codes`` int64[units, fields] are values that occur; ``cost[f]`` float[levels, values] what they cost, weights
    included; ``weight`` what losing a whole row costs."""

    axes: tuple[Axis, ...]
    codes: Ints
    cost: tuple[Floats, ...]
    weight: float

    def price(self) -> list[Floats]:
        """The mean cost of every level of every field over the values that occur, not over the rows: what is still
        there when it comes to a node is what is rare."""
        return [cost.mean(axis=1) if cost.size else cost.sum(axis=1) for cost in self.cost]

    def grain(self) -> list[Floats]:
        """How many groups every level of every field has, in logarithms: fewer bring more rows together."""
        return [np.log([max(len(np.unique(group)), 1) for group in axis.group]) for axis in self.axes]

    def loss(self, levels: NDArray[np.integer], keep: NDArray[np.bool_], counts: Ints) -> float:
        """Of units at ``levels`` [units, fields]: the mean over fields and rows, lost rows costing all; 0 to 1."""
        total = np.where(keep, 0.0, self.weight)
        for place, cost in enumerate(self.cost):
            total += np.where(keep, cost[levels[:, place], self.codes[:, place]], 0.0)
        rows = int(counts.sum())
        return float(total @ counts) / (rows * self.weight) if rows and self.weight > 0 else 0.0

    def columns(self, problem: Problem, levels: NDArray[np.integer]) -> tuple[Column, ...]:
        """The texts of all units at ``levels``."""
        made = []
        for place, axis in enumerate(self.axes):
            table = problem.hierarchies[place].rows
            present = np.unique(problem.keys[:, place])
            texts = [table[row][level] for level in range(axis.top + 1) for row in present.tolist()]
            made.append(column(texts, levels[:, place].astype(np.int64) * axis.leaves + self.codes[:, place]))
        return tuple(made)


def cells(problem: Problem) -> Cells:
    """Raises AnonymizerError on levels or weights that do not fit the problem."""
    made, codes = axes(problem)
    cost = tuple(_cost(axis) for axis in made)
    return Cells(made, codes, cost, float(sum(axis.weight for axis in made)))


def _cost(axis: Axis) -> Floats:
    if axis.domain <= 1:
        return np.zeros_like(axis.share)
    least = 1.0 / axis.domain
    return np.asarray(np.maximum((axis.share - least) / (1.0 - least), 0.0) * axis.weight)


def packed(made: Sequence[Axis]) -> list[Ints] | None:
    """For every field the codes of each level shifted to a place of their own; None where a word has no room."""
    shifted, used = [], 0
    for axis in made:
        shifted.append(axis.group << used)
        used += bits(axis.leaves)
        if used > WORD_BITS:
            return None
    return shifted
