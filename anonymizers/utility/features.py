"""Rows as numbers for a model, raw and treated ones in one space.

What a reader would get wrong: a released label becomes what it may stand for (the mean of a number, the parts of a
category), so that a model trained on generalised rows can be asked about raw ones.  Ids and other columns of very many
values end up in one column for "others".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.column import Column
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
