"""How exact an answer will be, before any budget is spent, and how much budget a wished exactness needs.

What a reader would get wrong: nothing here touches data.  The error of a mean depends on how many rows its group has,
so it can be told only for a number of rows that somebody names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from release.dp.component import Component, parts_of
from release.dp.derive import WITHIN
from release.dp.noise import Measurement, build
from release.dp.query import LEAST, MOST, Query, Statistic
from release.nouns.errors import BadInput

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Expectation:
    """The 95 % half-width of one number of a statistic, in the field's own unit; of quantiles, in rows of rank.

    None where it depends on the number of rows and none was named."""

    statistic: str
    kind: str
    mechanism: str
    half_width: float | None
    unit: str


def expect(query: Query, measurements: tuple[Measurement, ...], rows: int | None = None) -> tuple[Expectation, ...]:
    """One a statistic.  ``rows`` is how many rows a group is taken to have."""
    made = {m.component: m for m in measurements}
    if query.tree is not None:
        count = query.statistics[0]
        return tuple(
            Expectation(f"{count.name} of {name}", "count", m.mechanism, m.accuracy, "rows, before the levels agree")
            for name, m in zip(query.tree.levels, measurements, strict=True)
        )
    return tuple(_expect(query, s, made, rows) for s in query.statistics)


def budget_for(query: Query, statistic: str, half_width: float, rows: int | None = None) -> Query:
    """``query`` with the least budget, in the currency it is written in, that keeps ``statistic`` within ``half_width``
    in 95 of 100 numbers.  Raises BadInput when no budget up to the largest allowed does."""
    if not half_width > 0:
        raise BadInput("The wished half-width must be above 0.")
    if statistic not in {s.name for s in query.statistics}:
        raise BadInput(f"There is no statistic {statistic}.", f"Known: {', '.join(s.name for s in query.statistics)}.")
    if _width(query, MOST, statistic, rows) > half_width:
        raise BadInput(
            f"Not even the largest budget ({MOST:g}) keeps {statistic} within ±{half_width:g}.",
            "Narrow its bounds, lower max_groups or max_rows, or ask for fewer statistics.",
        )
    low, high = math.log(LEAST), math.log(MOST)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if _width(query, math.exp(middle), statistic, rows) <= half_width else (middle, high)
    return _spend(query, _rounded_up(math.exp(high)))


def _spend(query: Query, budget: float) -> Query:
    return replace(query, rho=budget) if query.rho else replace(query, epsilon=budget)


def _rounded_up(value: float) -> float:
    step = 10.0 ** (math.floor(math.log10(value)) - DIGITS + 1)
    return min(round(math.ceil(value / step - 1e-9) * step, 12), MOST)


def _width(query: Query, budget: float, statistic: str, rows: int | None) -> float:
    spent = _spend(query, budget)
    (found,) = [e for e in expect(spent, build(spent), rows) if e.statistic == statistic]
    if found.half_width is None:
        raise BadInput(
            f"The error of {statistic} depends on how many rows a group has.",
            "Name a number of rows that a group is known to have.",
        )
    return found.half_width


def _expect(query: Query, s: Statistic, made: dict[Component, Measurement], rows: int | None) -> Expectation:
    parts = [made[part] for part in parts_of(query, s)]
    mechanism = parts[-1].mechanism
    if s.kind == "quantiles":
        return Expectation(s.name, s.kind, mechanism, parts[0].accuracy, "rows of rank")
    if s.kind in ("count", "distinct", "sum", "histogram"):
        unit = s.field if s.kind == "sum" else "rows"
        return Expectation(s.name, s.kind, mechanism, parts[0].accuracy / s.steps(), unit)
    if s.kind == "cdf":
        bins = len(s.edges) - 1
        half = parts[0].accuracy * math.sqrt(bins) / rows if rows else None
        return Expectation(s.name, s.kind, mechanism, half, "share of rows")
    return Expectation(s.name, s.kind, mechanism, _ratio(s, parts, rows), s.field)


def _ratio(s: Statistic, parts: list[Measurement], rows: int | None) -> float | None:
    """Of a mean or a variance at worst: the group's mean at a bound."""
    if not rows:
        return None
    z = max(WITHIN["laplace" if m.mechanism.startswith("laplace") else "gaussian"] for m in parts)
    below, above = parts[0].deviation(), parts[1].deviation()
    farthest = parts[1].component.spread() if parts[1].component.kind == "centred" else parts[1].component.magnitude()
    if s.kind == "mean":
        return z * math.hypot(above, farthest * below) / rows / s.steps()
    squares = parts[2].deviation() * parts[2].component.grain()
    slopes = (farthest**2 * below, 2 * farthest * above, squares)
    return z * math.hypot(*slopes) / rows / s.steps() ** 2
