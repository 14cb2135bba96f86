"""The words of ``words.toml``, ready to be looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

Unit = tuple[str, ...]
SUBJECTS = ("person", "organisation", "thing")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Every entry is a sequence of units: characters for Chinese, tokens for English."""

    subjects: Mapping[Unit, str]
    any_tails: frozenset[Unit]
    identifier_tails: frozenset[Unit]
    attribute_tails: frozenset[Unit]
    both_tails: frozenset[Unit]
    heads: frozenset[Unit]
    flags: frozenset[Unit]
    qualifiers: frozenset[Unit]
    abbreviations: Mapping[str, tuple[str, ...]]
    stems: Mapping[Unit, str]
    endings: Mapping[Unit, str]
    numberless: tuple[str, ...]
    longest: int

    def modifies(self, unit: Unit) -> bool:
        """Whether the words may stand before a phrase without changing it."""
        return unit in self.qualifiers or unit in self.subjects


def _unit(word: str) -> Unit:
    return (word,) if word.isascii() else tuple(word)


def _units(table: Mapping[str, Sequence[str]]) -> frozenset[Unit]:
    return frozenset([tuple(word) for word in table["zh"]] + [tuple(word.split()) for word in table["en"]])


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar that ships with this library."""
    raw = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    subjects = {unit: subject for subject in SUBJECTS for unit in _units(raw["subject"][subject])}
    stems = {unit: category for category, words in raw["stem"].items() for unit in map(_unit, words)}
    sets = {
        "any_tails": _units(raw["tail"]["any"]),
        "identifier_tails": _units(raw["tail"]["identifier"]) | _units(raw["tail"]["any"]),
        "attribute_tails": _units(raw["tail"]["attribute"]) | _units(raw["tail"]["any"]),
        "heads": _units(raw["head"]),
        "flags": _units(raw["flag"]),
        "qualifiers": _units(raw["qualifier"]),
    }
    sets["both_tails"] = sets["identifier_tails"] | sets["attribute_tails"]
    longest = max(len(unit) for units in (*sets.values(), frozenset(subjects)) for unit in units)
    abbreviations = {short: tuple(full.split()) for short, full in raw["abbreviations"].items()}
    return Grammar(
        subjects=subjects,
        abbreviations=abbreviations,
        stems=stems,
        endings={unit: category for category, words in raw["ending"].items() for unit in map(_unit, words)},
        numberless=tuple(raw["numberless"]["categories"]),
        longest=longest,
        **sets,
    )
