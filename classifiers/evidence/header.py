"""What the header says, as evidence; and whose the header says the field is."""

from __future__ import annotations

from collections.abc import Mapping

from classifiers.evidence.facets import Facets
from classifiers.finding import Reason
from classifiers.headers.match import Match
from classifiers.headers.read import Reading

AGAIN = 0.3  # what a second source adds of its own weight: a physical name is often the Chinese one in pinyin
TRUST = {"header": 1.0, "physical": 0.85, "comment": 0.8}
OWNED, DISOWNED = 1.0, -2.0
KIND = 0.6  # of a claim that holds for the same kind of value of another owner
_HOW = {
    "exact": "is the phrase",
    "head": "ends in the phrase",
    "inner": "contains the phrase",
    "initials": "reads like the pinyin initials of",
    "pinyin": "reads like the pinyin of",
    "meaning": "put into Chinese holds",
    "flag": "asks a yes/no question with",
}
_NAME = {"header": "The header", "physical": "The physical name", "comment": "The comment"}


def _text(source: str, match: Match) -> str:
    return f"{_NAME[source]} {_HOW[match.how]} '{match.phrase}'"


def _claims(reading: Reading) -> dict[str, list[tuple[float, str, Match]]]:
    """Category → what each source says for it, the strongest first."""
    found: dict[str, list[tuple[float, str, Match]]] = {}
    for source, matches in reading.claims.items():
        for category, match in matches.items():
            found.setdefault(category, []).append((match.weight * TRUST[source], source, match))
    for claims in found.values():
        claims.sort(key=lambda c: (-c[0], c[1]))
    return found


def reasons(reading: Reading, facets: Facets, known: frozenset[str]) -> list[Reason]:
    """Evidence of the names over the column.  ``known`` are the categories that have a classifier."""
    found: list[Reason] = []
    totals: dict[str, float] = {}
    for category, claims in sorted(_claims(reading).items()):
        for position, (weight, source, match) in enumerate(claims):
            share = weight if position == 0 else weight * AGAIN
            found.append(Reason(source, category, share, _text(source, match), f"{source}:{match.how}"))
            totals[category] = totals.get(category, 0.0) + share
    if reading.subject:
        found += _ownership(reading, totals, facets, known)
    elif not reading.owner:
        found += _kinds(totals, facets, known)
    return found


def _kinds(totals: Mapping[str, float], facets: Facets, known: frozenset[str]) -> list[Reason]:
    """A header that names no owner speaks, less loudly, for the same kind of value of the others too."""
    lifted: dict[str, float] = {}
    for facet in facets.facets:
        best = max((totals.get(c, 0.0) for ids in facet.members.values() for c in ids), default=0.0)
        for ids in facet.members.values() if facet.shared else ():
            first = next((c for c in ids if c in known), None)
            if first is not None and KIND * best > totals.get(first, 0.0):
                lifted[first] = max(lifted.get(first, 0.0), KIND * best - totals.get(first, 0.0))
    text = "The header names the kind of value and not whose it is"
    return [Reason("header", category, w, text, "header:kind") for category, w in sorted(lifted.items()) if w > 0.5]


def _ownership(reading: Reading, totals: Mapping[str, float], facets: Facets, known: frozenset[str]) -> list[Reason]:
    """Move a claim to the owner that the header names."""
    moved: dict[str, float] = {}
    for facet in facets.facets:
        claims = {c: totals[c] for ids in facet.members.values() for c in ids if totals.get(c, 0.0) > 1.0}
        owners = [c for c in facet.members[reading.subject] if c in known]
        if not claims or not owners:
            continue
        best = max(claims.values())
        own = [c for c in owners if c in claims] or owners[:1]
        for category in own:
            moved[category] = max(moved.get(category, 0.0), best - totals.get(category, 0.0) + OWNED)
        for category in claims:
            if category not in facet.members[reading.subject]:
                moved.setdefault(category, DISOWNED)
    word = reading.subject_word
    return [
        Reason(
            "header",
            category,
            weight,
            f"The header names whose it is: '{word}', {_article(reading.subject)}",
            "header:owner",
        )
        for category, weight in sorted(moved.items())
        if weight
    ]


def _article(owner: str) -> str:
    return "an organisation" if owner == "organisation" else f"a {owner}"
