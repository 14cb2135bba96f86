"""A pandas column as text and as counts.

None, NaN, NaT, NA and the empty text are all missing.  A date without a time of day is written as a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING
from anonymizers.numbers import exact, plain


def texts(series: pd.Series[Any]) -> pa.Array:
    """The column as a string array, one cell a row, null where it is missing."""
    try:
        found = pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of several types: each as it prints
        found = pa.array([None if pd.isna(value) else str(value) for value in series], pa.string())
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    if pa.types.is_dictionary(found.type):
        found = found.dictionary_decode()
    made = _spelt(found)
    return pc.if_else(pc.equal(made, MISSING), pa.scalar(None, pa.string()), made)


def _spelt(found: pa.Array) -> pa.Array:
    if pa.types.is_null(found.type):
        return pa.nulls(len(found), pa.string())
    if pa.types.is_timestamp(found.type):
        day = pc.equal(pc.floor_temporal(found, unit="day"), found)
        whole = bool(pc.all(day.fill_null(True)).as_py())
        return pc.strftime(found.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d" if whole else "%Y-%m-%dT%H:%M:%S")
    if pa.types.is_floating(found.type):
        distinct = found.dictionary_encode()
        values = distinct.dictionary.to_pylist()
        if not all(np.isfinite(value) for value in values):
            raise AnonymizerError("A column holds an infinite number: replace it first.")
        spelt = [plain(exact(value)) for value in values]
        return pa.DictionaryArray.from_arrays(distinct.indices, pa.array(spelt, pa.string())).dictionary_decode()
    return found.cast(pa.string())


def columns_of(frame: pd.DataFrame, names: Iterable[str]) -> dict[str, pa.Array]:
    """The named columns as text.  Raises AnonymizerError on a name that the frame lacks, or has twice."""
    made = {}
    for name in names:
        if list(frame.columns).count(name) != 1:
            raise AnonymizerError(f"The frame has {'no' if name not in frame.columns else 'more than one'} {name!r}.")
        made[name] = texts(frame[name])
    return made


def counts_of(column: pa.Array) -> dict[str, int]:
    """Distinct values with their rows, missing cells under the empty text."""
    found = pc.value_counts(column.fill_null(MISSING))
    return dict(zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True))


def series_of(column: pa.Array, index: pd.Index[Any], name: str) -> pd.Series[Any]:
    """A text column under ``index``; missing cells are None."""
    return pd.Series(column.to_pandas().to_numpy(dtype=object), index=index, name=name, dtype="str")


def batch_of(columns: dict[str, pa.Array], names: Sequence[str]) -> pa.RecordBatch:
    """The named columns side by side."""
    return pa.RecordBatch.from_arrays([columns[name] for name in names], names=list(names))
