"""Missings: how many more cells say nothing than before."""

from __future__ import annotations

from anonymizers.utility.column import Column
from anonymizers.utility.metric import FIELD, Example, Utility
from anonymizers.utility.tables import Tables


def missings(made: Tables, one: Column) -> float | None:
    """Share of treated cells that are missing or ``*``, less the share missing before; None for no rows."""
    if not made.after:
        return None
    gone, blank = one.missing()
    silent = blank + float(one.counts_after()[one.starred].sum())
    return max(silent / made.after - gone / max(made.before, 1), 0.0)


UTILITY = Utility(
    name="missings",
    title_zh="新增缺失",
    title_en="Missings",
    scope=FIELD,
    take=missings,
    examples=(
        Example({"a": ("1", "2", "3", None)}, {"a": ("1", "*", None, None)}, 0.5, field="a"),
        Example({"a": ("1", None)}, {"a": ("1", None)}, 0.0, field="a"),
    ),
)
