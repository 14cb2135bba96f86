"""Discernibility: every row costs the rows that it cannot be told from."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.tables import Tables


def discernibility(made: Tables) -> float | None:
    """Σ over classes of rows², and of suppressed rows times all rows.

    Source: Bayardo, Agrawal 2005, doi:10.1109/ICDE.2005.42."""
    sizes = made.sizes.astype(np.float64)
    return float(sizes @ sizes) + float(made.lost.sum()) * made.after


UTILITY = Utility(
    name="discernibility",
    title_zh="可辨别性",
    title_en="Discernibility",
    scope=TABLE,
    take=discernibility,
    within=(0.0, None),
    zero=False,
    examples=(
        Example({"a": ("1", "2", "3", "4", "5")}, {"a": ("x", "x", "y", "y", "*")}, 13.0),
        Example({"a": ("1", "2")}, {"a": ("1", "2")}, 2.0),
    ),
)
