"""Mean difference of Pearson's correlations of numeric columns."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.numeric import correlations
from anonymizers.utility.tables import Tables


def difference(made: Tables) -> float | None:
    """Mean over pairs of |r − r'| / 2; None for fewer than two numeric columns that vary."""
    found = correlations(made)
    if found is None:
        return None
    above = np.triu_indices(len(found[0]), 1)
    return float(np.abs(found[1] - found[2])[above].mean()) / 2.0


UTILITY = Utility(
    name="correlation",
    title_zh="相关系数差",
    title_en="Correlation difference",
    scope=TABLE,
    take=difference,
    examples=(
        Example({"a": ("0", "0", "2", "2"), "b": ("0", "2", "0", "2")},
                {"a": ("0", "0", "2", "2"), "b": ("0", "0", "2", "2")}, 0.5),
        Example({"a": ("0", "1"), "b": ("x", "y")}, {"a": ("0", "1"), "b": ("x", "y")}, None),
    ),
)  # fmt: skip
