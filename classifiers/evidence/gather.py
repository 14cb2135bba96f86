"""All evidence for one column, before and after the neighbours are heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import exp

from classifiers.category import UNKNOWN, Tree
from classifiers.classifier import Classifier
from classifiers.evidence import distribution, header, masked, pattern, vocabulary
from classifiers.evidence.facets import Facets
from classifiers.finding import Reason
from classifiers.headers.match import sensitive
from classifiers.headers.read import Reading
from classifiers.scan.profile import Profile

TWIN_COST = 0.5  # a counterpart is a little less likely than the category whose own pattern fits
CLAIMED = 2.5  # nats of the header from which a general form of the values does not speak against it
FORM = 0.9


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
    said = header.reasons(reading, facets, known)
    values = _specific(_values(profile, classifiers, tree, columns), total(said), classifiers, facets)
    values += _counterparts(values, facets, known, total(said))
    bare = frozenset(c.category for c in classifiers if not c.patterns and not c.vocabularies)
    return said + values + _forms(total(said), values, facets, tree, bare)


def _values(profile: Profile, classifiers: tuple[Classifier, ...], tree: Tree, columns: int) -> list[Reason]:
    """What the cells say.  A category with a list that fits is not blamed for a pattern that does not."""
    found = vocabulary.reasons(profile, classifiers)
    listed = {r.category for r in found if r.weight > 0}
    shapes = pattern.reasons(profile, classifiers, tree, columns)
    found += [r for r in shapes if r.weight >= 0 or r.category not in listed]
    found += masked.reasons(profile, classifiers)
    return found + distribution.reasons(profile, tree)


def _specific(
    values: list[Reason], said: Mapping[str, float], classifiers: tuple[Classifier, ...], facets: Facets
) -> list[Reason]:
    """Without lists that are a general form (yes and no): they are of no category that the header does not name."""
    general = {v.words for c in classifiers if c.category in facets.formats for v in c.vocabularies}
    lists = {(c.category, v.name): v.words for c in classifiers for v in c.vocabularies}
    return [
        r
        for r in values
        if r.source != "vocabulary"
        or r.category in facets.formats
        or said.get(r.category, 0.0) >= 1.0
        or lists.get((r.category, r.rule)) not in general
    ]


def _counterparts(
    values: Sequence[Reason], facets: Facets, known: frozenset[str], said: Mapping[str, float]
) -> list[Reason]:
    """A telephone number fits its counterpart too: the values say what it is, not whose.

    What only looks alike (a registration number that is a credit code) fits when the header speaks of it.
    """
    own = total(values)
    lifted: dict[str, tuple[float, str]] = {}
    groups: list[tuple[list[str], str, Callable[[str], str]]] = [
        ([c for ids in facet.members.values() for c in ids if c in known], facet.name, facet.owner)
        for facet in facets.facets
        if facet.shared
    ]
    for name, ids in facets.alike.items():
        spoken_of = [c for c in ids if c in known and (own.get(c, 0.0) > 0 or said.get(c, 0.0) >= 1.0)]
        groups.append((spoken_of, name, _itself))
    for members, name, side in groups:
        best = max(members, key=lambda c: (own.get(c, 0.0), c), default="")
        reach = own.get(best, 0.0) - TWIN_COST
        for category in members:
            gap = reach - own.get(category, 0.0)
            if reach > 0.5 and side(category) != side(best) and gap > max(0.0, lifted.get(category, (0.0, ""))[0]):
                lifted[category] = (gap, f"The values fit {best}, and {name} of another may look the same")
    return [Reason("pattern", category, gap, text, "counterpart") for category, (gap, text) in sorted(lifted.items())]


def _itself(category: str) -> str:
    return category


def _forms(
    said: Mapping[str, float], values: Sequence[Reason], facets: Facets, tree: Tree, bare: frozenset[str]
) -> list[Reason]:
    """是否低保 holds yes and no, 矫正开始日期 holds dates: the form of the values fits what the header speaks of."""
    own = total(values)
    form = max(facets.formats, key=lambda c: (own.get(c, 0.0), c))
    reach = FORM * own.get(form, 0.0)
    text = f"The values have the form of {form}, which fits whatever the header speaks of"
    return [
        Reason("distribution", category, reach - own.get(category, 0.0), text, "form")
        for category, weight in sorted(said.items())
        if weight >= CLAIMED
        and category not in facets.formats
        and (category in bare or sensitive(category, tree))
        and reach > own.get(category, 0.0)
    ]


def posterior(reasons: Sequence[Reason], priors: Mapping[str, float]) -> dict[str, float]:
    """Softmax over the categories and ``unknown``, whose score is 0.  ``priors`` lists the candidates."""
    sums = total(reasons)
    scores = {category: prior + sums.get(category, 0.0) for category, prior in priors.items()}
    scores[UNKNOWN] = 0.0
    peak = max(scores.values())
    weights = {category: exp(score - peak) for category, score in scores.items()}
    whole = sum(weights.values())
    return {category: weight / whole for category, weight in weights.items()}
