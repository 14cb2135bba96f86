"""Non-uniform entropy: how surprising the original value is to who sees the released one."""

from __future__ import annotations

import numpy as np

from anonymizers.hierarchy import MISSING
from anonymizers.utility.column import Column, Floats
from anonymizers.utility.metric import CELLS, Example, Utility
from anonymizers.utility.tables import Tables


def entropy(made: Tables, one: Column) -> float | None:
    """Bits over all rows: Σ log2(raw rows that the label covers / raw rows of the value).  A suppressed cell covers all
    rows; a suppressed row also costs the entropy of what was lost with it at the level of its column, as in ARX
    (non-monotonic variant).  Summed over fields.  None for no rows, or unpaired ones.

    Source: De Waal, Willenborg 1999; Prasser, Bild, Kuhn 2016, doi:10.3233/978-1-61499-678-1-312."""
    if not made.after:
        return None
    rows = np.append(one.counts_before(), float(one.missing()[0]))
    total = rows.sum()
    covered = np.append(_covered(one, rows), total)
    covered[:-1][one.starred] = total
    value, label, lost = one.before, one.after, made.lost
    cost = np.log2(np.maximum(covered[label], 1.0) / np.maximum(rows[value], 1.0))
    bare = (label < 0) & (value < 0)
    cost[bare] = 0.0
    outside = ~_inside(one) & ~bare
    cost[outside] = np.log2(total / rows[value[outside]])
    if lost.any():
        cost[lost] = _of_lost(one, rows, value[lost])
    return max(float(cost.sum()), 0.0)


def _covered(one: Column, rows: Floats) -> Floats:
    upto = np.concatenate(([0.0], np.cumsum(rows[:-1])))
    each = upto[one.reach.high] - upto[one.reach.low]
    return np.bincount(one.reach.of, weights=each, minlength=len(one.labels)).astype(float)


def _inside(one: Column) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows hold a raw value that their label covers."""
    size = len(one.domain) + 1
    single = one.reach.high - one.reach.low == 1
    known = one.reach.of[single] * size + one.reach.low[single]
    pair = one.after.astype(np.int64) * size + one.before
    low, high = np.zeros(len(one.labels) + 1, np.int64), np.zeros(len(one.labels) + 1, np.int64)
    low[one.reach.of[~single]], high[one.reach.of[~single]] = one.reach.low[~single], one.reach.high[~single]
    wide = (one.before >= low[one.after]) & (one.before < high[one.after])
    star = np.append(one.starred, True)[one.after]
    some, inverse = np.unique(pair, return_inverse=True)
    return np.asarray(wide | star | np.isin(some, known)[inverse], dtype=bool)


def _of_lost(one: Column, rows: Floats, value: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Floats:
    """What the suppressed rows cost: at the level of their column, and the entropy of what they held there."""
    kept = one.rank[~one.starred]
    if one.tree is None or not kept.size or np.ptp(kept) > 0:
        return np.asarray(np.log2(rows.sum() / rows[value]), dtype=np.float64)
    level = round(float(kept[0]) * (one.tree.height - 1))
    groups: dict[str, int] = {}
    path = {row[0]: row[level] for row in one.tree.rows}
    texts = [*one.domain, MISSING]
    group = np.array([groups.setdefault(path.get(text, text), len(groups)) for text in texts], dtype=np.int64)
    covered = np.bincount(group, weights=rows, minlength=len(groups))
    gone = np.bincount(group[value], minlength=len(groups)).astype(float)
    return np.asarray(
        np.log2(covered[group[value]] / rows[value]) + np.log2(value.size / gone[group[value]]), dtype=np.float64
    )


TREE = (("1", "x"), ("2", "x"), ("3", "y"), ("4", "y"))
UTILITY = Utility(
    name="non-uniform-entropy",
    title_zh="非均匀熵(比特)",
    title_en="Non-uniform entropy (bits)",
    scope=CELLS,
    take=entropy,
    within=(0.0, None),
    paired=True,
    together="sum",
    examples=(
        Example({"a": ("1", "2", "3", "3")}, {"a": ("x", "x", "y", "y")}, 2.0, {"a": TREE}, paired=True),
        Example({"a": ("1", "2", "3", "4")}, {"a": ("*", "*", "*", "*")}, 8.0, paired=True),
        Example({"a": ("1", "2")}, {"a": ("1", "2")}, 0.0, paired=True),
    ),
)
