"""Columns of a Parquet file as integers: equal cells, equal codes.  A missing cell and an empty one are one value.

One column is decoded at a time; what stays is four bytes a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.errors import AnonymizerError

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Coded:
    """``codes[c]`` has a code below ``sizes[c]`` for each of ``rows`` rows of the column ``names[c]``."""

    names: tuple[str, ...]
    rows: int
    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]


def coded(path: Path, names: Sequence[str]) -> Coded:
    """The columns ``names`` of the file.  Raises AnonymizerError when it cannot be read or lacks one of them."""
    try:
        with pq.ParquetFile(path) as file:
            present, rows = set(file.schema_arrow.names), int(file.metadata.num_rows)
    except (OSError, pa.ArrowException):
        raise AnonymizerError("The table to be measured cannot be read as Parquet: ingest it again.") from None
    missing = [name for name in names if name not in present]
    if missing:
        raise AnonymizerError(f"The table has no field {missing[0]!r}: measure fields of its own.")
    pairs = [_column(path, name) for name in names]
    return Coded(tuple(names), rows, tuple(codes for codes, _ in pairs), tuple(size for _, size in pairs))


def _column(path: Path, name: str) -> tuple[Codes, int]:
    column = pq.ParquetFile(path, read_dictionary=[name]).read(columns=[name]).column(0)
    return encoded(column)


def encoded(column: pa.ChunkedArray) -> tuple[Codes, int]:
    """The codes of one column of text, and how many different ones there are."""
    if not len(column):
        return np.zeros(0, np.int32), 0
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    values = whole.dictionary
    empty = pc.index(values, pa.scalar("", values.type)).as_py()
    nothing = empty if empty >= 0 else len(values)
    codes = pc.fill_null(whole.indices.cast(pa.int32()), nothing).to_numpy(zero_copy_only=False)
    return np.asarray(codes, np.int32), len(values) + (1 if empty < 0 and whole.null_count else 0)
