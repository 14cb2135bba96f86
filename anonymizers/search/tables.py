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
WORD_BYTES = 16

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
        self._prepare()
        self.raw = self._raw()

    def at(self, levels: Levels) -> Table:
        """The table at ``levels``, from the smallest table known that is finer."""
        source = self._kept.finest(levels, self.raw)
        if source.levels == levels and source is not self.raw:
            return source
        table = self._raise(source, levels)
        self._kept.keep(table, source)
        return table

    def marginals(self, table: Table, classes: Ints, weights: Ints) -> list[Floats]:
        """For every attribute the weights added up by value code; ``classes`` are class words (value bits off)."""
        result: list[Floats] = [np.zeros(0)] * len(self.axes)
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
        return self._map(self._pack(), self.floor, levels)

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
        self._luts: dict[tuple[int, Levels], Ints] = {}

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
        words = []
        for word, width in zip(source.words, self.value_bits, strict=True):
            if width:
                raised = self._map(word >> width, source.levels, levels)
                words.append((raised << width) | (word & ((1 << width) - 1)))
            else:
                words.append(self._map(word, source.levels, levels))
        return self._table(levels, words, source.counts)

    def _table(self, levels: Levels, words: Sequence[Ints], counts: Sequence[Ints], one: Ints | None = None) -> Table:
        merged = [self._merged(*pair, place) for place, pair in enumerate(zip(words, counts, strict=True))]
        done = tuple(word for word, _ in merged)
        return Table(levels, done, tuple(count for _, count in merged), sum(word.size for word in done), one)

    def _map(self, word: Ints, before: Levels, after: Levels) -> Ints:
        kept, moved = word, None
        for number, chunk in enumerate(self.chunks):
            wanted = tuple(after[a] for a, _, _ in chunk.members)
            if wanted == tuple(before[a] for a, _, _ in chunk.members):
                continue
            mask = (1 << chunk.width) - 1
            new = self._lut(number, wanted)[(word >> chunk.shift) & mask]
            moved = new if moved is None else moved | new
            kept = kept & ~(mask << chunk.shift)
        return kept if moved is None else kept | moved

    def _lut(self, number: int, levels: Levels) -> Ints:
        """What every content of a chunk becomes at ``levels``, already shifted into place."""
        known = self._luts.get((number, levels))
        if known is not None:
            return known
        chunk = self.chunks[number]
        lut = np.zeros(1, dtype=np.int64)
        for (attribute, shift, width), level in reversed(list(zip(chunk.members, levels, strict=True))):
            codes = np.zeros(1 << width, dtype=np.int64)
            codes[: self.axes[attribute].leaves] = self.axes[attribute].group[level]
            lut = (lut[:, None] | (codes << (chunk.shift + shift))[None, :]).ravel()
        if len(self._luts) >= MOST_LUTS:
            self._luts.clear()
        self._luts[number, levels] = lut
        return lut

    def _merged(self, word: Ints, count: Ints, place: int) -> tuple[Ints, Ints]:
        """Equal words merged, counts added; sorted."""
        room = self.count_bits
        if self.key_bits + self.value_bits[place] + room <= WORD_BITS:
            packed = (word << room) | count
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
    """Tables kept for reuse: those much smaller than what they were made from, as many as ``budget`` bytes hold."""

    def __init__(self, width: int, budget: int) -> None:
        self._budget = budget
        self._tables: list[Table] = []
        self._levels = np.zeros((0, width), dtype=np.int16)
        self._sizes = np.zeros(0, dtype=np.int64)

    def finest(self, levels: Levels, otherwise: Table) -> Table:
        """The smallest table kept that is finer than or equal to ``levels``."""
        finer = (self._levels <= np.array(levels, dtype=np.int16)).all(axis=1)
        if not finer.any():
            return otherwise
        return self._tables[int(np.where(finer, self._sizes, np.iinfo(np.int64).max).argmin())]

    def keep(self, table: Table, source: Table) -> None:
        """Keep ``table`` if it saves work over ``source``; the largest tables go when room is short."""
        if table.size > KEEP_RATIO * source.size or table.size * WORD_BYTES > self._budget:
            return
        self._tables.append(table)
        self._levels = np.vstack([self._levels, np.array([table.levels], dtype=np.int16)])
        self._sizes = np.append(self._sizes, table.size)
        while int(self._sizes.sum()) * WORD_BYTES > self._budget:
            largest = int(self._sizes.argmax())
            del self._tables[largest]
            self._levels = np.delete(self._levels, largest, axis=0)
            self._sizes = np.delete(self._sizes, largest)


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
