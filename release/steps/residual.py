"""Direct identifiers that the classifiers still see in the treated table: by value alone, in cells and inside texts.

What a reader would get wrong: headers are hidden from the classifiers here.  A column called 手机号 that holds
``138****1234`` is called a mobile number by its header and is none by its values, and only values can identify; for
the same reason masked shapes do not count.  A field that the plan pseudonymises is meant to look like an identifier
(format-preserving) and is left to :mod:`release.steps.overlap`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from classifiers.category import Tree, tree
from classifiers.classifier import Classifier
from classifiers.classify import judge
from classifiers.discovery import found
from classifiers.evidence.facets import facets
from classifiers.finding import Finding
from classifiers.inside import Shape, shapes
from classifiers.ranker.weights import NONE
from classifiers.scan.profile import Hits, Profile
from classifiers.scan.scan import scan
from classifiers.table import Header
from classifiers.table import Table as Columns
from release.nouns.plan import FieldPlan, Plan
from release.steps.chance import CHANCE, poisson_tail
from release.steps.embedded import embedded
from release.steps.profile import batches, parquet

DIRECT = "direct-identifier"
UNTOUCHED = "keep"
PSEUDONYMS = frozenset({"pseudonym", "fpe"})
BANDS = frozenset({"generalize", "top-code", "bottom-code", "round", "group-rare", "year-only", "zip3"})
SHARED_BY = 100  # rows that share a value on average, from which a banded field cannot hold identifiers
SHARP = 0.02  # null rate up to which a shape speaks for itself, without the rest of the column
LIKELY = 0.5  # what all direct identifiers together must weigh for the verdict on a whole column to count
MOST = 0.9  # of the cells, that a harmless category must account for
TEXT_FROM = 12  # characters from which a cell is read as running text
WORDS = "[A-Za-z\\p{Han}]{2}"  # and it must hold a word: the decimals of a number are no telephone number
CHUNK = 8_000
LOOSE = ("person.name", "person.contact.address")  # found in texts by the words around them: a few may be mistaken
LOOSE_SHARE = 0.001
LOOSE_LEAST = 3


def residual(path: Path, plan: Plan) -> dict[str, str]:
    """``{field: category}`` of the fields in which a direct identifier is still seen; no cell is quoted."""
    table = parquet(path)
    names = [column.name for column in table.columns]
    hidden = Columns(tuple(Header(f"c{place}") for place in range(len(names))), table.rows, table.batches)
    classifiers = _unmasked()
    profiles = scan(hidden, classifiers)
    # Rules alone: what was learned of columns takes the shape of a masked number for the number itself.
    findings = judge(hidden, profiles, classifiers, ranker=NONE)
    planned = {field.field: field for field in plan.fields}
    seen: dict[str, str] = {}
    for name, profile, finding in zip(names, profiles, findings, strict=True):
        entry = planned.get(name)
        if entry is not None and entry.method in PSEUDONYMS:
            continue
        declared = entry.category if entry is not None and entry.role != DIRECT else ""
        if entry is not None and _shared(entry, profile):
            continue
        category = _in_cells(profile, finding, declared) or _in_texts(path, name, profile, declared)
        category = category or _embedded(path, name, profile, entry, declared)
        if category:
            seen[name] = category
    return seen


def _embedded(path: Path, name: str, profile: Profile, entry: FieldPlan | None, declared: str) -> str:
    """The direct identifier that stands inside codes and titles, or in a few of the cells, or nothing."""
    kept = entry is None or entry.method == UNTOUCHED
    for category in embedded(path, name, profile, declared, kept):
        own = declared == category or declared.startswith(f"{category}.")  # a legal representative's name, published
        if not own and not _explained(declared, category, profile):
            return category
    return ""


def _shared(entry: FieldPlan, profile: Profile) -> bool:
    """Whether a generalised field shows only values that very many rows share: a band of incomes such as 1106-1453
    has the shape of a telephone number, and identifies nobody.  A field that is kept as it is gets no such pardon."""
    if entry.role == DIRECT or entry.method not in BANDS:
        return False
    return profile.distinct * SHARED_BY <= profile.present


@lru_cache(maxsize=1)
def _unmasked() -> tuple[Classifier, ...]:
    """Every classifier without the shapes of masked values."""
    return tuple(
        replace(one, patterns=tuple(pattern for pattern in one.patterns if "masked" not in pattern.name))
        for one in found()
    )


def _in_cells(profile: Profile, finding: Finding, declared: str) -> str:
    """The direct identifier that whole cells are, or nothing."""
    known = tree()
    for category in sorted(profile.hits, key=lambda name: (-profile.hits[name].passed, name)):
        hits = profile.hits[category]
        if _direct(category, known) and not _explained(declared, category, profile) and _beyond_chance(hits, profile):
            return category
    return _verdict(profile, finding, declared)


def _verdict(profile: Profile, finding: Finding, declared: str) -> str:
    """The likeliest direct identifier, when the classifiers hold it for likelier than not that the column is one."""
    known = tree()
    likely = {alternative.category: alternative.confidence for alternative in finding.alternatives}
    likely[finding.category] = finding.confidence
    direct = {
        category: weight
        for category, weight in likely.items()
        if _direct(category, known) and not _explained(declared, category, profile)
    }
    return max(direct, key=lambda name: (direct[name], name)) if sum(direct.values()) >= LIKELY else ""


def _direct(category: str, known: Tree) -> bool:
    return category in known and known[category].role == DIRECT


def _explained(declared: str, category: str, profile: Profile) -> bool:
    """Whether the plan's own, harmless category accounts for what was seen: a shop's telephone number has the shape
    of a person's, and somebody decided that this one is a shop's."""
    if not declared:
        return False
    if any(facet.shared and facet.owner(category) and facet.owner(declared) for facet in facets().of(declared)):
        return True
    own, seen = profile.hits.get(declared), profile.hits.get(category)
    if own is None or seen is None or own.passed < MOST * own.looked_at:
        return False
    return own.passed == own.looked_at or 2 * seen.passed >= own.passed


def _beyond_chance(hits: Hits, profile: Profile) -> bool:
    """Whether so many different values pass a sharp shape that chance does not do it (Poisson upper tail).

    A check digit that most values of the right shape fail says that the shape, not the identifier, is common here.
    """
    if hits.null_rate > SHARP or not hits.distinct or (hits.checked and 2 * hits.passed < hits.shaped):
        return False
    expected = hits.null_rate * max(1, min(hits.shaped, profile.distinct))
    return poisson_tail(hits.distinct, expected) < CHANCE


def _in_texts(path: Path, name: str, profile: Profile, declared: str) -> str:
    """The direct identifier that stands inside running texts, or nothing.  Reads texts until the first sure one."""
    if not any(length >= TEXT_FROM for length in profile.lengths):
        return ""
    wanted = [shape for shape in _shapes() if not _explained(declared, shape.category, profile)]
    counts = Counter[str]()
    least = max(LOOSE_LEAST, math.ceil(LOOSE_SHARE * profile.present))
    for texts in _texts(path, name):
        held = Counter[str]()
        for shape in wanted:
            possible = texts.filter(pc.match_substring_regex(texts, shape.hint)).to_pylist()
            held[shape.category] = max(held[shape.category], _held(shape, possible, least))
            if held[shape.category] and shape.category not in LOOSE:
                return shape.category
        counts += held  # two shapes may see one name, so a batch counts as often as its best shape
        for category in LOOSE:
            if counts[category] >= least:
                return category
    return ""


@lru_cache(maxsize=1)
def _shapes() -> tuple[Shape, ...]:
    """What is looked for in texts, of direct identifiers only."""
    return tuple(shape for shape in shapes(found()) if _direct(shape.category, tree()))


def _held(shape: Shape, texts: Sequence[str], enough: int) -> int:
    """In how many of ``texts`` the shape stands; counting stops at ``enough``."""
    pattern = _pattern(shape.regex)
    if pattern is None and texts:
        from classifiers.presidio import spans  # late: it takes seconds to load, and few shapes need its dialect

        return sum(any(span.category == shape.category for span in inside) for inside in spans(texts))
    held = 0
    for text in texts:
        matches = pattern.finditer(unicodedata.normalize("NFKC", text)) if pattern else ()
        held += any(shape.check is None or shape.check(match.group()) for match in matches)
        if held >= enough:
            break
    return held


@lru_cache(maxsize=512)
def _pattern(regex: str) -> re.Pattern[str] | None:
    """The shape's regex, or None when it looks back further than the standard library can."""
    try:
        return re.compile(regex, re.DOTALL)
    except re.error:
        return None


def _texts(path: Path, name: str) -> Iterator[pa.Array]:
    """The different running texts of a column, some thousands at a time."""
    for batch in batches(path, [name]):
        column = pc.unique(batch.column(0)).drop_null()
        worded = pc.and_(pc.greater_equal(pc.utf8_length(column), TEXT_FROM), pc.match_substring_regex(column, WORDS))
        long = column.filter(worded)
        for start in range(0, len(long), CHUNK):
            yield long.slice(start, CHUNK)


def told(seen: Mapping[str, str], fields: Sequence[FieldPlan]) -> str:
    """One sentence on what is still seen, for a verdict's note."""
    if not seen:
        return f"Every cell of {len([f for f in fields if f.method != 'drop'])} fields was scanned."
    return "Seen in " + ", ".join(f"{field} ({category})" for field, category in seen.items()) + "."
