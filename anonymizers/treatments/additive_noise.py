"""Add normal noise of a share of the column's standard deviation.

A statistical disclosure control method (Kim 1986; Brand 2002), no differential privacy: it bounds nothing about one
person.  Outliers stay outliers; treat them with ``top-code``, or use ``multiplicative-noise`` or ``rank-swap``."""

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
        Param("scale", "number", "standard deviation of the noise, as a share of the column's", least=0.001, most=10),
        Param("least", "number", "results below become this", default=None),
        Param("most", "number", "results above become this", default=None),
        UNFIT_PARAM,
    )
)


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with noise, in the decimals it had.  A column of one value has no deviation and stays."""
    given = SPEC.read(params)
    random = draw_for(context.key, "additive-noise", given, {context.field: columns[context.field]})
    read = read_magnitudes(columns[context.field], field=context.field, unfit=given["unfit"])
    deviation = float(read.values[read.present].std()) if read.present.any() else 0.0
    noisy = read.values + given["scale"] * deviation * random.normal(read.values.size, 0)
    if given["least"] is not None:
        noisy = np.maximum(noisy, given["least"])
    if given["most"] is not None:
        noisy = np.minimum(noisy, given["most"])
    return write_magnitudes(noisy, read.present, read.decimals)


TREATMENT = Treatment(
    name="additive-noise",
    title_zh="加性噪声",
    title_en="additive noise",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example({"scale": 0.5}, ("3100", "5200.5", "12000", None, "-7", "0")),
        Example({"scale": 0.1, "least": 0}, ("1.25", "2.50", "3.00", None)),
    ),
)
