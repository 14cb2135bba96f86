"""Distinction and separation of one set of columns (Motwani and Xu, 2007), as counts that are exact.

What a reader would get wrong: distinction looks at classes, separation at pairs of rows.  Two columns may separate
99.9 % of all pairs and still leave hardly a row alone.  ``alone`` is what singles people out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """``fields`` are positions of columns, ascending; ``rows`` of the table, of which ``classes`` are distinct,
    ``uniques`` have a class of their own, and ``together`` pairs of rows look alike."""

    fields: tuple[int, ...]
    rows: int
    classes: int
    uniques: int
    together: int

    @property
    def distinction(self) -> float:
        """Classes per row, in [0, 1]; 1 for a key and for a table without rows."""
        return self.classes / self.rows if self.rows else 1.0

    @property
    def separation(self) -> float:
        """Share of the pairs of rows that are told apart, in [0, 1]."""
        pairs = self.rows * (self.rows - 1) // 2
        return 1 - self.together / pairs if pairs else 1.0

    @property
    def alone(self) -> float:
        """Share of the rows that look like no other row, in [0, 1] (ARX: sample uniqueness)."""
        return self.uniques / self.rows if self.rows else 0.0

    @property
    def is_key(self) -> bool:
        """Whether no two rows look alike."""
        return self.classes == self.rows
