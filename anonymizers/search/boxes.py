"""Branch and bound over a lattice too large to list: boxes of nodes, halved where it tells most, cheapest bound first.

A box is looked at in its coarsest node.  If that fails for good, so does the whole box; rows doomed there are lost to
every node of the box, so the floor of its finest node plus those rows bounds it from below.  Small boxes are listed
and searched node by node.  Stopped at any time it gives the best node met and the least bound of what is left.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.axis import Axis
from anonymizers.search.bound import Found, Walk, finish
from anonymizers.search.evaluate import Evaluation, Evaluator
from anonymizers.search.lattice import before
from anonymizers.search.metric import Metric

Floats = NDArray[np.float64]
Levels = tuple[int, ...]

SMALL = 1 << 14
MOST_BOXES = 1 << 18
GREEDY_SHARE = 0.25


def search(axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int, deadline: float | None) -> Found:
    """The node of least score that loses at most ``limit`` rows; not proven when time or room for boxes runs out."""
    hunt = Hunt(axes, evaluator, metric, limit, deadline)
    hunt.greedily()
    return hunt.run()


class Hunt:
    """One search under way.  Boxes lie in a heap as (bound, number, lowest levels, highest levels)."""

    def __init__(
        self, axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int, deadline: float | None
    ) -> None:
        self.axes, self.evaluator, self.metric, self.limit = axes, evaluator, metric, limit
        self.began, self.deadline = time.perf_counter(), deadline
        self.best: Evaluation | None = None
        self.score: Floats | None = None
        self.lows = tuple(axis.low for axis in axes)
        self.tops = tuple(axis.high for axis in axes)
        self.boxes: list[tuple[tuple[float, ...], int, Levels, Levels]] = []
        self.number = 0
        self.push(self.floor(self.lows), self.lows, self.tops)

    def late(self, share: float = 1.0) -> bool:
        """Is ``share`` of the time used up?"""
        if self.deadline is None:
            return False
        return time.perf_counter() > self.began + share * (self.deadline - self.began)

    def floor(self, levels: Levels) -> Floats:
        """What a node costs at least, knowing nothing but its levels."""
        least: Floats = self.metric.floor([np.array([level]) for level in levels])[0]
        return least

    def push(self, bound: Floats, low: Levels, high: Levels) -> None:
        """Remember a box, unless its bound is already beaten."""
        if self.beaten(bound):
            return
        heapq.heappush(self.boxes, (tuple(float(number) for number in bound), self.number, low, high))
        self.number += 1

    def beaten(self, bound: Floats) -> bool:
        """Can nothing with this bound be better than the best met?"""
        return self.score is not None and not bool(before(bound[None, :], self.score)[0])

    def offer(self, node: Evaluation) -> bool:
        """Take ``node`` if it is allowed and better than the best; says whether it was."""
        if node.hopeless or node.lost > self.limit:
            return False
        node = self.evaluator.completed(node)
        score = self.metric.score(node)
        if self.beaten(score):
            return False
        self.best, self.score = node, score
        return True

    def greedily(self) -> None:
        """From the top, lower the one attribute that pays most, as long as one does."""
        levels = self.tops
        if not self.offer(self.evaluator.at(levels, finer=False)):
            return
        while not self.late(GREEDY_SHARE):
            better = None
            for place in range(len(levels)):
                if levels[place] > self.lows[place] and not self.late(GREEDY_SHARE):
                    tried = (*levels[:place], levels[place] - 1, *levels[place + 1 :])
                    if self.offer(self.evaluator.at(tried, finer=False)):
                        better = tried
            if better is None:
                return
            levels = better

    def run(self) -> Found:
        """Look at boxes until none is left that could be better, or until time is up."""
        while self.boxes:
            bound, _, low, high = heapq.heappop(self.boxes)
            least = np.array(bound)
            if self.beaten(least):
                break
            if self.late() or len(self.boxes) > MOST_BOXES:
                return Found(self.best, self.score, False, least)
            if prod(top - bottom + 1 for bottom, top in zip(low, high, strict=True)) <= SMALL:
                if not self.listed(low, high):
                    return Found(self.best, self.score, False, least)
            else:
                self.split(low, high)
        return Found(self.best, self.score, True, self.score)

    def split(self, low: Levels, high: Levels) -> None:
        """Look at the box in its coarsest node, and cut it in two."""
        node = self.evaluator.at(high)
        if node.hopeless or node.doomed > self.limit:
            return
        self.offer(node)
        place = self.widest(low, high)
        middle = (low[place] + high[place]) // 2
        fine = (*high[:place], middle, *high[place + 1 :])
        coarse = (*low[:place], middle + 1, *low[place + 1 :])
        self.push(self.below(node, low), low, fine)
        self.push(self.below(node, coarse), coarse, high)

    def below(self, node: Evaluation, low: Levels) -> Floats:
        """A bound for the box between ``low`` and ``node``."""
        bound: Floats = self.metric.below(node, [np.array([level]) for level in low])[0]
        floor = self.floor(low)
        return floor if bool(before(bound[None, :], floor)[0]) else bound

    def widest(self, low: Levels, high: Levels) -> int:
        """The attribute whose levels in the box differ most in the share of the domain that a value might be."""
        spans = [
            float((axis.share[top] - axis.share[bottom]) @ axis.rows) + (top > bottom) * 1e-9
            for axis, bottom, top in zip(self.axes, low, high, strict=True)
        ]
        return int(np.argmax(spans))

    def listed(self, low: Levels, high: Levels) -> bool:
        """Search a small box node by node; False when time ran out in it."""
        axes = [replace(axis, low=a, high=b) for axis, a, b in zip(self.axes, low, high, strict=True)]
        walk = Walk.over(axes, self.evaluator, self.metric, self.limit)
        walk.take(self.best, self.score)
        done = finish(walk, self.deadline)
        self.best, self.score = walk.best, walk.score
        return done
