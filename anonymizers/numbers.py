"""Numbers as text: read strictly, written plainly.  Never through a float, which would change digits."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")


def read_number(text: str) -> Decimal | None:
    """The number that ``text`` spells in ASCII digits, or None.  No separators, no infinities, at most 40 digits."""
    stripped = text.strip()
    return Decimal(stripped) if _NUMBER.fullmatch(stripped) else None


def exact(number: float | int) -> Decimal:
    """A number of a job file as it was written there: 0.1 is one tenth."""
    return Decimal(str(number))


def plain(number: Decimal) -> str:
    """``number`` without exponent, trailing zeros or negative zero: 9E+1 is "90", 2.50 is "2.5"."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
