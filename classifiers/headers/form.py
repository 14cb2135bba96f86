"""A column name taken apart: Chinese as a string of characters, anything else as English tokens.

``法定代表人(经营者姓名)`` is read as 法定代表人 with a note in brackets; ``CIS_100_employerPhone2`` as the tokens
employer, phone.  Digits at the edges, case, underscores and full-width forms say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_HAN = re.compile(r"[㐀-鿿]")
_BRACKET = re.compile(r"[(\[{<【〔《「](.*?)[)\]}>】〕》」]")
_ALTERNATIVES = re.compile(r"[/、,;|]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_NOT_CHAR = re.compile(r"[^㐀-鿿A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """``texts`` are the readings of a Chinese name, the whole first; ``tokens`` those of any other name.

    ``letters`` is the name as one run of lower-case letters, which is how pinyin is compared.
    """

    texts: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    letters: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing readable is left."""
        return not self.texts and not self.tokens


def _chars(text: str) -> str:
    return _NOT_CHAR.sub("", text).lower().strip("0123456789")


def _tokens(text: str) -> tuple[str, ...]:
    spaced = _CAMEL.sub(" ", text)
    return tuple(word.lower() for word in _NOT_WORD.split(spaced) if word and not word.isdigit())


def _chinese(text: str) -> tuple[str, ...]:
    outer = _chars(_BRACKET.sub("", text))
    inner = [_chars(part) for part in _BRACKET.findall(text)]
    parts = [_chars(part) for part in _ALTERNATIVES.split(_BRACKET.sub("", text))]
    whole = [outer, _chars(text)] if outer else [_chars(text)]
    return tuple(dict.fromkeys(t for t in [*whole, *parts, *inner] if t and _HAN.search(t)))


@lru_cache(maxsize=65_536)
def form(text: str) -> Form:
    """Take one name apart.  An empty or unreadable name gives an empty form."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _HAN.search(text):
        return Form(texts=_chinese(text))
    tokens = _tokens(text)
    return Form(tokens=tokens, letters="".join(tokens))


def without_prefix(tokens: Sequence[str], shared: frozenset[str]) -> tuple[str, ...]:
    """``tokens`` without the leading ones that every column of the table carries (``t_user_name`` → ``name``)."""
    start = 0
    while start < len(tokens) - 1 and tokens[start] in shared:
        start += 1
    return tuple(tokens[start:])
