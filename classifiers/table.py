"""The table as a classifier may see it: headers, and batches of text columns that can be read again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Header:
    """What is written over a column: the name people read, the physical name, the comment."""

    name: str
    physical: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``batches()`` starts a fresh pass; every column is a string column, null where missing."""

    columns: tuple[Header, ...]
    rows: int
    batches: Callable[[], Iterator[pa.RecordBatch]]
    name: str = ""
