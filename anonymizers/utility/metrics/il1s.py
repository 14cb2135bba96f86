"""IL1s: how far released numbers lie from the original ones, in standard deviations."""

from __future__ import annotations

import math

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.numeric import raw_numbers, treated_numbers
from anonymizers.utility.tables import Tables


def il1s(made: Tables) -> float | None:
    """Mean over cells of |x − x'| / (√2 s), s the sample standard deviation of the raw column; a label counts with the
    mean of what it may be.  None without numbers that vary, or paired rows.  sdcMicro's ``dUtility(method = "IL1")``
    multiplies by √2 where the paper divides: it prints exactly twice this.

    Source: Yancey, Winkler, Creecy 2002, doi:10.1007/3-540-47804-3_11; Mateo-Sanz et al. 2004."""
    total, cells = 0.0, 0
    for one in made.numeric():
        raw, treated = raw_numbers(one), treated_numbers(one)
        some = raw[~np.isnan(raw)]
        spread = float(some.std(ddof=1)) if some.size > 1 else 0.0
        if spread > 0:
            total += float(np.nansum(np.abs(raw - treated))) / (math.sqrt(2.0) * spread)
            cells += raw.size
    return total / cells if cells else None


UTILITY = Utility(
    name="il1s",
    title_zh="IL1s",
    title_en="IL1s",
    scope=TABLE,
    take=il1s,
    within=(0.0, None),
    paired=True,
    examples=(
        Example({"a": ("0", "2")}, {"a": ("0", "2")}, 0.0, paired=True),
        Example({"a": ("0", "2")}, {"a": ("1", "1")}, 0.5, paired=True),
        Example({"a": ("x", "y")}, {"a": ("x", "y")}, None, paired=True),
    ),
)
