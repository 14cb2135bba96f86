"""Sum of squared errors record by record, over all numeric quasi-identifiers at once."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.numeric import farthest
from anonymizers.utility.tables import Tables


def record_error(made: Tables) -> float | None:
    """Σ over records of the standardised Euclidean distance to the farthest that was released, over what suppressing
    everything would give; None without numbers or paired rows.

    Source: Sánchez, Martínez, Domingo-Ferrer 2016, doi:10.1126/science.aad9295; as ARX's record-oriented error."""
    found, most = np.zeros(made.after), np.zeros(made.after)
    for one in made.generalised():
        if one.numbers is None:
            continue
        raw, away, worst = farthest(one)
        some = raw[~np.isnan(raw)]
        spread = float(some.std()) if some.size else 0.0
        if spread > 0:
            found += np.where(np.isnan(raw), 0.0, away / spread) ** 2
            most += np.where(np.isnan(raw), 0.0, worst / spread) ** 2
    total = float(np.sqrt(most).sum())
    return float(np.sqrt(found).sum()) / total if total > 0 else None


UTILITY = Utility(
    name="record-error",
    title_zh="平方误差(记录)",
    title_en="Squared error (record level)",
    scope=TABLE,
    take=record_error,
    paired=True,
    examples=(
        Example({"a": ("0", "5", "10")}, {"a": ("0", "5", "10")}, 0.0, paired=True),
        Example({"a": ("0", "5", "10")}, {"a": ("0-5", "0-5", "10")}, 10 / 25, paired=True),
        Example({"a": ("x", "y")}, {"a": ("x", "y")}, None, paired=True),
    ),
)
