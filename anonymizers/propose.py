"""Which hierarchy a column gets when nobody named one, and what it would look like.

The builders are tried on the column's own values, in an order that its category and type suggest; the first that
places nearly all rows is taken.  A proposal never lists values: it goes into plans that people publish.  What a reader
would get wrong: free categories are merged by how often they occur, so their hierarchy belongs to this one column.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anonymizers.build import KEEP_TOP, UNPLACED, grow
from anonymizers.dates import read_date
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, TOP, Hierarchy
from anonymizers.numbers import read_number

Spec = dict[str, Any]
Counts = Mapping[str, int]

PLACED = 0.9  # least share of the present rows that a builder must find a place for
MANY = 300_000  # more distinct values than this are not worth a hierarchy: the field all but names the row
FEW = 20  # numbers with no more distinct values than this are usually codes, not measures
GROUPS = 16
SHARES = (0.01, 0.05, 0.2)  # of the rows: below it a free category joins the others, level by level
KEPT = 0.5  # least share of the rows that keep their category at the first of those levels
CODE_LENGTHS = range(3, 33)
NUMERIC, DATES = ("integer", "decimal"), ("date", "datetime")
MEASURED = ("thing.count", "thing.measure", "thing.amount", "thing.price", "thing.rate", "person.health.vital")
CODED = (
    "thing.region-code",
    "person.health.diagnosis",
    "thing.code",
    "organisation.industry",
    "person.work.occupation",
)
# The builder that knows a category, with the words for why.
KNOWN: Mapping[str, tuple[str, str]] = {
    "person.location": ("places", "places of the administrative tree"),
    "person.basic.native-place": ("places", "places of the administrative tree"),
    "person.basic.household": ("places", "places of the administrative tree"),
    "person.contact.address": ("places", "places of the administrative tree"),
    "thing.region": ("places", "places of the administrative tree"),
    "thing.place": ("places", "places of the administrative tree"),
    "organisation.address": ("places", "places of the administrative tree"),
    "person.basic.ethnicity": ("ethnic", "the 56 ethnic groups"),
    "person.education": ("education", "levels of education"),
    "person.work.occupation": ("occupation", "occupations"),
    "person.health.diagnosis": ("icd10", "diagnoses by ICD-10"),
    "organisation.industry": ("industry", "industries"),
}
REDACT: Spec = {"kind": "redact"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """``spec`` as a job file takes it; ``placed`` is the share of the present rows that it has a place for."""

    spec: Spec
    placed: float
    why: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a preview: distinct labels, rows of the smallest, and a label that is no value of the column (''
    when every label is one, as at level 0)."""

    level: int
    labels: int
    smallest: int
    example: str


def propose(counts: Counts, *, category: str = "", type: str = "text", least: int = 2) -> Proposal | None:
    """The hierarchy for a column with these value counts (missing under the empty text), or None where nothing but "all
    or nothing" is left and fewer than ``least`` rows share a value on average: such a field can only be starred."""
    present = {value: number for value, number in counts.items() if value != MISSING}
    if not present or len(present) > MANY:
        return None
    for spec, why in _candidates(category, type, present):
        share = placed(present, spec)
        if share >= PLACED:
            return Proposal(spec if share >= 1.0 else {**spec, UNPLACED: KEEP_TOP}, share, why)
    free = _free(present, least)
    if free is not None:
        return Proposal(free, 1.0, "free categories, rare ones grouped")
    if sum(present.values()) < least * len(present):
        return None
    return Proposal(dict(REDACT), 1.0, "few values that nothing is known of")


def placed(counts: Counts, spec: Mapping[str, Any]) -> float:
    """The share of the present rows that the builder finds a place for; 0 where it refuses the column."""
    rows = sum(counts.values())
    try:
        grown = grow(counts, {**spec, UNPLACED: KEEP_TOP})
    except AnonymizerError:
        return 0.0
    starred = sum(counts.get(row[0], 0) for row in grown.rows if row[0] != MISSING and row[1] == TOP)
    return 1.0 - starred / rows if rows else 0.0


def preview(hierarchy: Hierarchy, counts: Counts) -> tuple[Level, ...]:
    """What every level leaves of a column with these counts.  An example is never a value of the column."""
    levels = []
    for level in range(hierarchy.height):
        sizes: dict[str, int] = {}
        for row in hierarchy.rows:
            if row[0] in counts:
                sizes[row[level]] = sizes.get(row[level], 0) + counts[row[0]]
        made = [(-rows, label) for label, rows in sizes.items() if label not in counts and label != MISSING]
        example = min(made)[1] if made else ""
        levels.append(Level(level, len(sizes), min(sizes.values(), default=0), example))
    return tuple(levels)


def type_of(counts: Counts) -> str:
    """integer, decimal, date, datetime or text: what every present value reads as."""
    present = [value for value in counts if value != MISSING]
    if not present:
        return "text"
    numbers = [read_number(value) for value in present]
    if all(number is not None for number in numbers):
        padded = any(len(value) > 1 and value[0] == "0" and value.isdigit() for value in present)
        whole = all(number == number.to_integral_value() for number in numbers if number is not None)
        return "text" if padded else "integer" if whole else "decimal"
    days = all(len(value) >= 10 and read_date(value) is not None for value in present)
    return "text" if not days else "datetime" if any(len(value) > 10 for value in present) else "date"


def _candidates(category: str, type: str, counts: Counts) -> Iterator[tuple[Spec, str]]:
    if category == "person.basic.age":
        yield {"kind": "interval", "width": 5, "levels": 5, "top": 90}, "ages"
    if category == "person.basic.birth-date":
        yield (
            {"kind": "dates", "levels": ("month", "year", "5-year", "10-year", "20-year", "40-year", TOP)},
            "birth dates",
        )
    if type in DATES or category in ("thing.date", "thing.period"):
        yield {"kind": "dates"}, "dates"
    for known, (kind, why) in KNOWN.items():
        if category == known or category.startswith(known + "."):
            yield {"kind": kind}, why
    if category == "thing.region-code":
        yield {"kind": "places"}, "codes of the administrative tree"
    if category == "person.contact.postcode":
        yield {"kind": "prefix", "keep": _steps(counts)}, "postcodes"
    if type in NUMERIC and (len(counts) > FEW or category in MEASURED):
        groups = min(GROUPS, max(2, len(counts) // 2))
        levels = 1 + max(1, math.ceil(math.log2(groups)))
        yield {"kind": "quantile", "groups": groups, "levels": levels}, "numbers, equally frequent groups"
    if len(counts) > FEW and (category in CODED or (not category and _coded(counts))):
        yield {"kind": "prefix", "keep": _steps(counts)}, "codes, by their first characters"
    if 2 < len(counts) <= FEW and type not in NUMERIC:
        yield {"kind": "scale"}, "a known ordered scale"


def intervals(counts: Counts) -> Spec | None:
    """Intervals of a round width for a numeric column: about ``GROUPS`` between its 1st and 99th percentile, everything
    outside in the outer groups.  None where one interval would hold more than half of the rows: quantiles say more."""
    pairs = [(number, rows) for value, rows in counts.items() if value and (number := read_number(value)) is not None]
    if not pairs or len(pairs) < sum(1 for value in counts if value):
        return None
    pairs.sort()
    low, high = _percentile(pairs, 0.01), _percentile(pairs, 0.99)
    if high <= low:
        return None
    width = _round(float(high - low) / GROUPS)
    bottom, top = (math.floor(float(low) / width) + 1) * width, math.floor(float(high) / width) * width
    if top <= bottom:
        return None
    if all(number == number.to_integral_value() for number, _ in pairs) and width >= 1:
        width, bottom, top = int(width), int(bottom), int(top)
    spec: Spec = {"kind": "interval", "width": width, "levels": 5, "bottom": bottom, "top": top}
    sizes: dict[str, int] = {}
    for row in grow(counts, spec).rows:
        sizes[row[1]] = sizes.get(row[1], 0) + counts.get(row[0], 0)
    return spec if max(sizes.values()) * 2 <= sum(counts.values()) else None


def _percentile(pairs: list[tuple[Decimal, int]], share: float) -> Decimal:
    rows, below = sum(rows for _, rows in pairs), 0
    for number, here in pairs:
        below += here
        if below >= share * rows:
            return number
    return pairs[-1][0]


def _round(width: float) -> float:
    """The next width of 1, 2 or 5 times a power of ten."""
    scale = 10.0 ** math.floor(math.log10(width))
    return float(next(step * scale for step in (1, 2, 5, 10) if step * scale >= width * (1 - 1e-9)))


def _coded(counts: Counts) -> bool:
    """Are the values codes: all of one length, letters and digits of ASCII only, a digit in each?"""
    lengths = {len(value) for value in counts}
    return (
        len(lengths) == 1
        and lengths <= set(CODE_LENGTHS)
        and all(value.isascii() and value.isalnum() and any(sign.isdigit() for sign in value) for value in counts)
    )


def _steps(counts: Counts) -> tuple[int, ...]:
    """How many characters each level of a code keeps: two fewer a level for long codes, one fewer for short ones."""
    longest = min(max(len(value) for value in counts), 32)
    keep = range(longest - 1, 0, -1 if longest <= 6 else -2)
    return (*keep, 0)


def _free(counts: Counts, least: int) -> Spec | None:
    """Rare values grouped, a level for every share that changes something; None where most rows would be grouped, or
    nothing but all or nothing is left."""
    rows, before = sum(counts.values()), len(counts)
    shares: list[float] = []
    spec: Spec = {"kind": "group-rare", "least": max(2, least)}
    for share in SHARES:
        sizes: dict[str, int] = {}
        for row in grow(counts, {**spec, "shares": [share]}).rows:
            sizes[row[1]] = sizes.get(row[1], 0) + counts[row[0]]
        if not shares and rows - sizes.get("其他", 0) < KEPT * rows:
            return None
        if 2 <= len(sizes) < before:
            shares.append(share)
            before = len(sizes)
    if not shares:
        return None
    label = "other" if all(value.isascii() for value in counts) else "其他"
    return {**spec, "shares": tuple(shares), "label": label}
