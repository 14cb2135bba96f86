"""Parquet, column by column into text.  What has no honest text (structs, maps, bytes) is refused by field name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from release.ingest.bounds import Bounds
from release.ingest.incoming import Incoming, batch
from release.nouns.errors import BadInput

_ROWS: Final = 32_768
LIST_JOIN: Final = "; "  # between the values of a list that becomes one text


def read(path: Path, bounds: Bounds) -> Incoming:
    """The table in a Parquet file.  BadInput for a damaged one, or one with nested or binary columns."""
    with _sound():
        file = pq.ParquetFile(path)
        meta, schema = file.metadata, file.schema_arrow
    if meta.num_columns > bounds.columns:
        raise BadInput(f"The table has {meta.num_columns} columns, more than the {bounds.columns} that are allowed.")
    if meta.num_rows > bounds.rows:
        raise BadInput(f"The table has {meta.num_rows} rows, more than the {bounds.rows} that are allowed.")
    for number, field in enumerate(schema, start=1):
        _must_have_text(field.type, number)
    lists = sum(_is_list(field.type) for field in schema)
    notes = (
        [f"lists of values were joined into one text each with '{LIST_JOIN}', in {lists} of the columns"]
        if lists
        else []
    )
    comments = {
        field.name: field.metadata[b"comment"].decode("utf-8", "replace")
        for field in schema
        if field.metadata and b"comment" in field.metadata
    }
    return Incoming(list(schema.names), _batches(file), first_row=1, notes=notes, comments=comments)


def _must_have_text(type_: pa.DataType, number: int) -> None:
    inner = type_.value_type if _is_list(type_) or pa.types.is_dictionary(type_) else type_
    if pa.types.is_nested(inner):
        raise BadInput(f"Column {number} holds records inside its cells.", "Make one column of each of their parts.")
    if pa.types.is_binary(inner) or pa.types.is_large_binary(inner) or pa.types.is_fixed_size_binary(inner):
        raise BadInput(f"Column {number} holds bytes, not text.", "Leave it out, or write it as text.")


def _is_list(type_: pa.DataType) -> bool:
    return bool(pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_))


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    pieces = file.iter_batches(batch_size=_ROWS, use_threads=False)
    while True:
        with _sound():
            piece = next(pieces, None)
            if piece is None:
                return
            columns = [to_text(column) for column in piece.columns]
        yield batch(columns)


def to_text(column: pa.Array) -> pa.Array:
    """Any column that :func:`read` lets through as strings; NaN is missing, a list is joined."""
    if _is_list(column.type):
        flat = to_text(pc.list_flatten(column))
        joined = pa.ListArray.from_arrays(_offsets(column), pc.fill_null(flat, ""))
        return pc.if_else(column.is_null(), None, pc.binary_join(joined, LIST_JOIN))
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_timestamp(column.type) or pa.types.is_time(column.type):
        return pc.replace_substring_regex(column.cast(pa.string()), r"\.0+(Z|[+-]\d+)?$", r"\1")
    return column.cast(pa.string())


def _offsets(column: pa.Array) -> pa.Array:
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BadInput("The Parquet file is damaged or cut off.", "Fetch or write it again.") from None
