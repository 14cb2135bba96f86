"""A protected table as data: which public groups, which statistics, whose privacy, how much budget.

What a reader would get wrong: group keys, bounds and decimals are public facts given by a person.  Taking them from
the data would leak, so there is no option to do so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.nouns.errors import BadInput

MAX_CELLS = 5_000_000
MAX_ROWS = 1 << 33
LARGEST = 1 << 62

KEYS = {
    "kind",
    "group_by",
    "keys",
    "epsilon",
    "rho",
    "unit",
    "max_groups",
    "max_rows",
    "statistics",
    "lineage",
    "cap_rho",
}
STATISTIC_KEYS = {"name", "kind", "field", "lower", "upper", "decimals", "weight"}


@dataclass(frozen=True, slots=True)
class Statistic:
    """``count`` of rows, or ``sum`` of ``field`` clamped to [lower, upper] and held as integers of 10^-decimals.

    A missing or unreadable number counts as the bound nearest to zero, so that it moves no one's sensitivity.
    ``weight`` is this statistic's share of the budget relative to the others."""

    name: str
    kind: str
    field: str = ""
    lower: int = 0
    upper: int = 1
    decimals: int = 0
    weight: float = 1.0

    def magnitude(self) -> int:
        """The most that one row can change the statistic, in integer steps."""
        return 1 if self.kind == "count" else max(abs(self.lower), abs(self.upper))

    def filler(self) -> int:
        """What a missing number counts as, in integer steps."""
        return min(max(0, self.lower), self.upper)


@dataclass(frozen=True, slots=True)
class Query:
    """``unit`` is ``row`` or the field that identifies a person; a person is then in at most ``max_groups`` groups with
    at most ``max_rows`` rows each.  Exactly one of ``epsilon`` (Laplace) and ``rho`` (Gaussian, zCDP) is set."""

    group_by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    statistics: tuple[Statistic, ...]
    lineage: str
    epsilon: float = 0.0
    rho: float = 0.0
    unit: str = "row"
    max_groups: int = 1
    max_rows: int = 1

    def cells(self) -> int:
        """Number of groups."""
        return math.prod(len(k) for k in self.keys)

    def shares(self) -> tuple[float, ...]:
        """Each statistic's share of the budget; they add up to at most 1."""
        total = math.fsum(s.weight for s in self.statistics)
        return tuple(s.weight / total * (1 - 1e-12) for s in self.statistics)


def read_query(section: Mapping[str, Any], *, dataset: str) -> Query:
    """The ``[aggregate]`` table of a job file.  Raises BadInput that names the key and says what to write."""
    _known(section, KEYS, "[aggregate]")
    if section.get("kind", "differential-privacy") != "differential-privacy":
        raise BadInput("[aggregate] kind must be differential-privacy.", "No other protected table is built yet.")
    group_by = tuple(section.get("group_by", ()))
    given = section.get("keys", {})
    missing = [name for name in group_by if name not in given]
    if missing:
        raise BadInput(
            f"[aggregate.keys] has no public list for {', '.join(missing)}.",
            "List the groups to publish; they cannot be taken from the data without leaking who is in it.",
        )
    keys = tuple(_key_list(name, given[name]) for name in group_by)
    statistics = tuple(_statistic(entry, number) for number, entry in enumerate(section.get("statistics", ()), 1))
    if not statistics:
        raise BadInput("[[aggregate.statistics]] is empty.", 'Add one, for example kind = "count".')
    if len({s.name for s in statistics} | set(group_by)) != len(statistics) + len(group_by):
        raise BadInput("Two columns of the protected table have the same name.", "Give every statistic its own name.")
    query = Query(
        group_by=group_by,
        keys=keys,
        statistics=statistics,
        lineage=str(section.get("lineage", dataset)),
        epsilon=_positive(section, "epsilon"),
        rho=_positive(section, "rho"),
        unit=str(section.get("unit", "row")),
        max_groups=_whole(section, "max_groups"),
        max_rows=_whole(section, "max_rows"),
    )
    if bool(query.epsilon) == bool(query.rho):
        raise BadInput(
            "[aggregate] needs exactly one of epsilon and rho.", "epsilon for Laplace noise, rho for Gaussian."
        )
    if query.cells() > MAX_CELLS:
        raise BadInput(
            f"The protected table would have {query.cells()} groups; the limit is {MAX_CELLS}.", "List fewer."
        )
    return query


def _known(section: Mapping[str, Any], keys: set[str], where: str) -> None:
    unknown = sorted(set(section) - keys)
    if unknown:
        raise BadInput(f"{where} does not know the key {unknown[0]}.", f"Known keys: {', '.join(sorted(keys))}.")


def _key_list(name: str, given: Any) -> tuple[str, ...]:
    values = tuple(str(v) for v in given) if isinstance(given, (list, tuple)) else ()
    if not values or len(set(values)) != len(values):
        raise BadInput(f"[aggregate.keys] {name} must be a list of different values.", "Write each group once.")
    return values


def _statistic(entry: Mapping[str, Any], number: int) -> Statistic:
    where = f"[[aggregate.statistics]] number {number}"
    _known(entry, STATISTIC_KEYS, where)
    kind = entry.get("kind")
    weight = float(entry.get("weight", 1.0))
    if not (weight > 0 and math.isfinite(weight)):
        raise BadInput(f"{where}: weight must be a positive number.")
    if kind == "count":
        return Statistic(str(entry.get("name", "count")), "count", weight=weight)
    if kind != "sum":
        raise BadInput(f"{where}: kind must be count or sum.")
    if not {"field", "lower", "upper"} <= set(entry):
        raise BadInput(
            f"{where}: a sum needs field, lower and upper.", "The bounds are public facts, not the data's own."
        )
    decimals = int(entry.get("decimals", 0))
    if not 0 <= decimals <= 9:
        raise BadInput(f"{where}: decimals must be between 0 and 9.")
    steps = 10**decimals
    lower, upper = round(float(entry["lower"]) * steps), round(float(entry["upper"]) * steps)
    if lower >= upper:
        raise BadInput(f"{where}: lower must be below upper.")
    if max(abs(lower), abs(upper)) * MAX_ROWS >= LARGEST:
        raise BadInput(
            f"{where}: the bounds are so wide that a sum could overflow.", "Narrow them or use fewer decimals."
        )
    field = str(entry["field"])
    return Statistic(str(entry.get("name", f"sum_{field}")), "sum", field, lower, upper, decimals, weight)


def _positive(section: Mapping[str, Any], key: str) -> float:
    value = section.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0 or not math.isfinite(value):
        raise BadInput(f"[aggregate] {key} must be a positive number.")
    return float(value)


def _whole(section: Mapping[str, Any], key: str) -> int:
    value = section.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        raise BadInput(f"[aggregate] {key} must be a whole number from 1 to 10000.")
    return value
