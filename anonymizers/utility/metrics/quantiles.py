"""How far the quantiles of a numeric column moved."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column, Floats
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def quantiles(made: Tables, one: Column) -> float | None:
    """Mean distance of the 5th, 25th, 50th, 75th and 95th percentile, by the range of both tables; None where a side
    has no cells.  A percentile is the least number at or below which that share of cells lies."""
    both = one.present()
    if both is None:
        return None
    assert one.numbers is not None
    used = np.flatnonzero((both[0] > 0) | (both[1] > 0))
    span = float(one.numbers[used[-1]] - one.numbers[used[0]])
    if span <= 0:
        return 0.0
    return min(float(np.abs(_at(both[0], one.numbers) - _at(both[1], one.numbers)).mean()) / span, 1.0)


def _at(mass: Floats, numbers: Floats) -> Floats:
    place = np.searchsorted(np.cumsum(mass), np.array(LEVELS) - 1e-9, side="left")
    return np.asarray(numbers[np.minimum(place, numbers.size - 1)], dtype=np.float64)


UTILITY = Utility(
    name="quantiles",
    title_zh="分位数偏移",
    title_en="Quantile shift",
    scope=FIELD,
    take=quantiles,
    symmetric=True,
    numeric=True,
    examples=(
        Example({"a": ("0", "10")}, {"a": ("0", "10")}, 0.0, field="a"),
        Example({"a": ("0", "0")}, {"a": ("10", "10")}, 1.0, field="a"),
        Example({"a": ("0", "0", "10", "10")}, {"a": ("0", "10", "10", "10")}, 0.2, field="a"),
    ),
)
