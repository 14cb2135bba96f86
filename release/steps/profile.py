"""The columnar copy as the classifiers see it: headers, and batches of text that can be read again and again.

Only this file knows both shapes.  Batches are streamed from the file, so memory does not grow with the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from classifiers.table import Header
from classifiers.table import Table as Columns
from release.nouns.dataset import Field, Table
from release.nouns.errors import BadInput

BATCH_ROWS = 65_536


def batches(path: Path, names: Sequence[str], rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The columns ``names`` of a Parquet file, in that order, a bounded number of rows at a time."""
    with pq.ParquetFile(path) as file:
        missing = [name for name in names if name not in file.schema_arrow.names]
        if missing:
            raise BadInput(f"The columnar copy has no column {missing[0]!r}.", "Ingest the table again.")
        for batch in file.iter_batches(batch_size=rows, columns=list(names)):
            yield batch.select(list(names))


def header(field: Field) -> Header:
    """What is written over a field."""
    return Header(field.name, field.physical, field.comment)


def columns(table: Table) -> Columns:
    """The table as :func:`classifiers.classify.classify` takes it."""
    names = [field.name for field in table.dataset.fields]
    return Columns(
        columns=tuple(header(field) for field in table.dataset.fields),
        rows=table.dataset.rows,
        batches=lambda: batches(table.path, names),
        name=table.dataset.name,
    )


def parquet(path: Path, name: str = "") -> Columns:
    """Any Parquet file of text columns, by its own names: what the residual scan of a treated table looks at."""
    with pq.ParquetFile(path) as file:
        names = list(file.schema_arrow.names)
        rows = int(file.metadata.num_rows)
    return Columns(tuple(Header(n) for n in names), rows, lambda: batches(path, names), name or path.stem)
