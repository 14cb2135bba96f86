"""Round numbers to one of the two neighbouring multiples of a base, up with the probability that keeps the mean.

Unbiased (Willenborg, de Waal 2001, Elements of Statistical Disclosure Control, 5.4.3); the draw is keyed, so a value
rounds the same way each time the same table is treated, but not in each of its rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from anonymizers.distinct import UNFIT_PARAM
from anonymizers.draw import draw_for
from anonymizers.magnitudes import read_magnitudes, write_magnitudes
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

SPEC = Spec(
    (Param("base", "number", "numbers become multiples of this"), UNFIT_PARAM),
    lambda params: "" if params["base"] > 0 else "Parameter 'base' must be above 0.",
)


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column rounded; a multiple of the base stays as it is."""
    given = SPEC.read(params)
    base = float(given["base"])
    random = draw_for(context.key, "random-round", given, {context.field: columns[context.field]})
    read = read_magnitudes(columns[context.field], field=context.field, unfit=given["unfit"])
    steps = np.round(read.values / base, 9)
    down = np.floor(steps)
    up = random.uniform(steps.size, 0) < steps - down
    decimals = len(str(given["base"]).partition(".")[2].rstrip("0"))
    return write_magnitudes((down + up) * base, read.present, min(decimals, 9))


TREATMENT = Treatment(
    name="random-round",
    title_zh="随机取整",
    title_en="random rounding",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example({"base": 5}, ("3", "5", "12", None, "-7", "0")),
        Example({"base": 0.5}, ("1.25", "1.5", None)),
    ),
)
