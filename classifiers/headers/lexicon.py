"""All phrases of all classifiers in one index, so that a header is read by looking up its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers.classifier import Classifier
from classifiers.headers.form import form
from classifiers.headers.grammar import Unit, grammar
from classifiers.headers.pinyin import Spellings, spell


def _singular(token: str) -> str:
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-2] if token.endswith(("sses", "xes", "ches", "shes")) else token[:-1]


def expand(tokens: Sequence[str]) -> tuple[str, ...]:
    """Abbreviations written out and plurals made singular: ``emp_tel_nbrs`` → employee telephone number."""
    abbreviations = grammar().abbreviations
    words: list[str] = []
    for token in tokens:
        if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
            token = _singular(token)
        words += abbreviations.get(token, (token,))
    return tuple(words)


@dataclass
class Lexicon:
    """``phrases`` maps a sequence of units (characters or tokens) to the categories that claim it.

    ``names`` maps a whole physical name, as one run of letters, to its categories.  ``cues`` are the words of each
    category that count when a comment mentions them.
    """

    phrases: Mapping[Unit, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, tuple[Unit, ...]]
    longest: int
    chinese: tuple[str, ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> Spellings:
        """Pinyin of the Chinese phrases, worked out when first asked for."""
        return spell([*self.chinese, *("".join(u) for u in _chinese_words())])


def _chinese_words() -> list[Unit]:
    g = grammar()
    return [unit for unit in (*g.subjects, *g.qualifiers) if unit and not unit[0].isascii()]


def _units(phrase: str) -> list[Unit]:
    taken = form(phrase)
    if taken.texts:
        return [tuple(taken.texts[0])]
    return list(dict.fromkeys(u for u in (taken.tokens, expand(taken.tokens)) if u))


def build(classifiers: Iterable[Classifier]) -> Lexicon:
    """Index the phrases.  The same phrase may belong to several categories: the values must then decide."""
    phrases: dict[Unit, dict[str, None]] = {}
    names: dict[str, dict[str, None]] = {}
    refused: dict[str, tuple[Unit, ...]] = {}
    cues: dict[str, tuple[str, ...]] = {}
    chinese: dict[str, None] = {}
    words: set[str] = set()
    for classifier in classifiers:
        for phrase in (*classifier.zh, *classifier.en, *classifier.physical):
            for unit in _units(phrase):
                phrases.setdefault(unit, {})[classifier.category] = None
                if unit[0].isascii() and len(unit[0]) > 1:
                    words.update(unit)
        for phrase in (*classifier.en, *classifier.physical):
            letters = form(phrase).letters
            if letters:
                names.setdefault(letters, {})[classifier.category] = None
        for phrase in classifier.zh:
            chinese["".join(form(phrase).texts[:1])] = None
        if classifier.words:
            cues[classifier.category] = tuple(word.lower() for word in classifier.words)
        refused[classifier.category] = tuple(u for phrase in classifier.not_headers for u in _units(phrase))
    g = grammar()
    words |= set(g.abbreviations)
    words |= {word for unit in (*g.subjects, *g.heads, *g.qualifiers) for word in unit if len(word) > 1}
    return Lexicon(
        phrases={unit: tuple(found) for unit, found in phrases.items()},
        names={letters: tuple(found) for letters, found in names.items()},
        refused={category: units for category, units in refused.items() if units},
        longest=max((len(unit) for unit in phrases), default=1),
        chinese=tuple(phrase for phrase in chinese if phrase),
        words=frozenset(words),
        cues=cues,
    )
