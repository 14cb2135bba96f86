"""Rows as numbers for a model, raw and treated ones in one space.

What a reader would get wrong: a released label becomes what it may stand for (the mean of a number, the parts of a
category); ``released_of`` gives raw rows the labels of the treated table first, so that a model trained on those can be
asked about them.  Ids and other columns of very many
values end up in one column for "others".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.column import NOTHING, Column
from anonymizers.utility.joint import Binned, binned
from anonymizers.utility.numeric import raw_numbers, treated_numbers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def even(rows: int, most: int) -> Ints:
    """Numbers of at most ``most`` rows at even distances: the same ones each time."""
    return np.unique(np.linspace(0, rows - 1, min(rows, most)).astype(np.int64)) if rows else np.zeros(0, np.int64)


def features(columns: Sequence[Column], before: int, after: int, *, most: int) -> tuple[Floats, Floats]:
    """Raw and treated rows (at most ``most`` of each) as float[rows, features], all between about -3 and 3."""
    return features_of(columns, even(before, most), even(after, most))


def features_of(columns: Sequence[Column], raw: Ints, treated: Ints) -> tuple[Floats, Floats]:
    """The rows with these numbers."""
    first, second = [np.zeros((raw.size, 0))], [np.zeros((treated.size, 0))]
    for one in columns:
        if one.numbers is not None and len(one.domain) > 2:
            a, b = _scaled(raw_numbers(one), treated_numbers(one))
            first.append(_filled(a[raw]))
            second.append(_filled(b[treated]))
        else:
            grid: Binned = binned(one)
            first.append(np.eye(grid.spread.shape[1])[grid.before[raw]])
            second.append(grid.spread[grid.after[treated]])
    return np.hstack(first), np.hstack(second)


def released_of(columns: Sequence[Column], raw: Ints) -> Floats:
    """Raw rows as they would stand in the treated table: what somebody who asks a model trained on it would do with
    their own rows first."""
    made = [np.zeros((raw.size, 0))]
    for one in columns:
        labels = np.append(covering(one), NOTHING)[one.before[raw]]
        itself = labels < 0
        if one.numbers is not None and len(one.domain) > 2:
            plain, middles = _scaled(raw_numbers(one), np.append(one.reach.middle(one.numbers), np.nan))
            made.append(_filled(np.where(itself, plain[raw], middles[labels])))
        else:
            grid = binned(one)
            kinds = grid.kinds[labels]
            bins = np.eye(grid.spread.shape[1])[grid.before[raw]]
            made.append(np.where(itself[:, None], bins, grid.spread[kinds]))
    return np.hstack(made)


def covering(one: Column) -> NDArray[np.int32]:
    """The label that a raw value would have got, int32[domain]: the value itself where it was released, else the most
    frequent label that covers it, else ``*``; -1 where no label covers it."""
    reach, count = one.reach, one.counts_after()
    found = np.full(len(one.domain), NOTHING, dtype=np.int32)
    star = np.flatnonzero(one.starred)
    if star.size:
        found[:] = star[0]
    order = np.argsort(count[reach.of], kind="stable")
    order = order[~one.starred[reach.of[order]]]
    wide = reach.high[order] - reach.low[order] > 1
    for place in order[wide].tolist():
        found[reach.low[place] : reach.high[place]] = reach.of[place]
    narrow = order[~wide]
    for some in (narrow[reach.size[reach.of[narrow]] > 1], narrow[reach.size[reach.of[narrow]] == 1]):
        found[reach.low[some]] = reach.of[some]
    return found


def _scaled(raw: Floats, treated: Floats) -> tuple[Floats, Floats]:
    """In standard deviations from the mean of the raw column."""
    some = raw[~np.isnan(raw)]
    mean = float(some.mean()) if some.size else 0.0
    spread = float(some.std()) if some.size else 0.0
    scale = spread if spread > 0 else 1.0
    return np.clip((raw - mean) / scale, -10, 10), np.clip((treated - mean) / scale, -10, 10)


def _filled(numbers: Floats) -> Floats:
    """The number, 0 where it is missing, and whether it is."""
    gone = np.isnan(numbers)
    return np.stack((np.where(gone, 0.0, numbers), gone.astype(float)), axis=1)
