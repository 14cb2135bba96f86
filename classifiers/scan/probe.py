"""One pattern made ready: anchored, with the alphabet and lengths that rule it out cheaply."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.classifier import Classifier, Pattern
from classifiers.errors import ClassifierError
from classifiers.scan.alphabet import of_regex
from classifiers.scan.repair import Values

Positions = np.ndarray[tuple[int], np.dtype[np.intp]]


class Probe:
    """A pattern of a category, ready to be tried on an array."""

    __slots__ = ("can", "category", "must", "pattern", "regex")

    def __init__(self, category: str, pattern: Pattern) -> None:
        self.category = category
        self.pattern = pattern
        self.regex = f"^(?:{pattern.regex})$"
        self.can, self.must = of_regex(pattern.regex)

    def worth_trying(self, kinds: np.ndarray, lengths: np.ndarray) -> bool:
        """Whether any value has a fitting length and any a fitting alphabet."""
        low, high = self.pattern.length
        if not lengths[low : high + 1].any():
            return False
        return bool((((kinds & ~self.can) == 0) & ((kinds & self.must) == self.must)).any())

    def test(self, values: Values) -> tuple[Positions, Positions]:
        """Positions of the values that fit the regex, and of those that pass the check too."""
        low, high = self.pattern.length
        fits = (values.lengths >= low) & (values.lengths <= high)
        fits &= ((values.signature & (0xFFFF & ~self.can)) == 0) & ((values.signature & self.must) == self.must)
        where = np.flatnonzero(fits)
        if not len(where):
            return where, where
        chosen = values.values if len(where) == len(values) else values.values.take(pa.array(where))
        hit = pc.match_substring_regex(chosen, self.regex).to_numpy(zero_copy_only=False)
        where = where[hit]
        if not len(where) or self.pattern.check is None:
            return where, where
        passed = np.asarray(self.pattern.check(chosen.filter(pa.array(hit))), dtype=bool)
        if passed.shape != where.shape:
            raise ClassifierError(
                f"{self.category}: the check of pattern {self.pattern.name!r} answered {passed.size} times for "
                f"{where.size} values; it must return one boolean for each."
            )
        return where, where[passed]


def probes(classifiers: Iterable[Classifier]) -> tuple[Probe, ...]:
    """All patterns of all classifiers; ClassifierError names the first that RE2 refuses."""
    ready: list[Probe] = []
    for classifier in classifiers:
        for pattern in classifier.patterns:
            probe = Probe(classifier.category, pattern)
            try:
                pc.match_substring_regex(pa.array([""]), probe.regex)
            except pa.ArrowInvalid:
                raise ClassifierError(
                    f"{classifier.category}: RE2 refuses the pattern {pattern.name!r}; write it without look-around "
                    "and back-references."
                ) from None
            ready.append(probe)
    return tuple(ready)
