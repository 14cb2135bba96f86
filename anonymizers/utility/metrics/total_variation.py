"""Total variation distance of a column before and after."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables


def total_variation(made: Tables, one: Column) -> float | None:
    """Half of Σ |p − q| over the domain and missing; None where a side has no rows."""
    if not made.before or not made.after:
        return None
    first, second = one.masses()
    return min(float(np.abs(first - second).sum()) / 2.0, 1.0)


UTILITY = Utility(
    name="total-variation",
    title_zh="总变差距离",
    title_en="Total variation",
    scope=FIELD,
    take=total_variation,
    symmetric=True,
    examples=(
        Example({"a": ("x", "x", "y", "y")}, {"a": ("x", "x", "x", "y")}, 0.25, field="a"),
        Example({"a": ("1", "1", "1", "2")}, {"a": ("1-2", "1-2", "1-2", "1-2")}, 0.25, field="a"),
        Example({"a": ("x", "x", "x", "y")}, {"a": ("*", "*", "*", "*")}, 0.25, field="a"),
    ),
)
