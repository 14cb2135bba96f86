"""Exact, bounded, integer statistics in SQL: the half of differential privacy that has no noise in it.

The order is the proof: rows are filtered one by one, a person's rows are limited, values are clamped before they are
summed, keys are public and zero-filled, and what is kept of a person depends on that person's own rows and a secret
salt only.  Numbering rows by position instead would let one person's absence shift another's rows, and the stated
sensitivity would be false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.duck import connect, identifier
from release.dp.component import Component, components
from release.dp.expression import Source, binned, filtered, measured, read_source
from release.dp.query import Query
from release.nouns.dataset import Dataset, Table
from release.nouns.errors import BadInput


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


def exact(table: Table, query: Query, *, salt: str, memory_mb: int = 1024) -> Exact:
    """The exact components of ``query`` over the columnar copy of ``table``."""
    check_fields(query, table.dataset)
    return measure(table.path, query, salt=salt, memory_mb=memory_mb)


def measure(path: Path, query: Query, *, salt: str, memory_mb: int = 1024) -> Exact:
    """The same over a Parquet file of text or typed columns, streamed: memory does not grow with the rows."""
    con = connect(memory_mb=memory_mb)
    try:
        source = read_source(con, path)
        parts = [part for part, _ in components(query)]
        if not query.discover:
            _register_keys(con, query)
        plain = [part for part in parts if not part.edges]
        keyed = _fetch(con, _sql(source, query, plain, salt), query)
        groups = _Groups(query, keyed)
        vectors = {p: groups.spread(keyed[f"s{n}"]) for n, p in enumerate(plain)}
        for part in parts:
            if query.tree is not None and part.level >= 0:
                vectors[part] = _summed(query, part, vectors[part])
            if part.edges:
                rows = _fetch(con, _bins_sql(source, query, part, salt), query)
                vectors[part] = groups.spread_bins(rows, part.width())
        return Exact(vectors, groups.keys)
    finally:
        con.close()


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


def _fetch(con: Any, sql: str, query: Query) -> Mapping[str, np.ndarray]:
    rows: Mapping[str, np.ndarray] = con.execute(sql).fetchnumpy()
    return rows


def _register_keys(con: Any, query: Query) -> None:
    import pyarrow as pa

    for number, keys in enumerate(query.keys):
        view = pa.table({"v": pa.array(keys, pa.string()), "code": pa.array(range(len(keys)), pa.int64())})
        con.register(f"keys{number}", view)


def _sql(source: Source, query: Query, parts: list[Component], salt: str) -> str:
    """One row a group: its codes, the number of rows, and ``s0`` … of the components."""
    values = {f"x{n}": measured(source, part) for n, part in enumerate(parts) if part.kind not in ("rows", "units")}
    sums = ["count(*) AS s"]
    for n, part in enumerate(parts):
        total = {
            "rows": "count(*)",
            "units": "count(DISTINCT person)",
            "valid": f"count(x{n})",
        }.get(part.kind, f"CAST(coalesce(sum(x{n}), 0) AS BIGINT)")
        sums.append(f"{total} AS s{n}")
    return _grouped(source, query, values, sums, salt)


def _bins_sql(source: Source, query: Query, part: Component, salt: str) -> str:
    values = {"bin": binned(source, part)}
    return _grouped(source, query, values, ["count(*) AS s"], salt, extra=("bin",), need="bin IS NOT NULL")


def _grouped(
    source: Source,
    query: Query,
    values: Mapping[str, str],
    sums: list[str],
    salt: str,
    *,
    extra: tuple[str, ...] = (),
    need: str = "",
) -> str:
    heads = [*(f"k{n}" for n in range(len(query.group_by))), *extra]
    inner = _limited(source, query, values, salt) if query.unit != "row" else _rows(source, query, values)
    where = f" WHERE {need}" if need else ""
    tail = f" GROUP BY {', '.join(heads)}" if heads else ""
    grouped = f"SELECT {', '.join([*heads, *sums])} FROM ({inner}){where}{tail}"
    if query.discover or query.unit != "row" or not query.group_by:
        return grouped
    # Without persons to limit, grouping first and looking the keys up after spares a join of every row.
    codes = [f"keys{n}.code AS k{n}" for n in range(len(query.group_by))]
    rest = [*extra, *(total.rsplit(" AS ", 1)[1] for total in sums)]
    return f"SELECT {', '.join([*codes, *rest])} FROM ({grouped}) g {_joins(source, query, 'g', 'k')}"


def _joins(source: Source, query: Query, alias: str, prefix: str = "") -> str:
    joins = []
    for n, name in enumerate(query.group_by):
        column = f"{alias}.{prefix}{n}" if prefix else f"{alias}.{identifier(name)}"
        joins.append(f"JOIN keys{n} ON {column} = TRY_CAST(keys{n}.v AS {source.types[name]})")
    return " ".join(joins)


def _rows(source: Source, query: Query, values: Mapping[str, str]) -> str:
    """Every row that the filter lets pass, with its raw keys."""
    chosen = [f"{_key(source, query, name)} AS k{n}" for n, name in enumerate(query.group_by)]
    chosen += [f"{expression} AS {name}" for name, expression in values.items()]
    conditions = [filtered(source, query.where)] if query.where else []
    conditions += [f"t.{identifier(name)} IS NOT NULL" for name in query.group_by]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(chosen) or '1 AS one'} FROM {source.relation} t{where}"


def _key(source: Source, query: Query, name: str) -> str:
    column = f"t.{identifier(name)}"
    return f"CAST({column} AS VARCHAR)" if query.discover and source.types[name] != "VARCHAR" else column


def _limited(source: Source, query: Query, values: Mapping[str, str], salt: str) -> str:
    """At most G groups a person and R rows a person and group, chosen by a salted hash of the person's own rows.

    The hash sees only what the answer depends on, so rows that tie are rows that count alike."""
    from anonymizers.duck import literal

    own = f"t.{identifier(query.unit)}"
    if query.discover:
        codes = [f"{_key(source, query, name)} AS k{n}" for n, name in enumerate(query.group_by)]
        joins, present = "", [f"t.{identifier(name)} IS NOT NULL" for name in query.group_by]
    else:
        codes = [f"keys{n}.code AS k{n}" for n in range(len(query.group_by))]
        joins, present = _joins(source, query, "t"), []
    conditions = [f"{own} IS NOT NULL", *present, *([filtered(source, query.where)] if query.where else [])]
    chosen = ", ".join([f"{own} AS person", *codes, *(f"{e} AS {name}" for name, e in values.items())])
    keys = [f"k{n}" for n in range(len(query.group_by))]
    secret, contents = literal(salt), ", ".join([*keys, *values])
    row_hash = f"hash({secret}, person{', ' + contents if contents else ''})"
    group_hash = f"hash({secret}, person{', ' + ', '.join(keys) if keys else ''})"
    some = (
        f"SELECT * FROM (SELECT {chosen} FROM {source.relation} t {joins} WHERE {' AND '.join(conditions)}) "
        f"QUALIFY row_number() OVER (PARTITION BY {', '.join(['person', *keys])} ORDER BY {row_hash}) <= {query.rows()}"
    )
    if not keys:
        return some
    order = ", ".join([group_hash, *keys])
    return (
        f"SELECT * FROM ({some}) QUALIFY dense_rank() OVER (PARTITION BY person ORDER BY {order}) <= {query.groups()}"
    )
