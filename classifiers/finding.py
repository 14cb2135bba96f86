"""What the classifiers say of one field: a category, how sure, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.

    ``source`` is header, physical, comment, pattern, checksum, vocabulary, distribution, neighbours, ranker,
    presidio, ner, separation or correction.  ``weight`` is in nats of log-odds for ``category``.  ``text`` is a
    sentence with names and counts and never a cell; ``counts`` is (hits, looked at), (0, 0) where counting has no
    meaning.
    """

    source: str
    category: str
    weight: float
    text: str
    rule: str
    counts: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another category that the evidence leaves open, with its posterior probability."""

    category: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one field.

    ``confidence`` is a calibrated probability in [0, 1] that ``category`` is right.  ``role`` is
    direct-identifier, quasi-identifier, sensitive or insensitive.  ``needs_review`` is True when confidence
    is below the threshold or the margin to a graver alternative is thin: then a person decides.
    """

    field: str
    category: str
    confidence: float
    role: str
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    needs_review: bool = False
