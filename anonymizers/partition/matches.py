"""How many rows a row may be taken for when a missing cell matches every value, and what suppressing cells changes.

Matching is not transitive, so there are no classes: every tuple has a frequency of its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.partition.judged import distinct

GONE = -1
BLOCK_CELLS = 1 << 22

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def frequencies(codes: Ints, counts: Ints) -> Ints:
    """For every tuple the rows that match it, itself included; ``GONE`` in ``codes`` [tuples, fields] is a wildcard.

    Tuples are folded by pattern of missing cells; every pair of patterns is matched on the fields that both hold."""
    total = np.zeros(counts.size, dtype=np.int64)
    pattern, patterns = distinct(
        [(codes[:, place] == GONE).astype(np.int64) for place in range(codes.shape[1])], counts.size
    )
    members = [np.flatnonzero(pattern == number) for number in range(patterns)]
    for mine in members:
        held = codes[mine[0]] != GONE
        for theirs in members:
            shared = np.flatnonzero(held & (codes[theirs[0]] != GONE))
            both = np.concatenate((mine, theirs))
            number, groups = distinct([codes[both, place] for place in shared], both.size)
            rows = np.bincount(number[mine.size :], weights=counts[theirs], minlength=groups).astype(np.int64)
            total[mine] += rows[number[: mine.size]]
    return total


def differing(codes: Ints, one: int) -> Ints:
    """For every tuple the set of fields, as bits, that keep it from matching tuple ``one``."""
    result = np.zeros(codes.shape[0], dtype=np.int64)
    for place in range(codes.shape[1]):
        own = codes[one, place]
        if own != GONE:
            column = codes[:, place]
            result |= ((column != own) & (column != GONE)).astype(np.int64) << place
    return result


def within(mask: Ints, counts: Ints, fields: int) -> Floats:
    """For every set of fields the rows whose differing fields all lie in it."""
    total = np.bincount(mask, weights=counts, minlength=1 << fields)
    for place in range(fields):
        view = total.reshape(-1, 2, 1 << place)
        view[:, 1] += view[:, 0]
    return np.asarray(total)
