"""Second pass: every column in its canonical spelling, as text, into one Parquet file.

Written under a temporary name beside its final one and renamed when whole: a half-written table is never found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from release.ingest.spool import Spool
from release.tabular.canonical import canonical
from release.tabular.distinct import CAP, Distinct
from release.tabular.reading import Reading

ROW_GROUP: Final = 131_072
_HASHES: Final = 8 * 1024 * 1024  # hashes kept over all columns together: 64 MiB


@dataclass(frozen=True, slots=True)
class Column:
    """``index`` is the column's place in the spool."""

    index: int
    name: str
    reading: Reading


def settle(spool: Spool, columns: Sequence[Column], target: Path) -> list[int]:
    """Write ``columns`` to ``target``; the number of different values of each, exact up to a cap.

    The cap is 65,536 for up to 128 columns and falls to 838 at 10,000; above it the number is an estimate
    (:mod:`release.tabular.distinct`).
    """
    counts = [Distinct(max(512, min(CAP, _HASHES // max(1, len(columns))))) for _ in columns]
    kinds = [spool.kind(column.index) for column in columns]
    schema = pa.schema([(column.name, kind) for column, kind in zip(columns, kinds, strict=True)])
    partial = target.with_name(target.name + ".partial")
    try:
        partial.touch(mode=0o600)  # it holds what the input holds
        with pq.ParquetWriter(  # without Arrow's schema every column is read back as text
            partial, schema, compression="zstd", compression_level=1, store_schema=False
        ) as writer:
            for group in _groups(_settled(spool, columns, kinds, counts), schema):
                writer.write_table(group.unify_dictionaries(), row_group_size=ROW_GROUP)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return [count.count() for count in counts]


def _settled(
    spool: Spool, columns: Sequence[Column], kinds: Sequence[pa.DataType], counts: Sequence[Distinct]
) -> Iterator[list[pa.Array]]:
    for batch in spool.replay():
        settled = []
        for column, kind, count in zip(columns, kinds, counts, strict=True):
            if column.index >= batch.num_columns:
                settled.append(pa.nulls(batch.num_rows, kind))
                continue
            settled.append(_settle_column(batch.column(column.index), column.reading, count))
        yield settled


def _settle_column(values: pa.Array, reading: Reading, count: Distinct) -> pa.Array:
    """Of a dictionary only its values are spelled; those that come out alike become one, missing ones no value."""
    if not pa.types.is_dictionary(values.type):
        spelled = canonical(values, reading)
        count.add(spelled)
        return spelled
    spelled = canonical(values.dictionary, reading)
    count.add(spelled)
    merged = spelled.dictionary_encode()
    return pa.DictionaryArray.from_arrays(merged.indices.take(values.indices), merged.dictionary)


def _groups(batches: Iterator[list[pa.Array]], schema: pa.Schema) -> Iterator[pa.Table]:
    """Tables of about a row group."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for columns in batches:
        waiting.append(pa.RecordBatch.from_arrays(columns, schema=schema))
        rows += waiting[-1].num_rows
        if rows >= ROW_GROUP:
            table = pa.Table.from_batches(waiting, schema)
            full = rows // ROW_GROUP * ROW_GROUP
            yield table.slice(0, full)
            waiting, rows = table.slice(full).to_batches(), rows - full
    yield pa.Table.from_batches(waiting, schema)
