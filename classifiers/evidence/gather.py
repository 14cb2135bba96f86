"""All evidence for one column, before and after the neighbours are heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from classifiers.category import UNKNOWN, Tree
from classifiers.classifier import Classifier
from classifiers.evidence import distribution, header, masked, pattern, vocabulary
from classifiers.evidence.facets import Facets
from classifiers.finding import Reason
from classifiers.headers.read import Reading
from classifiers.scan.profile import Profile

VALUES = frozenset({"pattern", "checksum", "vocabulary", "distribution"})
TWIN_COST = 0.5  # a counterpart is a little less likely than the category whose own pattern fits


def total(reasons: Sequence[Reason]) -> dict[str, float]:
    """Nats by category."""
    found: dict[str, float] = {}
    for reason in reasons:
        found[reason.category] = found.get(reason.category, 0.0) + reason.weight
    return found


def gather(
    reading: Reading,
    profile: Profile,
    classifiers: tuple[Classifier, ...],
    facets: Facets,
    tree: Tree,
    columns: int,
) -> list[Reason]:
    """Header, pattern, checksum, vocabulary and distribution; the neighbours come later."""
    known = frozenset(c.category for c in classifiers)
    patterned = frozenset(c.category for c in classifiers if c.patterns)
    listed = frozenset(c.category for c in classifiers if c.vocabularies)
    values = vocabulary.reasons(profile, classifiers)
    words = {r.category for r in values if r.weight > 0}
    shapes = pattern.reasons(profile, patterned - words, columns)
    shapes = [r for r in shapes if not (r.weight < 0 and r.category in words)]
    values += [r if r.weight > 0 or r.category not in listed else _halved(r) for r in shapes]
    values += masked.reasons(profile, classifiers)
    values += distribution.reasons(profile, tree)
    values = [r for r in values if r.category in known or r.weight > 0]
    return header.reasons(reading, facets, known) + values + _twins(values, facets, known)


def _halved(reason: Reason) -> Reason:
    return Reason(reason.source, reason.category, reason.weight / 2, reason.text, reason.rule, reason.counts)


def _twins(values: Sequence[Reason], facets: Facets, known: frozenset[str]) -> list[Reason]:
    """A telephone number fits its counterpart too: the values say what it is, not whose."""
    own = total(values)
    lifted: dict[str, tuple[float, str]] = {}
    for facet in facets.facets:
        members = [c for ids in facet.members.values() for c in ids if c in known]
        if not facet.shared or not members:
            continue
        best = max(members, key=lambda c: (own.get(c, 0.0), c))
        reach = own.get(best, 0.0) - TWIN_COST
        for category in members:
            gap = reach - own.get(category, 0.0)
            other = facet.owner(category) != facet.owner(best)
            if other and reach > 0.5 and gap > max(0.0, lifted.get(category, (0.0, ""))[0]):
                lifted[category] = (gap, f"The values fit {best}; this too is {facet.name}")
    return [Reason("pattern", category, gap, text, "counterpart") for category, (gap, text) in sorted(lifted.items())]


def posterior(reasons: Sequence[Reason], priors: Mapping[str, float]) -> dict[str, float]:
    """Softmax over the categories and ``unknown``, whose score is 0.  ``priors`` lists the candidates."""
    sums = total(reasons)
    scores = {category: prior + sums.get(category, 0.0) for category, prior in priors.items()}
    scores[UNKNOWN] = 0.0
    peak = max(scores.values())
    weights = {category: exp(score - peak) for category, score in scores.items()}
    whole = sum(weights.values())
    return {category: weight / whole for category, weight in weights.items()}
