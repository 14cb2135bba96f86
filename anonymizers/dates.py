"""Dates as text: ISO 8601 calendar dates with an optional time, and the shorter forms year-month and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?)?)?")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known; ``month`` and ``day`` are 0 where the text does not say."""

    year: int
    month: int = 0
    day: int = 0


def read_date(text: str) -> Day | None:
    """The date that ``text`` spells, or None when it is not a date or not one of the calendar."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if (found[2] and not month) or (found[3] and not day):
        return None
    return Day(year, month, day)
