"""Small tables for the tests: cells from the numbers in the finest cells, and Parquet of texts from rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.tables.cells import Cells
from anonymizers.tables.dimension import Dimension, flat
from anonymizers.tables.rounding import summed


def square(*sizes: int) -> tuple[Dimension, ...]:
    return tuple(flat(f"d{at}", [f"c{one}" for one in range(size)]) for at, size in enumerate(sizes))


def counts(dimensions: Sequence[Dimension], leaves: np.ndarray, name: str = "t") -> Cells:
    """A table of counts; every contributor is somebody else."""
    dimensions = tuple(dimensions)
    whole = np.zeros(tuple(len(one.codes) for one in dimensions), np.int64)
    whole[np.ix_(*(one.leaves() for one in dimensions))] = leaves
    probe = Cells(name, dimensions, *[np.zeros(whole.size, np.int64)] * 2, *[np.zeros(0)] * 5)  # type: ignore[arg-type]
    value = summed(probe, whole)
    n = len(value)
    alone = np.full(n, -1, np.int64)
    single = np.flatnonzero(value == 1)
    holder = summed(probe, np.where(spread(dimensions, leaves) == 1, np.arange(n).reshape(whole.shape), 0))
    alone[single] = holder[single]
    return Cells(
        name,
        dimensions,
        value,
        value.copy(),
        np.zeros((n, 2)),
        np.zeros(n, bool),
        alone,
        np.arange(n, dtype=np.uint64) + np.uint64(sum(map(ord, name)) << 32),
        np.zeros(n, np.uint64),
    )


def spread(dimensions: Sequence[Dimension], leaves: np.ndarray) -> np.ndarray:
    whole = np.zeros(tuple(len(one.codes) for one in dimensions), np.int64)
    whole[np.ix_(*(one.leaves() for one in dimensions))] = leaves
    return whole


def parquet(folder: Path, rows: Sequence[Sequence[str | None]], names: Sequence[str]) -> Path:
    path = folder / "rows.parquet"
    pq.write_table(pa.table({n: pa.array([row[i] for row in rows], pa.string()) for i, n in enumerate(names)}), path)
    return path
