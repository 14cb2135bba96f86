"""Exchange values with rows whose value is near in rank: the column keeps exactly its values, none stays in its row.

Rows in order of their values (numbers by size, other texts by code point, ties at random) are cut into windows of
``percent`` of the rows, from a random start; inside a window the values move round in a random cycle, so nothing moves
further than the window (rank swapping, Moore 1996, US Bureau of the Census; pairs there, cycles here, which leave no
odd row out).  Correlations with other columns weaken; ``data-shuffle`` keeps them better.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.draw import draw_for
from anonymizers.magnitudes import SHAPE
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

SPEC = Spec((Param("percent", "number", "width of a window in per cent of the rows", default=5, least=0.01, most=100),))


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with its values moved; missing cells stay where they are."""
    given = SPEC.read(params)
    random = draw_for(context.key, "rank-swap", given, {context.field: columns[context.field]})
    column = columns[context.field].cast(pa.string())
    rows = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    count = rows.size
    if count < 2:
        return column
    ranked = rows[_order(column.take(pa.array(rows)), random.bits(count, 0))]
    window = max(int(np.ceil(count * given["percent"] / 100)), 2)
    first = int(random.uniform(1, 1)[0] * window) if count > window else 0
    block = (np.arange(count) + first) // window
    if count > 1 and block[-1] != block[-2]:
        block[-1] = block[-2]
    if block[0] != block[1]:
        block[0] = block[1]
    cycle = np.lexsort((random.bits(count, 2), block))
    starts = np.flatnonzero(np.diff(block[cycle], prepend=-1))
    following = np.roll(cycle, -1)
    following[np.append(starts[1:], count) - 1] = cycle[starts]
    source = np.arange(len(column))
    source[ranked[cycle]] = ranked[following]
    return column.take(pa.array(source))


def _order(values: pa.Array, ties: np.ndarray) -> np.ndarray:
    """Positions by value, then by ``ties``."""
    if pc.all(pc.match_substring_regex(values, SHAPE)).as_py():
        keys = pc.cast(pc.replace_substring_regex(pc.utf8_trim_whitespace(values), r"^\+", ""), pa.float64())
        return np.lexsort((ties, keys.to_numpy(zero_copy_only=False)))
    ranks = pc.rank(values, sort_keys="ascending", tiebreaker="dense").to_numpy(zero_copy_only=False)
    return np.lexsort((ties, ranks))


TREATMENT = Treatment(
    name="rank-swap",
    title_zh="秩交换",
    title_en="rank swapping",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    keyed=True,
    truthful=False,
    keeps_counts=True,
    examples=(
        Example({"percent": 50}, ("3", "5", "12", None, "-7", "0", "2", "4")),
        Example({}, ("甲", "乙", None, "丙")),
    ),
)
