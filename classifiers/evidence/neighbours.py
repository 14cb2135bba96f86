"""What the other columns say: is this a table of persons, of organisations or of things?

A telephone number beside a sex and a date of birth is a person's; beside a credit code and a capital it is a firm's.
A column never testifies about itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from classifiers.evidence.facets import OWNERS, Facets
from classifiers.finding import Reason

NAME_OF_TABLE = 1.2
MOST = 2.5
SLOPE = 0.7
NAMED = 0.3
NEGLIGIBLE = 0.001
PERSON_TABLE = 1.2  # nats from which a table counts as one of persons
_ABOUT = {"person": "persons", "organisation": "organisations", "thing": "things"}

Posterior = Mapping[str, float]


def _indication(posterior: Posterior, facets: Facets) -> dict[str, float]:
    """Expected nats that one column gives for each owner of the table."""
    found = dict.fromkeys(OWNERS, 0.0)
    for category, p in posterior.items():
        if p > NEGLIGIBLE:
            for owner, nats in facets.indicates(category).items():
                found[owner] += p * nats
    return found


def ownership(posteriors: Sequence[Posterior], about: str, facets: Facets) -> list[dict[str, float]]:
    """For every column, nats for each owner of the table: the one its name tells of, and what the other columns say."""
    named = {owner: NAME_OF_TABLE if owner == about else 0.0 for owner in OWNERS}
    each = [_indication(posterior, facets) for posterior in posteriors]
    total = {owner: fsum(e[owner] for e in each) for owner in OWNERS}  # exact in any order
    return [{owner: named[owner] + total[owner] - own[owner] for owner in OWNERS} for own in each]


def lean(scores: Mapping[str, float]) -> tuple[str, float]:
    """The owner that leads and by how many nats."""
    order = sorted(OWNERS, key=lambda o: (-scores[o], o))
    return order[0], scores[order[0]] - scores[order[1]]


def reasons(
    scores: Mapping[str, float], candidates: frozenset[str], facets: Facets, *, named: bool = False
) -> list[Reason]:
    """Evidence for the members of each facet among the candidates; silent when no owner leads.

    ``named`` says that the header itself names an owner: then the neighbours are hardly heard.
    """
    owner, lead = lean(scores)
    if lead < 0.5:
        return []
    weight = min(MOST, SLOPE * lead) * (NAMED if named else 1.0)
    found: dict[str, float] = {}
    for facet in facets.facets:
        if not facet.members[owner]:
            continue
        for whose, ids in facet.members.items():
            for category in ids:
                if category in candidates:
                    found[category] = weight / 2 if whose == owner else -weight / 2
    text = f"The other columns and the name of the table are about {_ABOUT[owner]}"
    return [Reason("neighbours", category, w, text, f"neighbours:{owner}") for category, w in sorted(found.items())]


def role(category: str, role_: str, scores: Mapping[str, float], unique: bool, facets: Facets) -> str:
    """The role that a table of persons gives to a column that is harmless elsewhere."""
    if scores["person"] < PERSON_TABLE or lean(scores)[0] != "person":
        return role_
    if category == "thing.identifier" and unique:
        return "direct-identifier"
    return str(facets.roles["person"].get(category, role_))
