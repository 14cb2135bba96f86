"""One pattern made ready: anchored, with the alphabet and lengths that rule it out cheaply.

Several categories may share a pattern (a telephone number is a person's or a firm's): it is tried once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.classifier import Classifier, Pattern
from classifiers.errors import ClassifierError
from classifiers.scan.alphabet import HAN, LOWER, ODD, of_regex
from classifiers.scan.repair import Mask, Values

Positions = np.ndarray[tuple[int], np.dtype[np.intp]]

STRONG = 0.01  # null rate below which a check proves something of a single cell
WEAK = 0.2  # null rate from which no number of hits among other values means anything


class Probe:
    """A pattern, ready to be tried on an array, and the categories it speaks for."""

    __slots__ = ("can", "categories", "must", "pattern", "regex")

    def __init__(self, pattern: Pattern, categories: tuple[str, ...]) -> None:
        self.pattern = pattern
        self.categories = categories
        self.regex = f"^(?:{pattern.regex})$"
        self.can, self.must = of_regex(pattern.regex)

    @property
    def full(self) -> bool:
        """Whether every cell is tried.

        A weak shape (is this a name? an address?) is a vote on a column and proves nothing of a single cell: the
        sampled rows are enough for it.
        """
        words = self.can & (HAN | ODD | LOWER)
        return self.pattern.null_rate < (STRONG if words else WEAK)

    @property
    def proof(self) -> bool:
        """Whether a single cell that passes is hardly ever anything else."""
        return self.pattern.check is not None and self.pattern.null_rate < STRONG

    def worth_trying(self, kinds: np.ndarray, lengths: np.ndarray) -> bool:
        """Whether any value has a fitting length and any a fitting alphabet."""
        low, high = self.pattern.length
        if not lengths[low : high + 1].any():
            return False
        return bool((((kinds & (0xFFFF & ~self.can)) == 0) & ((kinds & self.must) == self.must)).any())

    def test(self, values: Values, wanted: Mask | None = None) -> tuple[Positions, Positions]:
        """Positions of the ``wanted`` values that fit the regex, and of those that pass the check too."""
        low, high = self.pattern.length
        fits = (values.lengths >= low) & (values.lengths <= high)
        fits &= ((values.signature & (0xFFFF & ~self.can)) == 0) & ((values.signature & self.must) == self.must)
        if wanted is not None:
            fits &= wanted
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
                f"{self.categories[0]}: the check of pattern {self.pattern.name!r} answered {passed.size} times for "
                f"{where.size} values; it must return one boolean for each."
            )
        return where, where[passed]


def probes(classifiers: Iterable[Classifier]) -> tuple[Probe, ...]:
    """All patterns of all classifiers, each once; ClassifierError names the first that RE2 refuses."""
    owners: dict[Pattern, list[str]] = {}
    for classifier in classifiers:
        for pattern in classifier.patterns:
            owners.setdefault(pattern, []).append(classifier.category)
    ready = tuple(Probe(pattern, tuple(categories)) for pattern, categories in owners.items())
    for probe in ready:
        try:
            pc.match_substring_regex(pa.array([""]), probe.regex)
        except pa.ArrowInvalid:
            raise ClassifierError(
                f"{probe.categories[0]}: RE2 refuses the pattern {probe.pattern.name!r}; write it without look-around "
                "and back-references."
            ) from None
    return ready
