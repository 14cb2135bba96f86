"""Granularity: the part of its domain that a released cell may be.  ARX's "Loss"; Iyengar 2002."""

from __future__ import annotations

from anonymizers.utility.column import Column
from anonymizers.utility.metric import CELLS, Example, Utility
from anonymizers.utility.tables import Tables, per_cell


def granularity(made: Tables, one: Column) -> float | None:
    """Mean share of the domain, 0 for original values and 1 for a column that says nothing; None for no rows.

    Source: Iyengar 2002, doi:10.1145/775047.775089; normalised as ARX does, the domain being what the hierarchy lists.
    """
    if not made.after:
        return None
    domain = len(one.tree.rows) if one.tree is not None else len(one.domain)
    if domain <= 1:
        return float(made.lost.mean()) if made.lost.any() else 0.0
    least = 1.0 / domain
    mean = per_cell(made, one, one.share, least) / made.after
    return min(max((mean - least) / (1.0 - least), 0.0), 1.0)


AGES = (("20", "20-39", "*"), ("30", "20-39", "*"), ("40", "40-59", "*"), ("50", "40-59", "*"))
UTILITY = Utility(
    name="granularity",
    title_zh="粒度损失",
    title_en="Granularity (loss)",
    scope=CELLS,
    take=granularity,
    examples=(
        Example({"a": ("20", "30", "40", "50")}, {"a": ("20", "30", "40", "50")}, 0.0, {"a": AGES}),
        Example({"a": ("20", "30", "40", "50")}, {"a": ("20-39", "20-39", "40-59", "*")}, 0.5, {"a": AGES}),
        Example({"a": ("20", "30", "40", "50")}, {"a": ("*", "*", "*", "*")}, 1.0, {"a": AGES}),
    ),
)
