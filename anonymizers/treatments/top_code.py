"""Say only "so much or more" of numbers from a threshold on: ages of 90 and above become 90+."""

from __future__ import annotations

import pyarrow as pa

from anonymizers.distinct import UNFIT, UNFIT_PARAM, Changed, over_fitting
from anonymizers.numbers import exact, plain, read_number
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

SPEC = Spec(
    (
        Param("at", "number", "numbers from here on are coded"),
        Param("label", "text", "what they become; by default the number with a plus", default=""),
        UNFIT_PARAM,
    )
)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Numbers at or above the threshold replaced by the label, all others as they are."""
    given = SPEC.read(params)
    threshold = exact(given["at"])
    label = given["label"] or f"{plain(threshold)}+"

    def one(value: str) -> Changed:
        if value == label:
            return value
        number = read_number(value)
        if number is None:
            return UNFIT
        return label if number >= threshold else value

    return over_fitting(
        array, lambda values: [one(v) for v in values], field=context.field, wanted="numbers", unfit=given["unfit"]
    )


TREATMENT = Treatment(
    name="top-code",
    title_zh="顶端编码",
    title_en="top-code",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    partial=True,
    examples=(
        Example({"at": 90}, ("89", "90", "104", None, "90+"), ("89", "90+", "90+", None, "90+")),
        Example({"at": 0.5, "label": "high"}, ("0.49", "0.50", "-3"), ("0.49", "high", "-3")),
        Example({"at": 90, "unfit": "suppress"}, ("old", "91"), (None, "90+")),
    ),
)
