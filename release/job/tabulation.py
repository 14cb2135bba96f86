"""The ``[aggregate]`` table of a job file where its kind is ``tables``: what to tabulate and how to protect it.

Every key is understood or refused by name.  What a reader would get wrong: no message repeats a parameter of a rule,
because those are confidential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.tables.profile import profile
from anonymizers.tables.rules import GIVEN, Rule, read_rule
from anonymizers.tables.suppress import COSTS, SEARCHES, Settings
from anonymizers.tables.tabulated import Columns
from release.nouns.errors import BadInput

KIND = "tables"
METHODS = ("suppression", "controlled-rounding", "cell-key", "small-count-rounding")
MOST_DIMENSIONS = 4
KEYS = {
    "kind", "profile", "rules", "method", "tables", "unit", "weight", "request", "missing", "negative", "zeros",
    "search", "cost", "time_limit_s", "singletons", "base", "noise", "cells", "totals", "lead",
}  # fmt: skip
TABLE_KEYS = {"name", "by", "value", "hierarchies"}


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: ``by`` its dimensions, ``value`` the field summed ("" for counts), hierarchy files by field."""

    name: str
    by: tuple[str, ...]
    value: str = ""
    hierarchies: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Everything asked for.  ``totals`` names the total of a field; ``cells`` is set where rows are cells already."""

    tables: tuple[TableSpec, ...]
    rules: tuple[Rule, ...]
    settings: Settings
    method: str = "suppression"
    profile: str = ""
    unit: str = "row"
    weight: str = ""
    request: str = ""
    request_values: tuple[str, ...] = ()
    missing: str = ""
    negative: str = "refuse"
    base: int = 0
    noise: Mapping[str, Any] = field(default_factory=dict)
    cells: Columns | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    lead: str = "@"

    def fields(self) -> tuple[str, ...]:
        """Every field that is looked at, once."""
        named = [name for one in self.tables for name in (*one.by, one.value)]
        cells = self.cells
        extra = [cells.value, cells.count, *cells.largest, cells.status, cells.upper] if cells is not None else []
        unit = "" if self.unit == "row" else self.unit
        return tuple(dict.fromkeys(one for one in (*named, unit, self.weight, self.request, *extra) if one))


def read_tabulation(section: Mapping[str, Any], *, folder: Path) -> Tabulation:
    """The section as a value; files it names are looked for in ``folder``.  Raises BadInput naming the key."""
    _known(section, KEYS, "[aggregate]")
    method = _choice(section, "method", METHODS, "suppression")
    name = _text(section, "profile")
    try:
        rules, zeros = _rules(section, name)
    except AnonymizerError as error:
        raise BadInput(f"[aggregate] cannot be used: {error}") from None
    cells = _cells(section)
    if cells is not None and cells.status:
        rules = (*(rule for rule in rules if rule.name != GIVEN), read_rule(GIVEN, {}))
    request = _table(section, "request")
    _known(request, {"field", "values"}, "[aggregate.request]")
    made = Tabulation(
        tables=_tables(section, folder, cells),
        rules=rules,
        settings=_settings(section, zeros),
        method=method,
        profile=name,
        unit=_text(section, "unit") or "row",
        weight=_text(section, "weight"),
        request=_text(request, "field"),
        request_values=_texts(request.get("values", ["1"]), "request.values"),
        missing=_text(section, "missing"),
        negative=_choice(section, "negative", ("refuse", "absolute"), "refuse"),
        base=_base(section, method),
        noise=_noise(section, method),
        cells=cells,
        totals={key: str(value) for key, value in _table(section, "totals").items()},
        lead=_text(section, "lead") or "@",
    )
    _fits(made)
    return made


def _fits(made: Tabulation) -> None:
    counting = [one.name for one in made.tables if one.value]
    if made.method == "suppression" and not made.rules:
        raise BadInput(
            "[aggregate] names no rule, so no cell would be protected.",
            'Add [aggregate.rules.threshold] n = …, or profile = "acro".',
        )
    if made.method in ("cell-key", "small-count-rounding") and (counting or made.cells is not None or made.weight):
        raise BadInput(
            f"{made.method} is for counts made of microdata, without weights.",
            "Take suppression or controlled-rounding.",
        )
    if made.method == "cell-key" and made.unit != "row":
        raise BadInput("Cell keys belong to rows.", 'Take unit = "row", or another method.')
    if any(rule.name == "request" for rule in made.rules) and not made.request:
        raise BadInput("The rule request needs the field that says who asked.", "Add [aggregate.request] field = ….")
    if len({one.name for one in made.tables}) < len(made.tables):
        raise BadInput("Two tables of [[aggregate.tables]] have the same name.", "Name each differently.")


def _rules(section: Mapping[str, Any], name: str) -> tuple[tuple[Rule, ...], str]:
    given = _table(section, "rules")
    own = {rule: read_rule(rule, _table(given, rule)) for rule in given}
    if not name:
        return tuple(own.values()), "publish"
    found = profile(name)
    return tuple({**{rule.name: rule for rule in found.rules}, **own}.values()), found.zeros


def _settings(section: Mapping[str, Any], zeros: str) -> Settings:
    limit = section.get("time_limit_s", 30.0)
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not 0 < limit <= 86_400:
        raise BadInput("[aggregate] time_limit_s must be a number of seconds above 0.")
    singletons = section.get("singletons", True)
    if not isinstance(singletons, bool):
        raise BadInput("[aggregate] singletons must be true or false.")
    return Settings(
        search=_choice(section, "search", SEARCHES, "optimal"),
        cost=_choice(section, "cost", COSTS, "value"),
        zeros=_choice(section, "zeros", ("publish", "protect"), zeros),
        singletons=singletons,
        time_limit_s=float(limit),
    )


def _tables(section: Mapping[str, Any], folder: Path, cells: Columns | None) -> tuple[TableSpec, ...]:
    given = section.get("tables", ())
    if not isinstance(given, list) or not given or not all(isinstance(one, Mapping) for one in given):
        raise BadInput("[[aggregate.tables]] is missing.", 'Add one, for example by = ["region", "size"].')
    if cells is not None and len(given) > 1:
        raise BadInput("A table that is tabulated already is one table.", "Give one [[aggregate.tables]].")
    made = []
    for number, one in enumerate(given, 1):
        where = f"[[aggregate.tables]] {number}"
        _known(one, TABLE_KEYS, where)
        by = _texts(one.get("by", ()), f"{where} by")
        if not 1 <= len(by) <= MOST_DIMENSIONS or len(set(by)) < len(by):
            raise BadInput(f"{where} by must name 1 to {MOST_DIMENSIONS} different fields.")
        files = {key: folder / str(value) for key, value in _table(one, "hierarchies").items()}
        if spare := [key for key in files if key not in by]:
            raise BadInput(f"{where} hierarchies names {spare[0]}, which by does not.", "Name it there or remove it.")
        made.append(TableSpec(_text(one, "name") or f"table-{number}", by, _text(one, "value"), files))
    return tuple(made)


def _cells(section: Mapping[str, Any]) -> Columns | None:
    given = _table(section, "cells")
    if not given:
        return None
    _known(given, {"value", "count", "largest", "status", "unsafe", "upper", "decimal"}, "[aggregate.cells]")
    if not _text(given, "value"):
        raise BadInput("[aggregate.cells] needs value, the field with the cells' values.")
    return Columns(
        value=_text(given, "value"),
        count=_text(given, "count"),
        largest=_texts(given.get("largest", ()), "cells.largest"),
        status=_text(given, "status"),
        unsafe=_texts(given.get("unsafe", ["U"]), "cells.unsafe"),
        upper=_text(given, "upper"),
        decimal=_text(given, "decimal") or ".",
    )


def _base(section: Mapping[str, Any], method: str) -> int:
    base = section.get("base", 0)
    rounds = method in ("controlled-rounding", "small-count-rounding")
    if rounds and (isinstance(base, bool) or not isinstance(base, int) or base < 2):
        raise BadInput(f"[aggregate] {method} needs base, a whole number of at least 2.", "For example base = 3 or 5.")
    return base if rounds else 0


def _noise(section: Mapping[str, Any], method: str) -> Mapping[str, Any]:
    given = _table(section, "noise")
    _known(given, {"most", "variance", "least"}, "[aggregate.noise]")
    whole = all(type(given.get(key, 0)) is int for key in ("most", "least"))
    whole = whole and type(given.get("variance", 1.0)) in (int, float)
    if method == "cell-key" and not (whole and {"most", "variance"} <= set(given)):
        raise BadInput(
            "[aggregate] cell-key needs noise.", "For example noise = { most = 5, variance = 2, least = 2 }."
        )
    return given


def _known(section: Mapping[str, Any], keys: set[str], where: str) -> None:
    if unknown := sorted(set(section) - keys):
        raise BadInput(f"{where} does not know the key {unknown[0]}.", f"Known keys: {', '.join(sorted(keys))}.")


def _table(section: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    given = section.get(key, {})
    if not isinstance(given, Mapping):
        raise BadInput(f"[aggregate] {key} must be a table of settings.")
    return given


def _text(section: Mapping[str, Any], key: str) -> str:
    given = section.get(key, "")
    if not isinstance(given, str):
        raise BadInput(f"[aggregate] {key} must be a text.")
    return given


def _texts(given: Any, key: str) -> tuple[str, ...]:
    if not isinstance(given, (list, tuple)) or not all(isinstance(one, str) for one in given):
        raise BadInput(f"[aggregate] {key} must be a list of texts.")
    return tuple(given)


def _choice(section: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> str:
    given = section.get(key, default)
    if given not in allowed:
        raise BadInput(f"[aggregate] {key} must be one of {', '.join(allowed)}.")
    return str(given)
