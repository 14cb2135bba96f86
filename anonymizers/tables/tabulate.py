"""From microdata to cells: DuckDB sums what falls into the finest cells, NumPy carries it up to every total.

What a reader would get wrong: a contributor is not always a row.  An enterprise with several rows counts once in every
cell that it is in, so its shares are added within each total separately; and a weighted contributor stands for as
many like it as its weight says when the largest contributions are listed (μ-ARGUS's and τ-ARGUS's reading)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from anonymizers.duck import connect, identifier, literal
from anonymizers.errors import AnonymizerError
from anonymizers.tables.cells import LARGEST, Cells, Floats, Words, shape_of
from anonymizers.tables.dimension import Dimension, Ints

ROW = "row"
MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Counting:
    """What to count: ``value`` is the field that is summed ("" for counts), ``unit`` who contributes (``row`` or a
    field), ``weight`` and ``request`` further fields.  ``missing`` is the code of rows whose dimension has no value
    ("": such rows are refused).  ``negative`` is refuse or absolute."""

    value: str = ""
    unit: str = ROW
    weight: str = ""
    request: str = ""
    request_values: tuple[str, ...] = ()
    missing: str = ""
    negative: str = "refuse"
    top: int = 2
    keys: Words | None = field(default=None)


def distinct(path: Path, name: str) -> list[str]:
    """The different values of a field, for a dimension that nobody described."""
    with connect(allow=[path.resolve()]) as duck:
        found = duck.execute(
            f"SELECT DISTINCT trim({identifier(name)}) FROM read_parquet({literal(str(path.resolve()))}) "
            f"WHERE trim({identifier(name)}) <> '' ORDER BY 1"
        ).fetchall()
    return [str(row[0]) for row in found]


def tabulate(path: Path, name: str, dimensions: Sequence[Dimension], counting: Counting) -> Cells:
    """The cells of one table over the Parquet of texts at ``path``.  Raises AnonymizerError by count and field."""
    dimensions = tuple(dimensions)
    shape_of(dimensions)
    with connect(allow=[path.resolve()], threads=1) as duck:
        _view(duck, path, dimensions, counting)
        decimals = _check(duck, dimensions, counting)
        found = duck.sql(_contributions(len(dimensions), counting, decimals)).to_arrow_table()
    return _carried(name, dimensions, found, counting, decimals)


def _view(duck: Any, path: Path, dimensions: Sequence[Dimension], counting: Counting) -> None:
    """Rows as codes: d0, d1, … (null: not a leaf), x, w, asked, unit, the record's fingerprint and key."""
    columns, joins = [], []
    for at, dimension in enumerate(dimensions):
        leaves = dimension.leaves()
        duck.register(
            f"leaves{at}",
            pa.table({"text": [dimension.codes[i] for i in leaves], "code": pa.array(leaves, pa.int64())}),
        )
        spelled = f"coalesce(nullif(trim(r.{identifier(dimension.name)}), ''), {literal(counting.missing)})"
        joins.append(f"LEFT JOIN leaves{at} ON leaves{at}.text = {spelled}")
        columns.append(f"leaves{at}.code AS d{at}, {spelled} AS t{at}")
    value = f"try_cast(trim(r.{identifier(counting.value)}) AS DECIMAL(30, 6))" if counting.value else "1"
    weight = f"try_cast(trim(r.{identifier(counting.weight)}) AS DOUBLE)" if counting.weight else "1.0"
    asked = "false"
    if counting.request:
        wanted = ", ".join(literal(one) for one in counting.request_values)
        asked = f"coalesce(trim(r.{identifier(counting.request)}) IN ({wanted}), false)"
    unit = f"r.{identifier(counting.unit)}" if counting.unit != ROW else "r.file_row_number"
    if counting.keys is not None:
        duck.register(
            "record_keys",
            pa.table({"at": pa.array(np.arange(len(counting.keys), dtype=np.int64)), "key": pa.array(counting.keys)}),
        )
        joins.append("JOIN record_keys ON record_keys.at = r.file_row_number")
    key = "record_keys.key" if counting.keys is not None else "0::UBIGINT"
    duck.execute(
        f"CREATE TEMP VIEW rows AS SELECT {', '.join(columns)}, {value} AS x, {weight} AS w, {asked} AS asked, "
        f"{unit} AS unit, hash(r.file_row_number) AS mark, {key} AS key "
        f"FROM read_parquet({literal(str(path.resolve()))}, file_row_number = true) r {' '.join(joins)}"
    )


def _check(duck: Any, dimensions: Sequence[Dimension], counting: Counting) -> int:
    """Refuses what cannot be counted; gives the decimals that the values need."""

    def one(what: str) -> Any:
        return duck.execute(f"SELECT {what} FROM rows").fetchall()[0][0] or 0

    for at, dimension in enumerate(dimensions):
        if lost := one(f"count(*) FILTER (t{at} = '')"):
            raise AnonymizerError(
                f"Field {dimension.name!r} is empty in {lost} rows: name a code for them with 'missing', or clean it."
            )
        if lost := one(f"count(*) FILTER (d{at} IS NULL)"):
            raise AnonymizerError(
                f"Field {dimension.name!r} has {lost} rows with a code that is no lowest one of its hierarchy: add it."
            )
    if lost := one("count(*) FILTER (x IS NULL)"):
        raise AnonymizerError(f"Field {counting.value!r} is no number in {lost} rows: clean it, or drop those rows.")
    if lost := one("count(*) FILTER (w IS NULL OR NOT w > 0 OR w > 1e9)"):
        raise AnonymizerError(f"Field {counting.weight!r} is no weight above 0 in {lost} rows: clean it first.")
    if lost := one("count(*) FILTER (unit IS NULL)"):
        raise AnonymizerError(f"Field {counting.unit!r} names no contributor in {lost} rows: fill it, or count rows.")
    if counting.negative == "refuse" and (lost := one("count(*) FILTER (x < 0)")):
        raise AnonymizerError(
            f"Field {counting.value!r} is negative in {lost} rows, and the rules are about contributions to a sum: "
            'set negative = "absolute" to judge cells by absolute contributions, or tabulate gains and losses apart.'
        )
    decimals = next(d for d in range(MOST_DECIMALS + 1) if not one(f"count(*) FILTER (x <> round(x, {d}))"))
    if one(f"sum(abs(x) * w) * 1e{decimals}") > LARGEST:
        raise AnonymizerError(f"Field {counting.value!r} sums to more than 52 bits hold: tabulate it in thousands.")
    return decimals


def _contributions(dimensions: int, counting: Counting, decimals: int) -> str:
    """One line a contributor and finest cell."""
    by = ", ".join(f"d{at}" for at in range(dimensions))
    scaled = f"CAST(round(CAST(x AS DOUBLE) * 1e{decimals}) AS BIGINT)"
    weighed = f"CAST(round({scaled} * w) AS BIGINT)"
    if counting.unit == ROW:
        return f"SELECT {by}, unit AS who, {scaled} AS x, {weighed} AS wx, w, w AS heads, asked, mark, key FROM rows"
    return (
        f"SELECT {by}, dense_rank() OVER (ORDER BY unit) AS who, sum({scaled})::BIGINT AS x, "
        f"sum({weighed})::BIGINT AS wx, min(w) AS w, max(w) AS heads, bool_or(asked) AS asked, bit_xor(mark) AS mark, "
        "(sum(key::HUGEINT) % 18446744073709551616)::UBIGINT AS key "
        f"FROM rows GROUP BY {by}, unit ORDER BY {by}, who"
    )


def _carried(name: str, dimensions: tuple[Dimension, ...], found: pa.Table, counting: Counting, decimals: int) -> Cells:
    """Every combination of depths in turn: each cell belongs to exactly one, so its contributors come all at once."""
    lines = {one: found.column(one).to_numpy() for one in found.column_names}
    shape, above = shape_of(dimensions), [one.ancestors() for one in dimensions]
    made = _Filled(int(np.prod(shape)), counting)
    for depths in np.ndindex(*(len(one) for one in above)):
        codes = [above[at][depth][lines[f"d{at}"]] for at, depth in enumerate(depths)]
        inside = np.logical_and.reduce([one >= 0 for one in codes])
        if inside.any():
            at = np.ravel_multi_index([one[inside] for one in codes], shape)
            made.add(at, {one: values[inside] for one, values in lines.items()})
    value = made.value if counting.value else made.heads.round().astype(np.int64)
    return Cells(
        name=name,
        dimensions=dimensions,
        value=value,
        count=made.count,
        top=made.top,
        asked=made.asked,
        alone=made.alone,
        same=made.same,
        key=made.key,
        decimals=decimals if counting.value else 0,
        negative=bool((value < 0).any() or (made.size > np.abs(value)).any()),
        size=made.size if counting.value else None,
    )


class _Filled:
    """The arrays of the cells while they are filled."""

    def __init__(self, cells: int, counting: Counting) -> None:
        self._counting = counting
        self.value, self.count = np.zeros(cells, np.int64), np.zeros(cells, np.int64)
        self.size, self.heads, self.top = np.zeros(cells), np.zeros(cells), np.zeros((cells, counting.top))
        self.same, self.key = np.zeros(cells, np.uint64), np.zeros(cells, np.uint64)
        self.asked, self.alone = np.zeros(cells, bool), np.full(cells, -1, np.int64)

    def add(self, at: Ints, lines: Mapping[str, Any]) -> None:
        """All contributions to the cells ``at``."""
        lines = dict(lines)
        order = np.argsort(at, kind="stable")
        first = np.flatnonzero(np.diff(at[order], prepend=-1))
        cell = at[order][first]
        self.same[cell] = np.bitwise_xor.reduceat(lines["mark"][order], first)
        self.key[cell] = np.add.reduceat(lines["key"][order], first)
        if self._counting.unit != ROW:
            at, lines = _joined(at, lines)
        size = np.abs(lines["x"])
        order = np.lexsort((lines["who"], -size, at))
        first = np.flatnonzero(np.diff(at[order], prepend=-1))
        weighed = lines["wx"][order]
        self.value[cell] = np.add.reduceat(weighed, first)
        self.size[cell] = np.add.reduceat(np.abs(weighed).astype(np.float64), first)
        self.heads[cell] = np.add.reduceat(lines["heads"][order].astype(np.float64), first)
        self.asked[cell] = np.logical_or.reduceat(lines["asked"][order], first)
        count = np.diff(np.append(first, len(order)))
        self.count[cell] = count
        self.alone[cell] = np.where(count == 1, lines["who"][order][first], -1)
        self.top[cell] = self._largest(size[order], lines["w"][order], first, count)

    def _largest(self, size: Ints, weight: Floats, first: Ints, count: Ints) -> Floats:
        """The largest contributions of every cell, each as often as its weight says."""
        deep = self._counting.top
        entry = np.minimum(first[:, None] + np.arange(deep), len(size) - 1)
        real = np.arange(deep) < count[:, None]
        values = np.where(real, size[entry], 0).astype(np.float64)
        if not self._counting.weight:
            return values
        stands = np.cumsum(np.where(real, np.maximum(np.floor(weight[entry] + 0.5), 1), np.inf), axis=1)
        slots = np.stack([(stands <= slot).sum(axis=1) for slot in range(deep)], axis=1)
        return np.take_along_axis(values, np.minimum(slots, deep - 1), axis=1)


def _joined(at: Ints, lines: Mapping[str, Any]) -> tuple[Ints, dict[str, Any]]:
    """A contributor's lines within one cell as one line."""
    order = np.lexsort((lines["who"], at))
    at, who = at[order], lines["who"][order]
    first = np.flatnonzero(np.concatenate([[True], (np.diff(at) != 0) | (np.diff(who) != 0)]))
    made = {
        "who": who[first],
        "x": np.add.reduceat(lines["x"][order], first),
        "wx": np.add.reduceat(lines["wx"][order], first),
        "w": np.minimum.reduceat(lines["w"][order], first),
        "heads": np.maximum.reduceat(lines["heads"][order], first),
        "asked": np.logical_or.reduceat(lines["asked"][order], first),
    }
    return at[first], made
