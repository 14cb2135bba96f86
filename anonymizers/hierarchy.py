"""A generalisation hierarchy: for every value what it becomes at each level, level 0 being the value itself.

``rows[i]`` is (value, level 1, …, level n).  Levels only ever merge groups (checked on construction), and the top
level need not be a single group.  A missing value is the empty string in ``rows``.  A ``Builder`` makes rows from
the distinct values of a column; a file in ``anonymizers/hierarchies`` that sets ``BUILDER`` is found by discovery.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.params import Spec

Row = tuple[str, ...]

TOP = "*"
MISSING = ""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Shape: len(rows) values × height columns.  Raises AnonymizerError on ragged rows, repeated values or a level
    that splits what the level below had merged."""

    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise AnonymizerError("The hierarchy is empty: give one row per value.")
        width = len(self.rows[0])
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise AnonymizerError(f"Row {number} of the hierarchy has {len(row)} levels, row 1 has {width}.")
        if len({row[0] for row in self.rows}) != len(self.rows):
            raise AnonymizerError("The hierarchy lists a value twice: keep one row per value.")
        for level in range(2, width):
            parent: dict[str, str] = {}
            for number, row in enumerate(self.rows, 1):
                if parent.setdefault(row[level - 1], row[level]) != row[level]:
                    raise AnonymizerError(
                        f"Row {number} of the hierarchy: level {level} splits a group merged at level {level - 1}."
                    )

    @property
    def height(self) -> int:
        """Number of levels, level 0 included."""
        return len(self.rows[0])


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked case for the conformance suite: these values with counts give these rows under these parameters."""

    params: Mapping[str, Any]
    counts: Mapping[str, int]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Builder:
    """``build`` gives one row for every value that it can place, all of one width, and leaves the others out.

    It sees the present distinct values with their counts, never the missing ones, and must not depend on their
    order.  ``closed`` means that every text can be placed.  ``source`` names the standard behind a table of codes and
    how sure it is: "checked" against a published table, or "recalled" and kept to what is certain."""

    name: str
    title_zh: str
    title_en: str
    build: Callable[[Mapping[str, int], Mapping[str, Any]], Sequence[Row]]
    spec: Spec
    closed: bool = False
    examples: tuple[Worked, ...] = field(default_factory=tuple)
    source: str = ""
