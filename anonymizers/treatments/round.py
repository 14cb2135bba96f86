"""Round numbers to a multiple of a base, ties to the even multiple, in decimal arithmetic.

A rounded number is no longer exactly true; where that matters use intervals."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import pyarrow as pa

from anonymizers.distinct import UNFIT, UNFIT_PARAM, Changed, over_fitting
from anonymizers.numbers import exact, plain, read_number
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

_DIGITS = 200

SPEC = Spec(
    (Param("base", "number", "numbers become multiples of this"), UNFIT_PARAM),
    lambda params: "" if params["base"] > 0 else "Parameter 'base' must be above 0.",
)


def nearest(number: Decimal, base: Decimal) -> Decimal:
    """The multiple of ``base`` nearest to ``number``, the even one on a tie."""
    with localcontext() as context:
        context.prec = _DIGITS
        return (number / base).to_integral_value(ROUND_HALF_EVEN) * base


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every number rounded."""
    given = SPEC.read(params)
    base = exact(given["base"])

    def one(value: str) -> Changed:
        number = read_number(value)
        return UNFIT if number is None else plain(nearest(number, base))

    return over_fitting(
        array, lambda values: [one(v) for v in values], field=context.field, wanted="numbers", unfit=given["unfit"]
    )


TREATMENT = Treatment(
    name="round",
    title_zh="取整",
    title_en="round",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    truthful=False,
    partial=True,
    examples=(
        Example({"base": 100}, ("149", "150", "250", "-1", None), ("100", "200", "200", "0", None)),
        Example({"base": 0.1}, ("1.25", "1.35", "2"), ("1.2", "1.4", "2")),
    ),
)
