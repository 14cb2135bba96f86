"""The distribution of one field before and after, coarse enough to be shown to the audience of the release.

What a reader would get wrong: "before" is drawn from raw rows, so it is made safe here and not by whoever draws it.
A label is shown only when at least ``threshold`` rows and one per cent of the table carry it, everything rarer is
pooled, shares are rounded to one per cent, numbers are binned between round edges that hide the extremes, and a
direct identifier has no distribution at all.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import Any

from release.nouns.dataset import FieldType
from release.steps.comparison import NUMERIC
from release.steps.sides import Sides

LEAST_ROWS = 10  # never finer than this, however small the plan's k
LEAST_SHARE = 0.01
MOST_LABELS = 12
BINS = 10
DAY = FieldType.DATE, FieldType.DATETIME
NUMBER = "try_cast(v AS DOUBLE)"
NUMBERED = "[<>≥≤(\\[]*[ ]*[-−]?[0-9]"

Shares = list[tuple[str, float]]


def distribution(sides: Sides, table: str, kind: FieldType, *, threshold: int) -> dict[str, Any]:
    """``{"kind", "before", "after", "other_before", "other_after"}`` of the field that ``table`` counts.

    ``before`` and ``after`` are [label, share] pairs with shares in whole per cents.  ``kind`` is ``categories``,
    ``bins`` or ``hidden``; hidden when no label is common enough to be shown.
    """
    least = max(threshold, LEAST_ROWS)
    before_label, after_label, form = _labels(sides, table, kind)
    before, rest_before = _shares(sides, table, before_label, "before", max(sides.raw.rows, 1), least)
    after, rest_after = _shares(sides, table, after_label, "after", max(sides.treated.rows, 1), least)
    if not before and not after:
        return {"kind": "hidden", "before": [], "after": [], "other_before": 0.0, "other_after": 0.0}
    return {
        "kind": form,
        "before": _ordered(before, form),
        "after": _ordered(after, form),
        "other_before": rest_before,
        "other_after": rest_after,
    }


def _labels(sides: Sides, table: str, kind: FieldType) -> tuple[str, str, str]:
    """SQL that turns a value into its label on each side, and the form of the distribution."""
    if kind in NUMERIC:
        edges = _edges(sides, table)
        if edges is not None:
            binned = _bin_label(*edges)
            numeric = sides.one(
                f"SELECT coalesce(bool_and({NUMBER} IS NOT NULL), false) FROM {table} WHERE after > 0 AND v IS NOT NULL"
            )
            return binned, binned if numeric else "v", "bins"
    if kind in DAY:
        years = sides.one(f"SELECT count(DISTINCT left(v, 4)) FROM {table} WHERE before > 0")
        span = "left(v, 4)" if years <= MOST_LABELS else "left(v, 3) || '0 – ' || left(v, 3) || '9'"
        few = sides.one(f"SELECT count(*) <= {MOST_LABELS} FROM {table} WHERE after > 0")
        dated = sides.one(f"SELECT coalesce(bool_and(try_cast(v AS DATE) IS NOT NULL), false) FROM {table} "
                          "WHERE after > 0 AND v IS NOT NULL")  # fmt: skip
        return span, "v" if few else span if dated else "left(v, 4)", "bins"
    return "v", "v", "categories"


def _edges(sides: Sides, table: str) -> tuple[float, float, int] | None:
    """Lowest edge, width and number of bins: round numbers between the 1st and the 99th percentile of the raw side."""
    low, high, distinct = sides.connection.execute(
        "SELECT min(x) FILTER (share > 0.01), min(x) FILTER (share >= 0.99), count(*) FROM "
        "(SELECT x, sum(before) OVER (ORDER BY x) / sum(before) OVER () AS share FROM "
        f"(SELECT {NUMBER} AS x, before FROM {table} WHERE before > 0 AND {NUMBER} IS NOT NULL))"
    ).fetchone()
    if low is None or high is None or distinct <= MOST_LABELS or not math.isfinite(low + high) or high <= low:
        return None
    width = _round_width((high - low) / BINS)
    start = math.floor(low / width) * width
    return start, width, max(1, math.ceil((high - start) / width))


def _round_width(width: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * 0.999999)


def _bin_label(start: float, width: float, bins: int) -> str:
    """SQL: ``< start``, ``a – b``, ``≥ end`` for a number, null for what is none."""
    edges = [start + width * place for place in range(bins + 1)]
    spelled = [_spell(edge) for edge in edges]
    cases = [f"WHEN {NUMBER} < {edges[0]!r} THEN '< {spelled[0]}'"]
    cases += [
        f"WHEN {NUMBER} < {upper!r} THEN '{first} – {second}'"
        for upper, (first, second) in zip(edges[1:], itertools.pairwise(spelled), strict=True)
    ]
    return f"CASE WHEN {NUMBER} IS NULL THEN NULL {' '.join(cases)} ELSE '≥ {spelled[-1]}' END"


def _spell(edge: float) -> str:
    return f"{edge:,.10g}".replace("-", "−") if abs(edge) < 1e15 else f"{edge:.3g}"


def _shares(sides: Sides, table: str, label: str, side: str, rows: int, least: int) -> tuple[Shares, float]:
    """The labels common enough to be shown with their shares, and the share of everything else, missing included."""
    found = sides.connection.execute(
        f"SELECT label, n FROM (SELECT {label} AS label, sum({side}) AS n FROM {table} WHERE v IS NOT NULL "
        f"GROUP BY 1) WHERE label IS NOT NULL AND n >= {max(least, math.ceil(rows * LEAST_SHARE))} "
        f"ORDER BY n DESC, label LIMIT {MOST_LABELS}"
    ).fetchall()
    rest = rows - sum(int(count) for _, count in found)
    return [(str(name), round(int(count) / rows, 2)) for name, count in found], round(max(rest, 0) / rows, 2)


def _ordered(shares: Shares, form: str) -> Shares:
    numbered = all(re.match(NUMBERED, label) for label, _ in shares)
    return sorted(shares, key=lambda pair: _place(pair[0])) if form == "bins" or numbered else shares


def _place(label: str) -> tuple[float, float, str]:
    """Bins in the order of the number line: ``< a`` first, ``≥ b`` last, what holds no number after that."""
    numbers: Sequence[str] = re.findall(r"[-−]?[0-9][0-9,]*(?:\.[0-9]+)?", label)
    if not numbers:
        return (1, 0.0, label)
    value = float(numbers[0].replace(",", "").replace("−", "-"))
    return (0, value + (-0.5 if label.startswith("<") else 0.0), label)
