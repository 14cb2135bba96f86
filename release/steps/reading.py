"""Read the columnar copy batch by batch: the whole table is never in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

BATCH_ROWS = 1 << 17
COUNTED_BATCHES = 8

Counts = dict[str, int]


def batches(
    path: Path, columns: Sequence[str], *, rows: int = 0, coded: Collection[str] = ()
) -> Iterator[pa.RecordBatch]:
    """The rows of ``path`` in order, only ``columns``, at most ``rows`` (or ``BATCH_ROWS``) at a time.  Those that are
    ``coded`` come as dictionaries, as they lie on disk: no text is made for a row whose value was met before."""
    with pq.ParquetFile(path, read_dictionary=list(coded)) as file:
        yield from file.iter_batches(batch_size=rows or BATCH_ROWS, columns=list(columns))


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
    held: list[pa.RecordBatch] = []
    for batch in batches(path, columns, coded=columns):
        held.append(batch)
        if len(held) == COUNTED_BATCHES:
            _count(held, total)
            held = []
    _count(held, total)
    return total


def first_row(path: Path, column: str, values: Iterable[str]) -> int:
    """The number, from 1, of the first row whose cell is one of ``values``; 0 when there is none."""
    wanted, start = pa.array(sorted(values), pa.string()), 0
    for batch in batches(path, [column]):
        found = pc.index(pc.is_in(batch.column(0).cast(pa.string()), value_set=wanted), True).as_py()
        if found >= 0:
            return start + int(found) + 1
        start += batch.num_rows
    return 0


def _count(held: Sequence[pa.RecordBatch], total: dict[str, Counts]) -> None:
    """Add the values of ``held`` batches to ``total``."""
    for column, counted in total.items() if held else ():
        cells = pa.chunked_array([batch.column(column) for batch in held]).unify_dictionaries()
        found = pc.value_counts(cells)
        values, rows = found.field("values").to_pylist(), found.field("counts").to_pylist()
        if None in (mine := dict(zip(values, rows, strict=True))):
            mine[""] = mine.get("", 0) + mine.pop(None)
        if not counted:
            counted.update(mine)
            continue
        for value, number in mine.items():
            counted[value] = counted.get(value, 0) + number
