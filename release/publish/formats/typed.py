"""Parquet with typed columns: numbers stay exact, dates are dates, everything else is text.

What a reader would get wrong: decimals are decimals here, not doubles, so 0.10 + 0.20 is what an accountant expects;
a number with more digits than a decimal holds makes its whole column text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from release.nouns.dataset import FieldType
from release.publish.formats.rows import Rows

MAX_DIGITS = 38
PLAIN = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.DATE: pa.date32(),
    FieldType.DATETIME: pa.timestamp("us"),
    FieldType.BOOLEAN: pa.bool_(),
}


def typed_schema(rows: Rows) -> pa.Schema:
    """The Arrow schema the rows are written under; decimals get the digits their column needs."""
    needs = {column.name: (1, 0) for column in rows.columns if column.type is FieldType.DECIMAL}
    if needs:
        for batch in rows.batches():
            for name in needs:
                whole, fraction = _digits(batch.column(name))
                needs[name] = (max(needs[name][0], whole), max(needs[name][1], fraction))
    return pa.schema(
        [pa.field(column.name, _decimal(*needs[column.name]) if column.name in needs else PLAIN[column.type])
         for column in rows.columns]
    )  # fmt: skip


def _digits(values: pa.Array) -> tuple[int, int]:
    """The most digits before and behind the point."""
    point = pc.find_substring(values, ".")
    length = pc.utf8_length(values)
    fraction = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(length, point), 1))
    whole = pc.if_else(pc.less(point, 0), length, point)
    return (pc.max(whole).as_py() or 1, pc.max(fraction).as_py() or 0)


def _decimal(whole: int, fraction: int) -> pa.DataType:
    digits = whole + fraction
    return pa.decimal128(digits, fraction) if digits <= MAX_DIGITS else pa.string()


def typed_batches(rows: Rows, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows as typed batches.  Every value must parse, as :func:`release.publish.formats.schema.settled` sees to."""
    for batch in rows.batches():
        arrays = [_typed(values, field.type) for values, field in zip(batch.columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _typed(values: pa.Array, kind: pa.DataType) -> pa.Array:
    text = pc.cast(values, pa.string())
    return text if pa.types.is_string(kind) else pc.cast(text, kind)


def write_typed(rows: Rows, out: Path) -> None:
    """Writes NAME.parquet: ZSTD, row groups of a fixed size, so the same rows and library give the same bytes."""
    schema = typed_schema(rows)
    with pq.ParquetWriter(out, schema, compression="zstd", store_schema=True) as writer:
        for batch in typed_batches(rows, schema):
            writer.write_batch(batch)
