"""Tables of equivalence classes, each made from a finer one by raising some levels, and kept while memory allows.

A table is one sorted array of words (class bits, then the bits of a sensitive value) with a count for each.  Narrow
tables pack every quasi-identifier into the word, so raising a level is a table look-up; where the quasi-identifiers
need more bits than a word has, a class is written as the rank of its tuple instead (``WideTables``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.axis import Axis
from anonymizers.search.groups import WORD_BITS, bits, starts

CHUNK_BITS = 12
KEEP_RATIO = 0.8
MOST_LUTS = 1024
FEW_CLASSES = 2048
WORD_BYTES = 16
ROOM = 64
STONE_AXES, WORTH_A_STONE = 3, 0.5

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted in every class: (tuple, value, rows) triples; ``radix`` values, 1 for plain row counts."""

    tuples: Ints
    value: Ints
    count: Ints
    radix: int


@dataclass(frozen=True, slots=True)
class Table:
    """``words[p]`` sorted and distinct, ``counts[p]`` alongside, for every part p; ``size`` words in all.  ``one`` is
    some tuple of every class, where the class's number says nothing by itself (wide tables)."""

    levels: Levels
    words: tuple[Ints, ...]
    counts: tuple[Ints, ...]
    size: int
    one: Ints | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring bits of the word that hold a few attributes: (attribute, shift inside, bits)."""

    shift: int
    width: int
    members: tuple[tuple[int, int, int], ...]


class Tables:
    """All tables over one problem whose quasi-identifiers fit into a word.  ``budget`` bounds the bytes of cache."""

    def __init__(self, axes: Sequence[Axis], codes: Ints, parts: Sequence[Part], budget: int) -> None:
        self.axes = axes
        self.codes = codes
        self.parts = parts
        self.value_bits = [bits(part.radix) for part in parts]
        self.count_bits = max((bits(int(part.count.sum()) + 1) for part in parts), default=0)
        self.floor: Levels = tuple(0 for _ in axes)
        self._kept = Shelf(len(axes), budget)
        self._stones = frozenset(sorted(range(len(axes)), key=lambda a: -_tells(axes[a]))[:STONE_AXES])
        self._prepare()
        self.raw = self._raw()

    def at(self, levels: Levels) -> Table:
        """The table at ``levels``, from the smallest table known that is finer.  Where none is much smaller than the
        raw one, a stepping stone is made first, and kept for all nodes that agree with it."""
        source = self._kept.finest(levels, self.raw)
        if source.levels == levels and source is not self.raw:
            return source
        if source.size > WORTH_A_STONE * self.raw.size:
            source = self._stone(source, levels)
        table = self._raise(source, levels)
        self._kept.keep(table, source)
        return table

    def _stone(self, source: Table, levels: Levels) -> Table:
        """``source``, raised as ``levels`` say in the attributes that tell most apart."""
        stone = tuple([level if a in self._stones else source.levels[a] for a, level in enumerate(levels)])
        if stone in (levels, source.levels):
            return source
        table = self._raise(source, stone)
        self._kept.keep(table, source)
        return table

    def marginals(self, table: Table, classes: Ints, weights: Ints) -> list[Floats]:
        """For every attribute the weights added up by value code; ``classes`` are class words (value bits off)."""
        result: list[Floats] = [np.zeros(0)] * len(self.axes)
        if classes.size < FEW_CLASSES:
            rows = weights.astype(np.float64)
            for chunk in self.chunks:
                for attribute, shift, width in chunk.members:
                    codes = (classes >> (chunk.shift + shift)) & ((1 << width) - 1)
                    leaves = self.axes[attribute].leaves
                    result[attribute] = np.bincount(codes, weights=rows, minlength=leaves).astype(np.float64)
            return result
        for chunk in self.chunks:
            piece = (classes >> chunk.shift) & ((1 << chunk.width) - 1)
            totals = np.bincount(piece, weights=weights, minlength=1 << chunk.width)
            for attribute, _, width in chunk.members:
                plane = totals.reshape(-1, 1 << width)
                result[attribute] = plane.sum(axis=0)[: self.axes[attribute].leaves]
                totals = plane.sum(axis=1)
        return result

    def members(self, levels: Levels, flagged: Callable[[Ints], NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """One flag a tuple: ``flagged`` answers for the class words that it is given."""
        return flagged(self.classes_of(levels))

    def classes_of(self, levels: Levels) -> Ints:
        """The class word of every tuple at ``levels``."""
        return self._map(self._pack(), self.floor, levels, 0)

    def total(self, table: Table, classes: Ints, values: Sequence[Floats]) -> Floats:
        """For every class the sum over the attributes of ``values[attribute][level, code]``."""
        result = np.zeros(classes.size)
        for chunk in self.chunks:
            lut = np.zeros(1)
            for attribute, _, width in reversed(chunk.members):
                mine = np.zeros(1 << width)
                mine[: self.axes[attribute].leaves] = values[attribute][table.levels[attribute]]
                lut = (lut[:, None] + mine[None, :]).ravel()
            result += lut[(classes >> chunk.shift) & ((1 << chunk.width) - 1)]
        return result

    def codes_of(self, table: Table, classes: Ints) -> Ints:
        """The value codes of every class: int64[classes, attributes]."""
        result = np.zeros((classes.size, len(self.axes)), dtype=np.int64)
        for chunk in self.chunks:
            for attribute, shift, width in chunk.members:
                result[:, attribute] = (classes >> (chunk.shift + shift)) & ((1 << width) - 1)
        return result

    def _prepare(self) -> None:
        self.chunks, self.key_bits = layout(self.axes)
        self._luts: dict[tuple[int, int, Levels], Ints] = {}

    def _raw(self) -> Table:
        key = self._pack()
        words = [
            (key[part.tuples] << width) | part.value for part, width in zip(self.parts, self.value_bits, strict=True)
        ]
        return self._table(self.floor, words, [part.count for part in self.parts])

    def _pack(self) -> Ints:
        word = np.zeros(self.codes.shape[0], dtype=np.int64)
        for chunk in self.chunks:
            for attribute, shift, _ in chunk.members:
                word |= self.codes[:, attribute] << (chunk.shift + shift)
        return word

    def _raise(self, source: Table, levels: Levels) -> Table:
        words = [
            self._map(word, source.levels, levels, width)
            for word, width in zip(source.words, self.value_bits, strict=True)
        ]
        return self._table(levels, words, source.counts)

    def _table(self, levels: Levels, words: Sequence[Ints], counts: Sequence[Ints], one: Ints | None = None) -> Table:
        merged = [self._merged(*pair, place) for place, pair in enumerate(zip(words, counts, strict=True))]
        done = tuple(word for word, _ in merged)
        return Table(levels, done, tuple(count for _, count in merged), sum(word.size for word in done), one)

    def _map(self, word: Ints, before: Levels, after: Levels, low: int) -> Ints:
        """``word`` raised from one node to another; its ``low`` lowest bits are a value, and stay."""
        kept, moved = -1, None
        for number, chunk in enumerate(self.chunks):
            wanted = tuple([after[a] for a, _, _ in chunk.members])
            if wanted == tuple([before[a] for a, _, _ in chunk.members]):
                continue
            mask, shift = (1 << chunk.width) - 1, chunk.shift + low
            place = word >> shift if shift else word
            new = self._lut(number, low, wanted).take(place & mask)
            moved = new if moved is None else np.bitwise_or(moved, new, out=moved)
            kept &= ~(mask << shift)
        return word if moved is None else np.bitwise_or(moved, word & kept, out=moved)

    def _lut(self, number: int, low: int, levels: Levels) -> Ints:
        """What every content of a chunk becomes at ``levels``, already shifted into place above ``low`` bits."""
        known = self._luts.get((number, low, levels))
        if known is not None:
            return known
        chunk = self.chunks[number]
        lut = np.zeros(1, dtype=np.int64)
        for (attribute, shift, width), level in reversed(list(zip(chunk.members, levels, strict=True))):
            codes = np.zeros(1 << width, dtype=np.int64)
            codes[: self.axes[attribute].leaves] = self.axes[attribute].group[level]
            lut = (lut[:, None] | (codes << (chunk.shift + low + shift))[None, :]).ravel()
        if len(self._luts) >= MOST_LUTS:
            self._luts.clear()
        self._luts[number, low, levels] = lut
        return lut

    def _merged(self, word: Ints, count: Ints, place: int) -> tuple[Ints, Ints]:
        """Equal words merged, counts added; sorted."""
        room = self.count_bits
        if self.key_bits + self.value_bits[place] + room <= WORD_BITS:
            packed = word << room
            packed |= count
            packed.sort()
            word = packed >> room
            count = packed & ((1 << room) - 1)
        else:
            order = np.argsort(word)
            word, count = word[order], count[order]
        start = starts(word)
        if start.size == word.size:
            return word, count
        return word[start], np.add.reduceat(count, start)


class Shelf:
    """Tables kept for reuse: those much smaller than what they were made from, as many as ``budget`` bytes hold.

    Levels stand in columns, an attribute each, with room to spare: there are thousands of tables, asked for thousands
    of times."""

    def __init__(self, width: int, budget: int) -> None:
        self._budget = budget
        self._tables: list[Table] = []
        self._levels = np.zeros((width, ROOM), dtype=np.int16)
        self._sizes = np.zeros(ROOM, dtype=np.int64)
        self._bytes = 0

    def finest(self, levels: Levels, otherwise: Table) -> Table:
        """The smallest table kept that is finer than or equal to ``levels``."""
        number = len(self._tables)
        finer = np.ones(number, dtype=bool)
        for column, level in zip(self._levels, levels, strict=True):
            finer &= column[:number] <= level
        some = finer.nonzero()[0]
        return self._tables[some[self._sizes[some].argmin()]] if some.size else otherwise

    def keep(self, table: Table, source: Table) -> None:
        """Keep ``table`` if it saves work over ``source``; the largest tables go when room is short."""
        if table.size > KEEP_RATIO * source.size or table.size * WORD_BYTES > self._budget:
            return
        number = len(self._tables)
        if number == self._sizes.size:
            self._levels = np.hstack([self._levels, np.zeros_like(self._levels)])
            self._sizes = np.append(self._sizes, np.zeros_like(self._sizes))
        self._tables.append(table)
        self._levels[:, number] = table.levels
        self._sizes[number] = table.size
        self._bytes += table.size * WORD_BYTES
        while self._bytes > self._budget:
            self._drop(int(self._sizes[: len(self._tables)].argmax()))

    def _drop(self, place: int) -> None:
        last = len(self._tables) - 1
        self._bytes -= self._tables[place].size * WORD_BYTES
        self._tables[place] = self._tables[last]
        self._levels[:, place] = self._levels[:, last]
        self._sizes[place] = self._sizes[last]
        self._tables.pop()


def _tells(axis: Axis) -> float:
    """How much a value tells (entropy) for every level that there is: few levels make few different stones."""
    rows = axis.rows[axis.rows > 0]
    return float(rows @ np.log(rows.sum() / rows)) / (axis.high - axis.low + 0.01) if rows.size else 0.0


def layout(axes: Sequence[Axis]) -> tuple[tuple[Chunk, ...], int]:
    """Chunks of at most ``CHUNK_BITS`` bits (one attribute alone may have more), and the bits of the whole key."""
    chunks: list[Chunk] = []
    members: list[tuple[int, int, int]] = []
    start = width = 0
    for attribute in sorted(range(len(axes)), key=lambda a: bits(axes[a].leaves)):
        need = bits(axes[attribute].leaves)
        if members and width + need > CHUNK_BITS:
            chunks.append(Chunk(start, width, tuple(members)))
            start, width, members = start + width, 0, []
        members.append((attribute, width, need))
        width += need
    if members:
        chunks.append(Chunk(start, width, tuple(members)))
    return tuple(chunks), start + width
