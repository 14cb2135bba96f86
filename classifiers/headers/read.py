"""A whole header read: the name people see, the physical name and the comment, each a piece of evidence.

They are not independent (a physical name is often the pinyin of the Chinese one), so the best counts in full and the
others only a part of what they say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import log

from classifiers.category import Tree
from classifiers.headers.abbreviated import abbreviated
from classifiers.headers.form import form, without_prefix
from classifiers.headers.grammar import Unit, grammar
from classifiers.headers.lexicon import Lexicon
from classifiers.headers.match import Match, disowned, english, sequence, subject, weaker
from classifiers.headers.translate import Translation, translated
from classifiers.table import Header

_CLAUSE = re.compile(r"[,，;；:：.。(（\[【\n=]")
_PART = 0.85  # a reading of only a part of the name
_ENGLISH_ENOUGH = 3.0
NOTHING = Match("", 0.5, "", "")  # less is not worth a reason
_SHORT, _RARER = 3, 0.75  # letters that may stand for anything, and what the rarer meanings are worth
TRANSLATED = 0.85  # a Chinese reading of an English name
MENTIONED = 1.2  # nats for a word of the category anywhere in the comment


@dataclass(frozen=True, slots=True)
class Reading:
    """``claims`` maps a source (header, physical, comment) to the categories it speaks for.

    ``subject`` is whose the field is said to be by a word before the phrase that counts; ``owner`` by any word.
    ``meant`` maps what a physical name may say in Chinese to what that reading is worth.
    """

    claims: Mapping[str, Mapping[str, Match]] = field(default_factory=dict)
    subject: str = ""
    subject_word: str = ""
    owner: str = ""
    meant: Mapping[str, float] = field(default_factory=dict)


def name(text: str, lexicon: Lexicon, tree: Tree, shared: frozenset[str] = frozenset()) -> dict[str, Match]:
    """The best claim of every category on one name."""
    taken = form(text)
    best: dict[str, Match] = {}
    for position, reading in enumerate(taken.texts):
        claims = sequence(tuple(reading), lexicon, tree)
        _keep(best, claims if position == 0 else weaker(claims, _PART))
    if not taken.tokens:
        return best
    tokens = without_prefix(taken.tokens, shared)
    _keep(best, english(tokens, lexicon, tree))
    if tokens != taken.tokens:
        _keep(best, weaker(english(taken.tokens, lexicon, tree), _PART))
    meant = _translated(tokens, lexicon, tree)
    weak = max((m.weight for m in best.values()), default=0.0) < _ENGLISH_ENOUGH
    _keep(best, meant)
    letters = "".join(tokens)
    if weak and meant and len(letters) <= _SHORT and not _is_english(tokens, lexicon):
        _keep(best, weaker(abbreviated(letters, lexicon, tree), _RARER))
    if weak and not meant and not _is_english(tokens, lexicon):
        _keep(best, abbreviated(letters, lexicon, tree))
        if len(tokens) > 1 and not best:
            _keep(best, weaker(abbreviated(tokens[-1], lexicon, tree), 0.8))
    return best


def _translated(tokens: tuple[str, ...], lexicon: Lexicon, tree: Tree) -> dict[str, Match]:
    """Claims on the Chinese readings of the name, each less what the reading is less than certain."""
    best: dict[str, Match] = {}
    for meant in translated(tokens, lexicon):
        for category, match in sequence(meant.units, lexicon, tree).items():
            weight = TRANSLATED * match.weight + log(meant.worth)
            if match.phrase.isascii() or disowned(tokens, category, lexicon):
                continue
            if weight > best.get(category, NOTHING).weight:
                best[category] = replace(match, weight=weight, how="meaning")
    return best


def _keep(best: dict[str, Match], more: Mapping[str, Match]) -> None:
    for category, match in more.items():
        if category not in best or best[category].weight < match.weight:
            best[category] = match


def _mentions(comment: str, lexicon: Lexicon) -> dict[str, Match]:
    """Categories of which the comment, read to its end, mentions a word."""
    lowered = unicodedata.normalize("NFKC", comment).lower()
    return {
        category: Match(category, MENTIONED, cue, "inner")
        for category, cues in lexicon.cues.items()
        if (cue := max((c for c in cues if c in lowered), key=len, default=""))
    }


def _is_english(tokens: tuple[str, ...], lexicon: Lexicon) -> bool:
    return bool(tokens) and all(token in lexicon.words for token in tokens)


def _units(text: str) -> Unit:
    taken = form(text)
    return tuple(taken.texts[0]) if taken.texts else taken.tokens


def meanings(text: str, lexicon: Lexicon) -> tuple[Translation, ...]:
    """What a name that is not Chinese may say in Chinese."""
    return translated(form(text).tokens, lexicon)


def about(text: str, lexicon: Lexicon) -> str:
    """Whose the name of a table says that the table is; '' when it does not say."""
    units = [_units(text), *(m.units for m in meanings(text, lexicon)[:1])]
    return next((owner for u in units if (owner := subject(u, len(u), grammar())[0])), "")


def _whose(text: str, claims: Mapping[str, Match]) -> tuple[str, str]:
    g, units = grammar(), _units(text)
    best = max(claims.values(), key=lambda m: (m.weight, m.category), default=None)
    if best is None or best.length != len(units) or best.how in {"initials", "pinyin", "flag", "meaning"}:
        return subject(units, len(units), g)
    if best.start == 0:
        return "", ""
    return subject(units, best.start, g)


def read(header: Header, lexicon: Lexicon, tree: Tree, shared: frozenset[str] = frozenset()) -> Reading:
    """Everything the header says.  ``shared`` are the tokens that open every physical name of the table."""
    claims: dict[str, Mapping[str, Match]] = {}
    whose, owner = ("", ""), ""
    sources = [("header", header.name), ("physical", header.physical)]
    sources.append(("comment", _CLAUSE.split(header.comment, maxsplit=1)[0] if header.comment else ""))
    for source, text in sources:
        if not text.strip() or (source != "header" and text == header.name):
            continue
        found = name(text, lexicon, tree, shared if source != "comment" else frozenset())
        if source == "comment":
            _keep(found, _mentions(header.comment, lexicon))
        if found:
            claims[source] = found
        if not whose[0]:
            whose = _whose(text, found)
        owner = owner or subject(_units(text), len(_units(text)), grammar())[0]
    meant = {m.text: m.worth for text in (header.name, header.physical) for m in meanings(text, lexicon) if m.text}
    return Reading(claims, *whose, owner, meant)


def shared_prefix(headers: tuple[Header, ...], table: str) -> frozenset[str]:
    """Tokens that say which table a column is of, not what it holds."""
    names = [form(h.physical or h.name).tokens for h in headers]
    names = [tokens for tokens in names if tokens]
    if len(names) < 3:
        return frozenset()
    first = [tokens[0] for tokens in names if len(tokens) > 1]
    common = {token for token in set(first) if first.count(token) >= 0.8 * len(names)}
    return frozenset(common)
