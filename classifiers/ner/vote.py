"""What the name model says of a whole column: the share of its different values that are a person, a place, a body.

What a reader would get wrong: this is one vote.  On 467 Chinese columns of government tables with generated values at
least 0.94 of the values were persons in 52 columns of names and at most 0.19 in any other, which by itself would weigh
6.7 nats; the model and the name patterns look at the same characters, so a vote weighs less than half of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow.compute as pc

from classifiers.classifier import Classifier
from classifiers.finding import Reason
from classifiers.ner.model import version
from classifiers.ner.read import ORGANISATION, PERSON, PLACE, entities
from classifiers.scan.profile import Profile
from classifiers.vocabulary.addresses import is_chinese_address
from classifiers.vocabulary.chinese_names import is_chinese_name
from classifiers.vocabulary.organisation_names import is_department, is_organisation
from classifiers.vocabulary.regions import is_region

VALUES = 200
LEAST_VALUES = 8
SHORT_CHINESE = r"^\p{Han}[\p{Han}·•A-Za-z0-9()（）-]{1,39}$"
CHINESE = 0.5  # share of the sampled values from which the model has something to say
COVERED = 0.6  # of a value's characters, from which it is a person, a place or a body
MOST_ARE, HARDLY_ANY = 0.6, 0.1  # shares of the values
FOR, AGAINST, WITHOUT = 2.5, -2.0, -1.0  # nats
KINDS: dict[str, tuple[Callable[..., Any], ...]] = {
    PERSON: (is_chinese_name,),
    PLACE: (is_chinese_address, is_region),
    ORGANISATION: (is_organisation, is_department),
}
WORDS = {PERSON: "persons", PLACE: "places", ORGANISATION: "organisations"}


@lru_cache(maxsize=4)
def sides(classifiers: tuple[Classifier, ...]) -> dict[str, frozenset[str]]:
    """The categories whose values may be names of each kind: those that have its pattern."""
    return {
        kind: frozenset(c.category for c in classifiers if any(p.check in checks for p in c.patterns))
        for kind, checks in KINDS.items()
    }


def shares(profile: Profile) -> tuple[int, dict[str, float]] | None:
    """How many values were looked at, and the share of each kind; None for a column that is not short Chinese words,
    and where the extra [ner] is not installed."""
    if version() is None or len(profile.sample) < LEAST_VALUES:
        return None
    short = profile.sample.values.filter(pc.match_substring_regex(profile.sample.values, SHORT_CHINESE))
    if len(short) < max(LEAST_VALUES, CHINESE * len(profile.sample)):
        return None
    chosen = np.unique(np.linspace(0, len(short) - 1, num=min(VALUES, len(short))).astype(np.int64))
    values = short.take(chosen).to_pylist()
    found = entities(values)
    if found is None:
        return None
    counts = Counter[str]()
    for value, inside in zip(values, found, strict=True):
        covered = Counter[str]()
        for one in inside:
            covered[one.kind] += one.end - one.start
        counts.update(kind for kind, length in covered.items() if length >= COVERED * len(value))
    return len(values), {kind: counts[kind] / len(values) for kind in KINDS}


def reasons(profile: Profile, classifiers: tuple[Classifier, ...]) -> list[Reason]:
    """One reason for every category that the vote is for or against; none where there is no vote."""
    seen = shares(profile)
    if seen is None:
        return []
    looked, share = seen
    by_kind = sides(classifiers)
    most = next((kind for kind in KINDS if share[kind] >= MOST_ARE), "")
    if most:
        others = frozenset().union(*(by_kind[kind] for kind in KINDS if kind != most)) - by_kind[most]
        return [
            *_each(by_kind[most], FOR, most, share, looked),
            *_each(others, AGAINST, most, share, looked),
        ]
    if share[PERSON] < HARDLY_ANY:
        only = by_kind[PERSON] - by_kind[PLACE] - by_kind[ORGANISATION]
        return _each(only, WITHOUT, PERSON, share, looked)
    return []


def _each(
    categories: Sequence[str] | frozenset[str], weight: float, kind: str, share: dict[str, float], looked: int
) -> list[Reason]:
    hits = round(share[kind] * looked)
    text = f"the name model takes {hits:,} of {looked:,} sampled values for {WORDS[kind]}"
    return [Reason("ner", category, weight, text, f"ner:{kind}", (hits, looked)) for category in sorted(categories)]
