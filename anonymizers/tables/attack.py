"""The attacker's problem for one pattern of suppressed cells: how far can a cell be from its value, for all he knows?

Solved as a linear program over deviations from the truth, restricted to what hangs together with the cell, in units
of the level asked for.  Every answer leaves a witness (a consistent other table), which often settles other cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.tables.cells import Flags, Floats
from anonymizers.tables.problem import CAP, DOWN, SLIDE, UP, Need, Problem
from anonymizers.tables.solver import Program

ENOUGH = 1 - 1e-5
ZERO = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """``reached`` as a share of the level (1: protected), the deviations that reach it, and the weights of the cut:
    Σ weight · x ≥ 1 must hold for every pattern x that meets the need."""

    need: Need
    reached: float
    deviations: tuple[Floats, ...]
    weights: Floats


class Attacker:
    """The program for one pattern (or relaxation), kept warm from need to need; mutable.

    ``share`` is how far every cell is suppressed: 0 or 1, or between in a relaxation.  Levels within a decade share a
    scale."""

    def __init__(self, problem: Problem, share: Floats) -> None:
        self._problem, self._share = problem, share
        self._open = np.flatnonzero(share > ZERO)
        self._number = np.full(len(share), -1, np.int64)
        self._number[self._open] = np.arange(len(self._open))
        self._row = problem.equations.row_of()
        self._scale = 0.0
        self._program: Program | None = None
        self._costly = self._bounded = np.zeros(0, np.int64)

    def ask(self, need: Need) -> Found:
        """How far the cell of ``need`` can move."""
        weights = np.zeros(len(self._share))
        if self._number[need.cell] < 0:
            return Found(need, 0.0, (), weights)
        program = self._at(need.level)
        reached, moved = 0.0, []
        for way in (UP, DOWN) if need.way == SLIDE else (need.way,):
            got, deviation, duals = self._reach(program, need, way)
            reached += got
            moved.append(deviation)
            weights += self._weights(need, way, duals)
        return Found(need, reached, tuple(moved), weights)

    def _at(self, level: float) -> Program:
        if self._program is not None and self._scale / 10 <= level <= self._scale:
            return self._program
        self._scale = 10.0 ** np.ceil(np.log10(level) - 1e-12)
        cells, equations = self._open, self._problem.equations
        self._lower = -np.minimum(self._problem.below[cells] / self._scale, CAP) * self._share[cells]
        self._upper = np.minimum(self._problem.above[cells] / self._scale, CAP) * self._share[cells]
        program = Program(np.zeros(len(cells)), self._lower, self._upper, presolve=False)
        keep = self._number[equations.cells] >= 0
        rows, counts = np.unique(self._row[keep], return_counts=True)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        zeros = np.zeros(len(rows))
        program.rows(
            starts, self._number[equations.cells[keep]], equations.signs[keep].astype(np.float64), zeros, zeros
        )
        self._rows, self._program = rows, program
        self._costly = self._bounded = np.zeros(0, np.int64)
        return program

    def _reach(self, program: Program, need: Need, way: int) -> tuple[float, Floats, Floats]:
        """How far the cell moves (in levels, at most 1), the whole deviation in units, the duals of the equations."""
        at, most = int(self._number[need.cell]), need.level / self._scale
        known = self._number[list(need.known)]
        if len(self._costly):
            program.costs(self._costly, np.zeros(len(self._costly)))
        if len(self._bounded):
            program.bounds(self._bounded, self._lower[self._bounded], self._upper[self._bounded])
        self._costly, self._bounded = np.array([at]), np.unique(np.append(known[known >= 0], at))
        lower, upper = np.zeros(len(self._bounded)), np.zeros(len(self._bounded))
        own = int(np.searchsorted(self._bounded, at))
        lower[own], upper[own] = max(self._lower[at], -most), min(self._upper[at], most)
        program.bounds(self._bounded, lower, upper)
        program.costs(self._costly, np.array([-float(way)]))
        solved = program.solve()
        deviation = np.zeros(len(self._share))
        if solved.values is None or solved.duals is None:
            return 0.0, deviation, np.zeros(len(self._rows))
        deviation[self._open] = solved.values * self._scale
        return -solved.objective / most, deviation, solved.duals

    def _weights(self, need: Need, way: int, duals: Floats) -> Floats:
        """Weak duality: for any multipliers of the equations, reach ≤ Σ (reduced cost · bound) · x (Benders)."""
        problem, equations, cap = self._problem, self._problem.equations, CAP * self._scale
        multipliers = np.zeros(equations.rows)
        multipliers[self._rows] = -duals
        reduced = -np.bincount(equations.cells, multipliers[self._row] * equations.signs, minlength=equations.number)
        reduced[need.cell] += way
        reduced[np.abs(reduced) < 1e-9] = 0.0
        reduced[list(need.known)] = 0.0
        up, down = np.minimum(problem.above, cap) / need.level, np.minimum(problem.below, cap) / need.level
        up[need.cell], down[need.cell] = min(up[need.cell], 1.0), min(down[need.cell], 1.0)
        return np.minimum(np.maximum(reduced, 0) * up + np.maximum(-reduced, 0) * down, 1.0)


def extents(problem: Problem, vector: Floats) -> tuple[float, float]:
    """How many times ``vector`` can be added, and subtracted, before a cell leaves its bounds."""
    moving = np.abs(vector) > ZERO * max(1.0, float(np.abs(vector).max(initial=0)))
    part, up, down = vector[moving], problem.above[moving], problem.below[moving]
    if not len(part):
        return 0.0, 0.0
    plus = float(np.min(np.where(part > 0, up, down) / np.abs(part)))
    minus = float(np.min(np.where(part > 0, down, up) / np.abs(part)))
    return plus, minus


def settled(problem: Problem, needs: Sequence[Need], vectors: Sequence[Floats]) -> np.ndarray:
    """Which needs the witnesses settle without another program."""
    done = np.zeros(len(needs), bool)
    if not needs:
        return done
    cell = np.array([need.cell for need in needs])
    way = np.array([need.way for need in needs])
    level = np.array([need.level for need in needs])
    for vector in vectors:
        plus, minus = extents(problem, vector)
        at = vector[cell]
        rise = np.where(at > 0, plus * at, minus * -at)
        fall = np.where(at > 0, minus * at, plus * -at)
        got = np.where(way == UP, rise, np.where(way == DOWN, fall, rise + fall))
        reached = got >= level * ENOUGH
        for index in np.flatnonzero(reached & ~done).tolist():
            known = needs[index].known
            if not known or not np.any(np.abs(vector[list(known)]) > ZERO):
                done[index] = True
    return done


def exposed(problem: Problem, suppressed: Flags, needs: Sequence[Need]) -> list[Found]:
    """The needs that ``suppressed`` does not meet."""
    attacker = Attacker(problem, suppressed.astype(np.float64))
    failing: list[Found] = []
    left = list(needs)
    while left:
        need, left = left[0], left[1:]
        found = attacker.ask(need)
        if found.reached < ENOUGH:
            failing.append(found)
        elif left:
            done = settled(problem, left, found.deviations)
            left = [one for one, met in zip(left, done, strict=True) if not met]
    return failing
