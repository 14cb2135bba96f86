"""What the ranker sees of a column: its names, its table's name, and numbers about its values; never a cell.

``seen`` maps a feature (``rule:person.name``, ``value:digits``, ``own:person``) to a number.  It may be empty: then
only the names speak.  A ``Lesson`` is a column with the category that a person gave it; both can be kept as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the ranker sees it.  ``table`` is the name of the table it stands in."""

    header: str
    physical: str = ""
    comment: str = ""
    table: str = ""
    seen: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A column and the categories that count as right for it: one, when a person decided; several where the label is
    coarser than the category tree.  ``weight`` is how much the lesson counts.
    """

    column: Column
    categories: tuple[str, ...]
    weight: float = 1.0


def lesson(
    header: str,
    category: str,
    *,
    physical: str = "",
    comment: str = "",
    table: str = "",
    seen: Mapping[str, float] | None = None,
) -> Lesson:
    """A correction as a lesson: this column is of this category."""
    return Lesson(Column(header, physical, comment, table, dict(seen or {})), (category,))
