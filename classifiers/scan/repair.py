"""What a spreadsheet, a form or a mask did to a value, undone as far as it can be, and counted.

Only the copy that is looked at is repaired; the table is never touched.  Counts are of distinct values weighted
by how often they occur, and say how a column was damaged ("1,204 values were full-width"), never which.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.scan.alphabet import (
    DIGIT,
    DOT,
    HYPHEN,
    MARK,
    ODD,
    SPACE,
    STAR,
    UPPER,
    Lengths,
    Signature,
    byte_lengths,
    signatures,
)

_ABSENT_LATIN = "- -- --- / \\ null NULL Null None NONE none N/A n/a NA nan NaN ? ?? (null) <null> \\N"
_ABSENT_CHINESE = "无 未知 不详 空 未填 暂无"
_MISSING_LENGTH = 9  # bytes: three Chinese characters

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Values:
    """Distinct (or plain) values of one batch, how often each occurs, and what their characters are."""

    __slots__ = ("counts", "lengths", "signature", "values")

    def __init__(self, values: pa.StringArray, counts: Counts | None) -> None:
        self.values = values
        self.counts = counts
        self.signature: Signature = signatures(values)
        self.lengths: Lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False).astype(np.int64)

    def __len__(self) -> int:
        return len(self.values)

    def weight(self, mask: Mask | None = None) -> int:
        """How many cells the chosen values stand for."""
        if self.counts is None:
            return len(self.values) if mask is None else int(np.count_nonzero(mask))
        return int(self.counts.sum() if mask is None else self.counts[mask].sum())

    def keep(self, mask: Mask) -> Values:
        """Only the chosen values."""
        if bool(mask.all()):
            return self
        return Values(self.values.filter(pa.array(mask)), None if self.counts is None else self.counts[mask])


def _changed(values: pa.StringArray, chosen: Mask, new: pa.Array) -> tuple[pa.StringArray, bool, Mask]:
    """``values`` with ``new`` in the chosen places, whether any differs, and which."""
    old = values.filter(pa.array(chosen))
    differs = pc.not_equal(old, new).to_numpy(zero_copy_only=False)
    where = np.zeros(len(values), dtype=bool)
    where[np.flatnonzero(chosen)[differs]] = True
    if not where.any():
        return values, False, where
    return pc.replace_with_mask(values, pa.array(where), new.filter(pa.array(differs))), True, where


def _subset(signature: Signature, allowed: int, required: int = 0) -> Mask:
    result: Mask = ((signature & (0xFFFF & ~allowed)) == 0) & ((signature & required) == required)
    return result


_LONG = DIGIT | UPPER | STAR
# What is repaired, in this order: name, kinds that may and must occur, least length.
_STEPS = (
    ("full-width", 0xFFFF, ODD, 1),
    ("trimmed", 0xFFFF, SPACE, 1),
    ("apostrophe", _LONG | MARK, DIGIT | MARK, 2),
    ("decimal-tail", DIGIT | DOT, DIGIT | DOT, 8),
    ("several-in-one", DIGIT | MARK | ODD | HYPHEN | SPACE, DIGIT | MARK, 15),
    ("several-in-one", DIGIT | MARK | ODD | HYPHEN | SPACE, DIGIT | ODD, 15),
    ("inner-spaces", _LONG | SPACE, DIGIT | SPACE, 11),
)


def _apply(step: str, values: pa.StringArray) -> pa.Array:
    if step == "full-width":
        return pc.utf8_trim_whitespace(pc.utf8_normalize(values, form="NFKC"))
    if step == "trimmed":
        return pc.utf8_trim_whitespace(values)
    if step == "apostrophe":
        return pc.replace_substring_regex(values, "^'([0-9]+[0-9Xx]?)$", "\\1")
    if step == "decimal-tail":
        return pc.replace_substring_regex(values, "^([0-9]{6,})\\.0$", "\\1")
    if step == "several-in-one":
        return pc.replace_substring_regex(values, "^([0-9 -]{7,}?) *[;,、|].*$", "\\1")
    return pc.replace_substring(values, " ", "")


def repair(v: Values, notes: Counter[str]) -> Values:
    """NFKC, trim, and undo the damage that spreadsheets do to long numbers; adds what it did to ``notes``."""
    occurring = int(np.bitwise_or.reduce(v.signature)) if len(v) else 0
    for step, allowed, required, least in _STEPS:
        if not len(v):
            return v
        if required & ~occurring and not notes["full-width"]:
            continue
        chosen = _subset(v.signature, allowed, required) & (v.lengths >= least)
        if not chosen.any():
            continue
        new = _apply(step, v.values.filter(pa.array(chosen)))
        values, changed, where = _changed(v.values, chosen, new)
        if changed:
            notes[step] += v.weight(where)
            v = _without_empty(values, v.counts)
    return v


def _without_empty(values: pa.StringArray, counts: Counts | None) -> Values:
    filled = byte_lengths(values) > 0
    if bool(filled.all()):
        return Values(values, counts)
    return Values(values.filter(pa.array(filled)), None if counts is None else counts[filled])


@lru_cache(maxsize=1)
def _absent() -> pa.Array:
    return pa.array([*_ABSENT_LATIN.split(), *_ABSENT_CHINESE.split()], pa.string())


def present(values: pa.StringArray, counts: Counts | None) -> Values:
    """Drops empty strings and the words that stand for a missing value."""
    lengths = byte_lengths(values)
    short = lengths <= _MISSING_LENGTH
    if not short.any():
        return Values(values, counts)
    gone = lengths == 0
    candidates = np.flatnonzero(short & ~gone)
    if len(candidates):
        hit = pc.is_in(values.take(pa.array(candidates)), value_set=_absent()).to_numpy(zero_copy_only=False)
        gone[candidates[hit]] = True
    if not gone.any():
        return Values(values, counts)
    return Values(values.filter(pa.array(~gone)), None if counts is None else counts[~gone])


def exponent(v: Values) -> int:
    """How many cells are numbers that a spreadsheet turned into ``1.1E+17``: their digits are gone for good."""
    chosen = _subset(v.signature, DIGIT | DOT | UPPER | MARK, DIGIT | UPPER | MARK)
    if not chosen.any():
        return 0
    hit = pc.match_substring_regex(v.values.filter(pa.array(chosen)), "^[0-9](\\.[0-9]+)?E\\+[0-9]{2}$")
    where = np.zeros(len(v), dtype=bool)
    where[np.flatnonzero(chosen)[hit.to_numpy(zero_copy_only=False)]] = True
    return v.weight(where)
