"""What a query really measures: few exact integer vectors, each shared by every statistic that needs it.

A mean is a sum over a count; asked for beside a sum and a count it costs nothing more.  What a reader would get wrong:
the sensitivity belongs to the component as a vector over all groups, not to the statistic that is derived from it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from release.dp.query import LARGEST, MAX_ROWS, Query, Statistic
from release.nouns.errors import BadInput

FINEST = 1 << 24


@dataclass(frozen=True, slots=True)
class Component:
    """One exact vector of int64: one number a group, or one a bin of each group where there are ``edges``.

    ``kind`` is ``rows``, ``units``, ``valid``, ``sum``, ``centred``, ``squares``, ``bins`` or ``ranks``.  ``ranks`` are
    bins that no one sees: the noisy maximum picks one edge of them for each of ``probabilities``.  ``level`` is the
    level of the tree that rows are summed up to; -1 where there is no tree."""

    name: str
    kind: str
    field: str = ""
    lower: int = 0
    upper: int = 1
    decimals: int = 0
    edges: tuple[int, ...] = ()
    probabilities: tuple[float, ...] = ()
    level: int = -1

    def middle(self) -> int:
        """The centre of the bounds, in integer steps."""
        return (self.lower + self.upper) // 2

    def spread(self) -> int:
        """The farthest a value can be from the centre."""
        return max(self.upper - self.middle(), self.middle() - self.lower)

    def grain(self) -> int:
        """What squares are divided by, so that their sum over any table fits into 63 bits."""
        return max(1, math.ceil(self.spread() ** 2 / FINEST))

    def magnitude(self) -> int:
        """The most that one row can add to one number of the vector."""
        if self.kind == "sum":
            return max(abs(self.lower), abs(self.upper))
        if self.kind == "centred":
            return self.spread()
        if self.kind == "squares":
            return math.ceil(self.spread() ** 2 / self.grain())
        return 1

    def width(self) -> int:
        """Numbers a group."""
        return max(1, len(self.edges) - 1)


def sensitivity(query: Query, component: Component) -> tuple[int, float, int]:
    """(L1, L2, L∞) change of the vector when one unit's rows are removed.

    One row is in one group and one bin.  A person with at most G groups and R rows in each moves L1 by G·R·M, L2 by
    √G·R·M (all R rows in one bin is the worst) and L∞ by R·M; of persons counted once, R is 1."""
    rows = 1 if component.kind == "units" else query.rows()
    groups, most = query.groups(), rows * component.magnitude()
    if query.tree is not None and 0 <= component.level < len(query.tree.levels) - 1:
        # All groups of a unit may lie in one area of an upper level.
        return groups * most, float(groups * most), groups * most
    # Rounded up: a root that is a hair too small would be a sensitivity that is a hair too small.
    l2 = float(most) if groups == 1 else math.nextafter(math.sqrt(groups) * most, math.inf)
    return groups * most, l2, most


def components(query: Query) -> tuple[tuple[Component, float], ...]:
    """Each component once, with its weight: half of a statistic's weight goes to each of two parts, and so on."""
    if query.tree is not None:
        return tuple(zip(levels_of(query), query.level_weights, strict=True))
    weights: dict[Component, float] = {}
    for statistic in query.statistics:
        parts = parts_of(query, statistic)
        for part in parts:
            weights[part] = weights.get(part, 0.0) + statistic.weight / len(parts)
    if query.discover and not any(part.kind in ("rows", "units") for part in weights):
        weights = {counter(query): min(weights.values()), **weights}
    return tuple(weights.items())


def levels_of(query: Query) -> tuple[Component, ...]:
    """Of a query with a tree: the rows of every area, a component a level, coarsest first."""
    depth = len(query.tree.levels) if query.tree is not None else 0
    return tuple(Component(f"rows@{level}", "rows", level=level) for level in range(depth))


def counter(query: Query) -> Component:
    """The count by which keys are discovered: persons where there are any, otherwise rows."""
    return Component("rows", "rows") if query.unit == "row" else Component("units", "units")


def parts_of(query: Query, statistic: Statistic) -> tuple[Component, ...]:
    """The components that a statistic is derived from, in the order in which ``derive`` takes them."""
    if statistic.kind == "count":
        return (Component("rows", "rows"),)
    if statistic.kind == "distinct":
        return (counter(query),)
    if statistic.kind == "sum":
        return (_component("sum", statistic),)
    if statistic.kind in ("histogram", "cdf"):
        return (_component("bins", statistic),)
    if statistic.kind == "quantiles":
        return (_component("ranks", statistic),)
    below = Component("rows", "rows") if statistic.complete else _valid(statistic)
    above = _component("sum" if _has_sum(query, statistic) else "centred", statistic)
    if statistic.kind == "mean":
        return (below, above)
    return (below, _component("centred", statistic), _component("squares", statistic))


def _component(kind: str, statistic: Statistic) -> Component:
    ranks = statistic.probabilities if kind == "ranks" else ()
    edges = statistic.edges if kind in ("ranks", "bins") else ()
    made = Component(
        f"{kind}:{statistic.field}",
        kind,
        statistic.field,
        statistic.lower,
        statistic.upper,
        statistic.decimals,
        edges,
        ranks,
    )
    if made.magnitude() * MAX_ROWS >= LARGEST:
        raise BadInput(
            f"The bounds of {statistic.name} are so wide that a sum could overflow.",
            "Narrow them or use fewer decimals.",
        )
    return made


def _valid(statistic: Statistic) -> Component:
    return Component(f"valid:{statistic.field}", "valid", statistic.field)


def _has_sum(query: Query, mean: Statistic) -> bool:
    """Whether a sum of the same field and bounds is asked for that leaves missing values out, as a mean does."""
    return any(
        s.kind == "sum" and _bounds(s) == _bounds(mean) and (s.filler() == 0 or mean.complete) for s in query.statistics
    )


def _bounds(statistic: Statistic) -> tuple[str, int, int, int]:
    return statistic.field, statistic.lower, statistic.upper, statistic.decimals
