"""Reads the ``[aggregate]`` table of a job file, or the same as JSON, into a Query.

Every refusal names the key and says what to write.  What a reader would get wrong: the lattice of a quantile is public
like every other bound; a finer one gives no better answer than the noise allows.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from release.dp.component import components
from release.dp.condition import read_condition
from release.dp.query import (
    BINNED,
    COUNTED,
    KINDS,
    LARGEST,
    LEAST,
    MAX_CELLS,
    MAX_GROUP_BY,
    MOST,
    MOST_DELTA,
    Query,
    Statistic,
)
from release.dp.tree import Tree, read_tree
from release.nouns.errors import BadInput

LONGEST = 100
LATTICE = 1024
MOST_BINS = 10_000
MOST_QUANTILES = 99
EXACT = 10**15  # a double holds every whole number up to here

KEYS = {
    "kind",
    "group_by",
    "keys",
    "discover",
    "delta_keys",
    "where",
    "epsilon",
    "delta",
    "rho",
    "unit",
    "max_groups",
    "max_rows",
    "statistics",
    "lineage",
    "cap_rho",
    "project",
    "requester",
    "lineages",
    "tree",
}
STATISTIC_KEYS = {
    "name",
    "kind",
    "field",
    "lower",
    "upper",
    "decimals",
    "weight",
    "edges",
    "bins",
    "quantiles",
    "complete",
}


def read_query(section: Mapping[str, Any], *, dataset: str, folder: Path | None = None) -> Query:
    """The ``[aggregate]`` table of a job file; files it names are looked for in ``folder``.

    Raises BadInput that names the key and says what to write."""
    known(section, KEYS, "[aggregate]")
    if section.get("kind", "differential-privacy") != "differential-privacy":
        raise BadInput(
            "[aggregate] kind must be differential-privacy.", 'Threshold and dominance rules: kind = "tables".'
        )
    group_by = _names(section.get("group_by", ()))
    discover = section.get("discover", False)
    if not isinstance(discover, bool):
        raise BadInput("[aggregate] discover must be true or false.")
    tree, weights = _tree(section.get("tree"), group_by, folder or Path())
    listed = section.get("keys", {})
    if tree is not None and isinstance(listed, Mapping):
        listed = {**listed, group_by[0]: tree.leaves()}
    keys = () if discover else _keys(listed, group_by)
    query = Query(
        group_by=group_by,
        keys=keys,
        statistics=_statistics(section.get("statistics", ()), group_by),
        lineage=lineage(section.get("lineage", dataset)),
        epsilon=_positive(section, "epsilon"),
        rho=_positive(section, "rho"),
        unit=text(section, "unit", "row", "[aggregate]"),
        max_groups=_whole(section, "max_groups"),
        max_rows=_whole(section, "max_rows"),
        delta=_delta(section, "delta"),
        where=read_condition(section["where"]) if "where" in section else None,
        discover=discover,
        delta_keys=_delta(section, "delta_keys"),
        tree=tree,
        level_weights=weights,
    )
    return checked(query)


def checked(query: Query) -> Query:
    """``query`` when it is one that can be answered.  Raises BadInput otherwise; looks at no data."""
    if bool(query.epsilon) == bool(query.rho):
        raise BadInput(
            "[aggregate] needs exactly one of epsilon and rho.",
            "epsilon for Laplace noise, rho for Gaussian, epsilon with delta for the better of the two.",
        )
    if query.delta and not query.epsilon:
        raise BadInput("[aggregate] delta belongs to epsilon.", "With rho leave it out.")
    if query.discover and not (query.delta_keys and query.group_by):
        raise BadInput(
            "[aggregate] discover needs group_by and delta_keys.",
            "delta_keys is the chance that a rare group shows itself; 1e-8 is usual.",
        )
    if query.delta_keys and not query.discover:
        raise BadInput("[aggregate] delta_keys belongs to discover.", "Leave it out where the groups are listed.")
    if query.tree is not None and (query.discover or [s.kind for s in query.statistics] != ["count"]):
        raise BadInput(
            "[aggregate.tree] answers one count of listed areas.", "Ask for the other statistics by themselves."
        )
    if any(s.kind == "distinct" for s in query.statistics) and query.unit == "row":
        raise BadInput('A distinct count needs unit = "FIELD", the field that tells persons apart.')
    numbers = 0 if query.discover else query.cells() * sum(part.width() for part, _ in components(query))
    if numbers > MAX_CELLS:
        raise BadInput(
            f"The protected table would have {numbers} numbers; the limit is {MAX_CELLS}.", "List fewer groups or bins."
        )
    components(query)
    return query


def known(section: Mapping[str, Any], keys: set[str], where: str) -> None:
    """Refuses a key that is not one of ``keys``."""
    unknown = sorted(set(section) - keys)
    if unknown:
        raise BadInput(f"{where} does not know the key {unknown[0]}.", f"Known keys: {', '.join(sorted(keys))}.")


def _keys(given: Any, group_by: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if not isinstance(given, Mapping):
        raise BadInput("[aggregate.keys] must be a table of lists.", "One list of public values a field of group_by.")
    missing = [name for name in group_by if name not in given]
    if missing:
        raise BadInput(
            f"[aggregate.keys] has no public list for {', '.join(missing)}.",
            "List the groups to publish; they cannot be taken from the data without leaking who is in it "
            "(discover = true pays for them with delta_keys).",
        )
    if spare := [name for name in given if name not in group_by]:
        raise BadInput(
            f"[aggregate.keys] lists {spare[0]}, which group_by does not name.", "Name it there or remove it."
        )
    return tuple(key_list(name, given[name]) for name in group_by)


def key_list(name: str, given: Any) -> tuple[str, ...]:
    """A public list of different values, as texts."""
    listed = given if isinstance(given, (list, tuple)) and all(type(v) in (str, int) for v in given) else ()
    values = tuple(str(v) for v in listed)
    if not values or len(set(values)) != len(values):
        raise BadInput(f"[aggregate.keys] {name} must be a list of different values.", "Write each group once.")
    return values


def _tree(given: Any, group_by: tuple[str, ...], folder: Path) -> tuple[Tree | None, tuple[float, ...]]:
    """``[aggregate.tree]``: the file of areas, and each level's share of the budget."""
    if given is None:
        return None, ()
    if not isinstance(given, Mapping) or not isinstance(given.get("file"), str) or not group_by:
        raise BadInput(
            "[aggregate.tree] needs file, and group_by must name the field of its smallest areas first.",
            'For example tree = { file = "areas.csv" }.',
        )
    known(given, {"file", "weights"}, "[aggregate.tree]")
    tree = read_tree(folder / given["file"])
    weights = given.get("weights", list(range(1, len(tree.levels) + 1)))
    plain = isinstance(weights, list) and all(type(w) in (int, float) and 0 < w < 1e6 for w in weights)
    if not plain or len(weights) != len(tree.levels):
        raise BadInput(f"[aggregate.tree] weights must be {len(tree.levels)} positive numbers, one a level.")
    return tree, tuple(float(w) for w in weights)


def _statistics(entries: Any, group_by: tuple[str, ...]) -> tuple[Statistic, ...]:
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, Mapping) for entry in entries):
        raise BadInput("[[aggregate.statistics]] must be tables.", 'Add one, for example kind = "count".')
    statistics = tuple(read_statistic(entry, number) for number, entry in enumerate(entries, 1))
    if not statistics:
        raise BadInput("[[aggregate.statistics]] is empty.", 'Add one, for example kind = "count".')
    if len({s.name for s in statistics} | set(group_by)) != len(statistics) + len(group_by):
        raise BadInput("Two columns of the protected table have the same name.", "Give every statistic its own name.")
    return statistics


def read_statistic(entry: Mapping[str, Any], number: int) -> Statistic:
    """One ``[[aggregate.statistics]]`` table."""
    where = f"[[aggregate.statistics]] number {number}"
    known(entry, STATISTIC_KEYS, where)
    kind = entry.get("kind")
    weight = _number(entry, "weight", 1.0, where)
    if not 1e-6 <= weight <= 1e6:
        raise BadInput(f"{where}: weight must lie between 0.000001 and 1000000.")
    if kind in COUNTED:
        return Statistic(text(entry, "name", kind, where), kind, weight=weight)
    if kind not in KINDS:
        raise BadInput(f"{where}: kind must be one of {', '.join(KINDS)}.")
    if not {"field", "lower", "upper"} <= set(entry):
        raise BadInput(
            f"{where}: a {kind} needs field, lower and upper.", "The bounds are public facts, not the data's own."
        )
    decimals = entry.get("decimals", 0)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= 9:
        raise BadInput(f"{where}: decimals must be a whole number between 0 and 9.")
    steps = 10**decimals
    lower, upper = (round(_number(entry, bound, 0, where) * steps) for bound in ("lower", "upper"))
    if lower >= upper:
        raise BadInput(f"{where}: lower must be below upper.")
    if kind in BINNED and max(abs(lower), abs(upper)) > EXACT:
        raise BadInput(f"{where}: the bounds have more than 15 digits.", "Narrow them or use fewer decimals.")
    field, complete = text(entry, "field", "", where), entry.get("complete", False)
    if not isinstance(complete, bool):
        raise BadInput(f"{where}: complete must be true or false.")
    return Statistic(
        text(entry, "name", f"{kind}_{field}", where),
        kind,
        field,
        lower,
        upper,
        decimals,
        weight,
        _edges(entry, kind, lower, upper, steps, where) if kind in BINNED else (),
        _probabilities(entry, where) if kind == "quantiles" else (),
        complete,
    )


def _edges(entry: Mapping[str, Any], kind: str, lower: int, upper: int, steps: int, where: str) -> tuple[int, ...]:
    """The cuts in integer steps, lower and upper among them."""
    if "edges" in entry:
        given = entry["edges"]
        plain = isinstance(given, list) and all(type(v) in (int, float) for v in given)
        cuts = sorted({lower, upper, *(round(v * steps) for v in given)}) if plain else []
        if not plain or cuts[0] < lower or cuts[-1] > upper or len(cuts) - 1 > MOST_BINS:
            raise BadInput(f"{where}: edges must be at most {MOST_BINS} numbers between lower and upper.")
        return tuple(cuts)
    bins = entry.get("bins", LATTICE if kind == "quantiles" else 10)
    if isinstance(bins, bool) or not isinstance(bins, int) or not 1 <= bins <= MOST_BINS:
        raise BadInput(f"{where}: bins must be a whole number from 1 to {MOST_BINS}.")
    width = -(-(upper - lower) // bins)
    return (*range(lower, upper, width), upper)


def _probabilities(entry: Mapping[str, Any], where: str) -> tuple[float, ...]:
    given = entry.get("quantiles", [0.5])
    plain = isinstance(given, list) and all(type(v) in (int, float) and 0 < v < 1 for v in given)
    if not plain or not 1 <= len(given) <= MOST_QUANTILES or any(a >= b for a, b in itertools.pairwise(given)):
        raise BadInput(f"{where}: quantiles must be a rising list of numbers between 0 and 1.", "For example [0.5].")
    if any(abs(v * 1000 - round(v * 1000)) > 1e-9 for v in given):
        raise BadInput(f"{where}: quantiles have at most three decimals.", "For example 0.025.")
    return tuple(float(v) for v in given)


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, (list, tuple)) or not all(isinstance(name, str) for name in given):
        raise BadInput("[aggregate] group_by must be a list of field names.", 'For example group_by = ["district"].')
    if len(set(given)) != len(given):
        raise BadInput("[aggregate] group_by names a field twice.", "Name it once.")
    if len(given) > MAX_GROUP_BY:
        raise BadInput(
            f"[aggregate] group_by has {len(given)} fields; the limit is {MAX_GROUP_BY}.", "Publish several tables."
        )
    return tuple(given)


def lineage(given: Any) -> str:
    """The name of a lineage."""
    if not isinstance(given, str) or not 1 <= len(given) <= LONGEST:
        raise BadInput(f"[aggregate] lineage must be a text of 1 to {LONGEST} characters.")
    if "@" in given:
        raise BadInput("[aggregate] lineage holds an @, which ends the name of a requester.", "Write another lineage.")
    return given


def text(section: Mapping[str, Any], key: str, default: str, where: str) -> str:
    """The text under ``key``; empty or another type is refused."""
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


def _delta(section: Mapping[str, Any], key: str) -> float:
    value = section.get(key, 0)
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not (value == 0 or 1e-15 <= value <= MOST_DELTA)
    ):
        raise BadInput(f"[aggregate] {key} must be a number from 1e-15 to {MOST_DELTA:g}.")
    return float(value)


def _whole(section: Mapping[str, Any], key: str) -> int:
    value = section.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        raise BadInput(f"[aggregate] {key} must be a whole number from 1 to 10000.")
    return value
