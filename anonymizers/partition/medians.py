"""Cut a table into boxes, all open boxes of a round at once: numbers at their median, words along their hierarchy.

A box is cut along its widest field where all parts still satisfy the models, along the next widest where not; a box
that cannot be cut along any field is done.  A round looks at every open box together, so that the work is that of a
few dozen passes over the table however many boxes there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.partition.judged import Judged
from anonymizers.search.axis import Axis
from anonymizers.search.groups import ranks

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """One field: ``number`` of each unit (nan: missing) where it is cut at medians, else its ``code`` along ``axis``.
    ``span`` is the whole range of the numbers."""

    axis: Axis
    code: Ints
    number: Floats | None
    span: float

    def width(self, box: Ints, boxes: int) -> tuple[Floats, Ints]:
        """How much of the field every box spans, 0 to 1, and the level at which its words are one group."""
        if self.number is not None:
            low, high, missing = self.range(box, boxes)
            known = np.isfinite(low)
            part = np.where(known, high - low, 0.0) / self.span if self.span > 0 else np.zeros(boxes)
            return np.where(missing & known, 1.0, part), np.zeros(boxes, dtype=np.int64)
        level = np.full(boxes, self.axis.top, dtype=np.int64)
        share = np.ones(boxes)
        for at in range(self.axis.high, self.axis.low - 1, -1):
            group = self.axis.group[at][self.code]
            least, most = np.full(boxes, self.axis.leaves), np.full(boxes, -1)
            np.minimum.at(least, box, group)
            np.maximum.at(most, box, group)
            same = least == most
            level[same] = at
            share[same] = self.axis.share[at][least[same]]
        lowest = 1.0 / self.axis.domain
        wide = (share - lowest) / (1.0 - lowest) if self.axis.domain > 1 else np.zeros(boxes)
        return np.where(level > self.axis.low, np.maximum(wide, 1e-12), 0.0), level

    def range(self, box: Ints, boxes: int) -> tuple[Floats, Floats, Flags]:
        """Least and greatest number of every box (infinite where it has none), and whether it has missing cells."""
        assert self.number is not None
        low, high = np.full(boxes, np.inf), np.full(boxes, -np.inf)
        known = ~np.isnan(self.number)
        np.minimum.at(low, box[known], self.number[known])
        np.maximum.at(high, box[known], self.number[known])
        missing = np.zeros(boxes, dtype=bool)
        missing[box[~known]] = True
        return low, high, missing


@dataclass(slots=True)
class Open:
    """The boxes of a round: ``units`` with their ``box`` 0 … ``boxes`` − 1; ``failed[b, f]``: box b cannot be cut
    along field f; ``width`` and ``level`` of every box along every field."""

    units: Ints
    box: Ints
    boxes: int
    failed: Flags
    width: Floats
    level: Ints


def cut(judged: Judged, sides: Sequence[Side], *, strict: bool) -> Ints:
    """The box of every unit, numbered from 0.  ``strict``: units that are equal along the cut stay together.

    Source: LeFevre, DeWitt, Ramakrishnan 2006, Mondrian multidimensional k-anonymity, doi:10.1109/ICDE.2006.101."""
    total = judged.counts.size
    done = np.full(total, -1, dtype=np.int64)
    finished = 0
    if not total:
        return done
    now = _opened(sides, np.arange(total), np.zeros(total, dtype=np.int64), np.zeros((1, len(sides)), dtype=bool))
    while now.units.size:
        worth = np.where(now.failed, 0.0, now.width)
        field = worth.argmax(axis=1) if worth.shape[1] else np.zeros(now.boxes, dtype=np.int64)
        closed = worth.max(axis=1, initial=0.0) <= 0
        over = closed[now.box]
        number, found = ranks(now.box[over])[0] if over.any() else np.zeros(0, np.int64), int(closed.sum())
        done[now.units[over]] = number + finished
        finished += found
        part = np.zeros(now.units.size, dtype=np.int64)
        for place, side in enumerate(sides):
            mine = ~over & (field[now.box] == place)
            if mine.any():
                chosen = mine.nonzero()[0]
                part[chosen] = _parts(judged, side, now, chosen, place, strict)
        keep = ~over
        units, box, part = now.units[keep], now.box[keep], part[keep]
        fresh, parent = _split(box, part)
        split = np.bincount(np.unique(np.stack((box, part), 1), axis=0)[:, 0], minlength=now.boxes) > 1
        failed = now.failed.copy()
        failed[np.arange(now.boxes), field] = True
        failed[split] = False
        now = _opened(sides, units, fresh, failed[parent])
    return done


def _split(box: Ints, part: Ints) -> tuple[Ints, Ints]:
    """New numbers for (box, part), and the box that each came from."""
    width = int(part.max(initial=0)) + 1
    fresh, _ = ranks(box * width + part)
    parent = np.zeros(int(fresh.max(initial=-1)) + 1, dtype=np.int64)
    parent[fresh] = box
    return fresh, parent


def _opened(sides: Sequence[Side], units: Ints, box: Ints, failed: Flags) -> Open:
    boxes = failed.shape[0]
    width = np.zeros((boxes, len(sides)))
    level = np.zeros((boxes, len(sides)), dtype=np.int64)
    for place, side in enumerate(sides):
        mine = Side(side.axis, side.code[units], None if side.number is None else side.number[units], side.span)
        width[:, place], level[:, place] = mine.width(box, boxes)
    return Open(units, box, boxes, failed, width, level)


def _parts(judged: Judged, side: Side, now: Open, chosen: Ints, place: int, strict: bool) -> Ints:
    """The part of every chosen unit within its box; all the same where the box is not to be cut here."""
    units, box = now.units[chosen], now.box[chosen]
    if side.number is not None:
        part = _halves(side.number[units], judged.counts[units], box, now.boxes, strict)
        bad = _failing(judged, units, box, part, now.boxes)
        return np.where(bad[box], 0, part)
    below = np.maximum(now.level[:, place] - 1, 0)
    return _branches(judged, units, box, side.axis.group[below[box], side.code[units]], now.boxes)


def _failing(judged: Judged, units: Ints, box: Ints, part: Ints, boxes: int) -> Flags:
    """Boxes one of whose parts fails the models, or that have one part only."""
    number, parent = _split(box, part)
    bad = np.zeros(boxes, dtype=bool)
    bad[parent[~judged.holds(units, number, parent.size)]] = True
    return bad | (np.bincount(parent, minlength=boxes) < 2)


def _halves(number: Floats, counts: Ints, box: Ints, boxes: int, strict: bool) -> Ints:
    """0 below the median and 1 above, missing cells apart from the rest; relaxed: exactly half of the units each."""
    missing = np.isnan(number)
    mixed = np.zeros(boxes, dtype=bool)
    mixed[box[missing]] = True
    order = np.lexsort((np.where(missing, np.inf, number), box))
    rows = np.cumsum(counts[order])
    total = np.bincount(box, weights=counts, minlength=boxes)
    before = np.concatenate(([0.0], np.cumsum(total)))[:-1]
    behind = rows - before[box[order]]
    part = np.zeros(box.size, dtype=np.int64)
    part[order] = behind - counts[order] >= total[box[order]] / 2.0
    if strict:
        median = np.full(boxes, -np.inf)
        lower = order[part[order] == 0]
        np.maximum.at(median, box[lower], np.where(missing, -np.inf, number)[lower])
        part = (number > median[box]).astype(np.int64)
        whole = np.bincount(box, weights=part, minlength=boxes) == 0
        part = np.where(whole[box], (number >= median[box]).astype(np.int64), part)
    return np.where(mixed[box], missing.astype(np.int64), part)


def _branches(judged: Judged, units: Ints, box: Ints, child: Ints, boxes: int) -> Ints:
    """One part a branch of the hierarchy; branches that fail alone are put together, with the smallest of the others
    where that is needed to make them hold."""
    number, parent = _split(box, child)
    rows = np.bincount(number, weights=judged.counts[units], minlength=parent.size)
    loose = ~judged.holds(units, number, parent.size)
    for _ in range(parent.size):
        part = np.where(loose[number], 0, number + 1)
        rest = np.zeros(boxes, dtype=bool)
        if loose.any():
            mine = loose[number]
            ids, _ = ranks(box[mine])
            owner = np.unique(box[mine])
            rest[owner[~judged.holds(units[mine], ids, owner.size)]] = True
        if not rest.any():
            break
        waiting = np.where(~loose & rest[parent], rows, np.inf)
        order = np.lexsort((waiting, parent))
        first = order[np.unique(parent[order], return_index=True)[1]]
        added = first[np.isfinite(waiting[first])]
        stuck = rest.copy()
        stuck[parent[added]] = False
        loose[added] = True
        loose |= stuck[parent]
        if not added.size:
            part = np.where(rest[box], 0, part)
            break
    bad = _failing(judged, units, box, part, boxes)
    return np.where(bad[box], 0, part)
