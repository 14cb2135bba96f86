"""An attack: link released rows to raw ones by the quasi-identifiers that left unchanged.

What a reader would get wrong: nothing here knows how a field was treated.  A value that occurs on both sides is a
key; a value that occurs on one side only tells the attacker nothing and becomes one joker.  So a top-coded age still
links through the ages below the top, and a field generalised throughout links nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from release.steps.sides import Sides

JOKER = "'\x01'"
MISSING = "'\x02'"


def linked_rows(sides: Sides, fields: Sequence[str]) -> int:
    """Released rows whose key is unique among the released rows and unique among the raw rows.

    ``fields`` are the quasi-identifiers of the plan; those that are not on both sides are no keys.  Without keys, 0.
    """
    keys = [field for field in fields if field in sides.shared() and _links(sides, field)]
    if not keys:
        return 0
    grouped = []
    for side in (sides.raw, sides.treated):
        columns = [side.column(field) for field in keys]
        spelled = ", ".join(
            f"CASE WHEN nullif({column}, '') IS NULL THEN {MISSING} "
            f"WHEN {column} IN (SELECT v FROM key_{place}) THEN {column} ELSE {JOKER} END AS k{place}"
            for place, column in enumerate(columns)
        )
        names = ", ".join(f"k{place}" for place in range(len(keys)))
        grouped.append(
            f"(SELECT {names} FROM (SELECT {spelled} FROM {side.view}) GROUP BY {names} HAVING count(*) = 1)"
        )
    for place, field in enumerate(keys):
        _keep_common(sides, field, f"key_{place}")
    names = ", ".join(f"k{place}" for place in range(len(keys)))
    found: int = sides.one(
        f"SELECT count(*) FROM (SELECT {names} FROM {grouped[0]} INTERSECT SELECT {names} FROM {grouped[1]})"
    )
    for place in range(len(keys)):
        sides.connection.execute(f"DROP TABLE key_{place}")
    return found


def _keep_common(sides: Sides, field: str, table: str) -> None:
    raw, treated = sides.raw.column(field), sides.treated.column(field)
    sides.connection.execute(
        f"CREATE TEMP TABLE {table} AS SELECT DISTINCT {treated} AS v FROM treated "
        f"WHERE nullif({treated}, '') IS NOT NULL AND {treated} IN (SELECT {raw} FROM raw WHERE {raw} IS NOT NULL)"
    )


def _links(sides: Sides, field: str) -> bool:
    """Whether any value of ``field`` occurs on both sides."""
    raw, treated = sides.raw.column(field), sides.treated.column(field)
    return bool(sides.one(f"SELECT EXISTS (SELECT 1 FROM treated SEMI JOIN raw ON treated.{treated} = raw.{raw})"))
