"""Branch and bound over a lattice too large to list: boxes of nodes, halved where it tells most, cheapest bound first.

A box is looked at in its coarsest node.  If that fails for good, so does the whole box; rows doomed there are lost to
every node of the box, so the floor of its finest node plus those rows bounds it from below.  Small boxes are listed
and searched node by node.  Before that the best node is looked for by hand (greedily, then by swapping levels), and a
few attributes at a time bound all of it.  Stopped at any time it gives the best node met and the least bound of what
is left.
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
GREEDY_SHARE, SWAP_SHARE, GROUP_SHARE = 0.2, 0.4, 0.7
GROUP_NODES = 1 << 15


def search(axes: Sequence[Axis], evaluator: Evaluator, metric: Metric, limit: int, deadline: float | None) -> Found:
    """The node of least score that loses at most ``limit`` rows; not proven when time or room for boxes runs out."""
    hunt = Hunt(axes, evaluator, metric, limit, deadline)
    hunt.greedily()
    hunt.swap()
    hunt.group()
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
        self.least: Floats | None = None
        self.push(self.floor(self.lows), self.lows, self.tops)

    def late(self, share: float = 1.0) -> bool:
        """Is ``share`` of the time used up?"""
        end = self.until(share)
        return end is not None and time.perf_counter() > end

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
        """From the top, lower one attribute after the other, the one that would save most first, as long as one can."""
        levels = self.tops
        if not self.offer(self.evaluator.at(levels, finer=False)):
            return
        stuck: set[int] = set()
        while len(stuck) < len(levels) and not self.late(GREEDY_SHARE):
            open_ones = [place for place in range(len(levels)) if place not in stuck]
            tried = [(*levels[:place], levels[place] - 1, *levels[place + 1 :]) for place in open_ones]
            allowed = [levels[place] > self.lows[place] for place in open_ones]
            stuck |= {place for place, fine in zip(open_ones, allowed, strict=True) if not fine}
            some = [(place, move) for place, move, fine in zip(open_ones, tried, allowed, strict=True) if fine]
            if not some:
                return
            floors = self.metric.floor([np.array(column) for column in zip(*(move for _, move in some), strict=True)])
            place, move = some[int(np.lexsort(floors.T[::-1])[0])]
            if self.offer(self.evaluator.at(move, finer=False)):
                levels = move
            else:
                stuck.add(place)

    def swap(self) -> None:
        """Lower one attribute and raise another by a level, where that is allowed and better, nearest prices first."""
        while self.best is not None and not self.late(SWAP_SHARE):
            levels = self.best.levels
            moves = [self.moved(levels, down, up) for down in range(len(levels)) for up in range(len(levels))]
            some = [move for move in moves if move is not None]
            if not some:
                return
            floors = self.metric.floor([np.array(column) for column in zip(*some, strict=True)])
            order = np.lexsort(floors.T[::-1])[::-1]
            if not any(
                self.offer(self.evaluator.at(some[place], finer=False))
                for place in order
                if not self.beaten(floors[place]) and not self.late(SWAP_SHARE)
            ):
                return

    def moved(self, levels: Levels, down: int, up: int) -> Levels | None:
        """``levels`` with one attribute lowered and another raised; with only one lowered where both are the same."""
        if levels[down] == self.lows[down] or (up != down and levels[up] == self.tops[up]):
            return None
        return tuple(level - (a == down) + (a == up != down) for a, level in enumerate(levels))

    def group(self) -> None:
        """What the attributes cost at least, a few of them at a time with all others at the top: where every failing
        class fails for good, a node loses no fewer rows than any part of it, so that the parts' optima add up."""
        whole = getattr(self.metric, "part", None)
        if whole is None or not self.evaluator.knows or self.best is None:
            return
        total = np.zeros(1)
        groups = self.groups()
        for turn, places in enumerate(groups, 1):
            metric = whole(places)
            if metric is None:
                return
            axes = [axis if a in places else replace(axis, low=axis.high) for a, axis in enumerate(self.axes)]
            walk = Walk.over(axes, self.evaluator, metric, self.limit)
            finish(walk, self.until(SWAP_SHARE + (GROUP_SHARE - SWAP_SHARE) * turn / len(groups)))
            left = walk.frontier.lowest() if walk.frontier.left else walk.score
            if left is None:
                return
            total = total + (left if walk.score is None or bool(before(left[None, :], walk.score)[0]) else walk.score)
        self.least = total

    def groups(self) -> list[list[int]]:
        """Attributes in groups whose nodes can be listed, those with most values together."""
        groups: list[tuple[int, list[int]]] = []
        for place in sorted(range(len(self.axes)), key=lambda a: -self.axes[a].leaves):
            height = self.tops[place] - self.lows[place] + 1
            for number, (nodes, members) in enumerate(groups):
                if nodes * height <= GROUP_NODES:
                    groups[number] = (nodes * height, [*members, place])
                    break
            else:
                groups.append((height, [place]))
        return [members for _, members in groups]

    def until(self, share: float) -> float | None:
        """When ``share`` of the time is used up."""
        return None if self.deadline is None else self.began + share * (self.deadline - self.began)

    def bounded(self, least: Floats) -> Floats:
        """The better of two lower bounds."""
        if self.least is None or bool(before(self.least[None, :], least)[0]):
            return least
        return self.least

    def run(self) -> Found:
        """Look at boxes until none is left that could be better, or until time is up."""
        while self.boxes and not (self.least is not None and self.beaten(self.least)):
            bound, _, low, high = heapq.heappop(self.boxes)
            least = np.array(bound)
            if self.beaten(least):
                break
            if self.late() or len(self.boxes) > MOST_BOXES:
                return Found(self.best, self.score, False, self.bounded(least))
            if prod(top - bottom + 1 for bottom, top in zip(low, high, strict=True)) <= SMALL:
                if not self.listed(low, high):
                    return Found(self.best, self.score, False, self.bounded(least))
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
