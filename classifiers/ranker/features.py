"""A column as a sparse row: n-grams of its names, words of its table, shapes of its values, hashed into buckets.

Names that are not Chinese are read twice, as English words and as one run of letters, because nobody says which of the
two ``dah`` is.  Every group is scaled to length one, so that a long name does not shout louder than a short one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p, sqrt

import numpy as np

from classifiers.evidence.priors import prior
from classifiers.headers.form import form
from classifiers.headers.lexicon import expand
from classifiers.ranker.column import Column

BUCKETS = 1 << 14
RULE = "rule:"  # a score of the rules: an offset, not a feature
MEANT = "meant:"  # what the name may say in Chinese, and what that reading is worth
TABLE, VALUES, WORDS, OWNERS, MEANING = (
    0.4,
    1.6,
    1.6,
    0.8,
    1.0,
)  # how loud a group is beside the name, whose loudness is one

Row = dict[int, float]


def bucket(feature: str) -> int:
    """The same on every machine and in every run."""
    return zlib.crc32(feature.encode()) % BUCKETS


def _grams(text: str, sizes: Sequence[int], mark: str) -> list[str]:
    framed = f"^{text}$"
    return [f"{mark}{framed[i : i + n]}" for n in sizes for i in range(len(framed) - n + 1)]


def _chinese(text: str) -> list[str]:
    found = _grams(text, (2, 3, 4), "z")
    found += [f"zc{c}" for c in set(text)]
    return found + [f"ze{text[-n:]}" for n in (1, 2, 3) if len(text) >= n]


def _letters(tokens: tuple[str, ...]) -> list[str]:
    run = "".join(tokens)
    words = expand(tokens)
    found = _grams(run, (2, 3, 4, 5), "l")
    found += [f"le{run[-n:]}" for n in (2, 3, 4, 5) if len(run) >= n]
    found += [f"w{word}" for word in {*tokens, *words}]
    found += [f"ww{one} {two}" for one, two in pairwise(words)]
    return [*found, f"wl{words[-1]}", f"wx{run}"] if words else found


@lru_cache(maxsize=65_536)
def name(text: str) -> tuple[str, ...]:
    """Features of one name."""
    taken = form(text)
    if taken.texts:
        found = _chinese(taken.texts[0])
        for other in taken.texts[1:]:
            found += _grams(other, (2, 3), "z")
        return tuple(found)
    return tuple(_letters(taken.tokens)) if taken.tokens else ()


def _table(text: str) -> list[str]:
    taken = form(text)
    if taken.texts:
        return _grams(taken.texts[0], (2,), "t")
    return [f"t{word}" for word in taken.tokens]


def _put(row: Row, features: Mapping[str, float], loud: float) -> None:
    length = sqrt(sum(v * v for v in features.values()))
    for feature, value in features.items():
        at = bucket(feature)
        row[at] = row.get(at, 0.0) + loud * value / length


def _counted(features: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for feature in features:
        found[feature] = found.get(feature, 0.0) + 1.0
    return {feature: log1p(n) for feature, n in found.items()}


def _meanings(seen: Mapping[str, float]) -> dict[str, float]:
    """Features of the Chinese readings of the name, the same as of a Chinese name, each as loud as it is worth."""
    found: dict[str, float] = {}
    for key, worth in seen.items():
        for feature in _chinese(key.removeprefix(MEANT)) if key.startswith(MEANT) else ():
            found[feature] = max(found.get(feature, 0.0), worth)
    return found


def row(column: Column) -> Row:
    """Bucket → value of one column."""
    found: Row = {}
    names = dict.fromkeys(n for n in (column.header, column.physical, column.comment) if n.strip())
    own = _counted(f for text in names for f in name(text))
    if own:
        _put(found, own, 1.0)
    meant = _meanings(column.seen)
    if meant:
        _put(found, meant, MEANING)
    table = _counted(_table(column.table))
    if table:
        _put(found, table, TABLE)
    for prefix, loud in (("value:", VALUES), ("word:", WORDS), ("own:", OWNERS)):
        seen = {key: value for key, value in column.seen.items() if key.startswith(prefix) and value}
        if seen:
            _put(found, seen, loud)
    return found


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows end to end: row ``i`` holds ``at[starts[i]:starts[i + 1]]`` with ``value``; none is empty."""

    starts: np.ndarray[tuple[int], np.dtype[np.int64]]
    at: np.ndarray[tuple[int], np.dtype[np.int64]]
    value: np.ndarray[tuple[int], np.dtype[np.float32]]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def part(self, begin: int, end: int) -> Rows:
        """The rows from ``begin`` up to ``end``."""
        low, high = self.starts[begin], self.starts[end]
        return Rows(self.starts[begin : end + 1] - low, self.at[low:high], self.value[low:high])


def rows(columns: Sequence[Column]) -> Rows:
    """All columns; the last bucket is always on and takes the part of a constant."""
    each = [sorted((row(column) | {BUCKETS: 1.0}).items()) for column in columns]
    starts = np.zeros(len(each) + 1, dtype=np.int64)
    np.cumsum([len(r) for r in each], out=starts[1:])
    at = np.array([k for r in each for k, _ in r], dtype=np.int64)
    value = np.array([v for r in each for _, v in r], dtype=np.float32)
    return Rows(starts, at, value)


@lru_cache(maxsize=16)
def priors(classes: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """What is likely before anything is seen, in nats, class by class."""
    return np.array([prior(category) for category in classes], dtype=np.float32)


def offsets(columns: Sequence[Column], classes: tuple[str, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """What the rules said, in nats, class by class; what is usual where they said nothing."""
    place = {category: i for i, category in enumerate(classes)}
    found = np.tile(priors(classes), (len(columns), 1))
    for i, column in enumerate(columns):
        for key, value in column.seen.items():
            at = place.get(key.removeprefix(RULE)) if key.startswith(RULE) else None
            if at is not None:
                found[i, at] += value
    return found
