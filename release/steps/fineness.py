"""How fine the times and places of a column are, and its smallest number: facts for the engine, measured in one query.

What a reader would get wrong: a precision is told only when every value has it or is coarser.  One full date among ten
thousand years makes the column fine to the day; what is spelled in no known way is not told, and what is not told
counts as fine wherever fine is grave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anonymizers.duck import connect, identifier, literal
from classifiers.finding import Finding
from release.nouns.dataset import FieldType, Table

TIMES = ("thing.date", "thing.period", "person.basic.birth-date")
PLACES = ("thing.region", "thing.place", "person.location.place", "person.basic.native-place")
NUMBERS = ("person.basic.age",)

# Each spelling of a time with what it is fine to, finest first; a column is as fine as its finest value.
SPELLED_TIMES = (
    ("day", r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}"),
    ("week", r"[0-9]{4}-?W[0-9]{2}"),
    ("month", r"[0-9]{4}-[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{6}"),
    ("quarter", r"[0-9]{4}-?Q[1-4]|[0-9]{4}年?第?[一二三四1-4]季度"),
    ("year", r"[0-9]{4}年?"),
)
# Codes of GB/T 2260 and of the statistical divisions below it: what follows the last level that is set is zeros.
SPELLED_PLACES = (
    ("town", r"[1-8][0-9]{5}[0-9]{3}([0-9]{3})?"),
    ("province", r"[1-8][0-9]0000|[1-8][0-9]"),
    ("city", r"[1-8][0-9]{3}00|[1-8][0-9]{3}"),
    ("district", r"[1-8][0-9]{5}"),
)


@dataclass(frozen=True, slots=True)
class Fineness:
    """``precision`` is a word of ``policies.facts``, empty when not told; ``least`` the smallest number, or None."""

    precision: str = ""
    least: float | None = None


def fineness(table: Table, findings: Sequence[Finding]) -> dict[str, Fineness]:
    """By field, of the fields whose category makes it matter."""
    asked = [(f.field, _asked(table, f)) for f in findings if _asked(table, f)]
    if not asked or not table.dataset.rows:
        return {}
    columns = [column for name, kind in asked for column in _columns(name, kind)]
    con = connect(memory_mb=512)
    try:
        source = f"read_parquet({literal(str(table.path))})"
        answers = iter(con.execute(f"SELECT {', '.join(columns)} FROM {source}").fetchone() or ())
    finally:
        con.close()
    return {name: _told(kind, answers) for name, kind in asked}


def _asked(table: Table, finding: Finding) -> str:
    """``times``, ``places`` or ``numbers``; empty where the type alone says enough or nothing is asked."""
    kind = table.dataset.field(finding.field).type
    if _under(finding.category, TIMES):
        return "" if kind in (FieldType.DATE, FieldType.DATETIME) else "times"
    if _under(finding.category, PLACES):
        return "places"
    return "numbers" if _under(finding.category, NUMBERS) and kind is FieldType.INTEGER else ""


def _under(category: str, parents: Sequence[str]) -> bool:
    return any(category == parent or category.startswith((f"{parent}.", f"{parent}-")) for parent in parents)


def _columns(name: str, kind: str) -> list[str]:
    column = identifier(name)
    if kind == "numbers":
        return [f"min(TRY_CAST({column} AS DOUBLE))"]
    patterns = SPELLED_TIMES if kind == "times" else SPELLED_PLACES
    known = "|".join(f"({pattern})" for _, pattern in patterns)
    every = f"coalesce(bool_and(regexp_full_match({column}, {literal(known)})), false)"
    return [every, *(f"coalesce(bool_or({_spelled(column, patterns, n)}), false)" for n in range(len(patterns)))]


def _spelled(column: str, patterns: Sequence[tuple[str, str]], number: int) -> str:
    """Spelled so, and in none of the ways that stand before it."""
    own = f"regexp_full_match({column}, {literal(patterns[number][1])})"
    before = [f"NOT regexp_full_match({column}, {literal(pattern)})" for _, pattern in patterns[:number]]
    return " AND ".join([own, *before])


def _told(kind: str, answers: Any) -> Fineness:
    if kind == "numbers":
        return Fineness(least=next(answers))
    patterns = SPELLED_TIMES if kind == "times" else SPELLED_PLACES
    every, *found = (next(answers) for _ in range(len(patterns) + 1))
    present = {word for (word, _), there in zip(patterns, found, strict=True) if there}
    order = [word for word, _ in SPELLED_TIMES] if kind == "times" else ["town", "district", "city", "province"]
    return Fineness(next((word for word in order if word in present), "")) if every else Fineness()
