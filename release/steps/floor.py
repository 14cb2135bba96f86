"""Spare the search what cannot be: levels of one field at which it alone already breaks k-anonymity.

Rows that share a value with fewer than k rows in one field share their whole tuple with no more.  If those rows are
more than may be suppressed, no combination with that level will do, and its finer groups need not be told apart: a
million addresses become a few thousand counties before the tuples are counted.  Nothing that could win is left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.coding import Coding
from anonymizers.hierarchy import Hierarchy
from release.nouns.plan import Plan
from release.steps.coding import Axis
from release.steps.reading import Counts

Longs = npt.NDArray[np.int64]


def least_class(plan: Plan) -> int:
    """The largest k that a k-anonymity model of ``plan`` asks for; 1 when none does."""
    asked = (spec.params.get("k", 1) for spec in plan.models if spec.name == "k-anonymity")
    return max((k for k in asked if isinstance(k, int)), default=1)


def raise_floor(axis: Axis, counts: Counts, *, k: int, allowed: int) -> Axis:
    """``axis`` with its lowest level raised past the hopeless ones, values that fall together there coded as one.

    ``allowed`` is the number of rows that may be suppressed."""
    if k < 2 or axis.low == axis.high:
        return replace(axis, coding=_merged(axis.coding, axis.hierarchy, axis.low))
    codes = np.fromiter(map(axis.coding.index.__getitem__, counts), np.int64, len(counts))
    numbers = np.fromiter(counts.values(), np.int64, len(counts))
    rows = np.bincount(codes, weights=numbers, minlength=len(axis.hierarchy.rows)).astype(np.int64)
    low = axis.low
    while low < axis.high and _lonely(axis.hierarchy, low, rows, k) > allowed:
        low += 1
    return replace(axis, low=low, coding=_merged(axis.coding, axis.hierarchy, low))


def _lonely(hierarchy: Hierarchy, level: int, rows: Longs, k: int) -> int:
    """Rows in groups of fewer than ``k`` at ``level``."""
    sizes = np.bincount(_groups(hierarchy, level), weights=rows).astype(np.int64)
    return int(sizes[sizes < k].sum())


def _groups(hierarchy: Hierarchy, level: int) -> Longs:
    """The group number of every hierarchy row at ``level``, in order of first appearance."""
    if level == 0:
        return np.arange(len(hierarchy.rows), dtype=np.int64)
    labels = pa.array([row[level] for row in hierarchy.rows], pa.string())
    return np.asarray(labels.dictionary_encode().indices.to_numpy(), np.int64)


def _merged(coding: Coding, hierarchy: Hierarchy, level: int) -> Coding:
    """``coding`` with every code replaced by the first one of its group at ``level``."""
    if level == 0:
        return coding
    groups = _groups(hierarchy, level)
    first = np.unique(groups, return_index=True)[1][groups]
    return replace(coding, merge=first.astype(np.int32))
