"""Round numbers to neighbouring multiples of a base so that totals stay within one base of the truth.

Every number goes to one of its two neighbours, without bias; the sum of the column, and of every group of ``within``,
moves by less than one base (two for a group).  One-dimensional controlled rounding (Cox, Ernst 1982; the cumulative
sums of Fellegi 1975) over a keyed random order.  Tables with two margins need the solver of ``sluice aggregate``."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from anonymizers.distinct import UNFIT_PARAM
from anonymizers.draw import draw_for
from anonymizers.magnitudes import read_magnitudes, write_magnitudes
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

SPEC = Spec(
    (
        Param("base", "number", "numbers become multiples of this"),
        Param("within", "text", "field whose groups keep their totals as well", default=""),
        UNFIT_PARAM,
    ),
    lambda params: "" if params["base"] > 0 else "Parameter 'base' must be above 0.",
)


def reads(params: Params) -> tuple[str, ...]:
    """The grouping field."""
    within = params.get("within", "")
    return (within,) if within else ()


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column rounded, its cumulative sums (from a random start, in a random order) rounded and differenced."""
    given = SPEC.read(params)
    base = float(given["base"])
    random = draw_for(context.key, "controlled-round", given, {context.field: columns[context.field]})
    read = read_magnitudes(columns[context.field], field=context.field, unfit=given["unfit"])
    steps = np.round(read.values / base, 9)
    down = np.floor(steps)
    rows = np.flatnonzero(read.present)
    order = rows[random.order(rows.size, 0)]
    if given["within"]:
        groups = columns[given["within"]].dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
        order = order[np.argsort(groups[order], kind="stable")]
    parts = np.rint((steps - down)[order] * 1e9).astype(np.int64)
    start = int(random.uniform(1, 1)[0] * 1e9)
    reached = (start + np.cumsum(parts)) // 10**9
    up = np.zeros(steps.size)
    up[order] = np.diff(reached, prepend=0)
    decimals = len(str(given["base"]).partition(".")[2].rstrip("0"))
    return write_magnitudes((down + up) * base, read.present, min(decimals, 9))


TREATMENT = Treatment(
    name="controlled-round",
    title_zh="受控取整",
    title_en="controlled rounding",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example({"base": 5}, ("3", "5", "12", None, "-7", "0", "2", "4")),
        Example({"base": 10, "within": "g"}, ("3", "4", "6", None, "8"), beside={"g": ("a", "a", "b", "b", None)}),
    ),
)
