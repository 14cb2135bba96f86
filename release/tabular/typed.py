"""Canonical text to typed Arrow arrays, for outputs that know types (Parquet, XLSX).

Text first, types last: the canonical text is the truth; a decimal becomes a binary float here, so only what a
program reads is typed, never what is measured or signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from release.nouns.dataset import FieldType
from release.nouns.errors import ReleaseError

ARROW: Final[dict[FieldType, pa.DataType]] = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.DECIMAL: pa.float64(),
    FieldType.DATE: pa.date32(),
    FieldType.DATETIME: pa.timestamp("us"),
    FieldType.BOOLEAN: pa.bool_(),
}


def typed(values: pa.Array | pa.ChunkedArray, type_: FieldType) -> pa.Array | pa.ChunkedArray:
    """``values`` (canonical text) as :data:`ARROW` of ``type_``; nulls stay.  ReleaseError when one does not parse."""
    try:
        return values.cast(ARROW[type_])
    except pa.ArrowInvalid:
        # Arrow's own message quotes the value.
        raise ReleaseError(
            f"A column declared {type_.value} holds text that does not parse as that.",
            "Give it the type text, or respell it before it is typed.",
        ) from None


def typed_batch(batch: pa.RecordBatch, types: Sequence[FieldType]) -> pa.RecordBatch:
    """Every column of ``batch`` typed, in order.  Raises ReleaseError naming the column that does not parse."""
    columns = []
    for name, column, type_ in zip(batch.schema.names, batch.columns, types, strict=True):
        try:
            columns.append(typed(column, type_))
        except ReleaseError as error:
            raise ReleaseError(f"Column {name!r}: {error.message}", error.remedy) from None
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
