"""Two columns together: how often which bins meet, before and after, on one grid.

What a reader would get wrong: a pair of released labels is spread over the grid as if the two were independent within
it, which is all that a reader of the table can know.  Bins are made of the raw table (equal-frequency for numbers, the
most frequent values and one for the others), missing cells are a bin of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.column import Column
from anonymizers.utility.reach import Reach
from anonymizers.utility.tables import Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_BINS = 20


@dataclass(frozen=True, slots=True)
class Binned:
    """A column on the grid: ``before`` is the bin of every raw row (0 is missing), ``after`` the kind of every treated
    row, ``kinds`` that of every label and, last, of missing, ``spread`` the part of each kind in each bin, float[kinds,
    bins + 1]; the first kinds are the bins."""

    column: Column
    before: NDArray[np.uint8]
    after: NDArray[np.int32]
    kinds: NDArray[np.int32]
    spread: Floats


@dataclass(frozen=True, slots=True)
class Joint:
    """Shares of rows float[bins of one, bins of other], before and after; they sum to 1, to 0 for no rows."""

    one: Column
    other: Column
    before: Floats
    after: Floats


def binned(column: Column) -> Binned:
    """Puts a column on its grid of at most ``MOST_BINS`` bins and one for missing cells."""
    edges = _edges(column)
    places = np.searchsorted(edges, np.arange(len(column.domain)), side="right")
    before = np.append(places, 0)[column.before].astype(np.uint8)
    kinds, spread = _kinds(column, edges, places)
    known = np.append(kinds, 0).astype(np.int32)
    return Binned(column, before, known[column.after], known, spread)


def _kinds(column: Column, edges: Ints, places: Ints) -> tuple[Ints, Floats]:
    """A number for every label, equal for those that are spread alike, and how each kind is spread."""
    reach, bins = column.reach, edges.size
    kind = np.zeros(len(column.labels), dtype=np.int64)
    plain = reach.size[reach.of] == 1
    kind[reach.of[plain]] = places[reach.low[plain]]
    vague = np.flatnonzero(reach.size > 1)
    if not vague.size:
        return kind, np.eye(bins)
    number = np.full(len(column.labels), -1, dtype=np.int64)
    number[vague] = np.arange(vague.size)
    mine = number[reach.of] >= 0
    some = Reach.made(number[reach.of[mine]], reach.low[mine], reach.high[mine], vague.size, reach.domain)
    shapes, inverse = np.unique(some.shares(edges), axis=0, return_inverse=True)
    kind[vague] = bins + inverse.reshape(-1)
    return kind, np.vstack((np.eye(bins), np.hstack((np.zeros((len(shapes), 1)), shapes))))


def _edges(column: Column) -> Ints:
    """Where bins begin in the domain, and its end."""
    size = len(column.domain)
    if size <= MOST_BINS:
        return np.arange(size + 1, dtype=np.int64)
    if column.numbers is None:
        return np.append(np.arange(MOST_BINS, dtype=np.int64), size)
    upto = np.cumsum(column.counts_before())
    if not upto[-1]:
        return np.unique(np.linspace(0, size, MOST_BINS + 1).astype(np.int64))
    cuts = np.searchsorted(upto, upto[-1] * np.arange(1, MOST_BINS) / MOST_BINS) + 1
    return np.unique(np.concatenate(([0], cuts, [size]))).astype(np.int64)


def joints(made: Tables, grids: Sequence[Binned] | None = None) -> Iterator[Joint]:
    """Every pair of columns, once.  Work: one pass over the rows a pair and side; O(bins²) memory a pair, and labels²
    where those are few."""
    columns = [binned(one) for one in made.columns] if grids is None else list(grids)
    for first in range(len(columns)):
        for second in range(first + 1, len(columns)):
            yield Joint(
                columns[first].column,
                columns[second].column,
                _before(columns[first], columns[second], made.before),
                _after(columns[first], columns[second], made.after),
            )


def _before(one: Binned, other: Binned, rows: int) -> Floats:
    width = other.spread.shape[1]
    word = one.before.astype(np.int32) * width + other.before
    count = np.bincount(word, minlength=one.spread.shape[1] * width)
    return np.asarray(count.reshape(-1, width) / max(rows, 1), dtype=np.float64)


def _after(one: Binned, other: Binned, rows: int) -> Floats:
    first, spread, second, across = one.after, one.spread, other.after, other.spread
    if spread.shape[0] * across.shape[0] <= 1 << 22:
        word = first.astype(np.int64) * across.shape[0] + second
        count = np.bincount(word, minlength=spread.shape[0] * across.shape[0])
        table = count.reshape(spread.shape[0], -1).astype(float)
        return np.asarray(spread.T @ table @ across / max(rows, 1), dtype=np.float64)
    total = np.zeros((spread.shape[1], across.shape[1]))
    for start in range(0, first.size, 1 << 17):
        part = slice(start, start + (1 << 17))
        total += spread[first[part]].T @ across[second[part]]
    return total / max(rows, 1)
