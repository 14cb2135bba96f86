"""Exact, bounded, integer statistics: the half of differential privacy that has no noise in it.

The SQL of ``statement`` is run over the columnar copy and spread over the public groups, which are zero-filled.  What a
reader would get wrong: everything that can be refused is refused on an empty table of the same shape, before a charge;
an error that only some data cause would be an answer that nobody paid for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.duck import connect
from release.dp.component import Component, components
from release.dp.condition import numbers
from release.dp.expression import Source, check_number, read_source
from release.dp.query import Query
from release.dp.statement import bins, totals
from release.nouns.dataset import Dataset, Table
from release.nouns.errors import BadInput

LEAST_MB = 64


@dataclass(frozen=True, slots=True)
class Exact:
    """int64 arrays of shape (groups, width), one a component.  ``keys`` are the groups in that order: the product of
    the public lists, or what the data has where keys are to be discovered.  Never leaves the engine without noise."""

    vectors: Mapping[Component, np.ndarray]
    keys: tuple[tuple[str, ...], ...] = ()


def check_fields(query: Query, dataset: Dataset) -> None:
    """Refuses a query on fields that are not there: before any budget is touched."""
    names = {f.name for f in dataset.fields}
    wanted = {*query.fields(), *([query.unit] if query.unit != "row" else [])}
    for name in sorted(wanted - names):
        raise BadInput(f"The table has no field {name}.", f"Fields: {', '.join(sorted(names))}.")


def check(table: Table, query: Query) -> None:
    """Compiles the whole query on an empty table of the same shape: refuses what cannot be asked of it.

    Reads the names and types of the columns, and no row."""
    check_fields(query, table.dataset)
    con = connect(memory_mb=LEAST_MB)
    try:
        source = read_source(con, table.path)
        for statistic in query.statistics:
            if statistic.field:
                check_number(source, statistic.field)
        for field in numbers(query.where):
            check_number(source, field)
        _measured(con, source.emptied(), query, "")
    finally:
        con.close()


def exact(table: Table, query: Query, *, salt: str, memory_mb: int = 1024) -> Exact:
    """The exact components of ``query`` over the columnar copy of ``table``."""
    check_fields(query, table.dataset)
    return measure(table.path, query, salt=salt, memory_mb=memory_mb)


def measure(path: Path, query: Query, *, salt: str, memory_mb: int = 1024) -> Exact:
    """The same over a Parquet file of text or typed columns, streamed: memory does not grow with the rows.

    Limiting persons sorts the rows; what does not fit is spilled beside the file and taken away again."""
    with tempfile.TemporaryDirectory(prefix="dp-", dir=path.parent) as spill:
        con = connect(memory_mb=memory_mb, temp=Path(spill))
        try:
            return _measured(con, read_source(con, path), query, salt)
        finally:
            con.close()


def _measured(con: Any, source: Source, query: Query, salt: str) -> Exact:
    parts = [part for part, _ in components(query)]
    if not query.discover:
        _register_keys(con, query)
    plain = [part for part in parts if not part.edges]
    keyed = _fetch(con, totals(source, query, plain, salt))
    groups = _Groups(query, keyed)
    vectors = {p: groups.spread(keyed[f"s{n}"]) for n, p in enumerate(plain)}
    for part in parts:
        if query.tree is not None and part.level >= 0:
            vectors[part] = _summed(query, part, vectors[part])
        if part.edges:
            rows = _fetch(con, bins(source, query, part, salt))
            vectors[part] = groups.spread_bins(rows, part.width())
    return Exact(vectors, groups.keys)


def _summed(query: Query, part: Component, leaves: np.ndarray) -> np.ndarray:
    """The rows of the smallest areas, in the order of the tree, summed up to the level of ``part``."""
    assert query.tree is not None
    by_area = leaves.reshape(len(query.tree.leaves()), -1)
    return query.tree.rolled(by_area, part.level).reshape(-1, 1)


class _Groups:
    """Where a group stands in the vectors: by its code, or by its place among the discovered keys."""

    def __init__(self, query: Query, rows: Mapping[str, np.ndarray]) -> None:
        self.query = query
        self.keys: tuple[tuple[str, ...], ...] = ()
        if query.discover:
            columns = [rows[f"k{n}"].tolist() for n in range(len(query.group_by))]
            self.keys = tuple(sorted(zip(*columns, strict=True)))
            self.place = {key: n for n, key in enumerate(self.keys)}
        self.position = self._positions(rows)

    def _positions(self, rows: Mapping[str, np.ndarray]) -> np.ndarray:
        columns = [rows[f"k{n}"] for n in range(len(self.query.group_by))]
        if self.query.discover:
            found = zip(*(c.tolist() for c in columns), strict=True)
            return np.array([self.place[key] for key in found], dtype=np.int64)
        position = np.zeros(len(rows["s"]), dtype=np.int64)
        for codes, keys in zip(columns, self.query.keys, strict=True):
            position = position * len(keys) + codes.astype(np.int64)
        return position

    def spread(self, values: np.ndarray) -> np.ndarray:
        vector = np.zeros((self._count(), 1), dtype=np.int64)
        vector[self.position, 0] = values.astype(np.int64)
        return vector

    def spread_bins(self, rows: Mapping[str, np.ndarray], width: int) -> np.ndarray:
        vector = np.zeros((self._count(), width), dtype=np.int64)
        vector[self._positions(rows), rows["bin"].astype(np.int64)] = rows["s"].astype(np.int64)
        return vector

    def _count(self) -> int:
        return len(self.keys) if self.query.discover else self.query.cells()


def _fetch(con: Any, sql: str) -> Mapping[str, np.ndarray]:
    rows: Mapping[str, np.ndarray] = con.execute(sql).fetchnumpy()
    return rows


def _register_keys(con: Any, query: Query) -> None:
    import pyarrow as pa

    for number, keys in enumerate(query.keys):
        view = pa.table({"v": pa.array(keys, pa.string()), "code": pa.array(range(len(keys)), pa.int64())})
        con.register(f"keys{number}", view)
