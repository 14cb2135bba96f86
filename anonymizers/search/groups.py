"""Number the groups of equal rows of several code columns, exactly and for any number of columns.

Columns are packed into one 62-bit word; where they do not fit, the word so far is replaced by its rank and packing
goes on.  No hashing: two groups are never taken for one.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

WORD_BITS = 62

Ints = NDArray[np.int64]


def bits(radix: int) -> int:
    """Bits that hold the numbers 0 … radix − 1."""
    return max(radix - 1, 0).bit_length()


def group_ids(columns: Iterable[tuple[NDArray[np.integer], int]], rows: int) -> tuple[Ints, int]:
    """One number a row, equal exactly where all columns are, and the number of bits it needs.

    ``columns`` are (codes from 0 up, radix) with ``rows`` codes each; the order of the numbers is the order of the
    columns, first column most significant.
    """
    word, used = np.zeros(rows, dtype=np.int64), 0
    for codes, radix in columns:
        need = bits(radix)
        if used + need > WORD_BITS:
            word, used = ranks(word)
        word = (word << need) | codes
        used += need
    return word, used


def ranks(word: Ints) -> tuple[Ints, int]:
    """``word`` with every number replaced by its rank among the distinct ones, and the bits that takes."""
    order = np.argsort(word)
    ordered = word[order]
    step = np.empty(word.size, dtype=np.int64)
    step[:1] = 0
    step[1:] = ordered[1:] != ordered[:-1]
    rank = np.empty(word.size, dtype=np.int64)
    rank[order] = np.cumsum(step)
    return rank, bits(int(step.sum()) + 1)


def starts(ordered: Ints) -> Ints:
    """Where a new group begins in a sorted word; 0 is the first, nothing for no rows."""
    if not ordered.size:
        return np.zeros(0, dtype=np.int64)
    new = np.empty(ordered.size, dtype=bool)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new.nonzero()[0]
