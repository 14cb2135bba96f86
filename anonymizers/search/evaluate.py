"""Look at one node of the lattice: which classes fail, how many rows that costs, and what must fail further down."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anonymizers.model import Classes, Histogram, Judge, Overall
from anonymizers.search.axis import Axis
from anonymizers.search.groups import bits, starts
from anonymizers.search.overall import most_cut
from anonymizers.search.problem import Problem
from anonymizers.search.tables import Floats, Ints, Levels, Part, Table, Tables
from anonymizers.search.tables_wide import tables

CACHE_BYTES = 128 << 20
SUBSET = "\x00subset"
SHRINK = 0.7

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One node.  ``lost`` rows fail here, at least ``doomed`` of them (and their like) at every finer node; ``losses``
    and ``dooms`` are the same rows by attribute and value code (empty when there are none, and where so many are
    doomed that nobody will ask); ``complete`` is False where ``losses`` are not worked out yet.  ``classes`` and
    ``kept`` count classes with released rows; ``squares`` and ``kept_squares`` add up their sizes squared.
    ``hopeless``: a class of the wider table has no released row though one must, here and at every finer node.
    ``gauged`` is what the metric's own look at the classes gave, once the node is completed."""

    levels: Levels
    lost: int
    doomed: int
    losses: tuple[Floats, ...]
    dooms: tuple[Floats, ...]
    classes: int
    kept: int
    squares: float
    kept_squares: float
    hopeless: bool = False
    complete: bool = True
    gauged: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """One node with all its classes, for metrics that need more than ``Evaluation`` sums up."""

    table: Table
    words: Ints
    classes: Classes
    failing: Flags
    tables: Tables

    def codes(self) -> Ints:
        """The generalised value codes of every class: int64[classes, attributes]."""
        return self.tables.codes_of(self.table, self.words)

    def logs(self) -> Floats:
        """Σ log10(share of the domain) over the attributes, class by class."""
        return self.tables.total(self.table, self.words, [np.log10(axis.share) for axis in self.tables.axes])


Gauge = Callable[[Look], float]


class Evaluator:
    """Evaluates nodes of one problem; counts how many it looked at.

    ``knows``: every model dooms whole classes, so that what is doomed costs nothing to work out."""

    def __init__(
        self,
        problem: Problem,
        axes: Sequence[Axis],
        codes: Ints,
        judges: Sequence[Judge],
        limit: int,
        everyone: bool = False,
        knows: bool = False,
        *,
        overalls: Sequence[Overall] = (),
        informed: bool = False,
        gauge: Gauge | None = None,
    ) -> None:
        self.judges = judges
        self.limit = limit
        self.knows = knows
        self.least = max((getattr(judge, "least", 1) for judge in judges), default=1)
        self.fields = tuple(problem.sensitive)
        self.subset = problem.subset is not None
        self.everyone = everyone and self.subset
        self.tables: Tables = tables(axes, codes, _parts(problem, self.fields), CACHE_BYTES)
        self.checked = 0
        self.gauge = gauge
        self._overalls = overalls
        self._sizes = math.log10(math.prod(axis.domain for axis in axes)) if informed else 0.0
        self._informed = informed
        released = problem.counts if problem.subset is None else problem.subset
        self._first = np.arange(released.size) if problem.first is None else problem.first
        self._released = released > 0
        self._last: tuple[Levels, Look, Ints]

    def at(self, levels: Levels, *, finer: bool = True) -> Evaluation:
        """The node ``levels``.  Without ``finer`` nothing is worked out about finer nodes: none of them is open."""
        self.checked += 1
        look, doomed, least = self._look(levels, finer)
        count, failing = look.classes.count, look.failing
        gone = np.where(failing, count, 0)
        lost, certain = int(gone.sum()), int(doomed.sum())
        squares, classes = int(count @ count), int(np.count_nonzero(count))
        dooms = self._marginals(look.table, look.words, doomed) if least <= self.limit else ()
        self._last = (levels, look, gone)
        return Evaluation(
            levels=levels,
            lost=lost,
            doomed=max(certain, least),
            losses=dooms if lost == certain else (),
            dooms=dooms,
            classes=classes,
            kept=classes - int(np.count_nonzero(gone)),
            squares=float(squares),
            kept_squares=float(squares - int(gone @ gone)),
            hopeless=self.everyone and self._absent(look.table),
            complete=lost == certain and self.gauge is None,
        )

    def completed(self, node: Evaluation) -> Evaluation:
        """``node``, the last one looked at, with its ``losses``."""
        levels, look, gone = self._last
        if node.complete:
            return node
        assert node.levels == levels, "only the last node can be completed"
        losses = self._marginals(look.table, look.words, gone)
        gauged = self.gauge(look) if self.gauge else 0.0
        return replace(node, losses=losses, gauged=gauged, complete=True)

    def looked(self) -> Look:
        """The last node looked at, with its classes."""
        return self._last[1]

    def keep(self, levels: Levels) -> Flags:
        """One flag a tuple: is its class kept at ``levels``?"""
        look, _, _ = self._look(levels, finer=False)
        kept = look.words[~look.failing]
        return self.tables.members(levels, lambda mine: np.isin(mine, kept))

    def _look(self, levels: Levels, finer: bool) -> tuple[Look, Ints, int]:
        """The node with its verdicts; how many rows of each class fail at every finer node; how many do in all."""
        table = self.tables.at(levels)
        words, classes = self._classes(table)
        if self._informed:
            classes = replace(classes, information=self._information(table, words))
        failing, doomed = self._judge(classes, finer)
        least = int(doomed.sum())
        if self._overalls:
            failing, lost = self._enforce(levels, words, classes.count, failing)
            least = max(least, self._least(classes.count, doomed)) if finer else lost
        return Look(table, words, classes, failing, self.tables), doomed, least

    def _information(self, table: Table, words: Ints) -> Floats:
        """1 + Σ log(share) / Σ log(domain): 0 for the original values, 1 for nothing known."""
        if self._sizes <= 0.0:
            return np.zeros(words.size)
        logs = self.tables.total(table, words, [np.log10(axis.share) for axis in self.tables.axes])
        return np.asarray(np.clip(logs / self._sizes + 1.0, 0.0, 1.0))

    def _enforce(self, levels: Levels, words: Ints, count: Ints, failing: Flags) -> tuple[Flags, int]:
        """``failing``, and the smallest of the other classes as far as the table as a whole asks for; rows lost."""
        open_ones = np.flatnonzero(~failing & (count > 0))
        order = open_ones[np.argsort(count[open_ones], kind="stable")]
        sizes = count[order]
        before = int(count[failing].sum())
        cut = most_cut(sizes, self._overalls, self.limit - before)
        if not cut:
            return failing, before
        failing = failing.copy()
        edge = sizes[cut - 1]
        low, high = int(np.searchsorted(sizes, edge)), int(np.searchsorted(sizes, edge, side="right"))
        failing[order[:low]] = True
        alike = order[low:high]
        if cut < high:
            alike = alike[np.argsort(self._representatives(levels, words)[alike], kind="stable")]
        failing[alike[: cut - low]] = True
        return failing, before + int(sizes[:cut].sum())

    def _representatives(self, levels: Levels, words: Ints) -> Ints:
        """The first row of every class: among classes of one size the one that comes first goes first, as in ARX."""
        mine = self.tables.classes_of(levels)[self._released]
        first = np.full(words.size, np.iinfo(np.int64).max)
        np.minimum.at(first, np.searchsorted(words, mine), self._first[self._released])
        return first

    def _least(self, count: Ints, doomed: Ints) -> int:
        """Rows that every finer node loses: classes doomed whole, and what the table as a whole asks of the others."""
        whole = doomed >= count
        sizes = np.sort(count[~whole])
        return int(count[whole].sum()) + max(overall.least(sizes) for overall in self._overalls)

    def _absent(self, table: Table) -> bool:
        """Is there a class of the wider table without a released row?"""
        everyone, released = table.words[0] >> 1, table.words[0][(table.words[0] & 1) == 1]
        return bool(starts(everyone).size > released.size)

    def _marginals(self, table: Table, words: Ints, rows: Ints) -> tuple[Floats, ...]:
        some = np.flatnonzero(rows)
        if not some.size:
            return ()
        return tuple(self.tables.marginals(table, words[some], rows[some]))

    def _classes(self, table: Table) -> tuple[Ints, Classes]:
        """Class words (sorted) and the classes themselves: those that have a released row."""
        names = (*((SUBSET,) if self.subset else ()), *self.fields)
        if not names:
            return table.words[0], Classes(table.counts[0], table.counts[0])
        histograms: dict[str, Histogram] = {}
        words = np.zeros(0, dtype=np.int64)
        for name, word, count, width in zip(names, table.words, table.counts, self.tables.value_bits, strict=True):
            classes = word >> width
            start = starts(classes)
            histograms[name] = Histogram(start, word & ((1 << width) - 1), count)
            if not words.size:
                words = classes[start]
        inside = histograms.pop(SUBSET, None)
        if inside is None:
            rows = _sums(histograms[names[0]], None)
            return words, Classes(rows, rows, histograms)
        released, population = _sums(inside, inside.value), _sums(inside, None)
        some = released > 0
        return words[some], Classes(released[some], population[some], histograms)

    def _judge(self, classes: Classes, finer: bool) -> tuple[Flags, Ints]:
        """Which classes fail, and how many rows of each fail at every finer node (all of them where nobody asks)."""
        failing = (classes.count < self.least) & (classes.count > 0)
        doomed = np.where(failing, classes.count, 0)
        left, places = classes, np.arange(classes.count.size)
        if np.count_nonzero(failing) > (1.0 - SHRINK) * failing.size:
            places = (~failing).nonzero()[0]
            left = select(classes, ~failing)
        for turn, judge in enumerate(self.judges, 1):
            if not left.count.size:
                break
            fails = ~judge.holds(left)
            if not fails.any():
                continue
            failing[places[fails]] = True
            certain = np.maximum(doomed[places], judge.doomed(left, fails) if finer else fails * left.count)
            certain = np.where(fails & (left.count - certain < self.least), left.count, certain)
            doomed[places] = certain
            if turn == len(self.judges):
                break
            open_ones = certain < left.count
            if np.count_nonzero(open_ones) < SHRINK * open_ones.size:
                left, places = select(left, open_ones), places[open_ones]
        return failing, doomed


def _sums(histogram: Histogram, weights: Ints | None) -> Ints:
    """Rows of every class, counted ``weights`` times."""
    if not histogram.start.size:
        return np.zeros(0, dtype=np.int64)
    rows: Ints = histogram.sums(histogram.count if weights is None else histogram.count * weights)
    return rows


def select(classes: Classes, chosen: Flags) -> Classes:
    """Only the ``chosen`` classes."""
    histograms = {}
    for name, histogram in classes.histograms.items():
        sizes = histogram.sizes()
        entries = np.repeat(chosen, sizes).nonzero()[0]
        mine = sizes[chosen]
        start = mine.cumsum() - mine
        histograms[name] = Histogram(start, histogram.value[entries], histogram.count[entries])
    known = None if classes.information is None else classes.information[chosen]
    return Classes(classes.count[chosen], classes.population[chosen], histograms, known)


def _parts(problem: Problem, fields: Sequence[str]) -> list[Part]:
    parts = []
    everyone = np.arange(problem.counts.size, dtype=np.int64)
    nothing = np.zeros(problem.counts.size, dtype=np.int64)
    if problem.subset is not None:
        outside = problem.counts - problem.subset
        tuples, value = np.concatenate((everyone, everyone)), np.concatenate((nothing, nothing + 1))
        count = np.concatenate((outside, problem.subset)).astype(np.int64)
        some = count > 0
        parts.append(Part(tuples[some], value[some], count[some], 2))
    for name in fields:
        triples = problem.sensitive[name]
        parts.append(
            Part(
                triples.tuple_index.astype(np.int64),
                triples.value_code.astype(np.int64),
                triples.count.astype(np.int64),
                max(len(triples.values), 2),
            )
        )
    if not parts:
        parts.append(Part(everyone, nothing, problem.counts.astype(np.int64), 1))
    assert all(bits(part.radix) < 40 for part in parts)
    return parts
