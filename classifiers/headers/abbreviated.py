"""Names of pinyin: ``sfzhm``, ``lxdh``, ``xingming``.

Two letters fit many phrases, so the claim grows with the length of what is matched and shrinks with the number
of categories that share the spelling.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from classifiers.category import Tree
from classifiers.headers.grammar import grammar
from classifiers.headers.lexicon import Lexicon
from classifiers.headers.match import FLAG, Match, sensitive

_BY_LENGTH = {2: 3.6, 3: 4.6, 4: 5.6, 5: 6.2}
_LONGEST = 6.5
_PREFIX_KNOWN, _PREFIX_UNKNOWN, _TAIL = 0.6, 1.8, 0.8
_MAX_PREFIX = 12


def _base(length: int) -> float:
    return _BY_LENGTH.get(length, _LONGEST)


def _categories(phrases: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """Category → the phrase it owns among those that share a spelling."""
    owners: dict[str, str] = {}
    for phrase in phrases:
        for category in lexicon.phrases.get(tuple(phrase), ()):
            owners.setdefault(category, phrase)
    return owners


def _splits(letters: str, lexicon: Lexicon) -> bool:
    """Whether a prefix is made of the initials of words that are known."""
    if not letters:
        return True
    known = lexicon.spellings.initials
    reach = {0}
    for end in range(2, len(letters) + 1):
        if any(start in reach and letters[start:end] in known for start in range(end - 1)):
            reach.add(end)
    return len(letters) in reach


def _tails() -> tuple[str, ...]:
    return ("dm", "bm", "mc", "hm", "bh", "xx", "zw", "ms", "sm", "bz")


def _claim(letters: str, whole: str, lexicon: Lexicon, tree: Tree, cost: float) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for index, how, base in (
        (lexicon.spellings.initials, "initials", _base(len(letters))),
        (lexicon.spellings.full, "pinyin", 6.4),
    ):
        owners = _categories(index.get(letters, ()), lexicon)
        for category, phrase in owners.items():
            weight = base - cost - math.log(len(owners))
            if weight > found.get(category, Match(category, 0.0, "", "")).weight:
                found[category] = Match(
                    category, weight, phrase, how, len(whole) - len(letters), len(whole), len(whole)
                )
    return found


def abbreviated(letters: str, lexicon: Lexicon, tree: Tree) -> dict[str, Match]:
    """The best claims on a name read as pinyin; empty when it cannot be."""
    if len(letters) < 2 or not letters.isalpha():
        return {}
    best = _claim(letters, letters, lexicon, tree, 0.0)
    for start in range(1, min(len(letters) - 1, _MAX_PREFIX)):
        rest = letters[start:]
        if best and len(rest) < 3:
            break
        cost = _PREFIX_KNOWN if _splits(letters[:start], lexicon) else _PREFIX_UNKNOWN
        if cost == _PREFIX_UNKNOWN and len(rest) < 3:
            continue
        for category, match in _claim(rest, letters, lexicon, tree, cost).items():
            if category not in best:
                best[category] = match
    if not best:
        for tail in _tails():
            if letters.endswith(tail) and len(letters) > len(tail) + 1:
                stem = letters[: -len(tail)]
                claims = _claim(stem, letters, lexicon, tree, _TAIL)
                best |= {c: m for c, m in claims.items() if tree[c].role != "direct-identifier"}
    return _question(letters, best, tree)


def _question(letters: str, best: dict[str, Match], tree: Tree) -> dict[str, Match]:
    """``sfwfh`` (是否危房户): a yes/no question unless something longer was recognised."""
    if letters.startswith("sf") and len(letters) >= 4 and FLAG in tree:
        strong = max((m.weight for c, m in best.items() if m.start == 0 or sensitive(c, tree)), default=0.0)
        if strong < 3.5 and ("是", "否") in grammar().flags:
            best = {c: m for c, m in best.items() if m.start == 0 or sensitive(c, tree)}
            best[FLAG] = Match(FLAG, 4.5, "是否", "initials", 0, 2, len(letters))
    return best
