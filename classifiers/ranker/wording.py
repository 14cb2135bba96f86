"""Of which words and shapes a column is made, as shares of its rows, with every word hidden in a hash.

Only what is common stays: a pair of characters that stands in a twentieth of the sampled rows says what kind of list
this is (未履行, 缓刑, 有限公司), one that stands in a single row says who somebody is.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
import pyarrow as pa

from classifiers.scan.profile import Profile

COMMON, SHAPED = 0.04, 0.08  # share of the sampled rows from which a pair of characters, or a shape, is kept
LEAST = 3  # rows it stands in at least
LOOKED_AT, CHARACTERS = 240, 48
KEYS = 1 << 12

_RUNS = ((re.compile("[㐀-鿿]+"), "H"), (re.compile("[0-9]+"), "9"), (re.compile("[a-z]+"), "a"))
_UPPER = re.compile("[A-Z]+")
_HAN = re.compile("[㐀-鿿]")


def _shape(text: str) -> str:
    """``SCN-283`` has the shape ``A3-9``; how long a run of digits is, the features of length say."""
    found = _UPPER.sub(lambda m: "A" + str(min(len(m[0]), 9)), text)
    for pattern, sign in _RUNS:
        found = pattern.sub(sign, found)
    return found[:12]


def _pairs(text: str) -> set[str]:
    if not _HAN.search(text):
        return {text.lower()} if len(text) <= 3 else set()
    framed = f"^{text}$"
    return {framed[i : i + 2] for i in range(len(framed) - 1)}


def words(profile: Profile) -> dict[str, float]:
    """Feature → share of the sampled rows, from the most frequent values and a spread of the others."""
    values, counts = profile.sample.values, profile.sample.counts
    if not len(values):
        return {}
    order = np.argsort(-counts, kind="stable")
    if len(order) > LOOKED_AT:
        half = LOOKED_AT // 2
        rest = order[half:]
        order = np.concatenate((order[:half], rest[np.linspace(0, len(rest) - 1, half).astype(np.int64)]))
    texts, weights = values.take(pa.array(order)).to_pylist(), counts[order].tolist()
    rows: dict[str, int] = {}
    for text, n in zip(texts, weights, strict=True):
        short = str(text)[:CHARACTERS]
        for key in {f"s{_shape(short)}", *(f"p{pair}" for pair in _pairs(short))}:
            rows[key] = rows.get(key, 0) + n
    whole = sum(weights)
    return {
        f"{key[0]}{zlib.crc32(key.encode()) % KEYS}": n / whole
        for key, n in sorted(rows.items())
        if n >= LEAST and n / whole >= (SHAPED if key[0] == "s" else COMMON)
    }
