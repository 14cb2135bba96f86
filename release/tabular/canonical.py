"""A column's text in the canonical spelling of its reading: ISO dates, ASCII digits, one spelling per value.

Applying it twice changes nothing the second time.  Text stands as it came, white space included; only what the
reading calls missing becomes null.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from release.nouns.dataset import FieldType
from release.nouns.errors import ReleaseError
from release.tabular import dates
from release.tabular.fold import fold
from release.tabular.numbers import canonical_number
from release.tabular.reading import Reading


def canonical(values: pa.Array, reading: Reading) -> pa.Array:
    """``values`` (string) in canonical spelling, null where missing; same length.

    Raises ReleaseError when a value does not parse as the reading's type: the reading is of another column.
    """
    trimmed = pc.utf8_trim_whitespace(values)
    missing = pc.is_in(trimmed, value_set=pa.array(reading.missing, pa.string()))
    if reading.type is FieldType.TEXT:
        return pc.if_else(missing, None, values)
    present = fold(pc.if_else(missing, None, trimmed))
    if reading.type is FieldType.BOOLEAN:
        return pc.utf8_lower(present)
    if reading.type in (FieldType.DATE, FieldType.DATETIME):
        spelled = _dates(present, reading)
    else:
        spelled = canonical_number(present)
    if spelled.null_count != present.null_count:
        raise ReleaseError(f"A value does not parse as {reading.type.value} although the whole column was read so.")
    return spelled


def _dates(values: pa.Array, reading: Reading) -> pa.Array:
    with_time = reading.type is FieldType.DATETIME
    if not with_time and dates.iso_dates(values) is not None:
        return values
    answer = pa.nulls(len(values), pa.string())
    for form in dates.FORMS:
        parts = dates.take_apart(values, form)
        if parts.matched.any():
            spelled = dates.spell(parts, day_first=reading.day_first and form == "day-month", with_time=with_time)
            answer = pc.coalesce(answer, spelled)
        if answer.null_count == values.null_count:
            break
    return answer
