"""All phrases of all classifiers in one index, so that a header is read by looking up its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from classifiers.classifier import Classifier
from classifiers.headers.form import form
from classifiers.headers.grammar import Unit, grammar
from classifiers.headers.pinyin import Spellings, spell

PREFIX = 4  # letters of a shortened word
GLUED = 3  # letters of the shortest word that is taken out of a run


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
    turned: Mapping[Unit, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> Spellings:
        """Pinyin of the Chinese phrases, worked out when first asked for."""
        return spell([*self.chinese, *("".join(u) for u in _chinese_words())])

    @cached_property
    def _starts(self) -> Mapping[str, str]:
        """A start of four letters or more → the one known word that begins so; absent when there are several."""
        found: dict[str, str] = {}
        for word in sorted(self.words):
            for size in range(PREFIX, len(word)):
                found[word[:size]] = word if word[:size] not in found else ""
        return {start: word for start, word in found.items() if word}

    def apart(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Tokens that are known words run together, taken apart: ``addrcode`` → addr, code."""
        return tuple(word for token in tokens for word in self._split(token))

    def _split(self, token: str) -> tuple[str, ...]:
        if token in self.words or len(token) < 2 * GLUED or not token.isascii():
            return (token,)
        best: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(GLUED, len(token) + 1):
            for start in range(end - GLUED + 1):
                piece = token[start:end]
                if start in best and piece in self.words and len(best[start]) + 1 < len(best.get(end, (piece,) * 99)):
                    best[end] = (*best[start], piece)
        return best.get(len(token), (token,))

    def completed(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Shortened words written out where only one known word begins so: ``regis`` → registration."""
        return expand([token if token in self.words else self._starts.get(token, token) for token in tokens])


def _chinese_words() -> list[Unit]:
    g = grammar()
    return [unit for unit in (*g.subjects, *g.qualifiers) if unit and not unit[0].isascii()]


def _units(phrase: str) -> list[Unit]:
    taken = form(phrase)
    if taken.texts:
        return [tuple(taken.texts[0])]
    return list(dict.fromkeys(u for u in (taken.tokens, expand(taken.tokens)) if u))


def _turned(phrases: Mapping[Unit, Mapping[str, None]]) -> dict[Unit, tuple[str, ...]]:
    """English phrases of two or three words by their sorted words: ``date_birth`` is *birth date* turned."""
    found: dict[Unit, dict[str, None]] = {}
    for unit, categories in phrases.items():
        if 2 <= len(unit) <= 3 and all(len(word) > 1 for word in unit):
            found.setdefault(tuple(sorted(unit)), {}).update(categories)
    return {unit: tuple(categories) for unit, categories in found.items()}


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
        turned=_turned(phrases),
    )
