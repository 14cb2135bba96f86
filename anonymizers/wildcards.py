"""k of a table whose missing cells match every value, as statistical disclosure control counts it.

A row matches another where, field by field, they hold the same value or one of the two cells is missing.  Counted pair
by pair over the distinct tuples of the written bytes: plain, and nothing is shared with what suppressed the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.duck import identifier
from anonymizers.sample import Sample

BLOCK_PAIRS = 1 << 22

Ints = NDArray[np.int32]


def least_match(sample: Sample, fields: Sequence[str]) -> int:
    """The fewest rows that a row of ``sample`` may be taken for, itself included; 0 where there are no rows.

    The work is the distinct tuples times those among them with a missing cell.  Source: Hundepool et al. 2012,
    Statistical disclosure control, section 3.2; doi:10.1002/9781118348239."""
    names = [identifier(name) for name in fields]
    inside = sample.inside(fields)
    tuples = f"SELECT {', '.join(names)}, count(*)::BIGINT AS __rows {inside} GROUP BY ALL"
    codes = [
        f"(CASE WHEN {name} IS NULL THEN 0 ELSE dense_rank() OVER (ORDER BY {name}) END)::INTEGER AS c{place}"
        for place, name in enumerate(names)
    ]
    *columns, rows = sample.arrays(f"SELECT {', '.join(codes)}, __rows FROM ({tuples})")
    matched = _matched([np.ascontiguousarray(column, dtype=np.int32) for column in columns], rows.astype(np.float64))
    return int(matched.min()) if matched.size else 0


def _matched(columns: Sequence[Ints], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows that match each tuple; 0 stands for a missing cell."""
    wild = np.zeros(rows.size, dtype=bool)
    for column in columns:
        wild |= column == 0
    total = rows.copy()
    numbers = np.flatnonzero(wild)
    block = max(BLOCK_PAIRS // max(rows.size, 1), 1)
    for start in range(0, numbers.size, block):
        mine = numbers[start : start + block]
        match = np.ones((mine.size, rows.size), dtype=bool)
        for column in columns:
            own = column[mine][:, None]
            match &= (own == column) | (own == 0) | (column == 0)
        total[mine] = match @ rows
        others = rows[mine] @ match
        total[~wild] += others[~wild]
    return total
