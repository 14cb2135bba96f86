"""Breakages of this library.  No message holds a cell; rows are counted or numbered."""

from __future__ import annotations


class AnonymizerError(ValueError):
    """Parameters, a hierarchy or a table cannot be used; the text says what to do."""


class Unplaced(AnonymizerError):
    """Values that a hierarchy has no place for.  ``values`` are for finding their rows, never for a message.

    ``located`` is the same breakage with the number of the first such row, which only the caller can look up."""

    def __init__(self, kind: str, values: frozenset[str], rows: int, *, field: str = "", first: int = 0) -> None:
        self.kind, self.values, self.rows, self.field, self.first = kind, values, rows, field, first
        super().__init__(self._said())

    def located(self, field: str, first: int = 0) -> Unplaced:
        """The same of the column called ``field``, first met in row ``first`` (from 1; 0: not looked up)."""
        return Unplaced(self.kind, self.values, self.rows, field=field, first=first)

    def _said(self) -> str:
        where = f", the first in row {self.first}," if self.first else ""
        return (
            f"{f'Field {self.field!r}: ' if self.field else ''}{len(self.values)} distinct values in {self.rows} rows"
            f"{where} have no place in the {self.kind} hierarchy; add them to it, clean the column, or say "
            'missing = "keep-top" (they become "*" above level 0) or "suppress" (their cells are left empty).'
        )
