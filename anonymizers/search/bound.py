"""Branch and bound over a lattice that can be listed: every node is ruled out, beaten or looked at.

Looking at a node bounds all finer ones: classes doomed there are doomed below, so their rows are lost to every finer
node as well.  Where nothing may be suppressed, the dearest open node is looked at next: it fails and takes all finer
ones with it, or it holds and nothing dearer matters.  Otherwise one from the upper fifth: below it more nodes are
ruled out, and what it costs is not yet hopeless.  Both were chosen by measurement.  Where looking rules out next to
nothing the cheapest comes first: then the first one that holds is the best.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.axis import Axis
from anonymizers.search.evaluate import Evaluation, Evaluator
from anonymizers.search.lattice import Frontier, all_levels, before
from anonymizers.search.metric import Metric

Floats = NDArray[np.float64]

LAST, HIGH = 1.0, 0.8
LEAST_GAIN, RATE, RETRY = 0.5, 0.1, 8
FEW, PATIENCE = 2, 24
CLEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """The best node (None: there is none, or none was met in time), whether that is proven, and the least score that
    any node can still have."""

    best: Evaluation | None
    score: Floats | None
    proven: bool
    bound: Floats | None


def search(axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int, deadline: float | None) -> Found:
    """The node of least score that loses at most ``limit`` rows.  ``deadline`` is on ``time.perf_counter``'s clock."""
    walk = Walk.over(axes, evaluator, metric, limit)
    if not finish(walk, deadline):
        return Found(walk.best, walk.score, False, walk.frontier.lowest())
    return Found(walk.best, walk.score, True, walk.score)


def finish(walk: Walk, deadline: float | None) -> bool:
    """Look at nodes until none is open; False when time runs out first."""
    quantile, barren = HIGH if walk.limit else LAST, 0
    while walk.frontier.left:
        if deadline is not None and time.perf_counter() > deadline:
            return False
        before_it = walk.frontier.left
        nothing = walk.step(walk.frontier.pick(quantile if barren < PATIENCE else 0.0))
        if barren < PATIENCE:
            barren = barren + nothing if before_it - walk.frontier.left <= FEW else 0
    return True


def _order(axes: Sequence[Axis], columns: Sequence[NDArray[np.int16]]) -> Floats:
    """Average share of the domain over all cells: cheap, and monotone along every path upwards."""
    total = np.zeros(columns[0].size if columns else 1)
    for axis, column in zip(axes, columns, strict=True):
        total += (axis.share @ axis.rows.astype(float))[column]
    return total


class Walk:
    """One search under way."""

    def __init__(
        self, axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int, frontier: Frontier
    ) -> None:
        self.axes, self.evaluator, self.metric, self.limit, self.frontier = axes, evaluator, metric, limit, frontier
        self.tops = [axis.high for axis in axes]
        self.bottoms = [axis.low for axis in axes]
        self.best: Evaluation | None = None
        self.score: Floats | None = None
        self.gain = 1.0
        self._rise: Callable[[Evaluation, Sequence[Floats]], Floats | None] = getattr(
            metric, "rise", lambda node, rows: None
        )

    @classmethod
    def over(cls, axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int) -> Walk:
        """A walk over all nodes between the axes' lowest and highest levels."""
        columns = all_levels(axes)
        floor = metric.floor(columns)
        order = _order(axes, columns)
        rank = np.argsort(order, kind="stable") if limit else np.lexsort((order, floor[:, 0]))
        return cls(axes, evaluator, metric, limit, Frontier(columns, floor, rank))

    def take(self, best: Evaluation | None, score: Floats | None) -> None:
        """Start with a node that is known to be allowed."""
        self.best, self.score = best, score
        if score is not None:
            self.frontier.close_beaten(score)

    def step(self, place: int) -> bool:
        """Look at the open node at ``place`` and rule out what it rules out.  Says whether nothing is known to be
        doomed below it, though it was asked for."""
        levels, floor = self.frontier.levels(place), self.frontier.floor[place]
        finer = self.frontier.finer(levels, self.tops)
        wide = finer.size > 1 and self._pays()
        node = self.evaluator.at(levels, finer=wide)
        if node.hopeless or (wide and node.doomed > self.limit):
            self.frontier.close(finer)
            self._learn(finer.size - 1)
            return False
        turn = self.frontier.turn
        self.frontier.alive[place] = False
        self.frontier.left -= 1
        if node.lost <= self.limit and self._worth(node, floor):
            self._offer(self.evaluator.completed(node), floor)
        self._spread_up(node)
        if wide and node.doomed:
            still = finer if turn == self.frontier.turn else self.frontier.finer(levels, self.tops)
            self._spread_down(node, still)
        return wide and not node.doomed

    def _pays(self) -> bool:
        """Is it worth working out what is doomed below?  Not where that has closed next to nothing of late."""
        return self.evaluator.knows or self.gain > LEAST_GAIN or self.evaluator.checked % RETRY == 0

    def _learn(self, closed: int) -> None:
        self.gain += RATE * (closed - self.gain)

    def _worth(self, node: Evaluation, floor: Floats) -> bool:
        """Could ``node`` be better than the best, going by the rows that are doomed?"""
        if node.complete or self.score is None:
            return True
        rise = self._rise(node, node.dooms)
        if rise is not None:
            return bool(before((floor + rise)[None, :], self.score)[0])
        own = [np.array([level]) for level in node.levels]
        return bool(before(self.metric.below(node, own), self.score)[0])

    def _offer(self, node: Evaluation, floor: Floats) -> None:
        rise = self._rise(node, node.losses)
        if rise is not None and self.score is not None and (floor + rise)[0] > self.score[0] + CLEAR:
            return
        score = self.metric.score(node)
        if self.score is None or before(score[None, :], self.score)[0]:
            self.best, self.score = node, score
            self.frontier.close_beaten(score)

    def _spread_up(self, node: Evaluation) -> None:
        above = self.metric.above(node)
        if above is not None:
            coarser = self.frontier.coarser(node.levels, self.bottoms)
            self.frontier.raise_bound(coarser, above[None, :])
            self._close_if_beaten(coarser)

    def _spread_down(self, node: Evaluation, finer: NDArray[np.intp]) -> None:
        before_it = self.frontier.left
        if finer.size:
            rise = self._rise(node, node.dooms)
            below = (
                self.metric.below(node, self.frontier.at(finer)) if rise is None else self.frontier.floor[finer] + rise
            )
            self.frontier.raise_bound(finer, below)
            self._close_if_beaten(finer)
        self._learn(before_it - self.frontier.left)

    def _close_if_beaten(self, places: NDArray[np.intp]) -> None:
        if self.score is not None:
            self.frontier.close(places[~before(self.frontier.bound[places], self.score)])
