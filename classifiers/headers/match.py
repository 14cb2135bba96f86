"""A name against the lexicon: which categories it speaks for, and how strongly, in nats.

Chinese and English names both end in their head: 法定代表人身份证号 is an identity number, 身份证类型 is not.  So a
phrase counts in full only at the end; words after it must be known to leave its meaning alone.  A short generic
head (日期, 类型, *date*, *code*) gives way to a sensitive word before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from classifiers.category import Tree
from classifiers.headers.grammar import Grammar, Unit, grammar
from classifiers.headers.lexicon import Lexicon, expand

FULL = 8.0  # nats for a name that is the phrase and nothing else
NEUTRAL_TAIL, SENSITIVE_BEFORE_HEAD, STEM, ENDING, MENTION = 0.9, 0.75, 0.7, 0.5, 0.15
NESTED, OVERRULED, SINGLE_CHARACTER, TURNED, OTHER_READING = 0.3, 0.5, 0.7, 0.92, 0.5
FLAG = "thing.flag"


@dataclass(frozen=True, slots=True)
class Match:
    """One category's best claim on a name.  ``start`` and ``end`` are positions of the phrase in the units read."""

    category: str
    weight: float
    phrase: str
    how: str
    start: int = 0
    end: int = 0
    length: int = 0


_NO_CLAIM = Match("", 0.0, "", "")


@dataclass(frozen=True, slots=True)
class _Occurrence:
    start: int
    end: int
    category: str
    quality: float
    tail: bool


def write(unit: Sequence[str]) -> str:
    """The units as people write them."""
    return ("" if all(len(u) == 1 for u in unit) else " ").join(unit)


def covers(units: Unit, pieces: frozenset[Unit], more: frozenset[Unit] = frozenset()) -> bool:
    """Whether ``units`` is a sequence of entries of the two sets."""
    reach = {0}
    for end in range(1, len(units) + 1):
        if any(start in reach and (units[start:end] in pieces or units[start:end] in more) for start in range(end)):
            reach.add(end)
    return len(units) in reach


def understood(units: Unit, lexicon: Lexicon, g: Grammar) -> int:
    """How many of the units before a phrase are words that are known."""
    known = position = 0
    while position < len(units):
        for end in range(min(len(units), position + max(g.longest, lexicon.longest)), position, -1):
            piece = units[position:end]
            if g.modifies(piece) or (piece in lexicon.phrases and (len(piece) > 1 or len(piece[0]) > 1)):
                known += end - position
                position = end
                break
        else:
            position += 1
    return known


def sensitive(category: str, tree: Tree) -> bool:
    """Whether the category says something of a person that stays sensitive in whatever form."""
    return category.startswith("person.") and tree[category].role == "sensitive"


def _tails(category: str, tree: Tree, g: Grammar) -> frozenset[Unit]:
    """The words that may follow a phrase of the category and leave it what it is."""
    if any(tree.is_under(category, other) for other in g.numberless):
        return g.any_tails
    return g.identifier_tails if tree[category].role == "direct-identifier" else g.both_tails


def _quality(tail: Unit, category: str, tree: Tree, g: Grammar) -> float:
    if not tail:
        return 1.0
    if covers(tail, _tails(category, tree, g)):
        return NEUTRAL_TAIL
    if sensitive(category, tree) and covers(tail, g.heads | g.attribute_tails, g.identifier_tails | g.qualifiers):
        return SENSITIVE_BEFORE_HEAD
    return MENTION


def _occurrences(units: Unit, lexicon: Lexicon, tree: Tree, g: Grammar) -> list[_Occurrence]:
    found: list[_Occurrence] = []
    for start in range(len(units)):
        for end in range(start + 1, min(len(units), start + lexicon.longest) + 1):
            exact = lexicon.phrases.get(units[start:end], ())
            for category in exact or lexicon.turned.get(tuple(sorted(units[start:end])), ()):
                quality = _quality(units[end:], category, tree, g) * (1.0 if exact else TURNED)
                found.append(_Occurrence(start, end, category, quality, end < len(units)))
    return found


def _nested(one: _Occurrence, all_: Sequence[_Occurrence]) -> bool:
    """Whether a longer phrase, of other categories only, holds the occurrence."""
    longer: dict[tuple[int, int], set[str]] = {}
    for o in all_:
        covers_it = o.start <= one.start and o.end >= one.end and o.end - o.start > one.end - one.start
        if covers_it and o.quality >= min(one.quality, SENSITIVE_BEFORE_HEAD):
            longer.setdefault((o.start, o.end), set()).add(o.category)
    return any(one.category not in owners for owners in longer.values())


def _astride(one: _Occurrence, body: Unit, g: Grammar) -> bool:
    """Whether a known word ends inside the phrase: 户号 is not what 用户号 is made of."""
    return any(
        body[start:end] in g.subjects
        for start in range(max(0, one.start - g.longest), one.start)
        for end in range(one.start + 1, min(one.end, start + g.longest + 1))
    )


def _overruled(one: _Occurrence, all_: Sequence[_Occurrence]) -> bool:
    """A general head (code, date, kind) after words that keep their meaning in spite of it."""
    general = ("thing.", "text.")
    return any(
        o.tail
        and o.end <= one.start
        and o.quality >= SENSITIVE_BEFORE_HEAD
        and (one.category.startswith(general) or o.quality >= NEUTRAL_TAIL)
        and not o.category.startswith(general)
        for o in all_
    )


def _refused(one: _Occurrence, units: Unit, lexicon: Lexicon) -> bool:
    """Whether a phrase that the classifier disowns covers the occurrence."""
    for phrase in lexicon.refused.get(one.category, ()):
        size = len(phrase)
        for start in range(len(units) - size + 1):
            if units[start : start + size] == phrase and start <= one.start and start + size >= one.end:
                return True
    return False


def disowned(units: Unit, category: str, lexicon: Lexicon) -> bool:
    """Whether the name holds a phrase that the category's classifier disowns."""
    return any(
        units[start : start + len(phrase)] == phrase
        for phrase in lexicon.refused.get(category, ())
        for start in range(len(units) - len(phrase) + 1)
    )


def sequence(units: Unit, lexicon: Lexicon, tree: Tree) -> dict[str, Match]:
    """The best claim of every category on one reading of a name."""
    g = grammar()
    body, flag = _flag(units, g)
    if not flag:
        return _claims(units, lexicon, tree, g)
    asked = {
        category: replace(match, weight=match.weight * (0.9 if sensitive(category, tree) else 0.2))
        for category, match in _claims(body, lexicon, tree, g).items()
    }
    for category, match in _claims(units, lexicon, tree, g).items():
        named = len(flag) < match.end - match.start and set(flag) <= set(units[match.start : match.end])
        if named and match.weight > asked.get(category, _NO_CLAIM).weight:
            asked[category] = match
    if FLAG in tree:
        strong = any((sensitive(c, tree) or m.how == "exact") and m.weight > 3 for c, m in asked.items() if c != FLAG)
        claim = Match(FLAG, 2.0 if strong else 5.5, write(flag), "flag", 0, len(flag), len(units))
        if asked.get(FLAG, claim).weight <= claim.weight:
            asked[FLAG] = claim
    return asked


def _claims(body: Unit, lexicon: Lexicon, tree: Tree, g: Grammar) -> dict[str, Match]:
    found = _occurrences(body, lexicon, tree, g)
    best: dict[str, Match] = {}
    stems = _stems(body, tree, g)
    spoken = [
        _Occurrence(m.start, m.end, m.category, _quality(body[m.end :], m.category, tree, g), m.end < len(body))
        for m in stems
    ]
    for one in found:
        if _refused(one, body, lexicon):
            continue
        match = _match(one, [*found, *spoken], body, lexicon, g)
        if match.weight > best.get(one.category, _NO_CLAIM).weight:
            best[one.category] = match
    for match in stems:
        stem = _Occurrence(match.start, match.end, match.category, STEM, True)
        if _refused(stem, body, lexicon):
            continue
        if match.weight > best.get(match.category, _NO_CLAIM).weight and not _said_below(match, best, tree):
            best[match.category] = match
    ending = _ending(body, tree, g)
    if ending is not None and not best:
        best[ending.category] = ending
    return best


def _ending(body: Unit, tree: Tree, g: Grammar) -> Match | None:
    """The claim of the longest known ending, for names that nothing else is known of."""
    for start in range(max(0, len(body) - g.longest), len(body)):
        category = g.endings.get(body[start:])
        if category is not None and category in tree:
            return Match(category, FULL * ENDING, write(body[start:]), "head", start, len(body), len(body))
    return None


def _stems(body: Unit, tree: Tree, g: Grammar) -> list[Match]:
    """Claims of the stems that the name holds anywhere."""
    found: list[Match] = []
    for start in range(len(body)):
        for end in range(start + 1, min(len(body), start + g.longest) + 1):
            category = g.stems.get(body[start:end])
            if category is not None and category in tree:
                weight = FULL * STEM * (0.6 + 0.4 * (end - start) / len(body))
                found.append(Match(category, weight, write(body[start:end]), "inner", start, end, len(body)))
    return found


def _said_below(match: Match, best: Mapping[str, Match], tree: Tree) -> bool:
    """Whether a category under the stem's own has a claim that is at least as good."""
    return any(
        c != match.category and tree.is_under(c, match.category) and m.weight >= match.weight for c, m in best.items()
    )


def _match(one: _Occurrence, all_: Sequence[_Occurrence], body: Unit, lexicon: Lexicon, g: Grammar) -> Match:
    """What one occurrence is worth: its quality, how much of the name is understood, what stands above it."""
    size = one.end - one.start
    before = understood(body[: one.start], lexicon, g)
    tail = len(body) - one.end if one.quality > MENTION else 0
    weight = FULL * one.quality * (0.45 + 0.55 * (size + tail + 0.8 * before) / len(body))
    if size == 1 and len(body) > 1 and len(body[one.start]) == 1:
        weight *= SINGLE_CHARACTER
    if _nested(one, all_) or _astride(one, body, g):
        weight *= NESTED
    elif _overruled(one, all_):
        weight *= OVERRULED
    how = "exact" if size == len(body) else "head" if not one.tail else "inner"
    return Match(one.category, weight, write(body[one.start : one.end]), how, one.start, one.end, len(body))


def _flag(units: Unit, g: Grammar) -> tuple[Unit, Unit]:
    """What the yes/no question is about, and the words that make it one."""
    for start in range(len(units) - 1):
        for flag in g.flags:
            if units[start : start + len(flag)] == flag and (start == 0 or len(flag[0]) == 1):
                body = units[start + len(flag) :]
                if body:
                    return body, flag
    return units, ()


def english(tokens: tuple[str, ...], lexicon: Lexicon, tree: Tree) -> dict[str, Match]:
    """The best claims on a name of English tokens: as written, written out, and with glued words taken apart.

    The reading that is understood best counts; what only another one yields counts for less.
    """
    apart = lexicon.apart(tokens)
    readings = dict.fromkeys((tokens, expand(tokens), apart, expand(apart), lexicon.completed(expand(apart))))
    claims = [sequence(reading, lexicon, tree) for reading in readings]
    for category in lexicon.names.get("".join(tokens), ()):
        claims[0][category] = Match(category, FULL * 0.97, write(tokens), "exact", 0, len(tokens), len(tokens))
    claims.sort(key=lambda c: -max((m.weight for m in c.values()), default=0.0))
    best = claims[0]
    for other in claims[1:]:
        for category, match in other.items():
            if category not in best:
                best[category] = replace(match, weight=match.weight * OTHER_READING)
    return best


def subject(units: Unit, before: int, g: Grammar) -> tuple[str, str]:
    """Whose the field is: the last subject word before position ``before``, or ('', '')."""
    for end in range(before, 0, -1):
        for start in range(max(0, end - g.longest), end):
            whose = g.subjects.get(units[start:end])
            if whose:
                return whose, write(units[start:end])
    return "", ""


def weaker(matches: dict[str, Match], factor: float) -> dict[str, Match]:
    """The same claims, each scaled."""
    return {category: replace(match, weight=match.weight * factor) for category, match in matches.items()}
