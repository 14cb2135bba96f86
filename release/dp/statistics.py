"""Exact, bounded, integer statistics in SQL: the half of differential privacy that has no noise in it.

The order is the proof: a person's rows are limited first, values are clamped before they are summed, keys are public
and zero-filled, and what is kept of a person depends on that person's own rows and a secret salt only.  Numbering
rows by position instead would let one person's absence shift another's rows, and the stated sensitivity would be false.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from anonymizers.duck import connect, identifier, literal
from release.dp.query import Query, Statistic
from release.nouns.dataset import Dataset, Table
from release.nouns.errors import BadInput


def check_fields(query: Query, dataset: Dataset) -> None:
    """Refuses a query on fields that are not there: before any budget is touched."""
    names = {f.name for f in dataset.fields}
    wanted = {*query.group_by, *(s.field for s in query.statistics if s.field)}
    if query.unit != "row":
        wanted.add(query.unit)
    for name in sorted(wanted - names):
        raise BadInput(f"The table has no field {name}.", f"Fields: {', '.join(sorted(names))}.")


def sensitivity(query: Query, statistic: Statistic) -> tuple[int, float]:
    """(L1, L2) change of the vector of this statistic when one unit's rows are removed.

    One row is in one group.  A person with at most G groups and R rows in each moves L1 by G·R·M and L2 by √G·R·M,
    M being the most one row can weigh."""
    groups, rows = (1, 1) if query.unit == "row" else (query.max_groups, query.max_rows)
    groups = min(groups, query.cells())
    magnitude = statistic.magnitude()
    return groups * rows * magnitude, float(np.sqrt(groups)) * rows * magnitude


def exact(table: Table, query: Query, *, salt: str, memory_mb: int = 1024) -> dict[str, np.ndarray]:
    """For every statistic an int64 vector over the groups, in the order of the product of the public keys."""
    check_fields(query, table.dataset)
    con = connect(memory_mb=memory_mb)
    try:
        codes = _register_keys(con, query)
        rows = con.execute(_sql(table.path, query), _parameters(query, salt)).fetchnumpy()
    finally:
        con.close()
    position = np.zeros(len(rows["rows"]), dtype=np.int64)
    for name, size in codes:
        position = position * size + rows[name].astype(np.int64)
    vectors = {}
    for number, statistic in enumerate(query.statistics):
        vector = np.zeros(query.cells(), dtype=np.int64)
        vector[position] = rows[f"s{number}"].astype(np.int64)
        vectors[statistic.name] = vector
    return vectors


def _register_keys(con: object, query: Query) -> list[tuple[str, int]]:
    import pyarrow as pa

    codes = []
    for number, keys in enumerate(query.keys):
        view = pa.table({"v": pa.array(keys, pa.string()), "code": pa.array(range(len(keys)), pa.int64())})
        con.register(f"keys{number}", view)  # type: ignore[attr-defined]
        codes.append((f"k{number}", len(keys)))
    return codes


def _parameters(query: Query, salt: str) -> list[str]:
    return [] if query.unit == "row" else [salt, salt]


def _sql(path: Path, query: Query) -> str:
    source = f"read_parquet({literal(str(path))})"
    joins = " ".join(f"JOIN keys{n} ON t.{identifier(name)} = keys{n}.v" for n, name in enumerate(query.group_by))
    codes = [f"keys{n}.code AS k{n}" for n in range(len(query.group_by))]
    values = [f"{_clamped(s)} AS v{n}" for n, s in enumerate(query.statistics) if s.kind == "sum"]
    groups = ", ".join(f"k{n}" for n in range(len(query.group_by)))
    sums = ["count(*) AS rows"]
    for n, s in enumerate(query.statistics):
        sums.append(f"count(*) AS s{n}" if s.kind == "count" else f"CAST(sum(v{n}) AS BIGINT) AS s{n}")
    chosen = ", ".join([*codes, *values]) or "1 AS one"
    if query.unit == "row":
        limited = f"SELECT {chosen} FROM {source} t {joins}"
    else:
        limited = _limited(source, joins, chosen, groups, query)
    tail = f" GROUP BY {groups}" if groups else ""
    heads = ", ".join([*([groups] if groups else []), *sums])
    return f"SELECT {heads} FROM ({limited}){tail}"


def _limited(source: str, joins: str, chosen: str, groups: str, query: Query) -> str:
    """At most G groups a person and R rows a person and group, chosen by a salted hash of the person's own rows."""
    own = f"t.{identifier(query.unit)}"
    contents = "sha256(? || '|' || CAST(t AS VARCHAR))"
    partition = f"person, {groups}" if groups else "person"
    key = f"concat_ws('|', {groups})" if groups else "''"
    return (
        f"WITH named AS (SELECT {own} AS person, {chosen}, {contents} AS h FROM {source} t {joins} "
        f"WHERE {own} IS NOT NULL), "
        f"some_rows AS (SELECT * FROM named QUALIFY row_number() OVER (PARTITION BY {partition} ORDER BY h) "
        f"<= {query.max_rows}) "
        f"SELECT * FROM some_rows QUALIFY dense_rank() OVER (PARTITION BY person ORDER BY "
        f"sha256(? || '|' || person || '|' || {key}), {key}) <= {query.max_groups}"
    )


def _clamped(statistic: Statistic) -> str:
    steps = 10**statistic.decimals
    number = f"TRY_CAST(t.{identifier(statistic.field)} AS DOUBLE)"
    # Clamped as a double first: a cast of 1e300 to an integer would break, and breaking is data-dependent.
    # The missing are taken out by CASE: greatest() ignores a NULL and would give the lower bound.
    bounded = f"least(greatest(round({number} * {steps}), {statistic.lower}), {statistic.upper})"
    missing = f"{number} IS NULL OR isnan({number})"
    return f"CASE WHEN {missing} THEN {statistic.filler()} ELSE CAST({bounded} AS BIGINT) END"
