"""A pattern that always protects, quickly: for every need the cheapest other table that meets it, then a clean-up.

One linear program a need (Kelly, Golden and Assad 1992, there for networks): the least costly deviation that adds up
and moves the cell by its level; every cell that moves is suppressed, so the deviation itself proves the protection.
The clean-up publishes secondary cells again, dearest first, where the needs still hold without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.tables.attack import ENOUGH, Attacker, settled
from anonymizers.tables.cells import Flags, Floats
from anonymizers.tables.problem import CAP, DOWN, SLIDE, UP, Need, Problem
from anonymizers.tables.solver import Program

MOVES = 1e-7
DECADE = 10.0
FREE = 1e-6


@dataclass(frozen=True, slots=True)
class Proof:
    """A need and the deviations that meet it inside the pattern."""

    need: Need
    deviations: tuple[Floats, ...]


class Unprotectable(AnonymizerError):
    """Some needs cannot be met by any pattern: cells that must be published, or are known, stand in the way."""


class _Mover:
    """The linear program over all cells that may be suppressed, kept warm from need to need of similar levels."""

    def __init__(self, problem: Problem, level: float, suppressed: Flags) -> None:
        self.problem, self.scale = problem, level
        free = ~problem.fixed
        self.up = np.where(free, np.minimum(problem.above / level, CAP), 0.0)
        self.down = np.where(free, np.minimum(problem.below / level, CAP), 0.0)
        mean = float(problem.cost[free].mean()) if free.any() else 1.0
        self.price = np.maximum(problem.cost / max(mean, 1e-12), FREE * 10)
        cost = np.where(suppressed, FREE, self.price)
        n = len(cost)
        self.program = Program(
            np.concatenate([cost, cost]), np.zeros(2 * n), np.concatenate([self.up, self.down]), presolve=False
        )
        equations = problem.equations
        row = equations.row_of()
        order = np.argsort(np.concatenate([row, row]), kind="stable")
        columns = np.concatenate([equations.cells, equations.cells + n])[order]
        signs = np.concatenate([equations.signs, -equations.signs])[order].astype(np.float64)
        zeros = np.zeros(equations.rows)
        self.program.rows(equations.starts * 2, columns, signs, zeros, zeros)

    def move(self, need: Need, way: int) -> Floats | None:
        """The cheapest deviation by the level, in units; None when there is none."""
        n = len(self.up)
        amount = need.level / self.scale
        fixed = np.array([need.cell, need.cell + n, *need.known, *(k + n for k in need.known)])
        lower, upper = np.zeros(len(fixed)), np.zeros(len(fixed))
        lower[0 if way == UP else 1] = upper[0 if way == UP else 1] = amount
        self.program.bounds(fixed, lower, upper)
        solved = self.program.solve()
        self.program.bounds(fixed, np.zeros(len(fixed)), np.concatenate([self.up, self.down])[fixed])
        if solved.values is None:
            return None
        vector = solved.values[:n] - solved.values[n:]
        vector[np.abs(vector) < MOVES * max(amount, 1.0)] = 0.0
        return vector * self.scale

    def suppress(self, fresh: np.ndarray) -> None:
        """These cells cost nothing more."""
        n = len(self.up)
        self.program.costs(np.concatenate([fresh, fresh + n]), np.full(2 * len(fresh), FREE))


def protect(
    problem: Problem,
    needs: Sequence[Need],
    suppressed: Flags,
    *,
    late: Callable[[], bool] = lambda: False,
) -> tuple[Flags, list[Proof]]:
    """``suppressed`` widened until every need is met, and the proofs.  Raises Unprotectable."""
    pattern = suppressed | problem.primary
    proofs: list[Proof] = []
    pool: list[Floats] = []
    mover: _Mover | None = None
    for need in sorted(needs, key=lambda one: (-one.level, one.cell, -one.way)):
        covering = _covering(problem, need, pool)
        if covering is not None:
            proofs.append(Proof(need, (covering,)))
            continue
        if mover is None or need.level < mover.scale / DECADE:
            mover = _Mover(problem, need.level, pattern)
        moved = _meet(problem, mover, need)
        for vector in moved:
            fresh = np.flatnonzero((vector != 0) & ~pattern)
            if len(fresh):
                pattern[fresh] = True
                mover.suppress(fresh)
        pool += moved
        proofs.append(Proof(need, tuple(moved)))
    return pattern, proofs


def _meet(problem: Problem, mover: _Mover, need: Need) -> list[Floats]:
    if need.way != SLIDE:
        ways: tuple[int, ...] = (need.way,)
    else:
        ways = (UP,) if problem.above[need.cell] >= need.level else (DOWN,)
    moved = []
    for way in ways:
        vector = mover.move(need, way)
        if vector is None and need.way == SLIDE:
            vector = mover.move(need, -way)
        if vector is None:
            raise Unprotectable(
                "An unsafe cell cannot be protected by suppressing others: cells that must be published, or that the "
                "attacker is taken to know, stand in the way."
            )
        moved.append(vector)
    return moved


def _covering(problem: Problem, need: Need, pool: Sequence[Floats]) -> Floats | None:
    for vector in reversed(pool[-2000:]):
        if vector[need.cell] and settled(problem, [need], [vector])[0]:
            return vector
    return None


def thin(
    problem: Problem, pattern: Flags, proofs: Sequence[Proof], *, late: Callable[[], bool]
) -> tuple[Flags, list[Proof]]:
    """Publishes secondary cells again where everything still holds, dearest first, until ``late``."""
    pattern, proofs = pattern.copy(), list(proofs)
    secondary = np.flatnonzero(pattern & ~problem.primary)
    for cell in secondary[np.argsort(-problem.cost[secondary], kind="stable")]:
        if late():
            break
        trial = pattern.copy()
        trial[cell] = False
        fresh = _reproved(problem, trial, proofs, int(cell))
        if fresh is not None:
            pattern, proofs = trial, fresh
    return pattern, proofs


def _reproved(problem: Problem, trial: Flags, proofs: Sequence[Proof], cell: int) -> list[Proof] | None:
    """The proofs for ``trial``, those that used ``cell`` made anew; None when one fails."""
    fresh: list[Proof] = []
    pool: list[Floats] = []
    attacker = Attacker(problem, trial.astype(np.float64))
    for proof in proofs:
        if not any(vector[cell] for vector in proof.deviations):
            fresh.append(proof)
            continue
        covering = _covering(problem, proof.need, pool)
        if covering is not None:
            fresh.append(Proof(proof.need, (covering,)))
            continue
        found = attacker.ask(proof.need)
        if found.reached < ENOUGH:
            return None
        pool += found.deviations
        fresh.append(Proof(proof.need, found.deviations))
    return fresh
