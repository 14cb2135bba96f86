"""One field before and after, value by value, as counts: what utility and overlap are computed from.

What a reader would get wrong: rows of the two tables are not matched one to one (suppression removes rows), so
"unchanged" means the overlap of the two multisets of values, not row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from release.nouns.dataset import FieldType
from release.steps.sides import Sides

NUMERIC = (FieldType.INTEGER, FieldType.DECIMAL)
COUNTS = "counted"


@contextmanager
def counted(sides: Sides, field: str) -> Iterator[str]:
    """A temporary table ``(v, before, after)``: each value of ``field`` with its rows on both sides."""
    raw, treated = sides.raw.column(field), sides.treated.column(field)
    sides.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {COUNTS} AS "
        "SELECT coalesce(a.v, b.v) AS v, coalesce(a.n, 0) AS before, coalesce(b.n, 0) AS after FROM "
        f"(SELECT nullif({raw}, '') AS v, count(*) AS n FROM raw GROUP BY 1) a FULL JOIN "
        f"(SELECT nullif({treated}, '') AS v, count(*) AS n FROM treated GROUP BY 1) b "
        "ON a.v IS NOT DISTINCT FROM b.v"
    )
    try:
        yield COUNTS
    finally:
        sides.connection.execute(f"DROP TABLE {COUNTS}")


@dataclass(frozen=True, slots=True)
class Change:
    """``kept`` is the share of released cells whose value can be paired with a raw cell of the same value;
    ``distance`` the total variation distance of the two distributions; ``granularity_loss`` how much of the number
    of distinct values is gone, 0 none and 1 all; moments are None where the field is not wholly numeric."""

    kept: float
    distinct_before: int
    distinct_after: int
    missing_before: int
    missing_after: int
    granularity_loss: float
    distance: float
    new_values: int
    moments: Mapping[str, float | None]

    def as_values(self) -> dict[str, Any]:
        """The numbers under the names of the utility report."""
        names = ("distinct_before", "distinct_after", "missing_before", "missing_after")
        return {
            "unchanged-share": round(self.kept, 6),
            "granularity-loss": round(self.granularity_loss, 6),
            "distance": round(self.distance, 6),
            **{name.replace("_", "-"): getattr(self, name) for name in names},
            **{name: None if value is None else float(f"{value:.6g}") for name, value in self.moments.items()},
        }


def change(sides: Sides, table: str, kind: FieldType) -> Change:
    """Measures the field that ``table`` (of :func:`counted`) counts."""
    rows_in, rows_out = max(sides.raw.rows, 1), max(sides.treated.rows, 1)
    both, apart, before, after, gone, blank, new = sides.connection.execute(
        f"SELECT coalesce(sum(least(before, after)) FILTER (v IS NOT NULL), 0), "
        f"coalesce(sum(abs(before / {rows_in} - after / {rows_out})), 0) / 2, "
        "count(*) FILTER (v IS NOT NULL AND before > 0), count(*) FILTER (v IS NOT NULL AND after > 0), "
        "coalesce(sum(before) FILTER (v IS NULL), 0), coalesce(sum(after) FILTER (v IS NULL), 0), "
        f"count(*) FILTER (v IS NOT NULL AND before = 0) FROM {table}"
    ).fetchone()
    present = rows_out - blank
    return Change(
        kept=float(both) / present if present else 1.0,
        distinct_before=before,
        distinct_after=after,
        missing_before=int(gone),
        missing_after=int(blank),
        granularity_loss=_lost(before, after),
        distance=min(1.0, float(apart)),
        new_values=new,
        moments=_moments(sides, table) if kind in NUMERIC else {},
    )


def _lost(before: int, after: int) -> float:
    if before <= 1:
        return 0.0
    return min(1.0, max(0.0, 1 - (max(after, 1) - 1) / (before - 1)))


def _moments(sides: Sides, table: str) -> dict[str, float | None]:
    """Mean and standard deviation on each side, None where some present value is no number."""
    found: dict[str, float | None] = {}
    for side in ("before", "after"):
        weight = f"sum({side}) FILTER (v IS NOT NULL)"
        numbers, total, mean, square = sides.connection.execute(
            f"SELECT coalesce(sum({side}) FILTER (x IS NOT NULL), 0), coalesce({weight}, 0), "
            f"sum(x * {side}) / nullif({weight}, 0), sum(x * x * {side}) / nullif({weight}, 0) "
            f"FROM (SELECT v, try_cast(v AS DOUBLE) AS x, {side} FROM {table})"
        ).fetchone()
        whole = bool(total) and numbers == total
        found[f"mean-{side}"] = mean if whole else None
        found[f"sd-{side}"] = max(0.0, square - mean * mean) ** 0.5 if whole else None
    return found
