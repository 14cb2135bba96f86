"""What check digits prove of a field, and whether a person's word leaves it for less.

The rule: a category that is not the proven one (or below it in the tree) and is not graver by its role needs a second
person.  It asks no policy, so that a word decided under one pack cannot slip through under another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifiers.finding import Finding


def proven(finding: Finding) -> tuple[str, ...]:
    """The categories for which a check digit speaks, those of identifiers among other values included, sorted."""
    return _proven((r.source, r.category, r.weight, r.rule) for r in finding.reasons)


def proven_by(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """:func:`proven` for the reasons of a stored finding."""
    return _proven(
        (str(r.get("source", "")), str(r.get("category", "")), float(r.get("weight", 0)), str(r.get("rule", "")))
        for r in reasons
    )


def below(category: str, proofs: Iterable[str]) -> bool:
    """Whether ``category`` is less than, or no graver than, what is proven.  Unknown is always less."""
    from classifiers.category import UNKNOWN, tree
    from classifiers.decide import gravity

    known = tree()
    found = [proof for proof in proofs if proof in known]
    if not found:
        return False
    if category == UNKNOWN or category not in known:
        return True
    if any(known.is_under(category, proof) for proof in found):
        return False
    return gravity(category, known) <= max(gravity(proof, known) for proof in found)


def _proven(reasons: Iterable[tuple[str, str, float, str]]) -> tuple[str, ...]:
    return tuple(sorted({c for source, c, weight, rule in reasons if source == "checksum" and _speaks(weight, rule)}))


def _speaks(weight: float, rule: str) -> bool:
    return weight > 0 or rule == "contains"
