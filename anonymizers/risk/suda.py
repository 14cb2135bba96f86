"""Special uniques: the smallest sets of fields that single a record out (SUDA2), scored.

A minimal sample unique (MSU) of a record is a set of fields in which nobody else has its values, and no part of which
has that property.  The fewer fields it takes, the riskier the record.

What a reader would get wrong: a record that is unique only on more than ``size`` fields scores 0 here; raise ``size``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DENSE = 1 << 24
SETS = 20_000


@dataclass(frozen=True, slots=True)
class Suda:
    """``score`` and ``dis`` (an estimate of the probability that a match on all fields is right) by record;
    ``contributions``: the share of all scores that comes from MSUs with a field; ``found``: MSUs by their size;
    ``uniques``: records alone on all fields."""

    score: Floats
    dis: Floats
    contributions: tuple[float, ...]
    found: dict[int, int]
    uniques: int


def suda(codes: Sequence[Ints], *, size: int | None = None, fraction: float = 0.01, counts: Ints | None = None) -> Suda:
    """Searches MSUs of up to ``size`` fields (default: all).  ``codes`` has a column of small whole numbers a field,
    a missing cell being a value; ``fraction`` is the sampling fraction of the DIS score.  With ``counts`` every entry
    stands for so many equal records.

    An MSU of k fields among n weighs Π (n − i) for i = k … min(size, n − 1): Elliot, Manning, Mayes, Gurd, Bane 2005,
    SUDA: a program for detecting special uniques.  DIS: Skinner, Elliot 2002, doi:10.1111/1467-9868.00365, spread over
    records as sdcMicro does.  Search after Manning, Haglin, Keane 2008, doi:10.1007/s10618-007-0078-6, level by level.
    Raises AnonymizerError when ``size`` asks for more than 20,000 sets of fields."""
    fields = len(codes)
    rows = codes[0].size if fields else 0
    most = _size(fields, size)
    score, totals, found = np.zeros(rows), np.zeros(fields), dict[int, int]()
    if not rows:
        return Suda(score, score, (0.0,) * fields, found, 0)
    widths = [int(code.max(initial=0)) + 1 for code in codes]
    alone = _alone(codes, widths, tuple(range(fields)), counts)
    rare = np.flatnonzero(alone[0])
    unique: dict[tuple[int, ...], Flags] = {}
    for count in range(1, most + 1):
        now: dict[tuple[int, ...], Flags] = {}
        weight = math.prod(fields - i for i in range(count, min(most, fields - 1) + 1))
        for chosen in combinations(range(fields), count):
            single = _alone(codes, widths, chosen, counts)[0][rare] if rare.size else np.zeros(0, bool)
            minimal = single.copy()
            for left_out in range(count if count > 1 else 0):
                minimal &= ~unique[chosen[:left_out] + chosen[left_out + 1 :]]
            now[chosen] = single
            number = int(minimal.sum())
            if number:
                found[count] = found.get(count, 0) + number
                score[rare[minimal]] += weight
                totals[list(chosen)] += weight * number
        unique = now
    total = float(score.sum())
    shares = tuple(float(part) / total if total else 0.0 for part in totals)
    return Suda(score, _dis(score, alone, fields, fraction), shares, found, int(rare.size))


def _size(fields: int, size: int | None) -> int:
    most = fields if size is None else min(size, fields)
    if most < 0 or (size is not None and size < 1):
        raise AnonymizerError("The size of a set of fields must be at least 1.")
    sets = sum(math.comb(fields, count) for count in range(1, most + 1))
    if sets > SETS:
        raise AnonymizerError(
            f"{fields} fields have {sets:,} sets of up to {most} fields; at most {SETS:,} are searched: lower the size."
        )
    return most


def _alone(
    codes: Sequence[Ints], widths: Sequence[int], chosen: tuple[int, ...], counts: Ints | None
) -> tuple[Flags, NDArray[np.float64]]:
    """Which entries are the only ones with their values in the ``chosen`` fields; and for each how many records are one
    of exactly two there (0 where they are not)."""
    key, span = codes[chosen[0]], widths[chosen[0]]
    for field in chosen[1:]:
        if span * widths[field] > DENSE:
            _, key = np.unique(key, return_inverse=True)
            span = int(key.max()) + 1
        key, span = key * widths[field] + codes[field], span * widths[field]
    if span > DENSE:
        _, key = np.unique(key, return_inverse=True)
    sizes = np.bincount(key, weights=counts)[key]
    mine = np.ones(key.size) if counts is None else counts
    return sizes == 1, np.where(sizes == 2, mine, 0.0)


def _dis(score: Floats, alone: tuple[Flags, Floats], fields: int, fraction: float) -> Floats:
    """DIS by record: the whole table's probability of a right match, spread by the scores."""
    uniques, paired = float(alone[0].sum()), float(alone[1].sum())
    dis = np.zeros_like(score)
    scored = score > 0
    if not scored.any():
        return dis
    whole = uniques * fraction / (uniques * fraction + paired * (1 - fraction))
    power = score[scored] ** (1 + (8 - fields) / 20)
    dis[scored] = 1 / (1 + uniques * (1 / whole - 1) / (power * (1 / power).sum()))
    return dis
