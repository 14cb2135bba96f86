"""SafePub: choose the levels without betraying a row, then suppress what is too small.

Levels are fixed beforehand (a degree of generalisation), or found by a walk from the top of the lattice: in every step
the exponential mechanism picks one of the nodes below those visited, and the best visited is taken.  No suppression
limit applies: a search that gave up on one would tell something of the rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.noise import Chance
from anonymizers.safepub import SAFEPUB, level, parameters
from anonymizers.search.axis import Axis
from anonymizers.search.bound import Found
from anonymizers.search.evaluate import Evaluator
from anonymizers.search.metric import Metric
from anonymizers.search.problem import Problem
from anonymizers.search.scores import score_of

SIZES_ONLY = ("k-anonymity", "maximum-risk", SAFEPUB)
Levels = tuple[int, ...]


def asked(problem: Problem) -> Mapping[str, Any] | None:
    """The parameters of the differential privacy asked for, not yet filled in; None where none is.

    Raises AnonymizerError beside models that decide by more than class sizes: the guarantee would not survive them."""
    mine = [given for name, given in problem.models if name == SAFEPUB]
    if not mine:
        return None
    others = [name for name, _ in problem.models if name not in SIZES_ONLY]
    if len(mine) > 1 or others:
        raise AnonymizerError(
            f"Model {SAFEPUB} stands alone, or beside a least class size: "
            f"{others[0] if others else 'a second one'} would undo its guarantee."
        )
    return mine[0]


def fixed(axes: Sequence[Axis], degree: str) -> tuple[Axis, ...]:
    """The axes with the one level each that ``degree`` means, within the bounds they have."""
    chosen = (min(max(level(degree, axis.top + 1), axis.low), axis.high) for axis in axes)
    return tuple(replace(axis, low=one, high=one) for axis, one in zip(axes, chosen, strict=True))


def search(
    problem: Problem,
    axes: Sequence[Axis],
    evaluator: Evaluator,
    metric: Metric,
    params: Mapping[str, Any],
    chance: Chance,
    deadline: float | None,
) -> tuple[Found, float]:
    """The best of the nodes visited (chance decides which, so nothing is proven), and its score in the search.

    Running out of time would tell of the data, so it raises AnonymizerError instead."""
    drawn = int((problem.counts if problem.subset is None else problem.subset).sum())
    k = parameters(params["epsilon"] - params["search"], params["delta"]).k
    targets = problem.settings.metric_params.get("targets", ())
    score = score_of(problem.settings.metric, axes, problem.rows, drawn, k, targets)

    def at(levels: Levels) -> float:
        if deadline is not None and time.perf_counter() > deadline:
            raise AnonymizerError("The private search did not end in time: raise time_limit_s or ask for fewer steps.")
        node = evaluator.completed(evaluator.at(levels, finer=False))
        return score(node, evaluator.looked())

    best, value = walk(axes, at, params["search"] / params["steps"], params["steps"], chance)
    node = evaluator.completed(evaluator.at(best, finer=False))
    least = metric.floor([np.array([axis.low]) for axis in axes])[0]
    return Found(node, metric.score(node), False, least), value


def walk(
    axes: Sequence[Axis], score: Callable[[Levels], float], epsilon: float, steps: int, chance: Chance
) -> tuple[Levels, float]:
    """The best node of ``steps`` steps down, each costing ``epsilon``; candidates are offered in the order in which
    Java's hash map lists them, so that ARX's walks can be repeated."""
    multipliers = np.cumprod([1, *(axis.high - axis.low + 1 for axis in axes)])[:-1]
    lows = tuple(axis.low for axis in axes)

    def number(levels: Levels) -> int:
        return int(sum((a - low) * int(m) for a, low, m in zip(levels, lows, multipliers, strict=True)))

    pivot = tuple(axis.high for axis in axes)
    best, best_score = pivot, score(pivot)
    candidates: dict[Levels, float] = {pivot: best_score}
    room = 16
    for _ in range(steps):
        for place in reversed(range(len(pivot))):
            below = (*pivot[:place], pivot[place] - 1, *pivot[place + 1 :])
            if pivot[place] > lows[place] and below not in candidates:
                candidates[below] = score(below)
                while len(candidates) > 0.75 * room:
                    room *= 2
        del candidates[pivot]
        if not candidates:
            break
        offered = sorted(candidates, key=lambda levels: number(levels) & (room - 1))
        pivot = offered[chance.choose([candidates[levels] for levels in offered], epsilon)]
        if candidates[pivot] > best_score:
            best, best_score = pivot, candidates[pivot]
    return best, best_score
