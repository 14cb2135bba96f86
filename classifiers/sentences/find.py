"""Everything in texts that identifies people, for taking it out: shapes, surroundings, and the name model if there.

What a reader would get wrong: this is no proof.  ``measured.toml`` says how much is found in made-up sentences; in real
remarks it is less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from classifiers.ner.read import PERSON, entities
from classifiers.presidio import Span, merged, spans
from classifiers.sentences.tags import is_chinese, named

NAME = "person.name"
BY_MODEL = 0.4  # below every shape: where both see something, the shape says what it is
BY_SHAPE = 0.9


def identifying(
    texts: Sequence[str], *, model: bool = True, progress: Callable[[int], None] | None = None
) -> list[list[Span]]:
    """Spans of every text from left to right, none overlapping.  ``model=False`` leaves the name model out even where
    it is installed.  Raises ClassifierError when its files are not the pinned ones."""
    seen = spans(texts, progress=progress, eager=True)
    chinese = [place for place, text in enumerate(texts) if is_chinese(text)] if model else []
    people = entities([texts[place] for place in chinese]) if chinese else None
    if people is None:
        return seen
    for place, found in zip(chinese, people, strict=True):
        names = [
            (one.start, one.end, NAME, BY_MODEL) for one in found if one.kind == PERSON and one.end - one.start > 1
        ]
        seen[place] = merged([*((s.start, s.end, s.category, BY_SHAPE) for s in seen[place]), *names])
    return seen


def tagged(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """:func:`identifying` as (start, end, tag), the tag in the language of the text: what a redaction writes."""
    found = identifying(texts)
    return named(texts, [[(one.start, one.end, one.category) for one in here] for here in found])
