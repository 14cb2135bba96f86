"""Letters read as a row of Chinese words: ``sfxsdb`` → 是否享受低保, ``jtzz`` → 家庭住址, each with its probability.

Every reading has a price: what a word costs says how rare it is, and a letter that belongs to no word costs what a
letter of chance costs.  Two letters that only a rare word explains are therefore left unread.
"""

from __future__ import annotations

import math
import tomllib
from functools import lru_cache
from pathlib import Path

from classifiers.headers.grammar import grammar
from classifiers.headers.lexicon import Lexicon

USUAL, GRAMMAR, LISTED = 4.8, 6.6, 9.2  # nats that a word costs
LETTER, STRANGE = 3.0, 2.5  # nats of one letter that nothing explains, and of beginning to read so
PARTLY = 2.5  # nats of a reading that leaves letters unread
MOST, BEAM, WIDE = 6, 24, 8  # readings returned, kept on the way, and words tried for the same letters
LONGEST, LEAST = 24, 2
UNREAD = "□"


@lru_cache(maxsize=1)
def usual() -> frozenset[str]:
    """Words that stand in physical names again and again."""
    raw = tomllib.loads(Path(__file__).with_name("usual.toml").read_text(encoding="utf-8"))
    return frozenset(raw["words"])


@lru_cache(maxsize=1)
def _grammatical() -> frozenset[str]:
    g = grammar()
    sets = (g.subjects, g.qualifiers, g.heads, g.both_tails, g.any_tails, g.flags, g.endings)
    return frozenset("".join(unit) for units in sets for unit in units)


def _price(word: str) -> float:
    return USUAL if word in usual() else GRAMMAR if word in _grammatical() else LISTED


def _words(letters: str, lexicon: Lexicon) -> list[tuple[float, str]]:
    """(price, word) of the cheapest words that these letters abbreviate or spell."""
    spellings = lexicon.spellings
    found = {*spellings.initials.get(letters, ()), *spellings.full.get(letters, ())}
    return sorted((_price(word), word) for word in found)[:WIDE]


def decoded(letters: str, lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """(reading, probability) of the likeliest readings that explain every letter; the rest is that there is none."""
    size = len(letters)
    if not LEAST <= size <= LONGEST or not letters.isalpha() or not letters.isascii():
        return ()
    ways: list[dict[str, float]] = [{} for _ in range(size + 1)]
    ways[0][""] = 0.0
    for start in range(size):
        best = sorted(ways[start].items(), key=lambda item: (item[1], item[0]))[:BEAM]
        if not best:
            continue
        for end in range(start + 1, size + 1):
            words = _words(letters[start:end], lexicon) if end - start > 1 else []
            for text, price in best:
                for cost, word in words:
                    _keep(ways[end], text + word, price + cost)
        for text, price in best:
            _keep(ways[start + 1], text + UNREAD, price + LETTER + (0.0 if text.endswith(UNREAD) else STRANGE))
    nothing = LETTER * size + STRANGE
    order = sorted(ways[size].items(), key=lambda item: (item[1], item[0]))[:BEAM]
    read = [(text, price + (PARTLY if UNREAD in text else 0.0)) for text, price in order if text.strip(UNREAD)]
    chances = [(text, math.exp(min(50.0, nothing - price))) for text, price in read]
    whole = 1.0 + sum(chance for _, chance in chances)
    return tuple((text, chance / whole) for text, chance in chances[:MOST])


def _keep(ways: dict[str, float], text: str, price: float) -> None:
    if price < ways.get(text, math.inf):
        ways[text] = price
