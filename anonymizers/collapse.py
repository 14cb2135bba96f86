"""Collapse a table to its distinct quasi-identifier tuples with their counts: all that the search needs.

Rows are read batch by batch; what is kept in memory is one 32-bit tuple number a row (and one code a row for every
sensitive field that a model speaks of), so a second reading can tell which class a row fell into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.coding import Coding
from anonymizers.hierarchy import MISSING, TOP
from anonymizers.search.problem import Problem, SensitiveCounts

WORD_BITS = 62

Words = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """``keys[t]`` are the codes of tuple ``t``, ``counts[t]`` its rows; ``tuple_of[r]`` the tuple of row ``r``.

    ``joint[field]`` are the distinct (tuple, value code, rows) triples of a sensitive field."""

    keys: Codes
    counts: Longs
    tuple_of: Codes
    joint: Mapping[str, tuple[Longs, Codes, Longs]]

    def first(self) -> Longs:
        """The first row of every tuple."""
        found = np.zeros(self.counts.size, dtype=np.int64)
        found[self.tuple_of[::-1]] = np.arange(self.tuple_of.size - 1, -1, -1)
        return found


def collapse_batches(
    batches: Iterable[pa.RecordBatch], axes: Sequence[Coding], radixes: Sequence[int], sensitive: Sequence[Coding]
) -> Collapsed:
    """One pass over ``batches``, which hold the columns of ``axes`` and ``sensitive``.  ``radixes`` are the numbers of
    codes of ``axes``."""
    plan = layout(radixes)
    pieces: list[Words] = []
    local: list[Codes] = []
    values: dict[str, list[Codes]] = {coding.field: [] for coding in sensitive}
    for batch in batches:
        words = pack([coding.encode(batch.column(coding.field)) for coding in axes], plan, batch.num_rows)
        distinct, ids = number_rows(words)
        pieces.append(distinct)
        local.append(ids)
        for coding in sensitive:
            values[coding.field].append(coding.encode(batch.column(coding.field)))
    width = len(plan)
    distinct, ids = number_rows(np.concatenate(pieces) if pieces else np.zeros((0, width), np.int64))
    tuple_of = _globally(local, pieces, ids)
    counts = np.bincount(tuple_of, minlength=len(distinct)).astype(np.int64)
    joint = {
        field: _joint(tuple_of, np.concatenate(codes) if codes else np.zeros(0, np.int32))
        for field, codes in values.items()
    }
    return Collapsed(unpack(distinct, plan, len(radixes)), counts, tuple_of, joint)


def _globally(local: Sequence[Codes], pieces: Sequence[Words], ids: Codes) -> Codes:
    """The numbers that batches gave to their own tuples, turned into those of the whole table."""
    start = 0
    done: list[Codes] = []
    for mine, piece in zip(local, pieces, strict=True):
        done.append(ids[start : start + len(piece)][mine])
        start += len(piece)
    return np.concatenate(done) if done else np.zeros(0, np.int32)


def _joint(tuple_of: Codes, codes: Codes) -> tuple[Longs, Codes, Longs]:
    radix = int(codes.max(initial=0)) + 1
    pairs, counts = np.unique(tuple_of.astype(np.int64) * radix + codes, return_counts=True)
    return pairs // radix, (pairs % radix).astype(np.int32), counts.astype(np.int64)


def layout(radixes: Sequence[int]) -> list[list[tuple[int, int, int]]]:
    """Which columns go into which word: (column, shift, bits) lists, one a word; there is always a word."""
    words: list[list[tuple[int, int, int]]] = [[]]
    used = 0
    for column, radix in enumerate(radixes):
        bits = max(radix - 1, 0).bit_length()
        if used + bits > WORD_BITS:
            words.append([])
            used = 0
        words[-1].append((column, used, bits))
        used += bits
    return words


def pack(columns: Sequence[Codes], plan: Sequence[Sequence[tuple[int, int, int]]], rows: int) -> Words:
    """Codes side by side in as few 64-bit words as hold them; equal words mean equal codes, without hashing."""
    words = np.zeros((rows, len(plan)), np.int64)
    for number, members in enumerate(plan):
        for column, shift, _ in members:
            words[:, number] |= columns[column].astype(np.int64) << shift
    return words


def unpack(words: Words, plan: Sequence[Sequence[tuple[int, int, int]]], columns: int) -> Codes:
    """The codes back out of their words; shape (rows, columns)."""
    codes = np.zeros((len(words), columns), np.int32)
    for number, members in enumerate(plan):
        for column, shift, bits in members:
            codes[:, column] = (words[:, number] >> shift) & ((1 << bits) - 1)
    return codes


def number_rows(words: Words) -> tuple[Words, Codes]:
    """The distinct rows of ``words``, sorted, and for every row the number of its like."""
    order = np.lexsort(words.T[::-1]) if words.shape[1] > 1 else np.argsort(words[:, 0])
    ordered = words[order]
    new = np.zeros(len(words), bool)
    new[:1] = True
    for word in ordered.T:
        new[1:] |= word[1:] != word[:-1]
    ids = np.empty(len(words), np.int32)
    ids[order] = np.cumsum(new) - 1
    return ordered[new], ids


def split(
    problem: Problem, tuple_of: Codes, codes: Mapping[str, Codes], released: npt.NDArray[np.bool_] | None = None
) -> Problem:
    """``problem`` with every row a unit of its own, for recodings that take equal rows apart.  ``codes`` are those of
    the sensitive fields, one a row."""
    rows = np.arange(tuple_of.size, dtype=np.int64)
    ones = np.ones_like(rows)
    sensitive = {
        name: SensitiveCounts(rows, codes[name], ones, part.values, part.hierarchy)
        for name, part in problem.sensitive.items()
    }
    subset = None if released is None else released.astype(np.int64)
    return replace(problem, keys=problem.keys[tuple_of], counts=ones, sensitive=sensitive, subset=subset)


def labelled(labels: Sequence[str], codes: Codes, keep: npt.NDArray[np.bool_]) -> tuple[pa.Array, Codes]:
    """The texts that units read (missing for the empty one, ``*`` last), and which of them each unit reads: its code's,
    or ``*`` where it is not kept."""
    texts = pa.array([*(text if text != MISSING else None for text in labels), TOP], pa.string())
    return texts, np.where(keep, codes, len(labels)).astype(np.int32)
