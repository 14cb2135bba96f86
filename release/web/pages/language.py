"""Words of the pages in two languages, and which of them a visitor reads.

What a reader would get wrong: a word that is missing is an error, not its own key; a test walks every template.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = {"zh": "zh-CN", "en": "en"}
DEFAULT = "zh"
WORDS = Path(__file__).parent.parent / "words.toml"


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """``{key: {zh, en}}`` with dotted keys, from words.toml.  Raises ValueError when a language is missing."""
    found: dict[str, Mapping[str, str]] = {}
    for group, entries in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        for name, said in entries.items():
            if set(said) != set(LANGUAGES):
                raise ValueError(f"words.toml: {group}.{name} needs exactly zh and en")
            found[f"{group}.{name}"] = said
    return found


def translate(language: str, key: str, **values: object) -> str:
    """The words of ``key``, its {places} filled.  Raises KeyError on a key that is not there."""
    return words()[key][language].format(**values) if values else words()[key][language]


def chosen(query: str, cookie: str, accept: str) -> str:
    """What was asked for, what was asked for before, what the browser prefers, or Chinese."""
    for wish in (query, cookie):
        if wish in LANGUAGES:
            return wish
    for part in accept.split(","):
        tag = part.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return DEFAULT
