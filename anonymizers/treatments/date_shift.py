"""Move all dates of one subject by the same secret number of days, so that intervals within a subject stay exact.

The shift follows from the subject's key value under the release key: the same in every field, and in every table that
names the same ``scope`` and reach.  A row without a subject loses its date.  Calendar dates with an optional time are
moved; year-month and year alone are not dates here.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from anonymizers.distinct import UNFIT_PARAM
from anonymizers.draw import draw
from anonymizers.errors import AnonymizerError
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?$"
LAST = 2932896  # 9999-12-31, in days from 1970
FIRST = -719162  # 0001-01-01

SPEC = Spec(
    (
        Param("subject", "text", "field that says whose date it is"),
        Param("days", "integer", "furthest shift either way", default=183, least=1, most=3650),
        Param("weekdays", "flag", "shift by whole weeks, so that a Monday stays a Monday", default=False),
        Param("scope", "text", "tables that name the same scope shift a subject alike", default=""),
        UNFIT_PARAM,
    ),
    lambda params: (
        "Parameter 'days' must be at least 7 with 'weekdays'." if params["weekdays"] and params["days"] < 7 else ""
    ),
)


def reads(params: Params) -> tuple[str, ...]:
    """The subject."""
    return (params["subject"],) if params.get("subject") else ()


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with every date moved by its subject's shift, which is never 0."""
    given = SPEC.read(params)
    column = columns[context.field].cast(pa.string())
    days, rest, wrong = _read(column)
    shift, known = _shifts(columns[given["subject"]], given, context)
    moved = days + shift
    wrong |= (column.is_valid().to_numpy(zero_copy_only=False)) & ((moved < FIRST) | (moved > LAST))
    if wrong.any() and given["unfit"] == "refuse":
        raise AnonymizerError(
            f"Field {context.field!r}: {int(wrong.sum())} of {len(column)} cells are not dates of the form "
            'year-month-day; clean the column, or set unfit = "suppress" to make them missing.'
        )
    hidden = wrong | ~known | column.is_null().to_numpy(zero_copy_only=False)
    dates = pa.array(np.where(hidden, 0, moved).astype(np.int32), pa.int32(), mask=hidden).cast(pa.date32())
    return pc.binary_join_element_wise(dates.cast(pa.string()), rest, "")


def _read(column: pa.Array) -> tuple[NDArray[np.int64], pa.Array, NDArray[np.bool_]]:
    """Days from 1970, the text after the date, and which cells are no date."""
    shaped = pc.fill_null(pc.match_substring_regex(column, DAY), False)
    heads = pc.if_else(shaped, pc.utf8_slice_codeunits(column, 0, 10), pa.scalar(None, pa.string()))
    parsed = pc.strptime(heads, format="%Y-%m-%d", unit="s", error_is_null=True)
    days = pc.cast(parsed, pa.date32())
    right = pc.fill_null(pc.equal(pc.cast(days, pa.string()), heads), False)
    numbers = pc.fill_null(pc.cast(days, pa.int32()), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    wrong = pc.and_(column.is_valid(), pc.invert(right)).to_numpy(zero_copy_only=False)
    rest = pc.fill_null(pc.utf8_slice_codeunits(column, 10), "")
    return numbers, rest, np.asarray(wrong, bool)


def _shifts(subject: pa.Array, given: Params, context: Context) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Days by row, and whether the subject is known."""
    random = draw(
        context.key, "date-shift", f"{given['scope'] or given['subject']}/{given['days']}/{given['weekdays']}"
    )
    encoded = subject.cast(pa.string()).dictionary_encode()
    bits = random.of_values(encoded.dictionary.to_pylist())
    unit = 7 if given["weekdays"] else 1
    reach = given["days"] // unit
    step = (bits % np.uint64(2 * reach)).astype(np.int64)
    shift = np.where(step < reach, step - reach, step - reach + 1) * unit
    indices = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
    known = np.asarray(encoded.indices.is_valid().to_numpy(zero_copy_only=False), bool)
    return (shift[indices] if shift.size else np.zeros(len(subject), np.int64)), known


TREATMENT = Treatment(
    name="date-shift",
    title_zh="按主体平移日期",
    title_en="shift dates by subject",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    partial=True,
    examples=(
        Example(
            {"subject": "s"},
            ("2024-02-29", "2024-03-07T08:30:00", None, "1999-12-31"),
            beside={"s": ("ann", "ann", "ann", "bob")},
        ),
        Example(
            {"subject": "s", "days": 28, "weekdays": True, "unfit": "suppress"},
            ("2024-02-29", "2023-02-29", "soon", "2024-01-01"),
            beside={"s": ("ann", "ann", "ann", None)},
        ),
    ),
)
