"""A generalisation hierarchy: for every value what it becomes at each level, level 0 being the value itself.

``rows[i]`` is (value, level 1, …, level n).  Levels only ever merge groups (checked on construction), and the top
level need not be a single group.  A missing value is the empty string in ``rows``.
"""

from __future__ import annotations

from dataclasses import dataclass

from anonymizers.errors import AnonymizerError


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Shape: len(rows) values × height columns.  Raises AnonymizerError on ragged rows, repeated values or a level
    that splits what the level below had merged."""

    rows: tuple[tuple[str, ...], ...]

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
