"""Full-width digits and signs to ASCII, outer white space off.

Only characters that numbers and dates are made of are folded.  NFKC would go too far: it turns ``①`` and ``²``
into digits and would make numbers out of labels.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_FULL_WIDTH: Final = dict(zip("０１２３４５６７８９．，－＋／：", "0123456789.,-+/:", strict=True))
_LEAD: Final = "０".encode()[:2]  # EF BC: the first two bytes of every full-width character above
FULL_WIDTH_DIGIT: Final = "[０-９]"


def has_full_width(values: pa.Array) -> bool:
    """Whether any value may hold a full-width sign; a byte search, far cheaper than a pattern."""
    return bool(pc.any(pc.match_substring(values.cast(pa.binary()), _LEAD), min_count=0).as_py())


def fold(values: pa.Array) -> pa.Array:
    """``values`` (string) trimmed, with full-width digits, point, comma, signs, slash and colon in ASCII."""
    trimmed = pc.utf8_trim_whitespace(values)
    if has_full_width(trimmed):
        for wide, narrow in _FULL_WIDTH.items():
            trimmed = pc.replace_substring(trimmed, wide, narrow)
    return trimmed


def full_width_rows(values: pa.Array) -> pa.Array:
    """Boolean array: which values hold a full-width digit."""
    return pc.match_substring_regex(values, FULL_WIDTH_DIGIT)
