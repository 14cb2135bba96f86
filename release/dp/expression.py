"""The SQL of one row: a number clamped to whole steps, its bin, and whether a filter lets the row pass.

What a reader would get wrong: nothing here may fail on a value.  An expression that breaks for one row tells that the
row is there, so texts are cast with TRY_CAST, whole numbers become doubles before they are multiplied, doubles are
clamped before they become integers, and ``greatest`` never sees a NULL, of which it would make the lower bound.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anonymizers.duck import literal
from release.dp.component import Component
from release.dp.condition import COMPARISONS, Among, Compare, Condition, Junction, Missing
from release.nouns.errors import BadInput, ReleaseError

WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
REAL = {"FLOAT", "DOUBLE", "UBIGINT", "HUGEINT", "UHUGEINT"}
READABLE = {"VARCHAR", "BOOLEAN"}


@dataclass(frozen=True, slots=True)
class Source:
    """A relation with the alias ``t``, and the column and the DuckDB type of each of its fields.

    Columns are counted, not named: SQL would take ``ID`` and ``id`` for one, and a wrong unit protects nobody."""

    relation: str
    columns: Mapping[str, str]
    types: Mapping[str, str]

    def emptied(self) -> Source:
        """The same columns without a row: what compiles here compiles on any table of this shape."""
        nothing = ", ".join(f"CAST(NULL AS {kind})" for kind in self.types.values())
        names = ", ".join(column.removeprefix("t.") for column in self.columns.values())
        return Source(f"(SELECT {nothing} WHERE false) AS t({names})", self.columns, self.types)

    def text(self, field: str) -> str:
        """The field as a text, as keys and filters compare it."""
        column = self.columns[field]
        return column if self.types[field] == "VARCHAR" else f"CAST({column} AS VARCHAR)"


def read_source(con: Any, path: Path) -> Source:
    """The columns of a Parquet file; no row is read.  Raises BadInput when two have the same name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
    except (OSError, pa.ArrowException):
        raise ReleaseError("The columnar copy of the table cannot be read.", "Read the table again.") from None
    plain = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
    relation = f"read_parquet({literal(plain)})"
    described = con.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    if len(set(names)) != len(names):
        raise BadInput("Two columns of the table have the same name.", "Rename one of them.")
    columns = {name: f"t.c{n}" for n, name in enumerate(names)}
    aliases = ", ".join(f"c{n}" for n in range(len(names)))
    types = {name: str(row[1]) for name, row in zip(names, described, strict=True)}
    return Source(f"{relation} AS t({aliases})", columns, types)


def check_number(source: Source, field: str) -> None:
    """Refuses a field of a type that is never read as a number, by its type alone."""
    kind = source.types[field]
    if kind not in WHOLE | REAL | READABLE and not kind.startswith("DECIMAL"):
        raise BadInput(f"Field {field} holds {kind.lower()}, which is no number.", "Ask for a field of numbers.")


def measured(source: Source, part: Component) -> str:
    """What one row adds to ``part``: an integer within its magnitude; NULL adds nothing."""
    if part.kind == "valid":
        return _number(source, part.field)
    if part.kind == "sum":
        return _clamped(source, part, _signed(min(max(0, part.lower), part.upper)))
    clamped = _clamped(source, part)
    if part.kind == "centred":
        return f"{clamped} - {_signed(part.middle())}"
    away = f"({clamped} - {_signed(part.middle())})"
    return f"CAST(round({away} * {away} / {part.grain()}) AS BIGINT)"


def binned(source: Source, part: Component) -> str:
    """The number of the bin, from 0; NULL where there is no number.  The last bin is closed."""
    clamped, edges = _clamped(source, part), part.edges
    width = edges[1] - edges[0]
    even = all(b - a == width for a, b in itertools.pairwise(edges[:-1]))
    if even and edges[-1] - edges[-2] <= width:
        bin_ = f"least(({clamped} - {_signed(edges[0])}) // {width}, {len(edges) - 2})"
        return f"CASE WHEN {clamped} IS NULL THEN NULL ELSE {bin_} END"
    return _search(clamped, edges, 0, len(edges) - 2)


def _search(clamped: str, edges: tuple[int, ...], first: int, last: int) -> str:
    """A balanced tree of comparisons: bins are found in log₂ steps."""
    if first == last:
        # A comparison with NULL falls through to here, so NULL is kept by hand.
        return f"CASE WHEN {clamped} IS NULL THEN NULL ELSE {first} END"
    half = (first + last + 1) // 2
    below, above = _search(clamped, edges, first, half - 1), _search(clamped, edges, half, last)
    return f"CASE WHEN {clamped} < {_signed(edges[half])} THEN {below} ELSE {above} END"


def _number(source: Source, field: str) -> str:
    """The field as a DOUBLE; NULL where it is none.  NaN is none."""
    column, kind = source.columns[field], source.types[field]
    if kind in WHOLE:
        return f"CAST({column} AS DOUBLE)"
    number = f"TRY_CAST({column} AS DOUBLE)" if kind not in REAL else f"CAST({column} AS DOUBLE)"
    return f"CASE WHEN isnan({number}) THEN NULL ELSE {number} END"


def _clamped(source: Source, part: Component, missing: str = "NULL") -> str:
    """The field in whole steps within its bounds, ``missing`` where there is no number."""
    steps, lower, upper = 10**part.decimals, _signed(part.lower), _signed(part.upper)
    if source.types[part.field] in WHOLE and steps == 1:
        column = source.columns[part.field]
        within = f"WHEN {column} < {lower} THEN {lower} WHEN {column} > {upper} THEN {upper}"
        return f"CASE WHEN {column} IS NULL THEN {missing} {within} ELSE CAST({column} AS BIGINT) END"
    number = _number(source, part.field)
    bounded = f"CAST(least(greatest(round({number} * {steps}), {lower}), {upper}) AS BIGINT)"
    return f"CASE WHEN {number} IS NULL THEN {missing} ELSE {bounded} END"


def _signed(number: int) -> str:
    return str(number) if number >= 0 else f"({number})"


def filtered(source: Source, condition: Condition) -> str:
    """The filter as SQL; every constant is written as a literal, every field quoted."""
    if isinstance(condition, Junction):
        parts = [f"({filtered(source, part)})" for part in condition.parts]
        return f"NOT {parts[0]}" if condition.operator == "not" else f" {condition.operator.upper()} ".join(parts)
    if isinstance(condition, Missing):
        return f"{source.columns[condition.field]} IS NULL"
    column = source.text(condition.field)
    if isinstance(condition, Among):
        return f"{column} IN ({', '.join(literal(value) for value in condition.values)})"
    return _compared(source, condition, column)


def _compared(source: Source, condition: Compare, column: str) -> str:
    operator = COMPARISONS[condition.operator]
    if isinstance(condition.value, str):
        return f"{column} {operator} {literal(condition.value)}"
    # Both sides are doubles: DuckDB would read 0.1 as a decimal, and a whole number that does not fit it would break.
    return f"({_number(source, condition.field)}) {operator} CAST({condition.value!r} AS DOUBLE)"
