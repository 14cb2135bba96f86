"""Check characters over many numbers at once: resident identity number, unified social credit code, Luhn.

Input is a matrix of numerals without the check position, shape (n, length); output is one numeral per row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numerals = npt.NDArray[np.uint8]

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RESIDENT_CHECK = "0123456789X"

_RESIDENT_WEIGHTS = np.array([pow(2, 17 - i, 11) for i in range(17)], np.int64)
_USCC_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], np.int64)


def resident(numerals: Numerals) -> Numerals:
    """GB 11643 (ISO 7064 MOD 11-2) over 17 digits; 10 stands for X."""
    return np.asarray((12 - (numerals.astype(np.int64) @ _RESIDENT_WEIGHTS) % 11) % 11, np.uint8)


def uscc(numerals: Numerals) -> Numerals:
    """GB 32100 over 17 characters as positions in ``USCC_ALPHABET``."""
    return np.asarray((31 - (numerals.astype(np.int64) @ _USCC_WEIGHTS) % 31) % 31, np.uint8)


def luhn(numerals: Numerals) -> Numerals:
    """ISO/IEC 7812 over any number of digits."""
    digits = numerals.astype(np.int64)
    digits[:, ::-2] *= 2
    return np.asarray((-(digits // 10 + digits % 10).sum(axis=1)) % 10, np.uint8)
