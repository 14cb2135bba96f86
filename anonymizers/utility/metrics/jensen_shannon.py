"""Jensen-Shannon divergence of a column before and after."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column, Floats
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables


def jensen_shannon(made: Tables, one: Column) -> float | None:
    """Bits, from 0 to 1, over the domain and missing; None where a side has no rows.

    Source: Lin 1991, doi:10.1109/18.61115."""
    if not made.before or not made.after:
        return None
    first, second = one.masses()
    middle = (first + second) / 2.0
    return min(max((_bits(first, middle) + _bits(second, middle)) / 2.0, 0.0), 1.0)


def _bits(mass: Floats, against: Floats) -> float:
    some = mass > 0
    return float(mass[some] @ np.log2(mass[some] / against[some]))


UTILITY = Utility(
    name="jensen-shannon",
    title_zh="JS 散度",
    title_en="Jensen-Shannon divergence",
    scope=FIELD,
    take=jensen_shannon,
    symmetric=True,
    examples=(
        Example({"a": ("x", "x")}, {"a": ("y", "y")}, 1.0, field="a"),
        Example({"a": ("x", "y")}, {"a": ("y", "x")}, 0.0, field="a"),
        Example({"a": ("x", "x", "y", "y")}, {"a": ("x", "x", "x", "x")}, 0.311278124459133, field="a"),
    ),
)
