"""How far every released record is from what an attacker knows of a target: a distance a field, added up (Gower).

A released label that may stand for the target's value is at distance 0; numbers are otherwise as far as they differ,
as a share of the raw range; anything else is at distance 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.attacks.labels import bounds, masks, possible
from anonymizers.errors import AnonymizerError
from anonymizers.magnitudes import read_magnitudes

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Columns = Mapping[str, pa.Array]
Rows = Mapping[str, Sequence[str]]
Hierarchies = Mapping[str, Rows]

BLOCK_CELLS = 1 << 23
NUMERIC = 0.9
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Released:
    """The treated records of some fields, equal ones once: ``codes[f][tuple]`` indexes ``labels[f]``, ``counts`` has
    the records of every tuple and ``tuple_of`` the tuple of every record."""

    fields: tuple[str, ...]
    labels: Mapping[str, tuple[str | None, ...]]
    codes: Mapping[str, Ints]
    counts: Ints
    tuple_of: Ints


def collapse(treated: Columns, fields: Sequence[str]) -> Released:
    """The distinct tuples of ``fields``.  Raises AnonymizerError when the treated table lacks one."""
    missing = [name for name in fields if name not in treated]
    if missing:
        raise AnonymizerError(f"The treated table has no field {missing[0]!r}: attack with fields that it has.")
    rows = len(next(iter(treated.values()))) if treated else 0
    key = np.zeros(rows, np.int64)
    labels, codes = {}, {}
    for name in fields:
        encoded = treated[name].cast(pa.string()).dictionary_encode(null_encoding="encode")
        labels[name] = tuple(encoded.dictionary.to_pylist())
        codes[name] = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
        _, key = np.unique(key * max(len(labels[name]), 1) + codes[name], return_inverse=True)
    _, first, tuple_of, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    return Released(
        tuple(fields),
        labels,
        {name: code[first] for name, code in codes.items()},
        counts.astype(np.int64),
        np.asarray(tuple_of, np.int64).reshape(rows),
    )


@dataclass(frozen=True, slots=True)
class Matcher:
    """Distances from targets to released tuples.  ``raw`` is the raw table, whose ranges scale numbers and which says
    whether cells were missing before."""

    targets: Columns
    released: Released
    trees: Hierarchies
    raw: Columns
    size: int

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Distances float32[some targets, all tuples], the mean over fields, for some targets after the other."""
        fields = np.float32(max(len(self.released.fields), 1))
        for rows, parts in self._parts():
            distance = np.zeros((rows.stop - rows.start, self.released.counts.size), np.float32)
            for part in parts:
                distance += part
            yield rows, np.asarray(distance / fields, np.float32)

    def agreements(self) -> Iterator[tuple[slice, NDArray[np.uint32]]]:
        """The same with one bit a field (the first is bit 0), set where the label may stand for the target's value."""
        for rows, parts in self._parts():
            pattern = np.zeros((rows.stop - rows.start, self.released.counts.size), np.uint32)
            for place, part in enumerate(parts):
                pattern |= (part <= SLACK).astype(np.uint32) << np.uint32(place)
            yield rows, pattern

    def _parts(self) -> Iterator[tuple[slice, Iterator[Floats]]]:
        """Some targets after the other, with their distances field by field."""
        total = self.released.counts.size
        step = max(BLOCK_CELLS // max(total, 1), 1)
        numbers = {name: _Numbers.of(self, name) for name in self.released.fields if self._is_numeric(name)}
        for start in range(0, self.size if total else 0, step):
            rows = slice(start, min(start + step, self.size))
            yield rows, (self._part(name, rows, numbers) for name in self.released.fields)

    def _part(self, name: str, rows: slice, numbers: Mapping[str, _Numbers]) -> Floats:
        codes = self.released.codes[name]
        if name in numbers:
            return np.take(numbers[name].distances(rows), codes, axis=1)
        place, table = self._labels(name, rows)
        wide = np.take(table, codes, axis=1)
        return wide if np.array_equal(place, np.arange(len(table))) else wide[place]

    def _is_numeric(self, name: str) -> bool:
        """Numbers are near or far; under masks (2000**) they are codes, which fit or do not."""
        return name not in self.trees and not masks(self.released.labels[name]) and is_numeric(self.raw[name])

    def _labels(self, name: str, rows: slice) -> tuple[Ints, Floats]:
        """Which line of the table each target has, and the table: 0 where a label may stand for the value, else 1."""
        column = self.targets[name].slice(rows.start, rows.stop - rows.start).cast(pa.string())
        encoded = column.dictionary_encode(null_encoding="encode")
        labels = self.released.labels[name]
        place = {label: number for number, label in enumerate(labels)}
        shapes, tree = masks(labels), self.trees.get(name)
        missing = self.raw[name].null_count > 0
        table = np.ones((len(encoded.dictionary), len(labels)), np.float32)
        for line, value in enumerate(encoded.dictionary.to_pylist()):
            known = (
                place[label] for label in possible(value, shapes, tree, missing_is_value=missing) if label in place
            )
            table[line, list(known)] = 0
        return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64), table


def matcher(
    targets: Columns, released: Released, hierarchies: Hierarchies | None = None, raw: Columns | None = None
) -> Matcher:
    """``raw`` defaults to the targets.  Raises AnonymizerError when a field is missing."""
    around = raw if raw is not None else targets
    for name in released.fields:
        if name not in targets or name not in around:
            raise AnonymizerError(f"The raw table has no field {name!r}: attack with fields that it has.")
    size = len(next(iter(targets.values()))) if targets else 0
    return Matcher(targets, released, hierarchies or {}, around, size)


def is_numeric(column: pa.Array) -> bool:
    """Whether at least nine in ten of the present cells are numbers."""
    present = len(column) - column.null_count
    read = read_magnitudes(column, field="", unfit="suppress").present.sum()
    return bool(present) and bool(read >= NUMERIC * present)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A numeric field: ``x`` of the targets (nan where it is none) and the interval that every label stands for (none
    where ``low`` is nan)."""

    x: NDArray[np.float64]
    absent: NDArray[np.bool_]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    no_label: NDArray[np.bool_]
    star: NDArray[np.bool_]
    missing: bool
    scale: float

    @classmethod
    def of(cls, match: Matcher, name: str) -> _Numbers:
        whole = read_magnitudes(match.raw[name], field="", unfit="suppress")
        numbers = whole.values[whole.present]
        mine = read_magnitudes(match.targets[name], field="", unfit="suppress")
        labels = match.released.labels[name]
        low, high, known = bounds(labels)
        low[~known] = high[~known] = np.nan
        absent = match.targets[name].is_null().to_numpy(zero_copy_only=False)
        return cls(
            np.where(mine.present, mine.values, np.nan),
            np.asarray(absent, bool),
            low,
            high,
            np.array([label is None for label in labels], bool),
            np.array([label == "*" for label in labels], bool),
            match.raw[name].null_count > 0,
            max(float(numbers.max() - numbers.min()), 1e-12),
        )

    def distances(self, rows: slice) -> Floats:
        """float32[targets of ``rows``, labels]."""
        x, absent = self.x[rows, None], self.absent[rows]
        away = np.maximum(np.maximum(self.low - x, x - self.high), 0.0) / self.scale
        table = np.where(np.isnan(away), 1.0, np.minimum(away, 1.0)).astype(np.float32)
        if self.missing:
            table[:, self.no_label] = 1.0
        table[absent] = 1.0
        table[np.ix_(absent, self.no_label)] = 0.0
        table[:, self.star] = 0.0
        return table


@dataclass(frozen=True, slots=True)
class Joint:
    """How often every value of one more field stands in every tuple: ``rows[e]`` records of tuple ``tuples[e]`` hold
    value ``values[e]`` (of ``width``)."""

    tuples: Ints
    values: Ints
    rows: NDArray[np.float64]
    width: int

    def votes(self, near: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Counts of values over the tuples that are ``near``."""
        weights = self.rows * near[self.tuples]
        return np.asarray(np.bincount(self.values, weights=weights, minlength=self.width), np.float64)


def joint(released: Released, codes: Ints, width: int) -> Joint:
    """``codes`` has the value of every record."""
    places, rows = np.unique(released.tuple_of * max(width, 1) + codes, return_counts=True)
    return Joint(places // max(width, 1), places % max(width, 1), rows.astype(np.float64), max(width, 1))


def chosen(columns: Columns, places: Ints) -> dict[str, pa.Array]:
    """Some rows of all columns."""
    return {name: column.take(pa.array(places)) for name, column in columns.items()}
