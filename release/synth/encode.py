"""Rows as codes of their public values, with at most so many rows a person: the SQL half of a synthesis.

The order is the proof, as for protected tables: every row is coded by itself, and which rows of a person count is
decided by a salted hash of that person's own rows.  What a reader would get wrong: keys are compared as texts, so that
no value can match two of them and count twice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.duck import connect, literal
from release.dp.component import Component
from release.dp.expression import Source, binned, check_number, read_source
from release.dp.statistics import LEAST_MB
from release.nouns.errors import BadInput
from release.synth.counts import Coded
from release.synth.domain import PublicField, sizes
from release.synth.request import Request

SQL_MB = 512


def encode(path: Path, request: Request, *, salt: str, memory_mb: int = SQL_MB) -> Coded:
    """The rows of a Parquet file that are wholly public, as distinct codes with their counts.

    Limiting persons sorts the rows; what does not fit is spilled beside the file and taken away again."""
    with tempfile.TemporaryDirectory(prefix="synth-", dir=path.parent) as spill:
        con = connect(memory_mb=memory_mb, temp=Path(spill))
        try:
            return _encoded(con, read_source(con, path), request, salt)
        finally:
            con.close()


def check(path: Path, request: Request, names: Iterable[str]) -> None:
    """Compiles the question on an empty table of the same shape: refuses what cannot be asked of it, before a charge.

    Reads the names and types of the columns, and no row."""
    wanted = {field.name for field in request.fields} | ({request.unit} if request.unit != "row" else set())
    if lacking := sorted(wanted - set(names)):
        raise BadInput(f"The table has no field {lacking[0]}.", f"Fields: {', '.join(sorted(names))}.")
    con = connect(memory_mb=LEAST_MB)
    try:
        source = read_source(con, path)
        for field in request.fields:
            if field.edges:
                check_number(source, field.name)
        _encoded(con, source.emptied(), request, "")
    finally:
        con.close()


def _encoded(con: Any, source: Source, request: Request, salt: str) -> Coded:
    import pyarrow as pa

    for number, field in enumerate(request.fields):
        if field.keys:
            codes = pa.array(range(len(field.keys)), pa.int64())
            con.register(f"keys{number}", pa.table({"v": pa.array(field.keys, pa.string()), "code": codes}))
    rows: Any = con.execute(_sql(source, request, salt)).fetchnumpy()
    found = [np.asarray(rows[f"c{n}"]).astype(np.int64) for n in range(len(request.fields))]
    return Coded(sizes(request.fields), np.stack(found, axis=1), np.asarray(rows["many"]).astype(np.int64))


def _sql(source: Source, request: Request, salt: str) -> str:
    names = [f"c{n}" for n in range(len(request.fields))]
    chosen = ", ".join(f"{_code(source, field, n)} AS c{n}" for n, field in enumerate(request.fields))
    joins = " ".join(
        f"LEFT JOIN keys{n} ON {source.text(field.name)} = keys{n}.v"
        for n, field in enumerate(request.fields)
        if field.keys
    )
    public = " AND ".join(f"{name} IS NOT NULL" for name in names)
    if request.unit == "row":
        inner = f"SELECT * FROM (SELECT {chosen} FROM {source.relation} {joins}) WHERE {public}"
    else:
        coded = f"SELECT {source.columns[request.unit]} AS person, {chosen} FROM {source.relation} {joins}"
        row_hash = f"hash({literal(salt)}, person, {', '.join(names)})"
        inner = (
            f"SELECT {', '.join(names)} FROM (SELECT * FROM ({coded}) WHERE person IS NOT NULL AND {public}) "
            f"QUALIFY row_number() OVER (PARTITION BY person ORDER BY {row_hash}) <= {request.per_unit()}"
        )
    return f"SELECT {', '.join(names)}, count(*) AS many FROM ({inner}) GROUP BY ALL"


def _code(source: Source, field: PublicField, number: int) -> str:
    if field.keys:
        code = f"keys{number}.code"
    else:
        part = Component(
            f"bins:{field.name}", "bins", field.name, field.edges[0], field.edges[-1], field.decimals, field.edges
        )
        code = binned(source, part)
    return f"coalesce({code}, {field.known()})" if field.missing else f"({code})"
