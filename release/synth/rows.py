"""Rows from a model: field by field along the tree, each table filled with whole numbers instead of drawn at random.

What a reader would get wrong: drawing rows one by one would add the noise of a sample to the error of the model.  Here
the rows that agree in the fields before are dealt out to the values of the next one by rounding, and what rounding
takes from a table in one place it gives back in the next.  Nothing here sees data, so nothing here costs budget.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.draw import Draw
from release.synth.model import Floats, Model, summed

Ints = NDArray[np.int64]

GOLDEN = 0.6180339887498949
OWED = 1.0  # how much what a table is owed counts beside the cell itself
STREAMS = 4  # of draws, a field


def rows_of(model: Model, count: int, draw: Draw) -> Ints:
    """``count`` rows as codes, int64 of shape (count, fields), in random order.

    Every table of the tree is kept to within rounding.  ``draw`` decides ties and pairings only."""
    codes = np.zeros((count, len(model.sizes)), dtype=np.int64)
    filled: list[int] = []
    for clique, table in zip(model.tree.cliques, model.tables, strict=True):
        before = [f for f in clique if f in filled]
        for field in (f for f in clique if f not in filled):
            kept = tuple(sorted((*before, field)))
            marginal = np.moveaxis(summed(table, clique, kept), kept.index(field), -1)
            others = [f for f in filled if f not in before]
            codes[:, field] = _column(codes, sorted(before), others, marginal, draw, STREAMS * field)
            before.append(field)
            filled.append(field)
    return codes[draw.order(count, STREAMS * len(model.sizes))]


def _column(
    codes: Ints, before: Sequence[int], others: Sequence[int], marginal: Floats, draw: Draw, stream: int
) -> Ints:
    """The next field of every row, given the fields ``before``; spread evenly over the ``others``."""
    shape, width = marginal.shape[:-1], marginal.shape[-1]
    rows = len(codes)
    flat = np.ravel_multi_index(tuple(codes[:, f] for f in before), shape) if before else np.zeros(rows, np.int64)
    groups, group, sizes = np.unique(flat, return_inverse=True, return_counts=True)
    wide = np.maximum(marginal.reshape(-1, width), 0.0)[groups]
    sums = wide.sum(axis=1, keepdims=True)
    common = marginal.reshape(-1, width).sum(axis=0)
    wanted = np.where(sums > 0, wide, np.maximum(common, 0.0))
    wanted *= sizes[:, None] / wanted.sum(axis=1, keepdims=True)
    places = np.stack(np.unravel_index(groups, shape)) if before else np.zeros((0, len(groups)), np.int64)
    cells = whole(wanted, sizes, places, shape)
    order = _spread_out(codes, group, others, draw, stream)
    found = np.empty(rows, dtype=np.int64)
    found[order] = np.repeat(np.tile(np.arange(width), len(groups)), cells.reshape(-1))
    return found


def whole(wanted: Floats, sizes: Ints, places: Ints, shape: Sequence[int]) -> Ints:
    """Whole numbers next to ``wanted`` (groups, values) whose lines sum to ``sizes`` exactly.

    Which of a line are rounded up is told by the fractions and by what the tables of the value with each field before
    (``places``: fields × groups, values within ``shape``) are still owed, so that these are kept too."""
    low = np.floor(wanted + 1e-9)
    part = np.maximum(wanted - low, 0.0)
    ups = (sizes - low.sum(axis=1)).astype(np.int64)
    low = low.astype(np.int64)
    owed = [np.zeros((size, wanted.shape[1])) for size in shape] or [np.zeros((1, wanted.shape[1]))]
    where = places if len(places) else np.zeros((1, len(sizes)), np.int64)
    for line in range(len(sizes)):
        due = [table[place] for table, place in zip(owed, where[:, line], strict=True)]
        if ups[line]:
            score = part[line] + OWED * sum(due)
            score[part[line] <= 0] = -np.inf
            most = np.argpartition(-score, ups[line] - 1)[: ups[line]] if ups[line] < len(score) else slice(None)
            low[line, most] += 1
            gone = part[line].copy()
            gone[most] -= 1.0
            for one in due:
                one += gone
    return low


def _spread_out(codes: Ints, group: Ints, others: Sequence[int], draw: Draw, stream: int) -> Ints:
    """Row numbers group by group, in an order in which rows that agree in ``others`` lie far apart."""
    ties = draw.bits(len(codes), stream)
    turns = draw.order(len(others), stream + 1).tolist() if others else []
    ranked = np.lexsort((ties, *(codes[:, others[t]] for t in turns), group))
    first = np.concatenate([[0], np.cumsum(np.bincount(group))])[group[ranked]]
    within = np.arange(len(codes)) - first
    start = draw.uniform(int(group.max(initial=0)) + 1, stream + 2)[group[ranked]]
    key = np.mod(within * GOLDEN + start, 1.0)
    return ranked[np.lexsort((key, group[ranked]))]
