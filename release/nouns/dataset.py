"""A dataset as the path knows it: what came in, which fields it has, where its columnar copy lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class FieldType(StrEnum):
    """What every present value of a column parses as.  Identity numbers and codes such as 00123 are TEXT."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.  ``notes`` counts what was understood on the way in, e.g. ``{"roc-date": 312}``."""

    name: str
    type: FieldType
    rows: int
    missing: int
    distinct: int
    physical: str = ""
    comment: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """``digest`` is SHA-256 of the bytes that came in (of the canonical rows for a database source)."""

    name: str
    source: str
    digest: str
    rows: int
    fields: tuple[Field, ...]
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field called ``name``; KeyError when there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset and its columnar copy: one Parquet file, every column a string, null where missing.

    Values stand in canonical spelling of their type (ISO dates, ASCII digits, no thousands separators);
    TEXT columns stand as they came.
    """

    dataset: Dataset
    path: Path
