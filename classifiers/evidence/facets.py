"""One kind of value, three possible owners: a person, an organisation, a thing.  The table is facets.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from classifiers.category import tree
from classifiers.errors import ClassifierError

OWNERS = ("person", "organisation", "thing")


@dataclass(frozen=True, slots=True)
class Facet:
    """``members`` maps an owner to the categories that are this kind of value of theirs."""

    name: str
    members: Mapping[str, tuple[str, ...]]
    shared: bool

    def owner(self, category: str) -> str:
        """Whose the category is here; '' when it is not of this facet."""
        return next((owner for owner, ids in self.members.items() if category in ids), "")


@dataclass(frozen=True, slots=True)
class Facets:
    """``indicators`` says what a column tells of its table; ``roles`` what a table of persons makes of a column.

    ``alike`` groups categories of one owner whose values cannot be told apart; ``formats`` are forms that a value may
    have whatever it is about.
    """

    facets: tuple[Facet, ...]
    indicators: Mapping[str, Mapping[str, float]]
    roles: Mapping[str, Mapping[str, str]]
    alike: Mapping[str, tuple[str, ...]]
    formats: tuple[str, ...]
    _indicated: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(self, category: str) -> tuple[Facet, ...]:
        """The facets the category stands in."""
        return tuple(facet for facet in self.facets if facet.owner(category))

    def kin(self, category: str) -> frozenset[str]:
        """The category and those that are the same kind of value of another owner."""
        others = (c for f in self.of(category) if f.shared for ids in f.members.values() for c in ids)
        return frozenset({category, *others})

    def indicates(self, category: str) -> Mapping[str, float]:
        """Owner → nats that a column of this category gives; an entry holds for what lies below it."""
        if category not in self._indicated:
            self._indicated[category] = {
                owner: max((w for id_, w in table.items() if tree().is_under(category, id_)), default=0.0)
                for owner, table in self.indicators.items()
            }
        return self._indicated[category]


@lru_cache(maxsize=1)
def facets() -> Facets:
    """The facets that ship with this library; ClassifierError names a category nobody knows."""
    raw = tomllib.loads(Path(__file__).with_name("facets.toml").read_text(encoding="utf-8"))
    known = tree()
    rows = tuple(
        Facet(entry["name"], {owner: tuple(entry[owner]) for owner in OWNERS}, bool(entry["shared"]))
        for entry in raw["facet"]
    )
    named = [c for facet in rows for ids in facet.members.values() for c in ids]
    alike = {name: tuple(members) for name, members in raw["alike"].items()}
    formats = tuple(raw["formats"]["general"])
    named += [*formats, *(c for members in alike.values() for c in members)]
    named += [c for table in (*raw["indicators"].values(), *raw["roles"].values()) for c in table]
    for category in named:
        if category not in known:
            raise ClassifierError(f"facets.toml names {category!r}, which is not in categories.toml.")
    return Facets(rows, raw["indicators"], raw["roles"], alike, formats)
