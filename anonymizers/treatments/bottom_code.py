"""Say only "less than" of numbers below a threshold: incomes under 1000 become <1000."""

from __future__ import annotations

import pyarrow as pa

from anonymizers.distinct import UNFIT, UNFIT_PARAM, Changed, over_fitting
from anonymizers.numbers import exact, plain, read_number
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

SPEC = Spec(
    (
        Param("at", "number", "numbers below this are coded; the number itself is not"),
        Param("label", "text", "what they become; by default the number after a less-than sign", default=""),
        UNFIT_PARAM,
    )
)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Numbers below the threshold replaced by the label, all others as they are."""
    given = SPEC.read(params)
    threshold = exact(given["at"])
    label = given["label"] or f"<{plain(threshold)}"

    def one(value: str) -> Changed:
        if value == label:
            return value
        number = read_number(value)
        if number is None:
            return UNFIT
        return label if number < threshold else value

    return over_fitting(
        array, lambda values: [one(v) for v in values], field=context.field, wanted="numbers", unfit=given["unfit"]
    )


TREATMENT = Treatment(
    name="bottom-code",
    title_zh="底端编码",
    title_en="bottom-code",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    partial=True,
    examples=(
        Example({"at": 1000}, ("999.99", "1000", None, "-5"), ("<1000", "1000", None, "<1000")),
        Example({"at": 18, "label": "未成年"}, ("17", "18"), ("未成年", "18")),
    ),
)
