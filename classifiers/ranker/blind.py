"""The classifiers as they would be had nobody seen a source: its own wordings are taken out of the phrase lists.

Phrases were written with public schemas in view, so figures on those schemas flatter.  For every source the phrases
that spell one of its headers exactly are removed, unless the wording stands in another source as well or
is one of the plain names of the category (``PLAIN`` characters or fewer, which any author would list).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classifiers.classifier import Classifier
from classifiers.headers.form import form
from classifiers.ranker.corpus import Labelled

PLAIN = 4


def _spelling(text: str) -> str:
    taken = form(text)
    return taken.texts[0] if taken.texts else taken.letters


def wordings(columns: Sequence[Labelled], source: str) -> frozenset[str]:
    """Headers and physical names that only this source has."""
    own = {_spelling(t) for c in columns if c.source == source for t in (c.header, c.physical)}
    other = {_spelling(t) for c in columns if c.source != source for t in (c.header, c.physical)}
    return frozenset(w for w in own - other if len(w) > PLAIN)


def without(classifiers: tuple[Classifier, ...], words: frozenset[str]) -> tuple[Classifier, ...]:
    """The same classifiers with those wordings taken out of every list."""

    def left(phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(p for p in phrases if _spelling(p) not in words)

    return tuple(replace(c, zh=left(c.zh), en=left(c.en), physical=left(c.physical)) for c in classifiers)
