"""What a classifier is: one category, the words it is called by, the shape of its values, its examples.

A file in ``classifiers/person``, ``organisation``, ``thing`` or ``text`` that sets ``CLASSIFIER`` (or a tuple
``CLASSIFIERS``) is found by discovery.  It imports this module and nothing of its siblings.

What a reader would get wrong: pinyin initials (``sfzh``), full pinyin (``shenfenzheng``) and case, spacing and
punctuation variants are derived from ``headers``: do not list them by hand.  ``physical`` holds only the
English and abbreviated column names that cannot be derived (``id_card``, ``gmsfhm``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

Check = Callable[[pa.Array], "np.ndarray[tuple[int], np.dtype[np.bool_]]"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """The shape of one value, matched against the whole NFKC-normalised, trimmed cell.

    ``regex`` is RE2 (no look-around; write ``[0-9]``, never ``\\d``) and is anchored by the engine.
    ``length`` is the inclusive range of lengths in characters, used to skip columns cheaply.  ``check``, when
    given, takes the matching values (a pyarrow string array) and returns a boolean mask of those whose
    checksum or vocabulary test passes.  ``null_rate`` is the probability that a random value of the right
    length and alphabet passes regex and check: the evidence is judged against it, not against a fixed share.
    ``weight`` scales the evidence when the shape is shared by many things.
    """

    name: str
    regex: str
    length: tuple[int, int]
    null_rate: float
    check: Check | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of values (男/女, 汉族 …) with the least share of distinct values that must be in it."""

    name: str
    words: frozenset[str]
    min_share: float = 0.8


@dataclass(frozen=True, slots=True)
class Examples:
    """Cases the conformance suite runs: values that must and must not pass, headers that must and must not."""

    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    not_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classifier:
    """One category and every kind of evidence for it.

    ``zh`` and ``en`` are header phrases; ``physical`` extra column names; ``words`` Presidio-style context words
    used for comments and free text; ``presidio`` the Presidio entity it corresponds to, if any; ``source``
    the standard the pattern comes from.
    """

    category: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    physical: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_headers: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    vocabularies: tuple[Vocabulary, ...] = ()
    presidio: str = ""
    source: str = ""
    examples: Examples = field(default_factory=Examples)
