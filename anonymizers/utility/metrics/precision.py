"""Generalisation intensity: how far up its hierarchy a cell went; 1 minus Sweeney's precision."""

from __future__ import annotations

from anonymizers.utility.column import Column
from anonymizers.utility.metric import CELLS, Example, Utility
from anonymizers.utility.tables import Tables, per_cell


def intensity(made: Tables, one: Column) -> float | None:
    """Mean level over height, 1 for suppressed cells; None for no rows.

    A label that the hierarchy has on several levels counts with the lowest that fits the whole column.
    Source: Sweeney 2002, doi:10.1142/S021848850200165X."""
    return per_cell(made, one, one.rank, 0.0) / made.after if made.after else None


AGES = (("20", "20-39", "*"), ("30", "20-39", "*"), ("40", "40-59", "*"))
UTILITY = Utility(
    name="precision",
    title_zh="泛化强度(1 − 精度)",
    title_en="Generalisation intensity (1 − precision)",
    scope=CELLS,
    take=intensity,
    examples=(
        Example({"a": ("20", "30", "40")}, {"a": ("20-39", "20-39", "40-59")}, 0.5, {"a": AGES}),
        Example({"a": ("20", "30", "40")}, {"a": ("20-39", "20-39", "*")}, 2 / 3, {"a": AGES}),
        Example({"a": ("20", "30")}, {"a": ("20", "30")}, 0.0),
    ),
)
