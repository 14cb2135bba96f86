"""Cells that were tabulated elsewhere: one row a cell, totals included, as offices and τ-ARGUS hand them on.

What a reader would get wrong: the rows must be the whole table.  Cells that are missing count as empty, and a total
that is not the sum of its cells refuses the table, because suppression would protect sums that nobody published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.errors import AnonymizerError
from anonymizers.magnitudes import SHAPE
from anonymizers.tables.cells import LARGEST, Cells, Flags, Floats, shape_of
from anonymizers.tables.dimension import Dimension, Ints
from anonymizers.tables.relations import Equations, relations

MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of such a table; "" where there is none.  ``status`` marks unsafe cells by one of ``unsafe``;
    ``upper`` is the protection a cell needs.  ``decimal`` is the sign before decimals."""

    value: str
    count: str = ""
    largest: Sequence[str] = ()
    status: str = ""
    unsafe: tuple[str, ...] = ("U",)
    upper: str = ""
    decimal: str = "."


def read_cells(path: Path, name: str, dimensions: Sequence[Dimension], columns: Columns) -> Cells:
    """The cells in the Parquet of texts at ``path``.  Raises AnonymizerError by field and number of rows."""
    dimensions = tuple(dimensions)
    shape = shape_of(dimensions)
    wanted = [d.name for d in dimensions] + [
        one for one in (columns.value, columns.count, *columns.largest, columns.status, columns.upper) if one
    ]
    table = pq.read_table(path, columns=list(dict.fromkeys(wanted)))
    at = np.ravel_multi_index([_codes(table, one) for one in dimensions], shape)
    if len(np.unique(at)) < len(at):
        raise AnonymizerError(f"{len(at) - len(np.unique(at))} rows repeat a cell: keep one row a cell.")
    cells = int(np.prod(shape))
    texts = {columns.status, *(one.name for one in dimensions)}
    numbers = {one: _numbers(table, one, columns.decimal) for one in wanted if one not in texts}
    decimals = _decimals(numbers[columns.value])
    unit = 10.0**decimals

    def spread(values: Floats) -> Floats:
        whole = np.zeros(cells)
        whole[at] = values
        return whole

    value = spread(numbers[columns.value]) * unit
    if np.abs(value).max(initial=0) > LARGEST:
        raise AnonymizerError(f"Field {columns.value!r} is too large: tabulate it in thousands.")
    count = spread(numbers[columns.count]) if columns.count else (value != 0) * 2.0**20
    top = np.stack([spread(numbers[one]) * unit for one in columns.largest] or [np.zeros(cells)] * 2, axis=1)
    if top.shape[1] < 2:
        top = np.concatenate([top, np.zeros((cells, 1))], axis=1)
    given = None
    if columns.status:
        upper = numbers[columns.upper] * unit if columns.upper else np.maximum(0.1 * np.abs(value[at]), 1.0)
        given = spread(np.where(_unsafe(table, columns), np.maximum(upper, 1.0), 0.0))
    made = Cells(
        name=name,
        dimensions=dimensions,
        value=np.rint(value).astype(np.int64),
        count=np.rint(count).astype(np.int64),
        top=top,
        asked=np.zeros(cells, bool),
        alone=_alone(np.rint(count).astype(np.int64), relations(dimensions)),
        same=np.arange(cells, dtype=np.uint64),
        key=np.zeros(cells, np.uint64),
        decimals=decimals,
        negative=bool((value < 0).any()),
        given=given,
    )
    if broken := int((relations(dimensions).residuals(made.value) != 0).sum()):
        raise AnonymizerError(f"{broken} totals of {name!r} are not the sums of their cells: correct the table first.")
    return made


def _alone(count: Ints, equations: Equations) -> Ints:
    """A number for every lone contributor: the one alone in a total is the one alone in the cell below it."""
    single = count == 1
    alone = np.where(single, np.arange(len(count)), -1)
    total = equations.cells[equations.starts[:-1]][equations.row_of()]
    pair = single[total] & single[equations.cells]
    above, below = total[pair], equations.cells[pair]
    while True:
        before = alone.copy()
        np.minimum.at(alone, above, before[below])
        np.minimum.at(alone, below, alone[above])
        if (alone == before).all():
            return np.asarray(alone, np.int64)


def _codes(table: pa.Table, dimension: Dimension) -> np.ndarray:
    texts = pc.utf8_trim_whitespace(pc.fill_null(table.column(dimension.name), ""))
    index = pc.index_in(texts, value_set=pa.array(dimension.codes))
    if index.null_count:
        raise AnonymizerError(
            f"Field {dimension.name!r} has {index.null_count} rows with a code that it does not have."
        )
    return np.asarray(index.to_numpy()).astype(np.int64)


def _numbers(table: pa.Table, name: str, decimal: str) -> Floats:
    texts = pc.utf8_trim_whitespace(table.column(name).combine_chunks())
    if decimal != ".":
        texts = pc.replace_substring(texts, decimal, ".")
    fits = pc.fill_null(pc.match_substring_regex(texts, SHAPE), False)
    if wrong := len(texts) - (pc.sum(fits).as_py() or 0):
        raise AnonymizerError(f"Field {name!r} is no number in {wrong} rows: correct them, or name the decimal sign.")
    return np.asarray(pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False))


def _decimals(values: Floats) -> int:
    for decimals in range(MOST_DECIMALS):
        scaled = values * 10.0**decimals
        if (np.abs(scaled - np.rint(scaled)) < 1e-6 * np.maximum(1.0, np.abs(scaled) * 1e-6)).all():
            return decimals
    return MOST_DECIMALS


def _unsafe(table: pa.Table, columns: Columns) -> Flags:
    """The rows whose status says that they are unsafe."""
    marks = pc.utf8_trim_whitespace(pc.fill_null(table.column(columns.status), ""))
    return np.asarray(pc.is_in(marks, value_set=pa.array(columns.unsafe)).to_numpy(zero_copy_only=False), bool)
