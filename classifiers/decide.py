"""From a posterior to a verdict: a leaf when it is likely, the branch above it when only that is, else ``unknown``.

Fail closed: a column that may well be something graver than the likeliest category is not called harmless; it
falls back to what both have in common, or to ``unknown``, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from classifiers.calibration import calibrated
from classifiers.category import UNKNOWN, Tree
from classifiers.finding import Alternative, Finding, Reason

ACCEPT = 0.5  # posterior of a category that is taken
SURE = 0.8  # calibrated confidence below which a person looks
THIN = 0.6  # a graver alternative this close to the winner (as a ratio) takes the verdict back
WATCH = 0.15  # posterior of graver alternatives from which a person looks
PLAUSIBLE = 0.25  # posterior from which the role of a possible leaf is taken for its branch
MENTIONED = 0.1  # posterior of a leaf from which its evidence explains the branch
ALTERNATIVES = 5
REASONS = 8
_GRAVITY = {"insensitive": 0, "quasi-identifier": 1, "sensitive": 2, "direct-identifier": 3}


def gravity(category: str, tree: Tree) -> int:
    """What the role says of how much harm a wrong verdict does; the law's levels stand in policies, not here."""
    return _GRAVITY[tree[category].role]


def mass(category: str, posterior: Mapping[str, float], tree: Tree) -> float:
    """Posterior of the category and of everything below it."""
    return sum(p for other, p in posterior.items() if tree.is_under(other, category))


def _branch(top: str, posterior: Mapping[str, float], tree: Tree) -> str:
    """The category with what lies below it, or its nearest ancestor, that is likely enough; else ``unknown``."""
    for ancestor in (top, *tree.ancestors(top)):
        if mass(ancestor, posterior, tree) >= ACCEPT:
            return ancestor
    return UNKNOWN


def _common(one: str, other: str, tree: Tree) -> str:
    above = {one, *tree.ancestors(one)}
    return next((a for a in (other, *tree.ancestors(other)) if a in above), UNKNOWN)


def _alone(category: str) -> frozenset[str]:
    return frozenset({category})


def verdict(
    posterior: Mapping[str, float], tree: Tree, kin: Callable[[str], frozenset[str]] = _alone
) -> tuple[str, float, bool]:
    """(category, raw posterior, whether a person must look).

    ``kin`` gives the categories that are the same kind of value of another owner (whose telephone is it?): where only
    the owner is open, the gravest of them is the safe verdict, not ``unknown``.
    """
    order = sorted(posterior, key=lambda c: (-posterior[c], c))
    top = next((c for c in order if c != UNKNOWN), UNKNOWN)
    if top == UNKNOWN:
        return UNKNOWN, posterior[UNKNOWN], True
    same = [c for c in order if c in kin(top) and posterior[c] >= THIN * posterior[top]]
    safe = max(same, key=lambda c: gravity(c, tree))
    if posterior[top] < ACCEPT:
        whole = sum(posterior[c] for c in same)
        if len(same) > 1 and whole >= ACCEPT:
            return safe, whole, True
        category = _branch(top, posterior, tree)
        return category, mass(category, posterior, tree), True
    graver = [c for c in order if c != UNKNOWN and gravity(c, tree) > gravity(top, tree)]
    if graver and posterior[graver[0]] >= THIN * posterior[top]:
        if graver[0] in same:
            return safe, posterior[safe], True
        category = _common(top, graver[0], tree)
        return category, mass(category, posterior, tree), True
    return top, posterior[top], sum(posterior[c] for c in graver) >= WATCH


def role_of(category: str, posterior: Mapping[str, float], tree: Tree) -> str:
    """The role of a leaf; for a branch or ``unknown``, the gravest role of what it may well be."""
    if posterior.get(category, 0.0) >= ACCEPT and category != UNKNOWN:
        return tree[category].role
    below = [c for c in posterior if c != UNKNOWN and (category == UNKNOWN or tree.is_under(c, category))]
    likely = [category, *(c for c in below if posterior[c] >= PLAUSIBLE)]
    return tree[max(likely, key=lambda c: gravity(c, tree))].role


def explain(
    category: str, posterior: Mapping[str, float], reasons: Sequence[Reason], alternatives: Sequence[str], tree: Tree
) -> tuple[Reason, ...]:
    """The evidence for the verdict first, then what speaks for the alternatives, strongest first."""
    leaves = {c for c in posterior if tree.is_under(c, category) and (c == category or posterior[c] >= MENTIONED)}
    own = [r for r in reasons if r.category in leaves and category != UNKNOWN]
    rest = [r for r in reasons if r not in own and (r.weight > 0 or r.rule == "contains")]
    rest = [r for r in rest if r.category in alternatives or r.rule == "contains"]
    own.sort(key=lambda r: (-abs(r.weight), r.category, r.rule))
    rest.sort(key=lambda r: (r.rule != "contains", -r.weight, r.category, r.rule))
    return (*own[:REASONS], *rest[:REASONS])


def decide(
    field: str,
    posterior: Mapping[str, float],
    reasons: Sequence[Reason],
    tree: Tree,
    kin: Callable[[str], frozenset[str]] = _alone,
) -> Finding:
    """The finding of one field."""
    category, raw, look = verdict(posterior, tree, kin)
    confidence = raw if category == UNKNOWN else calibrated(raw)
    order = sorted((c for c in posterior if c not in {category, UNKNOWN}), key=lambda c: (-posterior[c], c))
    others = [c for c in order if posterior[c] >= 0.01 and not tree.is_under(category, c)][:ALTERNATIVES]
    contains = any(r.rule == "contains" and not tree.is_under(r.category, category) for r in reasons)
    return Finding(
        field=field,
        category=category,
        confidence=round(confidence, 4),
        role=role_of(category, posterior, tree),
        reasons=explain(category, posterior, reasons, others, tree),
        alternatives=tuple(Alternative(c, round(posterior[c], 4)) for c in others),
        needs_review=look or contains or confidence < SURE or category == UNKNOWN,
    )
