"""What a reader hands over: a header and batches of text columns, in the order they stand in the input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Incoming:
    """``batches`` hold string columns by position; a later batch may be wider, never narrower.

    ``header`` and ``notes`` are lists because a reader may still add to them; they are complete once ``batches`` is
    exhausted.  ``first_row`` is the number of the first data row as a person counts, the header being a row.
    ``digest`` (SHA-256 of the input) holds one value by then; ``name`` and ``source`` describe the input without a path
    or a password.
    """

    header: list[str]
    batches: Iterator[pa.RecordBatch]
    encoding: str = ""
    delimiter: str = ""
    first_row: int = 1
    notes: list[str] = field(default_factory=list)
    comments: Mapping[str, str] = field(default_factory=dict)
    digest: list[str] = field(default_factory=list)
    name: str = ""
    source: str = ""


def batch(columns: list[pa.Array]) -> pa.RecordBatch:
    """A batch whose columns are named by position."""
    return pa.RecordBatch.from_arrays(columns, names=[str(i) for i in range(len(columns))])
