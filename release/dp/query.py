"""A protected table as data: which public groups, which statistics, whose privacy, how much budget.

What a reader would get wrong: group keys, bounds, bins and decimals are public facts given by a person.  Taking them
from the data would leak, so there is no option to do so; ``discover`` pays for its keys with δ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from release.dp.condition import Condition, fields
from release.dp.tree import Tree

MAX_CELLS = 5_000_000
MAX_GROUP_BY = 4
MAX_ROWS = 1 << 33
LARGEST = 1 << 62
# Below, noise is larger than any table and rounds in the charge; above, there is no privacy to speak of.
LEAST, MOST = 1e-4, 20.0
MOST_DELTA = 1e-4

COUNTED = ("count", "distinct")
MEASURED = ("sum", "mean", "variance")
BINNED = ("quantiles", "histogram", "cdf")
KINDS = (*COUNTED, *MEASURED, *BINNED)


@dataclass(frozen=True, slots=True)
class Statistic:
    """``count`` of rows, ``distinct`` units, or ``sum``, ``mean``, ``variance``, ``quantiles``, ``histogram``, ``cdf``
    of ``field``.

    The field is clamped to [lower, upper] and held as integers of 10^-decimals.  A missing or unreadable number
    counts as the bound nearest to zero in a sum; the others leave it out.  ``edges`` cut the range into bins (integer
    steps, ``edges[0] == lower``, ``edges[-1] == upper``, the last bin closed); ``probabilities`` are the quantiles
    asked for.  ``complete`` is the custodian's public word that no value is missing: all rows then count, and a mean
    shares its denominator with the count.  ``weight`` is the statistic's share of the budget relative to the others."""

    name: str
    kind: str
    field: str = ""
    lower: int = 0
    upper: int = 1
    decimals: int = 0
    weight: float = 1.0
    edges: tuple[int, ...] = ()
    probabilities: tuple[float, ...] = ()
    complete: bool = False

    def middle(self) -> int:
        """The centre of the bounds: what a mean is taken around, so that one row can move it half as much."""
        return (self.lower + self.upper) // 2

    def filler(self) -> int:
        """What a missing number counts as in a sum, in integer steps."""
        return min(max(0, self.lower), self.upper)

    def steps(self) -> int:
        """How many integer steps make one unit of the field."""
        return int(10**self.decimals)


@dataclass(frozen=True, slots=True)
class Query:
    """``unit`` is ``row`` or the field that identifies a person; a person is then in at most ``max_groups`` groups with
    at most ``max_rows`` rows each.

    The budget is ``rho`` (Gaussian, zCDP), ``epsilon`` (pure: Laplace) or ``epsilon`` with ``delta`` (whichever of the
    two has the smaller error).  With ``discover`` the groups are those that the data has, found by a threshold that
    costs ``delta_keys``; ``keys`` is then empty.  With a ``tree`` the first field of ``group_by`` is its smallest
    areas, and the one count that is asked for is answered at every level, so that all levels add up."""

    group_by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    statistics: tuple[Statistic, ...]
    lineage: str
    epsilon: float = 0.0
    rho: float = 0.0
    unit: str = "row"
    max_groups: int = 1
    max_rows: int = 1
    delta: float = 0.0
    where: Condition | None = None
    discover: bool = False
    delta_keys: float = 0.0
    tree: Tree | None = None
    level_weights: tuple[float, ...] = ()

    def cells(self) -> int:
        """Number of groups; of discovered ones nobody knows before."""
        return math.prod(len(k) for k in self.keys)

    def groups(self) -> int:
        """The most groups that one unit can be in."""
        most = 1 if self.unit == "row" else self.max_groups
        return most if self.discover else min(most, self.cells())

    def rows(self) -> int:
        """The most rows that one unit can have in a group."""
        return 1 if self.unit == "row" else self.max_rows

    def fields(self) -> tuple[str, ...]:
        """Every field that the answer depends on, without the unit, each once."""
        named = (*self.group_by, *(s.field for s in self.statistics if s.field), *fields(self.where))
        return tuple(dict.fromkeys(named))
