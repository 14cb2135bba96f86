"""Values that are words of a closed list: 男 and 女, 汉族, 已婚.

Judged on distinct values, so that a column of one word repeated is one witness, and on the words themselves: that a
column holds only 1 and 2 says little, because many lists of codes do.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.classifier import Classifier, Vocabulary
from classifiers.evidence.pattern import bayes_factor
from classifiers.finding import Reason
from classifiers.scan.profile import Profile

WORD_NULL, CODE_NULL = 0.03, 0.7  # chance that a value of something else is in the list
MISS = 0.05  # share of a true column that the list does not know
MOST, LEAST = 7.0, -1.5
FEW, PART, PARTLY = 4, 0.35, 4.0  # words, share of the distinct values that are no codes, nats at most
ENOUGH = 200  # distinct values looked at


def _codes(values: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which values are bare codes: one or two characters, none of them Chinese."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.match_substring_regex(
        values, "^[0-9A-Za-z]{1,2}$|^[0-9]+$"
    ).to_numpy(zero_copy_only=False)
    return found


def _weigh(words: int, codes: int, misses: int) -> float:
    hit = words * log((1 - MISS) / WORD_NULL) + codes * log((1 - MISS) / CODE_NULL)
    total = words + codes + misses
    allowed = MISS * total
    return hit + max(0.0, misses - allowed) * log(MISS / (1 - WORD_NULL))


def _partly(words: int, of: int) -> float:
    """Nats for a list that knows only a part: spellings of the same thing differ, and codes stand among the words."""
    if words < FEW or words / of < PART:
        return 0.0
    return min(PARTLY, bayes_factor(words, of, WORD_NULL, (2.0, 1.0)) / 2)


def _reason(category: str, vocabulary: Vocabulary, profile: Profile, negative: bool) -> Reason | None:
    values, counts = profile.sample.values, profile.sample.counts
    if len(values) > ENOUGH:
        most = np.argsort(-counts, kind="stable")[:ENOUGH]
        values = values.take(pa.array(np.sort(most)))
    lowered = pc.utf8_lower(values)
    hit = pc.is_in(lowered, value_set=_set(vocabulary.words)).to_numpy(zero_copy_only=False)
    n, k = len(values), int(np.count_nonzero(hit))
    if k == 0 and not negative:
        return None
    codes = int(np.count_nonzero(hit & _codes(values)))
    partly = _partly(k - codes, n - int(np.count_nonzero(_codes(values)))) if k / n < vocabulary.min_share else 0.0
    if partly > 0:
        text = f"{k - codes:,} of {n:,} distinct values are in the list '{vocabulary.name}', too many for chance"
        return Reason("vocabulary", category, partly, text, vocabulary.name, (k - codes, n))
    if k / n < vocabulary.min_share:
        weight = max(LEAST, -1.0 - (1 - k / n)) if negative else 0.0
        text = f"only {k:,} of {n:,} distinct values are in the list '{vocabulary.name}'"
        return Reason("vocabulary", category, weight, text, vocabulary.name, (k, n)) if weight else None
    weight = min(MOST, _weigh(k - codes, codes, n - k))
    if weight <= 0:
        return None
    text = f"{k:,} of {n:,} distinct values are in the list '{vocabulary.name}'"
    return Reason("vocabulary", category, weight, text, vocabulary.name, (k, n))


@lru_cache(maxsize=512)
def _set(words: frozenset[str]) -> pa.Array:
    return pa.array(sorted({word.lower() for word in words}), pa.string())


def reasons(profile: Profile, classifiers: tuple[Classifier, ...]) -> list[Reason]:
    """The best list of every category; evidence against only where a category has lists and no pattern."""
    if not len(profile.sample):
        return []
    found: list[Reason] = []
    for classifier in classifiers:
        negative = not classifier.patterns
        own = [_reason(classifier.category, v, profile, negative) for v in classifier.vocabularies]
        given = [reason for reason in own if reason is not None]
        if given:
            found.append(max(given, key=lambda r: r.weight))
    return found
