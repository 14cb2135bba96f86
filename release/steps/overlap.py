"""Raw values of direct identifiers that are still to be read in the treated table, counted and never quoted.

What a reader would get wrong: equal is not always leaked.  Mr Washington's name equals a state, and a six-digit record
number somebody's income.  So what looks like an identifier (many digits, an @, letters and digits mixed) counts from
its first occurrence; other texts count when raw rows hold them in both fields at once or when the released field is
made of them; short numbers only in the latter case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from anonymizers.duck import literal
from release.steps.sides import Sides

MIN_LENGTH = 6  # shorter values (surnames, ages) meet by chance everywhere
ID_DIGITS = 9
COPIED_SHARE = 0.5
LONG_TEXT = 24  # a column whose texts are longer on average is searched word by word as well
WORD = "[0-9A-Za-z][0-9A-Za-z._@+-]{4,}[0-9A-Za-z]"
HAN_NAME = "^[\\x{4E00}-\\x{9FFF}·]{2,5}$"  # a Chinese name: too short to count as other texts do
NAMES_LEAST = 3
NAMES_SHARE = 0.005  # of the different released values, from which equal names are no coincidence
NUMBER = "[-+]?[0-9]*[.,]?[0-9]*"
TABLE = "secrets"


@dataclass(frozen=True, slots=True)
class Secrets:
    """A temporary table ``(v, kind)`` of the distinct raw values of ``fields``; kind is id, text or number."""

    table: str
    fields: tuple[str, ...]


@contextmanager
def secrets(sides: Sides, fields: Sequence[str]) -> Iterator[Secrets]:
    """The raw values of ``fields`` that are long enough to tell."""
    held = tuple(field for field in fields if field in sides.raw.places)
    parts = [
        f"SELECT {sides.raw.column(field)} AS v FROM raw WHERE length({sides.raw.column(field)}) >= {MIN_LENGTH}"
        for field in held
    ] or ["SELECT '' AS v WHERE false"]
    sides.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT v, {_kind('v')} AS kind "
        f"FROM (SELECT DISTINCT v FROM ({' UNION ALL '.join(parts)}))"
    )
    try:
        yield Secrets(TABLE, held)
    finally:
        sides.connection.execute(f"DROP TABLE {TABLE}")


def _kind(value: str) -> str:
    digits = f"length(regexp_replace({value}, '[^0-9]', '', 'g'))"
    mixed = f"(regexp_matches({value}, '[A-Za-z]') AND {digits} > 0 AND NOT contains({value}, ' '))"
    return (
        f"CASE WHEN {digits} >= {ID_DIGITS} OR contains({value}, '@') OR {mixed} THEN 'id' "
        f"WHEN regexp_full_match({value}, {literal(NUMBER)}) THEN 'number' ELSE 'text' END"
    )


def seen_in(sides: Sides, known: Secrets, field: str) -> int:
    """How many distinct secrets stand in the released ``field``, as whole cells or, in long texts, as words."""
    column = sides.treated.column(field)
    cells = f"SELECT DISTINCT {column} AS v FROM treated WHERE {column} IS NOT NULL"
    distinct, ids, texts, numbers = sides.connection.execute(
        "SELECT count(*), count(*) FILTER (s.kind = 'id'), count(*) FILTER (s.kind = 'text'), "
        f"count(*) FILTER (s.kind = 'number') FROM ({cells}) a LEFT JOIN {known.table} s ON s.v = a.v"
    ).fetchone()
    found = int(ids)
    if texts and (texts > COPIED_SHARE * distinct or _in_one_row(sides, known, field)):
        found += int(texts)
    if numbers > COPIED_SHARE * distinct:
        found += int(numbers)
    average = sides.one(f"SELECT avg(length({column})) FROM treated WHERE {column} IS NOT NULL") or 0
    if average > LONG_TEXT:
        words = f"SELECT DISTINCT unnest(regexp_extract_all({column}, {literal(WORD)})) AS v FROM treated"
        found += int(sides.one(f"SELECT count(*) FROM ({words}) a JOIN {known.table} s ON s.v = a.v AND s.kind = 'id'"))
    return found


def _in_one_row(sides: Sides, known: Secrets, field: str) -> bool:
    """Whether some raw row holds the same released text in ``field`` and in one of the secret fields."""
    if field not in sides.raw.places:
        return True
    column, released = sides.raw.column(field), sides.treated.column(field)
    others = [f"{column} = {sides.raw.column(other)}" for other in known.fields if other != field]
    if not others:
        return True
    return bool(
        sides.one(
            f"SELECT EXISTS (SELECT 1 FROM raw WHERE length({column}) >= {MIN_LENGTH} AND ({' OR '.join(others)}) "
            f"AND {column} IN (SELECT {released} FROM treated))"
        )
    )


def names_in(sides: Sides, names: Sequence[str], field: str) -> int:
    """How many distinct Chinese names of the raw fields ``names`` are whole cells of the released ``field``.

    None when there are so few that coincidence explains them: a street may be called as somebody is.
    """
    held = [sides.raw.column(name) for name in names if name in sides.raw.places]
    if not held:
        return 0
    column = sides.treated.column(field)
    shaped = f"regexp_matches({column}, {literal(HAN_NAME)})"
    known = " UNION ALL ".join(f"SELECT {one} AS v FROM raw" for one in held)
    cells = f"SELECT DISTINCT {column} AS v FROM treated WHERE length({column}) BETWEEN 2 AND 5 AND {shaped}"
    met = int(sides.one(f"SELECT count(*) FROM ({cells}) a SEMI JOIN ({known}) s ON s.v = a.v"))
    if met < NAMES_LEAST:
        return 0
    distinct = int(sides.one(f"SELECT count(DISTINCT {column}) FROM treated"))
    return met if met >= NAMES_SHARE * distinct else 0


def same_values(sides: Sides, field: str) -> int:
    """Distinct released values of ``field`` that are raw values of the same field: none, after a pseudonym."""
    raw, treated = sides.raw.column(field), sides.treated.column(field)
    cells = f"SELECT DISTINCT {treated} AS v FROM treated WHERE nullif({treated}, '') IS NOT NULL"
    return int(sides.one(f"SELECT count(*) FROM ({cells}) a SEMI JOIN raw ON a.v = raw.{raw}"))
