"""Full-width digits and signs to ASCII, outer white space off.

Only characters that numbers and dates are made of are folded.  NFKC would go too far: it turns ``①`` and ``²``
into digits and would make numbers out of labels.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_FULL_WIDTH: Final = dict(zip("０１２３４５６７８９．，－＋／：", "0123456789.,-+/:", strict=True))
_LEAD: Final = "０".encode()[:2]  # EF BC: the first two bytes of every full-width character above
Mask = npt.NDArray[np.bool_]


def wide_rows(values: pa.Array) -> Mask:
    """Which values hold a character of the full-width block; a byte search, far cheaper than a pattern."""
    return np.asarray(pc.fill_null(pc.match_substring(values.cast(pa.binary()), _LEAD), False))


def fold(values: pa.Array) -> pa.Array:
    """``values`` (string) trimmed, with full-width digits, point, comma, signs, slash and colon in ASCII."""
    return fold_rows(pc.utf8_trim_whitespace(values), wide_rows(values))


def fold_rows(trimmed: pa.Array, wide: Mask) -> pa.Array:
    """``trimmed`` with the rows that ``wide`` marks (see :func:`wide_rows`) in ASCII."""
    if not wide.any():
        return trimmed
    where = pa.array(wide)
    narrow = trimmed.filter(where)
    for full, ascii_ in _FULL_WIDTH.items():
        narrow = pc.replace_substring(narrow, full, ascii_)
    return pc.replace_with_mask(trimmed, where, narrow)


def full_width_digits(values: pa.Array) -> Mask:
    """Which values (no nulls) hold a full-width digit."""
    return np.asarray(pc.match_substring_regex(values, "[０-９]"))
