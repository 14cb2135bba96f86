"""Bring the units that no class took into the frozen class that it costs least to widen.

Widening raises a field to the lowest level at which class and newcomer read the same; every row of the class pays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.partition.cells import Cells
from anonymizers.partition.judged import Judged, distinct

MOST_TRIED = 16

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Frozen:
    """Classes by unit: the ``level`` of every field, and the class's number ``owner`` (−1: in none)."""

    cells: Cells
    judged: Judged
    level: NDArray[np.int16]
    owner: Ints


@dataclass(slots=True)
class Book:
    """The frozen classes by number: one unit of each, its levels, rows and cost a row."""

    one: Ints
    level: Ints
    rows: Ints
    cost: Floats


def gather(frozen: Frozen, left: Ints, spare: int) -> Flags | None:
    """Place every unit of ``left`` in a class or suppress it, at most ``spare`` rows in all; changes ``frozen``.

    Gives a flag a unit (kept), or None where units can neither be placed nor suppressed.  Units are taken in order of
    rows, largest first, for those cost most to suppress.  What fits nowhere by itself is pooled (``_pool``)."""
    keep = np.ones(frozen.owner.size, dtype=bool)
    if not left.size:
        return keep
    homeless: list[int] = []
    book, counts = _book(frozen), frozen.judged.counts
    whole = frozen.cells.weight
    for unit in left[np.lexsort((left, -counts[left]))].tolist():
        rows = int(counts[unit])
        price, levels = _widened(frozen.cells, book, unit, rows)
        for place in np.argsort(price, kind="stable")[:MOST_TRIED].tolist():
            if not np.isfinite(price[place]) or (price[place] >= rows * whole and rows <= spare):
                break
            members = np.append(np.flatnonzero(frozen.owner == place), unit)
            if frozen.judged.one(members):
                frozen.owner[unit] = place
                frozen.level[members] = levels[place]
                book.level[place], book.rows[place] = levels[place], book.rows[place] + rows
                book.cost[place] = _cost(frozen.cells, book.one[place : place + 1], levels[place : place + 1])[0]
                break
        if frozen.owner[unit] < 0:
            homeless.append(unit)
    for unit in sorted(homeless, key=lambda unit: (counts[unit], unit)):
        if counts[unit] <= spare:
            spare -= int(counts[unit])
            keep[unit] = False
    rest = np.array([unit for unit in homeless if keep[unit]], dtype=np.int64)
    return keep if not rest.size or _pool(frozen, rest, keep) else None


def _pool(frozen: Frozen, rest: Ints, keep: Flags) -> bool:
    """Put ``rest`` at the top of the lattice, with as few rows of frozen classes as make the models hold there.

    Classes that are general already are taken first; the number of them is found by halving, which is exact where
    more rows never do harm and a good guess where they may.  False where not even all rows together will do."""
    top = np.array([axis.high for axis in frozen.cells.axes], dtype=np.int16)
    columns = [axis.group[axis.high][frozen.cells.codes[:, place]] for place, axis in enumerate(frozen.cells.axes)]
    number, _ = distinct(columns, frozen.owner.size)
    cost = _cost(frozen.cells, np.arange(frozen.owner.size), frozen.level.astype(np.int64))
    for here in np.unique(number[rest]):
        own = rest[number[rest] == here]
        others = np.flatnonzero((number == here) & (frozen.owner >= 0) & keep)
        order = others[np.lexsort((frozen.owner[others], -cost[others]))]
        ends = np.append(np.flatnonzero(np.diff(frozen.owner[order])) + 1, order.size)
        low, high = -1, ends.size - 1
        if high < 0 or not frozen.judged.one(np.append(own, order)):
            return False
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if frozen.judged.one(np.append(own, order[: ends[middle]])) else (middle, high)
        members = np.append(own, order[: ends[high]])
        frozen.level[members] = top
        frozen.owner[members] = int(frozen.owner.max()) + 1
    return True


def _book(frozen: Frozen) -> Book:
    taken = np.flatnonzero(frozen.owner >= 0)
    number, first = np.unique(frozen.owner[taken], return_index=True)
    one = taken[first]
    rows = np.bincount(frozen.owner[taken], weights=frozen.judged.counts[taken], minlength=number.size).astype(np.int64)
    level = frozen.level[one].astype(np.int64)
    return Book(one, level, rows, _cost(frozen.cells, one, level))


def _cost(cells: Cells, units: Ints, level: Ints) -> Floats:
    total = np.zeros(units.size)
    for place, cost in enumerate(cells.cost):
        total += cost[level[:, place], cells.codes[units, place]]
    return total


def _widened(cells: Cells, book: Book, unit: int, rows: int) -> tuple[Floats, Ints]:
    """What every class would cost more with ``unit`` in it, its rows included, and the levels that takes; infinite
    where a hierarchy never brings them together."""
    levels = book.level.copy()
    open_ones = np.ones(book.one.size, dtype=bool)
    for place, axis in enumerate(cells.axes):
        theirs, mine = cells.codes[book.one, place], cells.codes[unit, place]
        met = np.zeros(book.one.size, dtype=bool)
        for level in range(axis.low, axis.high + 1):
            now = ~met & (levels[:, place] <= level) & (axis.group[level][theirs] == axis.group[level][mine])
            levels[now, place] = level
            met |= now
        open_ones &= met
    price = (book.rows + rows) * _cost(cells, book.one, levels) - book.rows * book.cost
    return np.where(open_ones, price, np.inf), levels
