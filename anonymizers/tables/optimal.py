"""The cheapest protecting pattern, by mixed-integer programming with cuts (Fischetti and Salazar 2001).

The master program chooses cells; the attacker's problem either confirms a choice or gives a cut that every protecting
pattern satisfies.  First on the relaxation, where cuts are cheap, then on whole patterns.  The objective of the master
is always a proven bound, so time may run out: what is returned is the best pattern known, and its gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.tables.attack import ENOUGH, Attacker, Found, exposed
from anonymizers.tables.cells import Flags, Floats
from anonymizers.tables.heuristic import protect, thin
from anonymizers.tables.problem import Need, Problem
from anonymizers.tables.solver import Program

ROUNDS = 400
RELAXED_ROUNDS = 60
HALF = 0.5
INSIDE = 1e-5


@dataclass(frozen=True, slots=True)
class Best:
    """``bound`` is proven: no protecting pattern costs less.  ``optimal`` when it is the cost itself."""

    suppressed: Flags
    cost: float
    bound: float
    optimal: bool
    cuts: int


class _Master:
    """Which cells to suppress besides the primary ones; grows by cuts."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.free = np.flatnonzero(~problem.primary & ~problem.fixed)
        self.number = np.full(len(problem.cost), -1, np.int64)
        self.number[self.free] = np.arange(len(self.free))
        self.scale = _scale(problem.cost[self.free])
        costs = problem.cost[self.free] / self.scale
        self.relaxed = Program(costs, np.zeros(len(costs)), np.ones(len(costs)), presolve=False)
        self.whole = Program(costs, np.zeros(len(costs)), np.ones(len(costs)))
        self.whole.integers(whole=True)
        self.cuts = 0

    def add(self, weights: Floats) -> None:
        """Σ weights · x ≥ 1, the primary cells being 1."""
        rest = 1.0 - float(weights[self.problem.primary].sum())
        if rest <= 1e-9:
            return
        at = self.free[weights[self.free] > 1e-9]
        factors = np.minimum(weights[at] / rest, 1.0)
        self._row(self.number[at], factors, 1.0)

    def alone(self, cell: int, others: np.ndarray) -> None:
        """A suppressed cell that is alone in an equation is known and would not be worth suppressing."""
        columns = np.append(self.number[others], self.number[cell])
        self._row(columns, np.append(np.ones(len(others)), -1.0), 0.0)

    def _row(self, columns: np.ndarray, factors: Floats, least: float) -> None:
        self.relaxed.row(columns, factors, least)
        self.whole.row(columns, factors, least)
        self.cuts += 1

    def pattern(self, values: Floats) -> Floats:
        """The shares of all cells."""
        share = self.problem.primary.astype(np.float64)
        share[self.free] = values
        return share


def optimise(
    problem: Problem,
    needs: Sequence[Need],
    start: Flags,
    *,
    late: Callable[[], bool],
    left: Callable[[], float],
) -> Best:
    """The cheapest pattern that meets ``needs``; ``start`` is one that does.  ``left`` gives the seconds left."""
    master = _Master(problem)
    best, cost, bound = start, problem.total(start), 0.0
    if not len(master.free):
        return Best(best, cost, cost, True, 0)
    _seed(problem, master)
    for _ in range(RELAXED_ROUNDS):
        solved = master.relaxed.solve(left())
        if solved.values is None or late():
            break
        bound = max(bound, solved.objective * master.scale)
        share = master.pattern(np.clip(solved.values, 0, 1))
        if not _separate(problem, master, needs, share, late):
            break
    for _ in range(ROUNDS):
        if late() or bound >= cost * (1 - 1e-9):
            break
        solved = master.whole.solve(left())
        if np.isfinite(solved.bound):
            bound = max(bound, solved.bound * master.scale)
        if solved.values is None or solved.status != "optimal":
            break
        pattern = master.pattern(np.rint(solved.values)) > HALF
        failing = exposed(problem, pattern, needs)
        if not failing:
            if problem.total(pattern) <= cost:
                best, cost = pattern, problem.total(pattern)
            bound = max(bound, min(bound, cost))
            bound = max(bound, solved.objective * master.scale)
            break
        deep = _deep(problem, pattern.astype(np.float64))
        for found in failing:
            master.add(_deeper(deep, found, pattern.astype(np.float64)))
        _lonely(problem, master, pattern.astype(np.float64))
        repaired = _repair(problem, needs, pattern, late)
        if problem.total(repaired) < cost:
            best, cost = repaired, problem.total(repaired)
    bound = min(bound, cost)
    return Best(best, cost, bound, bound >= cost * (1 - 1e-7) - 1e-9, master.cuts)


def _repair(problem: Problem, needs: Sequence[Need], pattern: Flags, late: Callable[[], bool]) -> Flags:
    """A choice of the master widened until it protects, and thinned."""
    wide, proofs = protect(problem, needs, pattern)
    return thin(problem, wide, proofs, late=late)[0]


def _seed(problem: Problem, master: _Master) -> None:
    """Every equation with an unsafe cell that must not be exposed needs another suppressed cell."""
    equations, wanting = problem.equations, (problem.up > 0) | (problem.down > 0) | (problem.slide > 0)
    wanting &= problem.primary
    for row in range(equations.rows):
        cells = equations.cells[equations.starts[row] : equations.starts[row + 1]]
        primary = cells[problem.primary[cells]]
        if len(primary) == 1 and wanting[primary[0]]:
            others = cells[(cells != primary[0]) & ~problem.fixed[cells]]
            weights = np.zeros(len(problem.cost))
            weights[others] = 1.0
            master.add(weights)


def _separate(
    problem: Problem, master: _Master, needs: Sequence[Need], share: Floats, late: Callable[[], bool]
) -> bool:
    """Adds the cuts that the relaxed choice violates; False when there are none."""
    before = master.cuts
    attacker, deep = Attacker(problem, share), _deep(problem, share)
    for need in needs:
        if late():
            return False
        found = attacker.ask(need)
        if found.reached < ENOUGH - 0.01:
            master.add(_deeper(deep, found, share))
    _lonely(problem, master, share)
    return master.cuts > before


def _deep(problem: Problem, share: Floats) -> Attacker:
    """Cuts at a point a little inside: among those that forbid ``share`` they are ones that no other dominates."""
    return Attacker(problem, np.where(problem.fixed, share, np.maximum(share, INSIDE)))


def _deeper(deep: Attacker, found: Found, share: Floats) -> Floats:
    """The deeper cut where it forbids ``share`` as well, else the plain one."""
    weights = deep.ask(found.need).weights
    return weights if float(weights @ share) < min(ENOUGH, found.reached + 0.1) else found.weights


def _lonely(problem: Problem, master: _Master, share: Floats) -> None:
    """Adds x(cell) ≤ Σ x(others) for the equations where it does not hold."""
    equations = problem.equations
    sums = np.bincount(equations.row_of(), share[equations.cells], minlength=equations.rows)
    row = equations.row_of()
    short = share[equations.cells] > sums[row] - share[equations.cells] + 1e-3
    for entry in np.flatnonzero(short & (master.number[equations.cells] >= 0)):
        at = row[entry]
        cells = equations.cells[equations.starts[at] : equations.starts[at + 1]]
        cell = int(equations.cells[entry])
        others = cells[(cells != cell) & (master.number[cells] >= 0)]
        if not problem.primary[cells].any():
            master.alone(cell, others)


def _scale(costs: Floats) -> float:
    """The unit of the objective: the smallest cost, unless that would make the others too large to tell apart."""
    positive = costs[costs > 0]
    if not len(positive):
        return 1.0
    return max(float(positive.min()), float(positive.max()) / 1e7)
