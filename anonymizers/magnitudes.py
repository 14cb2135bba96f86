"""A text column as numbers and back: read once, vectorised, and written in the decimals that the column has.

What a reader would get wrong: these are floats.  They are for treatments that change values anyway; where digits must
survive, read with ``numbers.read_number``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SHAPE = r"^\s*[+-]?[0-9]{1,24}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,1})?\s*$"
MOST_DECIMALS = 9
LARGEST = 1e24


@dataclass(frozen=True, slots=True)
class Magnitudes:
    """``values`` has a number a row, 0 where ``present`` is False; ``decimals`` is the most that any cell shows (at
    most 9)."""

    values: Floats
    present: Flags
    decimals: int


def read_magnitudes(array: pa.Array, *, field: str, unfit: str = "refuse") -> Magnitudes:
    """Every cell as a number.  Cells that are none are refused by count (AnonymizerError), or become missing where
    ``unfit`` is "suppress"."""
    texts = array.cast(pa.string())
    fits = pc.fill_null(pc.match_substring_regex(texts, SHAPE), False)
    wrong = pc.sum(pc.and_(texts.is_valid(), pc.invert(fits))).as_py() or 0
    if wrong and unfit == "refuse":
        raise AnonymizerError(
            f"Field {field!r}: {wrong} of {len(texts)} cells are not numbers of at most 24 digits; clean the column, "
            'choose another treatment, or set unfit = "suppress" to make them missing.'
        )
    chosen = pc.if_else(fits, pc.utf8_trim_whitespace(texts), pa.scalar(None, pa.string()))
    chosen = pc.replace_substring_regex(chosen, r"^\+", "")
    numbers = pc.cast(chosen, pa.float64())
    values = np.asarray(pc.fill_null(numbers, 0.0).to_numpy(zero_copy_only=False), np.float64)
    present = np.asarray(fits.to_numpy(zero_copy_only=False), np.bool_)
    return Magnitudes(values, present, _decimals(chosen))


def _decimals(texts: pa.Array) -> int:
    dots = pc.find_substring(texts, ".")
    shown = pc.if_else(pc.greater_equal(dots, 0), pc.subtract(pc.subtract(pc.utf8_length(texts), dots), 1), 0)
    return min(int(pc.max(shown).as_py() or 0), MOST_DECIMALS)


def write_magnitudes(values: Floats, present: Flags, decimals: int) -> pa.Array:
    """Numbers as texts in ``decimals`` places; missing where ``present`` is False.  Beyond ±1e24 they are cut off."""
    rounded = np.round(np.clip(values, -LARGEST, LARGEST), decimals)
    scaled = rounded * 10.0**decimals
    if (np.abs(scaled) < 2.0**62).all():
        return _spelled(np.rint(scaled).astype(np.int64), present, decimals)
    return pa.array(rounded, mask=~present).cast(pa.decimal128(38, decimals), safe=False).cast(pa.string())


def _spelled(scaled: NDArray[np.int64], present: Flags, decimals: int) -> pa.Array:
    """Whole numbers of 10^-decimals, spelled with a point; five times faster than through Arrow's decimals."""
    if not decimals:
        return pa.array(scaled, mask=~present).cast(pa.string())
    digits = pc.utf8_lpad(pa.array(np.abs(scaled), mask=~present).cast(pa.string()), decimals + 1, "0")
    whole = pc.utf8_slice_codeunits(digits, 0, -decimals)
    part = pc.utf8_slice_codeunits(digits, -decimals)
    sign = pc.if_else(pa.array(scaled < 0), "-", "")
    return pc.binary_join_element_wise(sign, pc.binary_join_element_wise(whole, part, "."), "")
