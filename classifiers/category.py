"""The category tree: every id that a finding may carry, its names, its role and its place.

An id is its path (``person.name`` lies under ``person``), so a rule written for a parent holds for its children.
A category with children is a category too: ``person.name`` is what a name is called when no child fits.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from classifiers.errors import ClassifierError

UNKNOWN = "unknown"
ROLES = ("direct-identifier", "quasi-identifier", "sensitive", "insensitive")

_FILE = Path(__file__).with_name("categories.toml")
_KEYS = frozenset({"zh", "en", "role"})


@dataclass(frozen=True, slots=True)
class Category:
    """One node. ``parent`` is the empty string for a root."""

    id: str
    zh: str
    en: str
    role: str
    parent: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """All categories by id, in the order of the file."""

    categories: Mapping[str, Category]

    def __contains__(self, category: str) -> bool:
        return category in self.categories

    def __iter__(self) -> Iterator[str]:
        return iter(self.categories)

    def __getitem__(self, category: str) -> Category:
        try:
            return self.categories[category]
        except KeyError:
            raise ClassifierError(
                f"There is no category {category!r}; categories.toml lists those there are."
            ) from None

    def children(self, category: str) -> tuple[str, ...]:
        """The ids directly below ``category``."""
        return self[category].children

    def ancestors(self, category: str) -> tuple[str, ...]:
        """The parent, its parent, and so on up to the root."""
        found: list[str] = []
        parent = self[category].parent
        while parent:
            found.append(parent)
            parent = self[parent].parent
        return tuple(found)

    def is_under(self, category: str, ancestor: str) -> bool:
        """Whether ``category`` is ``ancestor`` or lies anywhere below it."""
        return category == ancestor or category.startswith(ancestor + ".")


def parse(text: str, source: str = "categories.toml") -> Tree:
    """Read a tree; ClassifierError names the first category that has no parent, name or known role."""
    raw = tomllib.loads(text)
    for id_, entry in raw.items():
        parent = id_.rpartition(".")[0]
        if parent and parent not in raw:
            raise ClassifierError(f"{source}: {id_} has no parent; add a table [{parent!r}].")
        if not isinstance(entry, dict) or set(entry) != _KEYS:
            raise ClassifierError(f"{source}: {id_} needs exactly the keys zh, en and role.")
        if entry["role"] not in ROLES:
            raise ClassifierError(f"{source}: {id_} has an unknown role; use one of {', '.join(ROLES)}.")
    children: dict[str, list[str]] = {}
    for id_ in raw:
        children.setdefault(id_.rpartition(".")[0], []).append(id_)
    return Tree(
        {
            id_: Category(
                id=id_,
                zh=entry["zh"],
                en=entry["en"],
                role=entry["role"],
                parent=id_.rpartition(".")[0],
                children=tuple(children.get(id_, ())),
            )
            for id_, entry in raw.items()
        }
    )


@lru_cache(maxsize=1)
def tree() -> Tree:
    """The tree that ships with this library."""
    return parse(_FILE.read_text(encoding="utf-8"))
