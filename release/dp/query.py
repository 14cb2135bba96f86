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
# Below, noise is larger than any table and rounds in the charge; above, there is no privacy to speak of.
LEAST, MOST = 1e-4, 20.0
LONGEST = 180

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
    group_by = _names(section.get("group_by", ()))
    given = section.get("keys", {})
    if not isinstance(given, Mapping):
        raise BadInput("[aggregate.keys] must be a table of lists.", "One list of public values a field of group_by.")
    missing = [name for name in group_by if name not in given]
    if missing:
        raise BadInput(
            f"[aggregate.keys] has no public list for {', '.join(missing)}.",
            "List the groups to publish; they cannot be taken from the data without leaking who is in it.",
        )
    if spare := [name for name in given if name not in group_by]:
        raise BadInput(
            f"[aggregate.keys] lists {spare[0]}, which group_by does not name.", "Name it there or remove it."
        )
    keys = tuple(_key_list(name, given[name]) for name in group_by)
    entries = section.get("statistics", ())
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, Mapping) for entry in entries):
        raise BadInput("[[aggregate.statistics]] must be tables.", 'Add one, for example kind = "count".')
    statistics = tuple(_statistic(entry, number) for number, entry in enumerate(entries, 1))
    if not statistics:
        raise BadInput("[[aggregate.statistics]] is empty.", 'Add one, for example kind = "count".')
    if len({s.name for s in statistics} | set(group_by)) != len(statistics) + len(group_by):
        raise BadInput("Two columns of the protected table have the same name.", "Give every statistic its own name.")
    query = Query(
        group_by=group_by,
        keys=keys,
        statistics=statistics,
        lineage=_lineage(section.get("lineage", dataset)),
        epsilon=_positive(section, "epsilon"),
        rho=_positive(section, "rho"),
        unit=_text(section, "unit", "row", "[aggregate]"),
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
    listed = given if isinstance(given, (list, tuple)) and all(type(v) in (str, int) for v in given) else ()
    values = tuple(str(v) for v in listed)
    if not values or len(set(values)) != len(values):
        raise BadInput(f"[aggregate.keys] {name} must be a list of different values.", "Write each group once.")
    return values


def _statistic(entry: Mapping[str, Any], number: int) -> Statistic:
    where = f"[[aggregate.statistics]] number {number}"
    _known(entry, STATISTIC_KEYS, where)
    kind = entry.get("kind")
    weight = _number(entry, "weight", 1.0, where)
    if not 1e-6 <= weight <= 1e6:
        raise BadInput(f"{where}: weight must lie between 0.000001 and 1000000.")
    if kind == "count":
        return Statistic(_text(entry, "name", "count", where), "count", weight=weight)
    if kind != "sum":
        raise BadInput(f"{where}: kind must be count or sum.")
    if not {"field", "lower", "upper"} <= set(entry):
        raise BadInput(
            f"{where}: a sum needs field, lower and upper.", "The bounds are public facts, not the data's own."
        )
    decimals = entry.get("decimals", 0)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= 9:
        raise BadInput(f"{where}: decimals must be a whole number between 0 and 9.")
    steps = 10**decimals
    lower, upper = (round(_number(entry, bound, 0, where) * steps) for bound in ("lower", "upper"))
    if lower >= upper:
        raise BadInput(f"{where}: lower must be below upper.")
    if max(abs(lower), abs(upper)) * MAX_ROWS >= LARGEST:
        raise BadInput(
            f"{where}: the bounds are so wide that a sum could overflow.", "Narrow them or use fewer decimals."
        )
    field = _text(entry, "field", "", where)
    name = _text(entry, "name", f"sum_{field}", where)
    return Statistic(name, "sum", field, lower, upper, decimals, weight)


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, (list, tuple)) or not all(isinstance(name, str) for name in given):
        raise BadInput("[aggregate] group_by must be a list of field names.", 'For example group_by = ["district"].')
    if len(set(given)) != len(given):
        raise BadInput("[aggregate] group_by names a field twice.", "Name it once.")
    return tuple(given)


def _lineage(given: Any) -> str:
    if not isinstance(given, str) or not 1 <= len(given) <= LONGEST:
        raise BadInput(f"[aggregate] lineage must be a text of 1 to {LONGEST} characters.")
    return given


def _text(section: Mapping[str, Any], key: str, default: str, where: str) -> str:
    value = section.get(key, default)
    if not isinstance(value, str) or not value:
        raise BadInput(
            f"{where}: {key} must be a text." if where != "[aggregate]" else f"{where} {key} must be a text."
        )
    return value


def _number(section: Mapping[str, Any], key: str, default: float, where: str) -> float:
    value = section.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST:
        raise BadInput(f"{where}: {key} must be a number of at most {LARGEST:g}.")
    return float(value)


def _positive(section: Mapping[str, Any], key: str) -> float:
    value = section.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not (value == 0 or LEAST <= value <= MOST):
        raise BadInput(f"[aggregate] {key} must be a positive number from {LEAST:g} to {MOST:g}.")
    return float(value)


def _whole(section: Mapping[str, Any], key: str) -> int:
    value = section.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        raise BadInput(f"[aggregate] {key} must be a whole number from 1 to 10000.")
    return value
