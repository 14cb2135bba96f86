"""Keep only the year of a date; years before ``floor`` become one group, since a birth year can tell a high age."""

from __future__ import annotations

import pyarrow as pa

from anonymizers.dates import read_date
from anonymizers.distinct import UNFIT, UNFIT_PARAM, Changed, over_fitting
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

SPEC = Spec(
    (
        Param("floor", "integer", "earlier years become one group", default=0, least=0, most=9999),
        UNFIT_PARAM,
    )
)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every ISO date or date and time replaced by its year."""
    given = SPEC.read(params)
    floor = given["floor"]

    def one(value: str) -> Changed:
        day = read_date(value)
        if day is None:
            return UNFIT
        return f"<{floor:04d}" if day.year < floor else f"{day.year:04d}"

    return over_fitting(
        array, lambda values: [one(v) for v in values], field=context.field, wanted="dates", unfit=given["unfit"]
    )


TREATMENT = Treatment(
    name="year-only",
    title_zh="仅保留年份",
    title_en="year only",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    partial=True,
    examples=(
        Example({}, ("1990-05-17", "2024-02-29T08:30:00", None, "1990"), ("1990", "2024", None, "1990")),
        Example({"floor": 1935}, ("1934-12-31", "1935-01-01"), ("<1935", "1935")),
        Example({"unfit": "suppress"}, ("2023-02-29", "soon"), (None, None)),
    ),
)
