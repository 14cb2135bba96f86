"""Which kinds of character a value holds, as a bit mask, computed for a whole array at once.

The mask decides which patterns need not be tried at all.  The same mask is derived from a pattern's regex: the
kinds it can match and the kinds without which it cannot.  Byte level on purpose: a Chinese character counts
by its first byte, so ``ODD`` (full-width forms, punctuation, other scripts) marks what NFKC may change.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _parser as sre  # type: ignore[attr-defined]

Signature = npt.NDArray[np.uint16]
Lengths = npt.NDArray[np.int64]

DIGIT, UPPER, LOWER, SPACE, STAR, AT, DOT, COLON, HYPHEN, SLASH, MARK, HAN, ODD = (1 << i for i in range(13))
EVERY = (1 << 13) - 1
ASCII = EVERY & ~(HAN | ODD)


def _kind(byte: int) -> int:
    char = chr(byte)
    singles = {" ": SPACE, "\t": SPACE, "\n": SPACE, "\r": SPACE, "*": STAR, "@": AT, ".": DOT, ":": COLON}
    singles |= {"-": HYPHEN, "/": SLASH}
    if byte >= 0x80:
        if byte < 0xC0:
            return 0
        return HAN if 0xE4 <= byte <= 0xE9 else ODD
    if char.isdigit():
        return DIGIT
    if char.isalpha():
        return UPPER if char.isupper() else LOWER
    return singles.get(char, MARK)


_HAN = (0x4000, 0x9FFF)
_TABLE: Signature = np.array([_kind(b) for b in range(256)], dtype=np.uint16)


def signatures(values: pa.StringArray) -> Signature:
    """The mask of every value.  ``values`` must hold no null and no empty string."""
    if len(values) == 0:
        return np.zeros(0, dtype=np.uint16)
    _, offset_buffer, data = values.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    raw = np.frombuffer(data, dtype=np.uint8)[offsets[0] : offsets[-1]]
    found: Signature = np.bitwise_or.reduceat(_TABLE[raw], offsets[:-1] - offsets[0])
    return found


def byte_lengths(values: pa.StringArray) -> Lengths:
    """Length in bytes, straight from the offsets."""
    offsets = np.frombuffer(values.buffers()[1], dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    return np.diff(offsets).astype(np.int64)


def _of_char(code: int) -> int:
    return int(_TABLE[chr(code).encode("utf-8", "surrogatepass")[0]])


def _of_range(low: int, high: int) -> int:
    """The kinds in a range of characters; a range that leaves ASCII may hold anything not ASCII."""
    kinds = 0
    for code in range(low, min(high, 0x7F) + 1):
        kinds |= _of_char(code)
    if high > 0x7F:
        kinds |= HAN if low >= _HAN[0] and high <= _HAN[1] else HAN | ODD
    return kinds


def _of_set(items: list[tuple[Any, Any]]) -> int:
    kinds = 0
    for op, argument in items:
        name = str(op)
        if name == "LITERAL":
            kinds |= _of_char(argument)
        elif name == "RANGE":
            kinds |= _of_range(*argument)
        else:
            return EVERY
    return kinds


def _walk(parsed: Any) -> tuple[int, int]:
    """(kinds that can occur, kinds that must) over one sequence."""
    can = must = 0
    for op, argument in parsed:
        name = str(op)
        if name == "LITERAL":
            kind = _of_char(argument)
            can, must = can | kind, must | kind
        elif name == "IN":
            kinds = _of_set(argument)
            can |= kinds
            must |= kinds if kinds.bit_count() == 1 else 0
        elif name in {"MAX_REPEAT", "MIN_REPEAT"}:
            low, _, inner = argument
            inner_can, inner_must = _walk(inner)
            can |= inner_can
            must |= inner_must if low > 0 else 0
        elif name == "SUBPATTERN":
            inner_can, inner_must = _walk(argument[3])
            if argument[1] & re.IGNORECASE:
                inner_can, inner_must = _any_case(inner_can, inner_must)
            can, must = can | inner_can, must | inner_must
        elif name == "BRANCH":
            branches = [_walk(branch) for branch in argument[1]]
            common = EVERY
            for inner_can, inner_must in branches:
                can |= inner_can
                common &= inner_must
            must |= common
        elif name != "AT":
            can = EVERY
    return can, must


def _any_case(can: int, must: int) -> tuple[int, int]:
    """Letters in either case, and the odd ones that fold to them (the Kelvin sign)."""
    letters = UPPER | LOWER
    return (can | letters | ODD if can & letters else can), must & ~letters


@lru_cache(maxsize=4096)
def of_regex(regex: str) -> tuple[int, int]:
    """(kinds a match can hold, kinds it must hold).  A dialect Python cannot read rules nothing out."""
    try:
        parsed = sre.parse(regex.replace("\\p{Han}", "一"))
    except re.error:
        return EVERY, 0
    can, must = _walk(parsed)
    return _any_case(can, must) if parsed.state.flags & re.IGNORECASE else (can, must)
