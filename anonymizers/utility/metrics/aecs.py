"""Average equivalence class size."""

from __future__ import annotations

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.tables import Tables


def aecs(made: Tables) -> float | None:
    """Rows by classes, suppressed rows being one class more; None for no rows.

    Source: LeFevre, DeWitt, Ramakrishnan 2006, doi:10.1109/ICDE.2006.101; suppression as ARX counts it."""
    classes = made.sizes.size + bool(made.lost.any())
    return made.after / classes if classes else None


UTILITY = Utility(
    name="aecs",
    title_zh="平均等价类大小",
    title_en="Average class size",
    scope=TABLE,
    take=aecs,
    within=(1.0, None),
    zero=False,
    examples=(
        Example({"a": ("1", "2", "3", "4")}, {"a": ("x", "x", "y", "y")}, 2.0),
        Example({"a": ("1", "2", "3", "4")}, {"a": ("x", "x", "*", "*")}, 2.0),
        Example({"a": ()}, {"a": ()}, None),
    ),
)
