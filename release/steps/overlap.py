"""Raw values of direct identifiers that are still to be read in the treated table, counted and never quoted.

What a reader would get wrong: short numbers repeat by chance (a six-digit record number equals somebody's income),
so plain numbers of fewer than nine digits only count when they look copied: when most of a column's values of that
length are such numbers.  Everything else counts from the first occurrence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from anonymizers.duck import literal
from release.steps.sides import Sides

MIN_LENGTH = 6  # shorter values (surnames, ages) meet by chance everywhere
STRONG_DIGITS = 9
COPIED_SHARE = 0.5
LONG_TEXT = 24  # a column whose texts are longer on average is searched word by word as well
WORD = "[0-9A-Za-z][0-9A-Za-z._@+-]{4,}[0-9A-Za-z]"
NUMBER = "[-+]?[0-9]*[.,]?[0-9]*"
SECRETS = "secrets"


@contextmanager
def secrets(sides: Sides, fields: Sequence[str]) -> Iterator[str]:
    """A temporary table ``(v, strong)`` of the distinct raw values of ``fields`` that are long enough to tell."""
    parts = [
        f"SELECT {sides.raw.column(field)} AS v FROM raw WHERE length({sides.raw.column(field)}) >= {MIN_LENGTH}"
        for field in fields
        if field in sides.raw.places
    ] or ["SELECT '' AS v WHERE false"]
    sides.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {SECRETS} AS SELECT v, {_strong('v')} AS strong "
        f"FROM (SELECT DISTINCT v FROM ({' UNION ALL '.join(parts)}))"
    )
    try:
        yield SECRETS
    finally:
        sides.connection.execute(f"DROP TABLE {SECRETS}")


def _strong(value: str) -> str:
    digits = f"length(regexp_replace({value}, '[^0-9]', '', 'g'))"
    return f"(NOT regexp_full_match({value}, {literal(NUMBER)}) OR {digits} >= {STRONG_DIGITS})"


def seen_in(sides: Sides, table: str, field: str) -> int:
    """How many distinct values of ``table`` (of :func:`secrets`) stand in the released ``field``, as whole cells or,
    in long texts, as words."""
    column = sides.treated.column(field)
    cells = f"SELECT DISTINCT {column} AS v FROM treated WHERE length({column}) >= {MIN_LENGTH}"
    candidates, strong, weak = sides.connection.execute(
        f"SELECT count(*), count(*) FILTER (s.strong), count(*) FILTER (NOT s.strong) "
        f"FROM ({cells}) a LEFT JOIN {table} s ON s.v = a.v"
    ).fetchone()
    found = int(strong)
    if weak > COPIED_SHARE * candidates:
        found += int(weak)
    average = sides.one(f"SELECT avg(length({column})) FROM treated WHERE {column} IS NOT NULL") or 0
    if average > LONG_TEXT:
        words = f"SELECT DISTINCT unnest(regexp_extract_all({column}, {literal(WORD)})) AS v FROM treated"
        found += int(sides.one(f"SELECT count(*) FROM ({words}) a JOIN {table} s ON s.v = a.v AND s.strong"))
    return found


def same_values(sides: Sides, field: str) -> int:
    """Distinct released values of ``field`` that are raw values of the same field: none, after a pseudonym."""
    raw, treated = sides.raw.column(field), sides.treated.column(field)
    cells = f"SELECT DISTINCT {treated} AS v FROM treated WHERE nullif({treated}, '') IS NOT NULL"
    return int(sides.one(f"SELECT count(*) FROM ({cells}) a SEMI JOIN raw ON a.v = raw.{raw}"))
