"""Cell suppression from rules to an audited pattern, for one table or several that share cells.

Unsafe cells are hidden, others with them until no outsider can come closer to an unsafe one than the rules allow, and
nobody who is alone in a hidden cell can compute another."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.tables.attack import exposed
from anonymizers.tables.audit import Asked, Interval, audit
from anonymizers.tables.cells import Cells, Flags, Floats
from anonymizers.tables.dimension import Ints
from anonymizers.tables.heuristic import Unprotectable, protect, thin
from anonymizers.tables.optimal import optimise
from anonymizers.tables.problem import Need, Problem
from anonymizers.tables.relations import linked, relations
from anonymizers.tables.rules import Rule, judge
from anonymizers.tables.singletons import recomputed

COSTS = ("value", "count", "one")
SEARCHES = ("optimal", "heuristic")
ROUNDS = 50
MOST_VARIABLES = 200_000


@dataclass(frozen=True, slots=True)
class Settings:
    """``zeros``: publish (empty cells are known to everybody) or protect.  ``time_limit_s`` bounds the search, not the
    heuristic that comes first nor the audit."""

    search: str = "optimal"
    cost: str = "value"
    zeros: str = "publish"
    singletons: bool = True
    time_limit_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Suppressed:
    """By table: which cells are ``primary`` and which ``hidden`` (primary ones included), and what was asked.

    ``cost`` and ``bound`` are those of the secondary cells; ``fired`` counts cells by rule.  Tables of one job that
    share cells share variables, so counts are over distinct cells."""

    primary: tuple[Flags, ...]
    hidden: tuple[Flags, ...]
    asked: tuple[Asked, ...]
    intervals: tuple[Interval, ...]
    fired: dict[str, int]
    cost: float
    bound: float
    optimal: bool
    primaries: int
    secondaries: int
    singleton_needs: int


def suppress(
    tables: Sequence[Cells],
    rules: Sequence[Rule],
    settings: Settings,
    *,
    magnitude: bool,
    clock: Callable[[], float] = time.perf_counter,
) -> Suppressed:
    """A pattern that protects, as cheap as time allows.  Raises Unprotectable (an AnonymizerError) when none does."""
    began = clock()

    def left() -> float:
        return settings.time_limit_s - (clock() - began)

    def late() -> bool:
        return left() <= 0

    problem, maps, fired = state(tables, rules, settings, magnitude=magnitude)
    if problem.impossible():
        raise Unprotectable(
            "A rule asks for more uncertainty than an attacker has at the outset: check its parameters."
        )
    pattern, optimal, bound, extra = _search(problem, settings, late, left)
    cost = problem.total(pattern)
    asked = tuple(Asked(problem.up[m], problem.down[m], problem.slide[m]) for m in maps)
    hidden = tuple(pattern[m] for m in maps)
    intervals = audit(tables, hidden, asked, most=_most(tables), negative=any(t.negative for t in tables))
    if any(one.protected is False for one in intervals):
        raise AnonymizerError("The audit found a cell that is not protected: this is a fault of the search; report it.")
    return Suppressed(
        tuple(problem.primary[m] for m in maps),
        hidden,
        asked,
        tuple(intervals),
        fired,
        cost,
        bound,
        optimal,
        int(problem.primary.sum()),
        int((pattern & ~problem.primary).sum()),
        extra,
    )


def _search(
    problem: Problem, settings: Settings, late: Callable[[], bool], left: Callable[[], float]
) -> tuple[Flags, bool, float, int]:
    """Needs of contributors who are alone become known only with a pattern: the search goes round until none is new."""
    needs: list[Need] = problem.needs()
    outsiders, pattern = len(needs), problem.primary
    safe: Flags | None = None  # the cheapest pattern so far in which nobody who is alone learns anything
    for _ in range(ROUNDS):
        wide, proofs = protect(problem, needs, pattern)
        fresh = _fresh(problem, settings, wide, needs)
        if fresh:
            needs, pattern = needs + fresh, wide
            continue
        thinned, _ = thin(problem, wide, proofs, late=late)
        fresh = _fresh(problem, settings, thinned, needs)
        if fresh:
            needs, pattern = needs + fresh, thinned
            continue
        pattern = thinned
        safe = pattern if safe is None or problem.total(pattern) < problem.total(safe) else safe
        if settings.search == "heuristic" or late():
            return safe, False, 0.0, len(needs) - outsiders
        best = optimise(problem, needs, pattern, late=late, left=left)
        fresh = _fresh(problem, settings, best.suppressed, needs)
        if not fresh and best.cost <= problem.total(safe):
            return best.suppressed, best.optimal, best.bound, len(needs) - outsiders
        if not fresh or late():
            return safe, False, min(best.bound, problem.total(safe)), len(needs) - outsiders
        needs = needs + fresh
        pattern = problem.primary
    everything = ~problem.fixed | problem.primary
    if exposed(problem, everything, needs):
        raise Unprotectable("No pattern protects every contributor from those who are alone in a cell.")
    return everything, False, 0.0, len(needs) - outsiders


def _fresh(problem: Problem, settings: Settings, pattern: Flags, needs: Sequence[Need]) -> list[Need]:
    if not settings.singletons:
        return []
    known = set(needs)
    return [need for need in recomputed(problem, pattern) if need not in known]


def state(
    tables: Sequence[Cells], rules: Sequence[Rule], settings: Settings, *, magnitude: bool
) -> tuple[Problem, list[Ints], dict[str, int]]:
    """The rules applied: a problem over the distinct cells, where each table's cells are in it, and who fired."""
    equations, maps = linked([relations(t.dimensions) for t in tables], [(t.same, t.count) for t in tables])
    number = equations.number
    if number > MOST_VARIABLES:
        raise AnonymizerError(f"Suppression over {number} cells is too large: use coarser codes or fewer tables.")
    up, primary = np.zeros(number), np.zeros(number, bool)
    value, size, count = np.zeros(number), np.zeros(number), np.zeros(number, np.int64)
    alone = np.full(number, -1, np.int64)
    negative, fired = any(t.negative for t in tables), dict.fromkeys((rule.name for rule in rules), 0)
    for table, where in zip(tables, maps, strict=True):
        value[where], count[where], alone[where] = table.value, table.count, table.alone
        size[where] = np.maximum(np.abs(table.value), table.magnitude())
    for rule in rules:
        hit = np.zeros(number, bool)
        for table, where in zip(tables, maps, strict=True):
            judged = judge(table, rule, magnitude=magnitude, zeros=settings.zeros == "protect")
            hit[where] |= judged.unsafe
            np.maximum.at(up, where, judged.upper)
        fired[rule.name] += int(hit.sum())
        primary |= hit
    most = _most(tables)
    below = np.full(number, most) + value if negative else value.copy()
    down = np.minimum(up, below) if magnitude else np.minimum(np.where(primary, 1.0, 0.0), below)
    fixed = ~primary & (count == 0) if settings.zeros == "publish" else np.zeros(number, bool)
    cost = {"value": size + 1, "count": count + 1.0, "one": np.ones(number)}[settings.cost]
    problem = Problem(
        equations,
        cost.astype(np.float64),
        below,
        np.maximum(most - value, 0.0),
        primary,
        fixed,
        np.where(primary, up, 0.0),
        np.where(primary, down, 0.0),
        np.zeros(number),
        alone,
    )
    return problem, maps, fired


def _most(tables: Sequence[Cells]) -> float:
    """What an outsider is taken to know that no cell exceeds: far above every cell."""
    sizes: Floats = np.concatenate([np.maximum(np.abs(t.value), t.magnitude()) for t in tables])
    return 10.0 * float(sizes.max(initial=0)) + 10_000.0
