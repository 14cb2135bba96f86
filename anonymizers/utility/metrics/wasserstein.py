"""Earth mover's distance (1-Wasserstein) of a numeric column before and after."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.column import Column
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables


def wasserstein(made: Tables, one: Column) -> float | None:
    """∫ |F − G| over present cells, by the range of both together: 1 is everything moved from one end to the other;
    None where a side has no cells."""
    both = one.present()
    if both is None:
        return None
    assert one.numbers is not None
    used = np.flatnonzero((both[0] > 0) | (both[1] > 0))
    span = float(one.numbers[used[-1]] - one.numbers[used[0]])
    if span <= 0:
        return 0.0
    apart = np.abs(np.cumsum(both[0] - both[1]))[:-1]
    return min(float(apart @ np.diff(one.numbers)) / span, 1.0)


UTILITY = Utility(
    name="wasserstein",
    title_zh="推土机距离",
    title_en="Earth mover's distance",
    scope=FIELD,
    take=wasserstein,
    symmetric=True,
    numeric=True,
    examples=(
        Example({"a": ("0", "0")}, {"a": ("10", "10")}, 1.0, field="a"),
        Example({"a": ("0", "10")}, {"a": ("0", "5")}, 0.25, field="a"),
        Example({"a": ("0", "10")}, {"a": ("0-10", "0-10")}, 0.0, field="a"),
    ),
)
