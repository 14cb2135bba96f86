"""One full pass over a table: every cell is seen by every pattern that could fit it, in bounded memory.

The sample is of rows, drawn by a hash of their position: never the head (identifiers appended to the end of a file
would be missed) and the same on every run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from classifiers.classifier import Classifier
from classifiers.errors import ClassifierError
from classifiers.scan.column import Column
from classifiers.scan.probe import probes
from classifiers.scan.profile import Profile
from classifiers.table import Table

SAMPLE_ROWS = 4_096


def mix(position: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a hash of the row's position."""
    with np.errstate(over="ignore"):
        z = position + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def _chosen(start: int, length: int, rows: int) -> pa.Array:
    """Positions within the batch that the sample keeps."""
    if rows <= SAMPLE_ROWS:
        return pa.array(np.arange(length))
    limit = np.uint64(int(SAMPLE_ROWS / rows * 2**64))
    position = np.arange(start, start + length, dtype=np.uint64)
    return pa.array(np.flatnonzero(mix(position) < limit))


def scan(table: Table, classifiers: Sequence[Classifier]) -> tuple[Profile, ...]:
    """The profile of every column, in the order of ``table.columns``.

    Raises :class:`ClassifierError` when a batch has another number of columns than the table says, or a cell is
    not text.
    """
    ready = probes(classifiers)
    columns = [Column(ready, sampled=table.rows > SAMPLE_ROWS) for _ in table.columns]
    seen = 0
    for batch in table.batches():
        if batch.num_columns != len(columns):
            raise ClassifierError(
                f"A batch has {batch.num_columns} columns where the table names {len(columns)}; name every column once."
            )
        chosen = _chosen(seen, batch.num_rows, table.rows)
        for header, column, values in zip(table.columns, columns, batch.columns, strict=True):
            try:
                column.add(values, chosen)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
                raise ClassifierError(
                    f"Column {header.name!r} holds something that is not text; convert it to strings first."
                ) from None
        seen += batch.num_rows
    return tuple(column.profile() for column in columns)
