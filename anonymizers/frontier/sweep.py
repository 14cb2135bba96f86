"""Walk every node of the lattice once and note k, risks, suppressed rows and loss.

The lattice is a tree: a node is made from the one below it by raising a field that comes no earlier than the last one
raised, so a path holds one table a step and each node is visited once.  Values are numbered along their hierarchy, so
that a table sorted by words stays sorted when its last field is raised: most nodes are made without sorting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.frontier.nodes import Nodes
from anonymizers.search.axis import Axis, axes
from anonymizers.search.groups import bits, ranks, starts
from anonymizers.search.problem import Problem
from anonymizers.search.solve import allowed

MOST_NODES = 1 << 20
WORD_BITS = 63
CLIP = 256

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its place in the problem, its bits in the word, and for every level between ``low`` and ``high`` the
    ``code`` of every value and what losing a row adds there (``gain``; ``flat`` where that is the same for all)."""

    place: int
    shift: int
    width: int
    low: int
    high: int
    code: Ints
    gain: Floats
    flat: tuple[bool, ...]
    price: Floats


@dataclass(frozen=True, slots=True)
class Row:
    """One node's numbers, in the order of ``Nodes``."""

    levels: tuple[int, ...]
    classes: int
    uniques: int
    k: int
    suppressed: int
    kept_classes: int
    loss: float
    suppressed_at_k: int
    loss_at_k: float


class Sweep:
    """The walk over one problem.  ``k`` is what is asked for, ``limit`` the rows that may be suppressed."""

    def __init__(self, made: Sequence[Axis], codes: Ints, counts: Ints, k: int, limit: int) -> None:
        self.rows = int(counts.sum())
        self.k, self.limit = k, limit
        self.room = bits(self.rows + 1)
        order = sorted(range(len(made)), key=lambda place: (made[place].high - made[place].low, made[place].leaves))
        weight = sum(axis.weight for axis in made) / len(made) * len(made) or 1.0
        self.lines: list[Line] = []
        used = 0
        columns: dict[int, Ints] = {}
        for place in reversed(order):
            line, columns[place] = _line(made[place], codes[:, place], place, used, weight, max(self.rows, 1))
            self.lines.insert(0, line)
            used += line.width
        if used + self.room > WORD_BITS:
            raise AnonymizerError("The quasi-identifiers together have too many values to sweep; leave some out.")
        word = np.zeros(counts.size, dtype=np.int64)
        for line in self.lines:
            word |= line.code[0][columns[line.place]] << line.shift
        self.start = merged(word, counts, self.room)
        self.fields = len(made)

    def walk(self) -> Iterator[Row]:
        """All nodes."""
        levels = [0] * self.fields
        base = sum(float(line.price[0]) for line in self.lines)
        for line in self.lines:
            levels[line.place] = line.low
        yield from self._below(*self.start, 0, levels, base)

    def _below(self, word: Ints, count: Ints, first: int, levels: list[int], price: float) -> Iterator[Row]:
        yield self._judge(word, count, levels, price)
        last = len(self.lines) - 1
        for number in range(first, len(self.lines)):
            line = self.lines[number]
            now, own, rows = word, price, count
            for step in range(1, line.high - line.low + 1):
                mask = (1 << line.width) - 1
                if number == last:
                    lifted = (now & ~mask) | line.code[step][now & mask]
                    first_of = starts(lifted)
                    now, rows = lifted[first_of], np.add.reduceat(rows, first_of) if first_of.size else rows
                else:
                    lut = line.code[step] << line.shift
                    now, rows = merged((now & ~(mask << line.shift)) | lut[(now >> line.shift) & mask], rows, self.room)
                own = price + float(line.price[step] - line.price[0])
                levels[line.place] = line.low + step
                if number == last:
                    yield self._judge(now, rows, levels, own)
                else:
                    yield from self._below(now, rows, number + 1, levels, own)
            levels[line.place] = line.low

    def _judge(self, word: Ints, count: Ints, levels: list[int], price: float) -> Row:
        sizes = np.bincount(np.minimum(count, CLIP), minlength=CLIP + 1)
        lost = np.cumsum(sizes * _SIZES)
        k = int(np.searchsorted(lost[:CLIP], self.limit, side="right"))
        while k < CLIP and not sizes[k]:
            k += 1
        if k >= CLIP or (self.k > CLIP):
            return self._exactly(word, count, levels, price)
        gone = int(lost[k - 1]) if k else 0
        gone_at_k = int(lost[self.k - 1])
        classes = int(count.size)
        kept = classes - int(sizes[:k].sum())
        added = added_at_k = 0.0
        bound = max(k if gone else 0, self.k if gone_at_k else 0)
        if bound:
            some = (count < bound).nonzero()[0]
            rows = count.take(some)
            gain = self._gain(word.take(some), levels)
            gain *= rows
            added = _below(gain, rows, k, bound) if gone else 0.0
            added_at_k = _below(gain, rows, self.k, bound) if gone_at_k else 0.0
        return Row(tuple(levels), classes, int(sizes[1]), k, gone, kept, price + added, gone_at_k, price + added_at_k)

    def _exactly(self, word: Ints, count: Ints, levels: list[int], price: float) -> Row:
        """The same for classes larger than the table of sizes."""
        ordered = np.sort(count)
        lost = np.cumsum(ordered)
        place = min(int(np.searchsorted(lost, self.limit, side="right")), max(count.size - 1, 0))
        k = int(ordered[place]) if count.size else 0
        first = int(np.searchsorted(ordered, k))
        gone = int(lost[first - 1]) if first else 0
        small = count < self.k
        gain = self._gain(word, levels)
        below = count < k
        return Row(
            tuple(levels),
            count.size,
            int((count == 1).sum()),
            k,
            gone,
            int(count.size - below.sum()),
            price + float(gain[below] @ count[below]),
            int(count[small].sum()),
            price + float(gain[small] @ count[small]),
        )

    def _gain(self, word: Ints, levels: list[int]) -> Floats:
        """What losing a row of each class adds to the loss."""
        constant, total = 0.0, np.zeros(word.size)
        for line in self.lines:
            step = levels[line.place] - line.low
            if line.flat[step]:
                constant += float(line.gain[step][0]) if line.gain.shape[1] else 0.0
            else:
                total += line.gain[step].take((word >> line.shift) & ((1 << line.width) - 1))
        return total + constant


def _below(gain: Floats, rows: Ints, k: int, bound: int) -> float:
    """The gains of the classes below ``k``, all of which are below ``bound``."""
    return float(gain.sum()) if k >= bound else float(gain @ (rows < k))


_SIZES = np.concatenate((np.arange(CLIP), [0])).astype(np.int64)


def sweep(problem: Problem, k: int) -> Nodes:
    """All nodes of the lattice of ``problem`` for the k asked for; its models play no part.

    Raises AnonymizerError where the lattice has more nodes than one can look at, or the problem a research subset."""
    if problem.subset is not None:
        raise AnonymizerError("The frontier is of one table: leave out the models that need a research subset.")
    if k < 1:
        raise AnonymizerError("The frontier needs a k of 1 or more.")
    made, codes = axes(problem)
    nodes = prod(axis.high - axis.low + 1 for axis in made)
    if nodes > MOST_NODES:
        raise AnonymizerError(
            f"The lattice has {nodes:,} nodes, more than the {MOST_NODES:,} that a frontier shows: narrow it with "
            "min_level and max_level, or leave quasi-identifiers out."
        )
    limit = allowed(problem.settings.suppression_limit, problem.rows)
    found = list(Sweep(made, codes, problem.counts.astype(np.int64), k, limit).walk())
    return _nodes(problem, found, k, limit)


def merged(word: Ints, count: Ints, room: int) -> tuple[Ints, Ints]:
    """Equal words merged and sorted; ``room`` bits hold any count."""
    both = (word << room) | count
    both.sort()
    word = both >> room
    count = both & ((1 << room) - 1)
    first = starts(word)
    return word[first], np.add.reduceat(count, first) if first.size else count


def _line(axis: Axis, codes: Ints, place: int, shift: int, weight: float, rows: int) -> tuple[Line, Ints]:
    """The line of an axis, and its column in codes that follow the hierarchy."""
    steps = range(axis.low, axis.high + 1)
    order = np.lexsort([axis.group[level] for level in range(axis.top + 1)])
    place_of = np.empty(axis.leaves, dtype=np.int64)
    place_of[order] = np.arange(axis.leaves)
    width = bits(axis.leaves)
    code = np.zeros((len(steps), 1 << width), dtype=np.int64)
    gain = np.zeros((len(steps), 1 << width))
    price = np.zeros(len(steps))
    least = 1.0 / axis.domain
    scale = axis.weight / weight / (1.0 - least) / rows if axis.domain > 1 and rows > least else 0.0
    for step, level in enumerate(steps):
        groups, _ = ranks(axis.group[level][order])
        new = np.concatenate(([True], axis.group[level][order][1:] != axis.group[level][order][:-1]))
        first = np.maximum.accumulate(np.where(new, np.arange(axis.leaves), 0)) if axis.leaves else groups
        code[step, : axis.leaves] = first
        gain[step, : axis.leaves] = (1.0 - axis.share[level][order]) * scale
        price[step] = float((axis.share[level] - least) @ axis.rows) * scale
    flat = tuple(bool(np.ptp(row[: axis.leaves]) == 0) if axis.leaves else True for row in gain)
    return Line(place, shift, width, axis.low, axis.high, code, gain, flat, price), place_of[codes]


def _nodes(problem: Problem, found: Sequence[Row], k: int, limit: int) -> Nodes:
    rows = problem.rows
    levels = np.array([row.levels for row in found], dtype=np.int16).reshape(len(found), len(problem.fields))
    order = np.lexsort(levels.T[::-1]) if levels.shape[1] else np.arange(len(found))
    suppressed = np.array([row.suppressed for row in found], dtype=np.int64)
    kept = np.array([row.kept_classes for row in found], dtype=float)
    reached = np.array([row.k for row in found], dtype=np.int64)
    average = np.divide(kept, rows - suppressed, out=np.zeros_like(kept), where=rows > suppressed)
    highest = np.divide(1.0, reached, out=np.zeros_like(kept), where=reached > 0)
    return Nodes(
        fields=problem.fields,
        rows=rows,
        limit=limit,
        wanted=k,
        levels=levels[order],
        classes=np.array([row.classes for row in found], dtype=np.int64)[order],
        uniques=np.array([row.uniques for row in found], dtype=np.int64)[order],
        k=reached[order],
        suppressed=suppressed[order],
        average_risk=average[order],
        maximum_risk=highest[order],
        loss=np.clip([row.loss for row in found], 0.0, None)[order],
        suppressed_at_k=np.array([row.suppressed_at_k for row in found], dtype=np.int64)[order],
        loss_at_k=np.clip([row.loss_at_k for row in found], 0.0, None)[order],
    )
