"""Read the columnar copy batch by batch: the whole table is never in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS = 1 << 17

Counts = dict[str, int]


def batches(path: Path, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The rows of ``path`` in order, only ``columns``, at most ``BATCH_ROWS`` at a time."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=BATCH_ROWS, columns=list(columns))


def shape(path: Path) -> tuple[int, tuple[str, ...], int]:
    """Rows, column names and uncompressed bytes, from the file's footer."""
    with pq.ParquetFile(path) as file:
        meta = file.metadata
        size = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
        return meta.num_rows, tuple(file.schema_arrow.names), size


def count_values(path: Path, columns: Sequence[str]) -> dict[str, Counts]:
    """For each column its distinct values with their counts; missing cells are counted under the empty text."""
    total: dict[str, Counts] = {column: {} for column in columns}
    if not columns:
        return total
    for batch in batches(path, columns):
        for column in columns:
            encoded = batch.column(column).cast(pa.string()).dictionary_encode(null_encoding="encode")
            rows = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary))
            counted = total[column]
            for value, number in zip(encoded.dictionary.to_pylist(), rows.tolist(), strict=True):
                key = value or ""
                counted[key] = counted.get(key, 0) + number
    return total
