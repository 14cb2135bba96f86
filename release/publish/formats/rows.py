"""The treated rows as a stream of string batches, and what is declared of them.

What a reader would get wrong: in a published file the empty string and a missing value are the same thing, because
CSV cannot tell them apart; so both are missing in every format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from release.nouns.dataset import FieldType
from release.nouns.errors import BadInput
from release.publish.formats.text import TEXT

BATCH_ROWS = 1 << 16


@dataclass(frozen=True, slots=True)
class Column:
    """One published column.  ``type`` is what every value in it parses as; ``raw_type`` what it was before."""

    name: str
    type: FieldType
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A Parquet file of string columns and what they are declared to be, in the order they are written."""

    path: Path
    columns: tuple[Column, ...]
    count: int

    def batches(self) -> Iterator[pa.RecordBatch]:
        """A fresh pass: batches of at most 65,536 rows, every column a string column, '' read as missing."""
        names = [column.name for column in self.columns]
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=names):
                arrays = [blank_to_null(batch.column(name)) for name in names]
                yield pa.RecordBatch.from_arrays(arrays, names=names)


def blank_to_null(values: pa.Array) -> pa.Array:
    """``values`` as large strings with '' read as missing."""
    text = pc.cast(values, TEXT)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, TEXT), text)


def string_names(path: Path) -> tuple[str, ...]:
    """The column names of a treated Parquet file.  Raises BadInput when a column is not text."""
    schema = pq.read_schema(path)
    for field in schema:
        if not (pa.types.is_string(field.type) or pa.types.is_large_string(field.type)):
            raise BadInput(f"Column {field.name} of the treated table is not text.", "Treat the table again.")
    return tuple(schema.names)
