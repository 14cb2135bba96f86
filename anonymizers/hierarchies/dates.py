"""Dates by the calendar: day, month, quarter, year, five, ten, twenty and forty years, "*".

Spans of years begin at years divisible by their length.  Weeks are not offered: they straddle months and years,
and a level may only merge.  A date that is itself coarser (2020-05, 2020) stays as it is until its level comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anonymizers.dates import Day, read_date
from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps


def _day(date: Day) -> str:
    return f"{date.year:04d}-{date.month:02d}-{date.day:02d}" if date.day else _month(date)


def _month(date: Day) -> str:
    return f"{date.year:04d}-{date.month:02d}" if date.month else _year(date)


def _quarter(date: Day) -> str:
    return f"{date.year:04d}-Q{(date.month + 2) // 3}" if date.month else _year(date)


def _year(date: Day) -> str:
    return f"{date.year:04d}"


def _span(years: int) -> Callable[[Day], str]:
    def label(date: Day) -> str:
        first = date.year - date.year % years
        return f"{first:04d}-{first + years - 1:04d}"

    return label


STEPS: Mapping[str, Callable[[Day], str]] = {
    "day": _day,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "5-year": _span(5),
    "10-year": _span(10),
    "20-year": _span(20),
    "40-year": _span(40),
    "*": lambda date: TOP,
}


SPEC = Spec(
    (
        Param(
            "levels", "texts", "steps, fine to coarse", default=("month", "quarter", "year", "5-year", "10-year", "*")
        ),
    ),
    steps("levels", tuple(STEPS)),
)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is a date or a date with a time."""
    labels = [STEPS[level] for level in params["levels"]]
    dates = ((value, read_date(value)) for value in sorted(counts))
    return [(value, *(label(date) for label in labels)) for value, date in dates if date is not None]


BUILDER = Builder(
    name="dates",
    title_zh="日期",
    title_en="dates",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {},
            {"2023-05-17": 1, "2023": 1, "never": 1},
            (
                ("2023", "2023", "2023", "2023", "2020-2024", "2020-2029", "*"),
                ("2023-05-17", "2023-05", "2023-Q2", "2023", "2020-2024", "2020-2029", "*"),
            ),
        ),
        Worked(
            {"levels": ["day", "year"]}, {"2023-05-17T10:00:00": 1}, (("2023-05-17T10:00:00", "2023-05-17", "2023"),)
        ),
    ),
)
