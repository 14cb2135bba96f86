"""What a table itself gives away of the names in its free text: the values of its fields that name persons.

A classifier finds a name in running text only beside words that announce it; a name that also stands in a column of
the table is known without any.  Every such value is looked for in every text, whatever row it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from release.nouns.dataset import Table
from release.nouns.plan import Plan
from release.steps.reading import count_values

NAMING = "direct-identifier"
SHORTEST, LONGEST = 2, 60
Span = tuple[int, int, str]
Finder = Callable[[Sequence[str]], list[list[Span]]]


def known_words(table: Table, plan: Plan) -> dict[str, str]:
    """Value → category, of every field that the plan calls a direct identifier and that is no text itself."""
    naming = {f.field: f.category for f in plan.fields if f.role == NAMING and f.method != "redact-text"}
    found: dict[str, str] = {}
    for name, values in count_values(table.path, list(naming)).items():
        found |= {v.strip(): naming[name] for v in values if SHORTEST <= len(v.strip()) <= LONGEST}
    return found


def finder(words: dict[str, str]) -> Finder:
    """Finds every one of ``words`` in a text.  Words of letters and digits count only between other characters, so
    that Ann is not found in Annual; Chinese has no such borders."""
    lengths = sorted({len(word) for word in words}, reverse=True)
    return lambda texts: [list(_spans(text, words, lengths)) for text in texts]


def both(one: Finder, other: Finder) -> Finder:
    """The spans of two finders together."""
    return lambda texts: [[*a, *b] for a, b in zip(one(texts), other(texts), strict=True)]


def _spans(text: str, words: dict[str, str], lengths: Iterable[int]) -> Iterable[Span]:
    for length in lengths:
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if piece in words and _bordered(text, start, start + length):
                yield start, start + length, words[piece]


def _bordered(text: str, start: int, end: int) -> bool:
    inside, outside = (text[start], text[end - 1]), (text[start - 1 : start], text[end : end + 1])
    return not any(_plain(a) and _plain(b) for a, b in zip(inside, outside, strict=True))


def _plain(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"
