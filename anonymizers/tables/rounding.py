"""Controlled rounding: every cell to a neighbouring multiple of a base, so that everything still adds up.

Zero-restricted where that can be (a multiple stays, every other goes to one of its two neighbours); where no such
table exists, or time runs out, finest cells are rounded in a row by carried remainders and totals are made of them
(Cox and Ernst 1982; Fischetti and Salazar 1998).  What a reader would get wrong: the fallback adds up as well, but a
total can then lie further from the truth than one base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.tables.cells import Cells, Floats
from anonymizers.tables.dimension import Ints
from anonymizers.tables.relations import Equations, relations
from anonymizers.tables.solver import Program


@dataclass(frozen=True, slots=True)
class Rounded:
    """``values`` in units; ``exact`` when every cell lies within one base; ``moved`` is the largest deviation."""

    values: Ints
    exact: bool
    moved: int


def controlled(cells: Cells, base: int, *, time_limit_s: float = 30.0) -> Rounded:
    """The nearest additive table of multiples of ``base`` (in units).  Raises AnonymizerError on a base below 2."""
    if base < 2:
        raise AnonymizerError("The base of a controlled rounding must be a whole number of at least 2.")
    equations = relations(cells.dimensions)
    down = np.floor_divide(cells.value, base)
    loose = np.flatnonzero(cells.value % base)
    steps = _solved(equations, down, loose, cells.value, base, time_limit_s)
    if steps is None:
        values = _carried(cells, base)
        return Rounded(values, False, int(np.abs(values - cells.value).max(initial=0)))
    return Rounded(steps * base, True, int(np.abs(steps * base - cells.value).max(initial=0)))


def _solved(equations: Equations, down: Ints, loose: Ints, value: Ints, base: int, seconds: float) -> Ints | None:
    """Whole numbers of bases, or None."""
    if not len(loose):
        return down
    number = np.full(equations.number, -1, np.int64)
    number[loose] = np.arange(len(loose))
    cost = (base - 2.0 * (value[loose] % base)) / base
    program = Program(cost, np.zeros(len(loose)), np.ones(len(loose)))
    program.integers(whole=True)
    missing = equations.residuals(down)
    keep = number[equations.cells] >= 0
    rows, counts = np.unique(equations.row_of()[keep], return_counts=True)
    silent = np.ones(equations.rows, bool)
    silent[rows] = False
    if missing[silent].any():
        return None
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    right = -missing[rows].astype(np.float64)
    program.rows(starts, number[equations.cells[keep]], equations.signs[keep].astype(np.float64), right, right)
    solved = program.solve(seconds)
    if solved.values is None:
        return None
    steps = down.copy()
    steps[loose] += np.rint(solved.values).astype(np.int64)
    return steps if not equations.residuals(steps).any() else None


def _carried(cells: Cells, base: int) -> Ints:
    """Finest cells in order, each rounded so that the running total stays within half a base; totals made of them."""
    leaves = np.ix_(*(one.leaves() for one in cells.dimensions))
    whole = np.zeros(cells.shape(), np.int64)
    exact = cells.value.reshape(cells.shape())[leaves].ravel()
    reached = np.floor_divide(2 * np.cumsum(exact) + base, 2 * base)
    whole[leaves] = (np.diff(reached, prepend=0) * base).reshape(whole[leaves].shape)
    return summed(cells, whole)


def summed(cells: Cells, whole: np.ndarray) -> Ints:
    """``whole`` (the table's shape, finest cells filled) with every total made of its children."""
    for axis, dimension in enumerate(cells.dimensions):
        lines = np.moveaxis(whole, axis, 0)
        for code in range(len(dimension.codes) - 1, 0, -1):
            lines[dimension.parents[code]] += lines[code]
    return np.asarray(whole.ravel(), np.int64)


def small(cells: Cells, base: int) -> Rounded:
    """Small finest counts (0 < count < base) become 0 or ``base``, totals are made anew (Langsrud and Heldal 2018).

    Greedy and deterministic: as many become ``base`` as keep the grand total nearest, each time where it brings the
    squares of all totals' deviations down most.  Other finest cells stay as they are."""
    if base < 2:
        raise AnonymizerError("The base of a rounding of small counts must be a whole number of at least 2.")
    shape = cells.shape()
    leaves = np.ix_(*(one.leaves() for one in cells.dimensions))
    flat = np.arange(cells.number).reshape(shape)[leaves].ravel()
    low = flat[(cells.value[flat] > 0) & (cells.value[flat] < base)]
    above = _above(cells, low)
    deviation = np.zeros(cells.number)
    for at, one in enumerate(low):
        deviation[above[at]] -= float(cells.value[one])
    chosen = np.zeros(len(low), bool)
    for _ in range(round(float(cells.value[low].sum()) / base)):
        gain = np.array([float(deviation[line].sum()) for line in above]) * 2 * base + base**2 * _lengths(above)
        gain[chosen] = np.inf
        best = int(np.argmin(gain))
        chosen[best] = True
        deviation[above[best]] += base
    whole = np.zeros(cells.number, np.int64)
    whole[flat] = cells.value[flat]
    whole[low] = np.where(chosen, base, 0)
    values = summed(cells, whole.reshape(shape))
    return Rounded(values, True, int(np.abs(values - cells.value).max(initial=0)))


def _above(cells: Cells, low: Ints) -> list[Ints]:
    """Every cell that a finest cell is part of."""
    lines = []
    ancestors = [one.ancestors() for one in cells.dimensions]
    for one in zip(*np.unravel_index(low, cells.shape()), strict=True):
        paths = [above[:, code][above[:, code] >= 0] for above, code in zip(ancestors, one, strict=True)]
        grid = np.meshgrid(*paths, indexing="ij")
        lines.append(np.ravel_multi_index([axis.ravel() for axis in grid], cells.shape()).astype(np.int64))
    return lines


def _lengths(lines: Sequence[Ints]) -> Floats:
    return np.array([len(line) for line in lines], np.float64)
