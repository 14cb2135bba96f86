"""Multiply numbers by a factor near 1, but never nearer than ``least``: large values are hidden like small ones.

The factor is 1 ± e, either side alike, e uniform between ``least`` and ``most``: unbiased, and no value stays what it
was (Evans, Zayatz, Slanta 1998, Journal of Official Statistics 14(4)).  Zero stays zero.  No differential privacy."""

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
        Param("least", "number", "smallest relative change", default=0.05, least=0, most=0.99),
        Param("most", "number", "largest relative change", default=0.15, least=0.0001, most=0.99),
        UNFIT_PARAM,
    ),
    lambda params: "" if params["least"] < params["most"] else "Parameter 'least' must be below 'most'.",
)


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with noise, in the decimals it had."""
    given = SPEC.read(params)
    random = draw_for(context.key, "multiplicative-noise", given, {context.field: columns[context.field]})
    read = read_magnitudes(columns[context.field], field=context.field, unfit=given["unfit"])
    rows = read.values.size
    size = given["least"] + (given["most"] - given["least"]) * random.uniform(rows, 0)
    factor = 1 + np.where(random.uniform(rows, 1) < 0.5, -size, size)
    return write_magnitudes(read.values * factor, read.present, read.decimals)


TREATMENT = Treatment(
    name="multiplicative-noise",
    title_zh="乘性噪声",
    title_en="multiplicative noise",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example({}, ("3100", "5200.50", "12000", None, "-7", "0")),
        Example({"least": 0.2, "most": 0.4}, ("1000", "2000", None)),
    ),
)
