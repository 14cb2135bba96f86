"""Which hierarchy a quasi-identifier gets when nobody named one.

The builders are tried on the column's own values, in an order that its category and type suggest; the first that
places nearly all rows is taken.  A specification never lists values: it goes into a plan that people publish.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from anonymizers.build import UNPLACED, build_hierarchy, grow
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, TOP
from release.nouns.dataset import FieldType

Spec = dict[str, Any]
Counts = Mapping[str, int]

PLACED = 0.9  # least share of the present rows that a builder must find a place for
MANY = 300_000  # more distinct values than this are not worth a hierarchy: the field all but names the row
FEW = 20  # numbers with no more distinct values than this are usually codes, not measures
GROUPS = 16
NUMERIC = (FieldType.INTEGER, FieldType.DECIMAL)
DATES = (FieldType.DATE, FieldType.DATETIME)
MEASURED = ("thing.count", "thing.measure", "thing.amount", "thing.price", "thing.rate", "person.health.vital")
PLACES = (
    "person.location",
    "person.basic.native-place",
    "person.basic.household",
    "person.contact.address",
    "thing.region",
    "thing.region-code",
    "thing.place",
    "organisation.address",
)
REDACT: Spec = {"kind": "redact"}


def choose(category: str, type: FieldType, counts: Counts, least: int) -> Spec | None:
    """The hierarchy for a column with these value counts, or None where nothing but "all or nothing" is left and the
    values are so many that fewer than ``least`` rows share one on average: such a field can only be starred."""
    present = {value: number for value, number in counts.items() if value != MISSING}
    if not present or len(present) > MANY:
        return None
    for spec in _candidates(category, type, present):
        placed = _placed(present, spec)
        if placed >= 1.0:
            return spec
        if placed >= PLACED:
            return {**spec, UNPLACED: "top"}
    return dict(REDACT) if sum(present.values()) >= least * len(present) else None


def measure(field: str, spec: Spec, counts: Counts) -> tuple[int, float]:
    """Levels of the hierarchy that ``spec`` gives this column (level 0 included), and the spread of its values two
    thirds up: e to the entropy, the number of equally large groups that would be as uneven.

    Raises AnonymizerError naming the field where its values have no place."""
    hierarchy = build_hierarchy(field, counts, spec)
    level, rows = (hierarchy.height - 1) * 2 // 3, max(sum(counts.values()), 1)
    groups: dict[str, int] = {}
    for row in hierarchy.rows:
        groups[row[level]] = groups.get(row[level], 0) + counts.get(row[0], 0)
    shares = [number / rows for number in groups.values() if number]
    return hierarchy.height, math.exp(-math.fsum(share * math.log(share) for share in shares))


def bands(type: FieldType, counts: Counts, number: int) -> Spec | None:
    """About ``number`` equally frequent bands of a numeric column, for a field that is not searched."""
    spec: Spec = {"kind": "quantile", "groups": number, "levels": 2, UNPLACED: "top"}
    return spec if type in NUMERIC and _placed(counts, spec) >= PLACED else None


def _candidates(category: str, type: FieldType, counts: Counts) -> Iterator[Spec]:
    if category == "person.basic.age":
        yield {"kind": "interval", "width": 5, "levels": 5, "top": 90}
    if category == "person.basic.birth-date":
        yield {"kind": "dates", "levels": ("month", "year", "5-year", "10-year", TOP)}
    if type in DATES or category in ("thing.date", "thing.period"):
        yield {"kind": "dates"}
    if any(category == place or category.startswith(place + ".") for place in PLACES):
        yield {"kind": "places"}
    if category == "person.contact.postcode":
        yield {"kind": "prefix", "keep": _steps(counts)}
    if type in NUMERIC and (len(counts) > FEW or category in MEASURED):
        groups = min(GROUPS, max(2, len(counts) // 2))
        yield {"kind": "quantile", "groups": groups, "levels": 1 + max(1, math.ceil(math.log2(groups)))}
    if category in ("thing.region-code", "person.health.diagnosis", "thing.code") and len(counts) > FEW:
        yield {"kind": "prefix", "keep": _steps(counts)}


def _steps(counts: Counts) -> tuple[int, ...]:
    """How many characters each level of a code keeps: two fewer a level for long codes, one fewer for short ones."""
    longest = min(max(len(value) for value in counts), 32)
    keep = range(longest - 1, 0, -1 if longest <= 6 else -2)
    return (*keep, 0)


def _placed(counts: Counts, spec: Spec) -> float:
    """The share of the present rows that the builder finds a place for; 0 where it refuses the column."""
    rows = sum(counts.values())
    try:
        grown = grow(counts, {**spec, UNPLACED: "top"})
    except AnonymizerError:
        return 0.0
    starred = sum(counts.get(row[0], 0) for row in grown.rows if row[0] != MISSING and row[1] == TOP)
    return 1.0 - starred / rows if rows else 0.0
