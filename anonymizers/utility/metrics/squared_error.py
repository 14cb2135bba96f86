"""Squared error of a numeric column, cell by cell: how far a released number may lie from the original."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column
from anonymizers.utility.metric import CELLS, Example, Utility
from anonymizers.utility.numeric import farthest
from anonymizers.utility.tables import Tables


def squared_error(made: Tables, one: Column) -> float | None:
    """Σ of squared distances to the farther end of what was released, over what suppressing everything would give; None
    for no numbers or unpaired rows.  As ARX's attribute-oriented squared error."""
    raw, found, most = farthest(one)
    some = ~np.isnan(raw)
    worst = float((most[some] ** 2).sum())
    if not some.any():
        return None
    return float((found[some] ** 2).sum()) / worst if worst > 0 else 0.0


UTILITY = Utility(
    name="squared-error",
    title_zh="平方误差(字段)",
    title_en="Squared error (attribute level)",
    scope=CELLS,
    take=squared_error,
    numeric=True,
    paired=True,
    examples=(
        Example({"a": ("0", "5", "10")}, {"a": ("0", "5", "10")}, 0.0, paired=True),
        Example({"a": ("0", "5", "10")}, {"a": ("0-5", "0-5", "10")}, 50 / 225, paired=True),
        Example({"a": ("0", "5", "10")}, {"a": ("*", "*", "*")}, 1.0, paired=True),
    ),
)
