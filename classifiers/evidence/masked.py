"""Values that somebody already masked: ``110***********1234`` still says what it is the mask of.

The hidden places are filled from the classifier's own examples of the same length; what then fits the pattern
is what the mask may stand for.  The more characters are left to see, the more that says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from classifiers.classifier import Classifier
from classifiers.finding import Reason
from classifiers.scan.profile import Profile

FROM = 0.05  # share of masked cells from which masks are looked at
LOOKED_AT = 200
PER_CHARACTER, MOST = 0.6, 4.0
LEAST_SHARE = 0.6


def _masked(profile: Profile) -> list[str]:
    hit = pc.match_substring(profile.sample.values, "*")
    return [str(v) for v in profile.sample.values.filter(hit).slice(0, LOOKED_AT).to_pylist()]


def _fill(value: str, example: str) -> str:
    return "".join(e if c == "*" else c for c, e in zip(value, example, strict=True))


def _share(values: list[str], classifier: Classifier) -> float:
    """Share of the masked values that fit a pattern of the classifier once filled."""
    regexes = [f"^(?:{p.regex})$" for p in classifier.patterns]
    by_length: dict[int, list[str]] = {}
    for example in classifier.examples.values:
        by_length.setdefault(len(example), []).append(example)
    fits = [False] * len(values)
    for regex in regexes:
        filled: list[tuple[int, str]] = []
        for position, value in enumerate(values):
            filled += [(position, _fill(value, example)) for example in by_length.get(len(value), ())[:3]]
        if not filled:
            continue
        hit = pc.match_substring_regex(pa.array([text for _, text in filled]), regex).to_pylist()
        for (position, _), matched in zip(filled, hit, strict=True):
            fits[position] = fits[position] or bool(matched)
    return sum(fits) / len(values)


def reasons(profile: Profile, classifiers: Iterable[Classifier]) -> list[Reason]:
    """Evidence for the categories whose masked form the column may hold."""
    if profile.masked < FROM:
        return []
    values = _masked(profile)
    if not values:
        return []
    seen = sum(len(re.sub(r"\*", "", v)) for v in values) / len(values)
    found: list[Reason] = []
    for classifier in classifiers:
        if not classifier.patterns or not classifier.examples.values:
            continue
        share = _share(values, classifier)
        if share >= LEAST_SHARE:
            weight = min(MOST, PER_CHARACTER * seen) * share
            text = f"{round(share * len(values)):,} of {len(values):,} masked values fit once the mask is filled"
            counts = (round(share * len(values)), len(values))
            found.append(Reason("pattern", classifier.category, weight, text, "masked", counts))
    return found
