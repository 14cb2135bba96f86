"""Physical names put back into Chinese, word by word: ``native_addr`` → 籍贯地址, ``fwxz_code`` → 房屋性质代码.

Administrations name columns in Chinese first and in English afterwards, so what the name means is found by the Chinese
phrases, which are many times those in English.  A word nobody glossed stays in the reading as one unit that is unknown.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from classifiers.headers.decode import UNREAD, decoded
from classifiers.headers.grammar import Unit, grammar
from classifiers.headers.lexicon import Lexicon

MOST = 6  # readings of one name
TINY = frozenset({"is", "if", "no", "id", "dt"})  # words of two letters that are looked for in a run
GLUED, SHORTENED = 3, 4  # letters of the shortest word taken out of a run; of the shortest start of a word
SECOND = 0.5  # what a rarer meaning of a word is worth beside the one before
UNLIKELY = 0.02  # probability from which a reading of initials is considered
HEADS = frozenset(["地址", "日期", "时间", "金额", "类型", "名称", "代码", "编号", "状态", "情况", "原因"])
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("or", ""),
)


@dataclass(frozen=True, slots=True)
class Translation:
    """One reading: its units (characters, and words that nobody can read), and what it is worth, 0..1."""

    units: Unit
    worth: float

    @property
    def text(self) -> str:
        """The Chinese part of the reading."""
        return "".join(unit for unit in self.units if not unit.isascii() and unit != UNREAD)


@lru_cache(maxsize=1)
def glosses() -> Mapping[str, tuple[str, ...]]:
    """English word → its meanings, the commonest first; a link has the meaning ''."""
    raw = tomllib.loads(Path(__file__).with_name("gloss.toml").read_text(encoding="utf-8"))
    found = {word: tuple(meaning.split("|")) for word, meaning in raw["words"].items()}
    return found | dict.fromkeys(raw["links"]["words"], ("",))


@lru_cache(maxsize=1)
def _starts() -> Mapping[str, str]:
    """A start of four letters or more → the word that begins so; the shortest where there are several."""
    found: dict[str, str] = {}
    for word in sorted(glosses(), key=len, reverse=True):
        for size in range(SHORTENED, len(word)):
            found[word[:size]] = word
    return found


@lru_cache(maxsize=16_384)
def _words(token: str) -> tuple[str, ...]:
    """The glossed words that a token is, or is run together from; empty when there are none."""
    known = glosses()
    if token in known:
        return (token,)
    for ending, other in _ENDINGS:
        stem = token.removesuffix(ending) + other
        if token.endswith(ending) and len(stem) >= GLUED and stem in known:
            return (stem,)
    short = grammar().abbreviations.get(token, ())
    if short and all(word in known for word in short):
        return short
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(token) + 1):
        for start in range(end - 1):
            piece = token[start:end]
            fits = piece in known and (len(piece) >= GLUED or piece in TINY)
            if fits and start in best and len(best[start]) + 1 < len(best.get(end, token * 2)):
                best[end] = (*best[start], piece)
    if len(token) in best:
        return best[len(token)]
    start_of = _starts().get(token)
    return (start_of,) if start_of else ()


def translated(tokens: Sequence[str], lexicon: Lexicon) -> tuple[Translation, ...]:
    """The Chinese readings of a name, the likeliest first; none when no word of it can be read."""
    told = [m for token in tokens for m in _meanings(token, lexicon) if m[0][0]]
    readable = sum(len(token) for token, m in ((t, _meanings(t, lexicon)) for t in tokens) if m[0][0][0] != token)
    if not readable:
        return ()
    ways: list[tuple[float, tuple[str, ...]]] = [(1.0, ())]
    for meanings in told:
        longer = [(worth * more, (*way, piece)) for worth, way in ways for piece, more in meanings]
        ways = sorted(longer, key=lambda w: (-w[0], w[1]))[:MOST]
    found: dict[Unit, float] = {}
    for worth, pieces in ways:
        found.setdefault(_units(pieces), worth)
        if len(pieces) > 1 and pieces[0] in HEADS and pieces[-1] not in HEADS:
            found.setdefault(_units([*pieces[1:], pieces[0]]), worth)
    return tuple(Translation(units, worth) for units, worth in found.items())


def _meanings(token: str, lexicon: Lexicon) -> list[list[tuple[str, float]]]:
    """What each word of a token may mean, with what that is worth; the token itself where nobody knows."""
    words = _words(token)
    if words:
        return [[(m, SECOND**place) for place, m in enumerate(glosses()[word])] for word in words]
    read = [] if token in lexicon.words else [(text, p) for text, p in decoded(token, lexicon) if p >= UNLIKELY]
    return [read or [(token, 1.0)]]


def _units(pieces: Sequence[str]) -> Unit:
    return tuple(unit for piece in pieces for unit in ((piece,) if piece.isascii() else tuple(piece)))
