"""Contributors as attackers: who is alone in a suppressed cell knows it, and may compute another from that.

Two suppressed cells whose deviations are always proportional are known together.  The proportion is seen on a few
pseudorandom vectors projected onto the deviations that add up (with probability one the same answer as a basis)."""

from __future__ import annotations

import numpy as np

from anonymizers.tables.cells import Flags, Floats
from anonymizers.tables.dimension import Ints
from anonymizers.tables.problem import SLIDE, Need, Problem
from anonymizers.tables.relations import Equations

VECTORS = 6
PARALLEL = 1e-7
DENSE = 120
RESTARTS = 6
EXACT = 1e-10


def recomputed(problem: Problem, suppressed: Flags) -> list[Need]:
    """What contributors who are alone could compute of unsafe cells, as needs that a wider pattern must meet."""
    open_cells = np.flatnonzero(suppressed)
    holders = np.unique(problem.alone[open_cells])
    holders = holders[holders >= 0]
    targets = np.flatnonzero(problem.primary & suppressed)
    if not len(holders) or len(targets) < 2:
        return []
    free = _directions(problem.equations, suppressed)
    found: list[Need] = []
    for holder in holders:
        own = np.flatnonzero(suppressed & (problem.alone == holder))
        moves = free
        if len(own) > 1 and not _parallel(free, own[:1], own[1:]).all():
            narrowed = suppressed.copy()
            narrowed[own] = False
            moves = _directions(problem.equations, narrowed)
            known = targets[np.abs(moves[targets]).max(axis=1) < PARALLEL]
        else:
            known = targets[_parallel(moves, own[:1], targets)]
        for cell in known[problem.alone[known] != holder]:
            level = max(1.0, 0.01 * float(min(problem.below[cell], problem.above[cell])))
            found.append(Need(int(cell), SLIDE, level, tuple(int(one) for one in own)))
    return found


def _parallel(free: Floats, one: Ints, others: Ints) -> Flags:
    """Which of ``others`` always move in proportion to ``one``."""
    first, rest = free[one[0]], free[others]
    length = np.linalg.norm(rest, axis=1) * np.linalg.norm(first)
    return np.asarray((length > PARALLEL) & (np.abs(rest @ first) >= length * (1 - PARALLEL)), bool)


def _directions(equations: Equations, suppressed: Flags) -> Floats:
    """Cells × vectors: pseudorandom deviations of the suppressed cells, projected onto those that add up to zero."""
    keep = suppressed[equations.cells]
    rows, row = np.unique(equations.row_of()[keep], return_inverse=True)
    cells = np.flatnonzero(suppressed)
    number = np.full(equations.number, -1, np.int64)
    number[cells] = np.arange(len(cells))
    column, sign = number[equations.cells[keep]], equations.signs[keep].astype(np.float64)
    start = _spread(len(cells))
    moved = start if not len(rows) else None
    if moved is None and len(cells) > DENSE:
        moved = _conjugate(len(rows), row, column, sign, start)
    if moved is None:
        matrix = np.zeros((len(rows), len(cells)))
        np.add.at(matrix, (row, column), sign)
        moved = start - np.linalg.lstsq(matrix, matrix @ start, rcond=None)[0]
    whole = np.zeros((equations.number, VECTORS))
    whole[cells] = moved
    return whole


def _conjugate(rows: int, row: Ints, column: Ints, sign: Floats, start: Floats) -> Floats | None:
    """The projection by conjugate gradients on the normal equations; None where rounding keeps it from converging."""
    moved = start.copy()
    for at in range(start.shape[1]):
        x = moved[:, at]
        for _ in range(RESTARTS):
            residual = np.asarray(np.bincount(row, sign * x[column], minlength=rows), np.float64)
            if float(np.abs(residual).max(initial=0)) < EXACT:
                break
            x = _descend(rows, row, column, sign, x, residual)
        else:
            return None
        moved[:, at] = x
    return moved


def _descend(rows: int, row: Ints, column: Ints, sign: Floats, x: Floats, residual: Floats) -> Floats:
    """x minus the least correction that removes ``residual`` (restarted when rounding has eaten it up)."""

    def up(y: Floats) -> Floats:
        return np.asarray(np.bincount(column, sign * y[row], minlength=len(x)), np.float64)

    y, r = np.zeros(rows), residual.copy()
    p, size = r.copy(), float(r @ r)
    least = size * 1e-28
    for _ in range(2 * rows):
        if size <= max(least, 1e-300):
            break
        step = np.bincount(row, sign * up(p)[column], minlength=rows)
        bent = float(p @ step)
        if bent <= 0:
            break
        y += (size / bent) * p
        r -= (size / bent) * step
        fresh = float(r @ r)
        p, size = r + (fresh / size) * p, fresh
    return x - up(y)


def _spread(number: int) -> Floats:
    """Numbers in (-1, 1) that look independent (splitmix64); nothing secret depends on them."""
    with np.errstate(over="ignore"):
        z = np.arange(1, number * VECTORS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1).reshape(number, VECTORS)
