"""What is publicly known of a table that answers questions: its fields, their groups and bounds, whose privacy.

The custodian writes it, in ``[query]`` of a job file; requesters see it and can ask about nothing else.  What a reader
would get wrong: nothing in it is measured.  A bound read off the data would tell of the person at the bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.dp.query import Statistic
from release.dp.read import key_list, known, lineage, read_statistic, text
from release.nouns.errors import BadInput

KEYS = {
    "unit",
    "max_groups",
    "max_rows",
    "lineage",
    "cap_rho",
    "requester_cap_rho",
    "fields",
    "table",
    "tick_s",
    "lineages",
}
FIELD_KEYS = {"keys", "lower", "upper", "decimals", "bins", "edges", "complete"}


@dataclass(frozen=True, slots=True)
class PublicField:
    """A field with public groups (``keys``), or with public bounds (``bounds``: as a statistic reads them), or both."""

    name: str
    keys: tuple[str, ...] = ()
    bounds: Mapping[str, Any] | None = None

    def statistic(self, kind: str, name: str, **more: Any) -> Statistic:
        """A statistic of this field within its public bounds.  Raises BadInput when it has none."""
        if self.bounds is None:
            raise BadInput(
                f"Field {self.name} has no public bounds, so no {kind} of it can be asked for.",
                "Ask for counts by it, or have the custodian publish lower and upper.",
            )
        return read_statistic({"kind": kind, "name": name, "field": self.name, **self.bounds, **more}, 1)


@dataclass(frozen=True, slots=True)
class Public:
    """The public description.  ``unit``, ``max_groups`` and ``max_rows`` as in Query."""

    table: str
    lineage: str
    fields: Mapping[str, PublicField]
    unit: str = "row"
    max_groups: int = 1
    max_rows: int = 1

    def field(self, name: str) -> PublicField:
        """The field.  Raises BadInput that lists what may be asked about."""
        if name not in self.fields:
            raise BadInput(f"Nothing may be asked about a field {name}.", f"Fields: {', '.join(self.fields)}.")
        return self.fields[name]


def read_public(section: Mapping[str, Any], *, dataset: str) -> Public:
    """The ``[query]`` table of a job file.  Raises BadInput that names the key and says what to write."""
    known(section, KEYS, "[query]")
    given = section.get("fields", {})
    if not isinstance(given, Mapping) or not given:
        raise BadInput(
            "[query.fields] describes no field.", 'For example [query.fields.district] with keys = ["A", "B"].'
        )
    return Public(
        table=text(section, "table", dataset, "[query]"),
        lineage=lineage(section.get("lineage", dataset)),
        fields={name: _field(name, entry) for name, entry in given.items()},
        unit=text(section, "unit", "row", "[query]"),
        max_groups=_whole(section, "max_groups"),
        max_rows=_whole(section, "max_rows"),
    )


def _field(name: str, entry: Any) -> PublicField:
    where = f"[query.fields.{name}]"
    if not isinstance(entry, Mapping):
        raise BadInput(f"{where} must be a table.", "Write keys, or lower and upper.")
    known(entry, FIELD_KEYS, where)
    keys = key_list(name, entry["keys"]) if "keys" in entry else ()
    bounds = {key: value for key, value in entry.items() if key != "keys"} or None
    if not keys and bounds is None:
        raise BadInput(f"{where} says nothing.", "Write keys, or lower and upper.")
    field = PublicField(name, keys, bounds)
    if bounds is not None:
        field.statistic("quantiles", "check")  # bounds that do not read are refused now, not at the first question
    return field


def _whole(section: Mapping[str, Any], key: str) -> int:
    value = section.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        raise BadInput(f"[query] {key} must be a whole number from 1 to 10000.")
    return value
