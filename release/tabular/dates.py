"""How a date may be written (ISO, Chinese, Republic of China era, day or month first, month names) and read.

A form says how it is written; whether 03/04/2020 is March or April is decided by the whole column, never here.
Only dates that exist on the calendar count: 2020-02-30 is not a date, and a year lies in 1000–2999.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

ROC_OFFSET: Final = 1911
_FIRST, _LAST = dt.date(1000, 1, 1), dt.date(2999, 12, 31)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = (
    r"(?:[T\s]\s*(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?"
    r"\s*(?P<p>[AaPp][Mm])?\s*(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_HOURS = r"(?:\s*(?P<H>[0-9]{1,2})[时時点點:](?P<M>[0-9]{1,2})[分:]?(?:(?P<S>[0-9]{1,2})秒?)?)?$"
_MD = r"(?P<m>[0-9]{1,2})[月/.-](?P<d>[0-9]{1,2})[日号號]?"
_SEPARATED = r"(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P<t>[-/.])(?P<d>[0-9]{1,2})"

FORMS: Final[Mapping[str, str]] = {
    "iso": rf"^(?P<y>[0-9]{{4}}){_SEPARATED}{_CLOCK}",
    "chinese": rf"^(?P<y>[0-9]{{4}})年{_MD}{_HOURS}",
    "roc-era": rf"^(?:中[華华])?民[國国]\s*(?P<r>[0-9]{{1,3}})[年/.-]{_MD}{_HOURS}",
    "roc-year": rf"^(?P<r>[0-9]{{3}})年{_MD}{_HOURS}",
    "short-year": rf"^(?P<r>[0-9]{{2}})年{_MD}{_HOURS}",
    "short": rf"^(?P<r>[0-9]{{2,3}}){_SEPARATED}{_CLOCK}",
    "day-month": rf"^(?P<a>[0-9]{{1,2}})(?P<s>[-/.])(?P<b>[0-9]{{1,2}})(?P<t>[-/.])(?P<y>[0-9]{{4}}){_CLOCK}",
    "month-name": rf"^(?P<d>[0-9]{{1,2}})[-/\s]?(?P<n>[A-Za-z]{{3,9}})\.?[-/,\s]*(?P<y>[0-9]{{4}}){_CLOCK}",
    "name-first": rf"^(?P<n>[A-Za-z]{{3,9}})\.?\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{{4}}){_CLOCK}",
    "compact": r"^(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:(?P<H>[0-9]{2})(?P<M>[0-9]{2})(?P<S>[0-9]{2}))?$",
}
# Forms that are sure of themselves; the rest need the column or the header to speak for them.
SURE: Final = ("iso", "chinese", "roc-era", "roc-year", "month-name", "name-first")
ROC_ONLY: Final = ("short-year", "short")


@dataclass(frozen=True, slots=True)
class Parts:
    """Values of one form taken apart.  ``first`` and ``second`` are month and day unless the form is day-month.

    ``seconds`` since midnight, -1 for a time no clock shows; ``clock`` says whether a time was written at all.
    """

    matched: Mask
    year: Ints
    first: Ints
    second: Ints
    seconds: Ints
    clock: Mask
    fraction: pa.Array
    zone: pa.Array

    def valid(self, day_first: bool = False) -> Mask:
        """Which values are days that exist, read with the day first or second."""
        month, day = (self.second, self.first) if day_first else (self.first, self.second)
        return self.matched & (self.seconds >= 0) & _on_calendar(self.year, month, day)


def _on_calendar(year: Ints, month: Ints, day: Ints) -> Mask:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    known = (month >= 1) & (month <= 12) & (year >= 1000) & (year <= 2999)
    last = lengths[np.where(known, month, 0)] + ((month == 2) & leap)
    answer: Mask = known & (day >= 1) & (day <= last)
    return answer


def iso_dates(values: pa.Array) -> pa.Array | None:
    """``values`` as dates when every present one is an ISO date (the common case, and fast), else None."""
    try:
        days = values.cast(pa.date32())
    except pa.ArrowInvalid:
        return None
    ends = pc.min_max(days)
    if ends["min"].is_valid and not _FIRST <= ends["min"].as_py() <= ends["max"].as_py() <= _LAST:
        return None
    return days


def take_apart(values: pa.Array, form: str) -> Parts:
    """Read folded ``values`` as one of :data:`FORMS`; what does not match has ``matched`` False."""
    found = pc.extract_regex(values, FORMS[form])
    matched: Mask = np.asarray(pc.fill_null(found.is_valid(), False))
    groups = {
        found.type.field(i).name: pc.fill_null(pc.struct_field(found, [i]), "") for i in range(found.type.num_fields)
    }
    if "s" in groups:
        matched = matched & np.asarray(pc.equal(groups["s"], groups["t"]))
    numbers = {name: _number(group) for name, group in groups.items() if name in "yrmdabHMS"}
    year = numbers["y"] if "y" in numbers else numbers["r"] + ROC_OFFSET
    if "a" in numbers:
        first, second = numbers["a"], numbers["b"]
    else:
        first, second = numbers["m"] if "m" in numbers else _month_number(groups["n"]), numbers["d"]
    none = pa.array([""]).take(pa.array(np.zeros(len(values), np.int8)))
    seconds = _seconds(numbers, groups.get("p", none))
    clock = matched & np.asarray(pc.not_equal(groups.get("H", none), ""))
    return Parts(matched, year, first, second, seconds, clock, groups.get("f", none), groups.get("z", none))


def _number(group: pa.Array) -> Ints:
    return np.asarray(pc.if_else(pc.equal(group, ""), "0", group).cast(pa.int64()))


def _month_number(names: pa.Array) -> Ints:
    short = pc.utf8_slice_codeunits(pc.utf8_lower(names), 0, 3)
    index = pc.fill_null(pc.index_in(short, value_set=pa.array(_MONTHS)), -1)
    return np.asarray(index).astype(np.int64) + 1


def _seconds(numbers: Mapping[str, Ints], half: pa.Array) -> Ints:
    """Seconds since midnight, -1 where the clock has no such time."""
    nothing = np.zeros(len(half), np.int64)
    hour, minute, second = (numbers.get(unit, nothing) for unit in "HMS")
    lower = pc.utf8_lower(half)
    noon, morning = np.asarray(pc.equal(lower, "pm")), np.asarray(pc.equal(lower, "am"))
    twelve = noon | morning
    wrong = (hour > 23) | (minute > 59) | (second > 59) | (twelve & ((hour < 1) | (hour > 12)))
    hour = np.where(twelve, hour % 12 + 12 * noon, hour)
    return np.where(wrong, -1, hour * 3600 + minute * 60 + second)


def spell(parts: Parts, *, day_first: bool, with_time: bool) -> pa.Array:
    """ISO text of the valid values (``2020-03-17`` or ``2020-03-17T09:05:00``), null for the rest."""
    valid = parts.valid(day_first)
    month, day = (parts.second, parts.first) if day_first else (parts.first, parts.second)
    months = (np.where(valid, parts.year, 1970) - 1970) * 12 + np.where(valid, month, 1) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + np.where(valid, day, 1) - 1
    if not with_time:
        return pa.array(days.astype(np.int32), mask=~valid).cast(pa.date32()).cast(pa.string())
    instant = pa.array(days * 86_400 + np.where(valid, parts.seconds, 0), mask=~valid).cast(pa.timestamp("s"))
    text = pc.replace_substring(instant.cast(pa.string()), " ", "T")
    fraction = pc.utf8_rtrim(parts.fraction, characters="0")
    return pc.if_else(pc.equal(fraction, ""), text, pc.binary_join_element_wise(text, fraction, "."))
