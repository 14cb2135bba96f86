"""A suppression problem: which cells are unsafe, how far they must stay uncertain, what every other cell costs.

The attacker knows every published cell, that everything adds up, and that a hidden cell lies between ``value - below``
and ``value + above`` (Fischetti and Salazar 2001).  ``Need`` is one demand on that attacker: cell ``cell`` must be able
to lie ``level`` higher (+1), lower (-1), or the two together (0), where the cells in ``known`` are known to him too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anonymizers.tables.cells import Flags, Floats
from anonymizers.tables.dimension import Ints
from anonymizers.tables.relations import Equations

UP, DOWN, SLIDE = 1, -1, 0
CAP = 100.0  # no cell needs to move further than this many levels for another to move one


@dataclass(frozen=True, slots=True)
class Need:
    """One demand.  ``level`` is in units and above 0."""

    cell: int
    way: int
    level: float
    known: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Arrays over the variables of ``equations``.  ``fixed`` cells are published whatever happens; ``alone`` is the
    only contributor of a cell, -1 where there is none or are several."""

    equations: Equations
    cost: Floats
    below: Floats
    above: Floats
    primary: Flags
    fixed: Flags
    up: Floats
    down: Floats
    slide: Floats
    alone: Ints

    def needs(self) -> list[Need]:
        """What must hold against an outsider, gravest first."""
        found = [Need(int(k), way, float(level[k])) for way, level in self._levels() for k in self._wanting(level)]
        return sorted(found, key=lambda need: (-need.level, need.cell, -need.way))

    def _levels(self) -> Iterator[tuple[int, Floats]]:
        yield from ((UP, self.up), (DOWN, self.down), (SLIDE, self.slide))

    def _wanting(self, level: Floats) -> Ints:
        return np.flatnonzero(self.primary & (level > 0))

    def total(self, suppressed: Flags) -> float:
        """The cost of a pattern: that of its secondary suppressions."""
        return float(self.cost[suppressed & ~self.primary].sum())

    def impossible(self) -> list[Need]:
        """Needs that no pattern can meet, because the attacker is taken to know better than that already."""
        return [
            need
            for need in self.needs()
            if {
                UP: self.above[need.cell],
                DOWN: self.below[need.cell],
                SLIDE: self.above[need.cell] + self.below[need.cell],
            }[need.way]
            < need.level * (1 - 1e-9)
        ]
