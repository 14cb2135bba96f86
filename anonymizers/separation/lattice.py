"""One roll-up over the lattice of column subsets: exact class counts of every subset up to a size.

The rows are collapsed once to distinct tuples with their counts; then the column with the most values is dropped, one
after another, and the tuples collapse further.  At each step the subsets that hold the column just before it is
dropped are grown from it: a tuple that is alone in its class stays alone whatever is added, so it is counted once and
set aside.  Nothing is sampled and nothing is hashed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.separation.coded import Coded, Codes
from anonymizers.separation.figures import Figures
from anonymizers.separation.grouping import Keys, Longs, Tally, count, refine, sort_with_places

MOST_COLUMNS = 16
WORD = 1 << 62
NARROW = 1 << 31


@dataclass(frozen=True, slots=True)
class _Tuples:
    """Distinct tuples: codes by column (of those not yet dropped), and the rows each stands for (None: one)."""

    codes: dict[int, Codes]
    weights: Longs | None
    rows: int

    def at(self, places: np.ndarray[tuple[int], np.dtype[np.intp]], columns: Sequence[int]) -> _Tuples:
        """Some of the tuples, some of the columns."""
        weights = None if self.weights is None else self.weights[places]
        return _Tuples({column: self.codes[column][places] for column in columns}, weights, len(places))


def roll_up(table: Coded, size: int) -> tuple[Figures, ...]:
    """Figures of every non-empty subset of at most ``size`` columns, smaller ones first, then by position.

    Memory: some eight bytes a cell.  Raises AnonymizerError on more than 16 columns or a size below one."""
    if len(table.codes) > MOST_COLUMNS:
        raise AnonymizerError(f"{len(table.codes)} columns have too many combinations: name at most {MOST_COLUMNS}.")
    if size < 1:
        raise AnonymizerError("Combinations of no column tell nothing apart: ask for a size of one or more.")
    order = sorted(range(len(table.codes)), key=lambda column: (-table.sizes[column], column))
    tuples = _Tuples(dict(enumerate(table.codes)), None, table.rows)
    found: list[Figures] = []
    for place, column in enumerate(order):
        tuples = _collapse(tuples, order[place:], table.sizes)
        start = _State((), np.zeros(tuples.rows, np.int32), 1, tuples, Tally())
        for fields, tally in _grow(start, column, order[place + 1 :], table.sizes, size):
            found.append(Figures(tuple(sorted(fields)), table.rows, tally.classes, tally.uniques, tally.together))
    return tuple(sorted(found, key=lambda one: (len(one.fields), one.fields)))


@dataclass(frozen=True, slots=True)
class _State:
    """Tuples grouped by the columns ``fields``; ``fixed`` are the classes that were set aside."""

    fields: tuple[int, ...]
    groups: Keys
    domain: int
    tuples: _Tuples
    fixed: Tally


def _grow(
    state: _State, column: int, later: Sequence[int], sizes: Sequence[int], size: int
) -> Iterator[tuple[tuple[int, ...], Tally]]:
    """The subsets that begin with the state's columns and ``column`` and go on with ``later`` ones."""
    fields = (*state.fields, column)
    keys, domain = _fold(state.groups, state.domain, state.tuples.codes[column], sizes[column])
    if len(fields) == size or not later:
        yield fields, state.fixed + count(keys, domain, state.tuples.weights)
        return
    found = refine(keys, domain, state.tuples.weights)
    yield fields, state.fixed + found.whole
    rest = state.tuples if found.places is None else state.tuples.at(found.places, later)
    inner = _State(fields, found.groups, found.domain, rest, state.fixed + found.aside)
    for place, other in enumerate(later):
        yield from _grow(inner, other, later[place + 1 :], sizes, size)


def _fold(groups: Keys, domain: int, codes: Codes, size: int) -> tuple[Keys, int]:
    """Packed keys: the group in the high digits, the code in the low one."""
    whole = domain * max(size, 1)
    if whole < NARROW:
        return groups.astype(np.int32, copy=False) * np.int32(max(size, 1)) + codes, whole
    return groups.astype(np.int64) * max(size, 1) + codes, whole


def _collapse(tuples: _Tuples, columns: Sequence[int], sizes: Sequence[int]) -> _Tuples:
    """The distinct tuples of ``columns`` with their rows."""
    if not tuples.rows:
        return tuples
    keys: Keys = np.zeros(tuples.rows, np.int32)
    domain = 1
    for column in columns:
        if domain * max(sizes[column], 1) >= WORD:
            keys, domain = _ranked(keys, domain)
        keys, domain = _fold(keys, domain, tuples.codes[column], sizes[column])
    ordered, order = sort_with_places(keys, domain)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(new)
    if len(starts) == tuples.rows:
        return _Tuples({column: tuples.codes[column] for column in columns}, tuples.weights, tuples.rows)
    ones = np.diff(starts, append=len(ordered)).astype(np.int64)
    weights = ones if tuples.weights is None else np.add.reduceat(tuples.weights[order], starts)
    first = order[starts]
    return _Tuples({column: tuples.codes[column][first] for column in columns}, weights, len(first))


def _ranked(keys: Keys, domain: int) -> tuple[Keys, int]:
    """The same classes under the smallest numbers, so that more digits fit."""
    ordered, order = sort_with_places(keys, domain)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.cumsum(new) - 1
    return ranks, int(np.count_nonzero(new))
