"""Kolmogorov-Smirnov distance of a numeric column before and after."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables


def kolmogorov_smirnov(made: Tables, one: Column) -> float | None:
    """Greatest difference of the two distribution functions over present cells; None where a side has none."""
    both = one.present()
    if both is None:
        return None
    assert one.numbers is not None
    last = np.append(one.numbers[1:] != one.numbers[:-1], True)  # two spellings of one number are one step
    return min(float(np.abs(np.cumsum(both[0] - both[1]))[last].max()), 1.0)


UTILITY = Utility(
    name="kolmogorov-smirnov",
    title_zh="KS 距离",
    title_en="Kolmogorov-Smirnov",
    scope=FIELD,
    take=kolmogorov_smirnov,
    symmetric=True,
    numeric=True,
    examples=(
        Example({"a": ("1", "2", "3", "4")}, {"a": ("3", "4", "3", "4")}, 0.5, field="a"),
        Example({"a": ("1", "2", "3", "4")}, {"a": ("1-2", "1-2", "3-4", "3-4")}, 0.0, field="a"),
        Example({"a": ("x", "y")}, {"a": ("x", "y")}, None, field="a"),
    ),
)
