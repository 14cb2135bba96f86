"""Numeric columns as numbers, row by row: raw values, and of a released label the mean of what it may stand for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.column import Column
from anonymizers.utility.tables import Tables

Floats = NDArray[np.float64]


def raw_numbers(one: Column) -> Floats:
    """float[raw rows], nan for missing cells."""
    assert one.numbers is not None
    return np.append(one.numbers, np.nan)[one.before]


def treated_numbers(one: Column) -> Floats:
    """float[treated rows], nan for missing cells."""
    assert one.numbers is not None
    return np.append(one.reach.middle(one.numbers), np.nan)[one.after]


def farthest(one: Column) -> tuple[Floats, Floats, Floats]:
    """Of paired rows without a missing raw cell: the raw number, its greatest distance to what was released of it, and
    its greatest distance to any raw number: float[rows] each, nan where the raw cell is missing."""
    raw = raw_numbers(one)
    if not (raw == raw).any():
        return raw, np.zeros_like(raw), np.zeros_like(raw)
    low, high = np.append(one.low, np.nan)[one.after], np.append(one.high, np.nan)[one.after]
    most = np.maximum(raw - np.nanmin(raw), np.nanmax(raw) - raw)
    found = np.minimum(np.maximum(np.abs(raw - low), np.abs(raw - high)), most)
    return raw, np.where(np.isnan(found), most, found), most


def correlations(made: Tables) -> tuple[tuple[str, ...], Floats, Floats] | None:
    """Names of numeric columns that vary and Pearson's correlations before and after, float[n, n] each; missing cells
    stand at the mean of their column, a column that no longer varies correlates with nothing.  None for fewer."""
    columns = [one for one in made.numeric() if np.nanstd(raw_numbers(one)) > 0]
    if len(columns) < 2 or not made.after:
        return None
    return (
        tuple(one.name for one in columns),
        _matrix([raw_numbers(one) for one in columns]),
        _matrix([treated_numbers(one) for one in columns]),
    )


def _matrix(columns: list[Floats]) -> Floats:
    rows = []
    for one in columns:
        present = one[~np.isnan(one)]
        away = np.where(np.isnan(one), 0.0, one - (present.mean() if present.size else 0.0))
        norm = float(np.sqrt(away @ away))
        scale = float(np.abs(present).max()) if present.size else 0.0
        rows.append(away / norm if norm > 1e-9 * scale * np.sqrt(max(one.size, 1)) else np.zeros_like(one))
    made = np.clip(np.stack(rows) @ np.stack(rows).T, -1.0, 1.0)
    np.fill_diagonal(made, 1.0)
    return np.asarray(made, dtype=np.float64)
