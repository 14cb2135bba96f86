"""How a number may be written, and its one canonical spelling.

A shape is a pattern over folded text; shapes do not overlap.  ``zero-led`` and ``long`` are not numbers: 00123 and
an 18-digit identity number are labels, and one of them makes the whole column text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_WHOLE = r"(0|[1-9][0-9]{0,14})"
_GROUPED = r"[1-9][0-9]{0,2}(,[0-9]{3}){1,4}"

SHAPES: Final[Mapping[str, str]] = {
    "integer": rf"^[+-]?{_WHOLE}$",
    "zero-led": r"^0[0-9]+$",
    "long": r"^[+-]?[1-9][0-9]{15,}$",
    "point-zero": rf"^[+-]?{_WHOLE}\.0*$",
    "decimal": rf"^[+-]?{_WHOLE}?\.[0-9]{{1,50}}$",
    "grouped-integer": rf"^[+-]?{_GROUPED}(\.0*)?$",
    "grouped-decimal": rf"^[+-]?{_GROUPED}\.[0-9]{{1,50}}$",
    # Excel shows twelve and more digits as 1.10101E+17: the digits behind are gone.
    "excel-scientific": r"^[+-]?[0-9](\.[0-9]+)?[eE]\+?(1[1-9]|[2-9][0-9]|[0-9]{3})$",
    "scientific": r"^[+-]?[0-9](\.[0-9]{1,17})?[eE](\+?0?[0-9]|\+?10|-0?[0-9]|-[12][0-9])$",
    "boolean": r"^(?i:true|false)$",
}
WHOLE: Final = ("integer", "point-zero", "grouped-integer", "scientific-whole")
FRACTION: Final = ("decimal", "grouped-decimal", "scientific")

# All integers of one width that look like labels: a mobile number, a 15-digit identity number, yyyymmdd[hhmmss].
LABELS: Final[Mapping[str, tuple[int, str]]] = {
    "phone-like": (11, r"^1[3-9][0-9]{9}$"),
    "identity-like": (
        15,
        r"^[1-9][0-9]{5}[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}$",
    ),
}

_PARTS: Final = r"^(?P<sign>[+-]?)(?P<whole>[0-9])(?:\.(?P<fraction>[0-9]+))?[eE](?P<exponent>[+-]?[0-9]+)$"


def expand(values: pa.Array) -> pa.Array:
    """Scientific notation written out, digit by digit: ``1e-05`` → ``0.00001``, ``1.5E3`` → ``1500``."""
    parts = pc.extract_regex(values, _PARTS)
    sign, whole, fraction, exponent = (pc.struct_field(parts, i) for i in range(4))
    digits = pc.binary_join_element_wise(whole, fraction, "")
    shifts = pc.replace_substring(exponent, "+", "").cast(pa.int32())
    answer = pa.nulls(len(values), pa.string())
    for shift in pc.unique(shifts.drop_null()).to_pylist():
        if shift < 0:
            moved = pc.binary_join_element_wise("0." + "0" * (-shift - 1), digits, "")
        else:
            padded = pc.utf8_rpad(digits, shift + 1, padding="0")
            whole, fraction = (pc.utf8_slice_codeunits(padded, *at) for at in ((0, shift + 1), (shift + 1,)))
            moved = pc.binary_join_element_wise(whole, fraction, ".")
        answer = pc.if_else(pc.equal(shifts, shift), moved, answer)
    unled = pc.replace_substring_regex(_trim_fraction(answer), r"^0+([0-9])", r"\1")
    return pc.binary_join_element_wise(sign, unled, "")


def _trim_fraction(values: pa.Array) -> pa.Array:
    """Trailing zeros behind a point off, and the point with them."""
    pointed = pc.match_substring(values, ".")
    return pc.if_else(pointed, pc.utf8_rtrim(pc.utf8_rtrim(values, characters="0"), characters="."), values)


def _any(mask: pa.Array) -> bool:
    return bool(pc.any(mask, min_count=0).as_py())


def canonical_number(values: pa.Array) -> pa.Array:
    """Folded numbers in one spelling each: ``+1,250.50`` → ``1250.5``, ``.5`` → ``0.5``, ``7.0`` → ``7``.

    Every present value must match a shape of :data:`WHOLE` or :data:`FRACTION`.
    """
    scientific = pc.match_substring_regex(values, "[eE]")
    if _any(scientific):
        values = pc.if_else(scientific, expand(pc.if_else(scientific, values, None)), values)
    for sign in (",", "+"):
        values = pc.replace_substring(values, sign, "") if _any(pc.match_substring(values, sign)) else values
    pointed = pc.match_substring(values, ".")
    if _any(pointed):
        values = _trim_fraction(pc.replace_substring_regex(values, r"^(-?)\.", r"\10."))
    negative_zero = pc.equal(values, "-0")
    return pc.if_else(negative_zero, "0", values) if _any(negative_zero) else values
