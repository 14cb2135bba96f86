"""What the engine is told about a table: facts, never cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# From the finest to the coarsest, for times and for places; a word of the one says nothing of the other.
TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
PLACES = ("point", "street", "town", "district", "city", "province", "country")


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field as classified.  ``alternatives`` are (category, confidence) pairs still plausible.

    ``distinct`` is how many different values it has and ``top_share`` which share of the rows the commonest one fills
    (0: not counted).  ``type`` is what its values parse as (text, integer, decimal, date, datetime, boolean; empty: not
    told).  ``treated`` is the method already used or planned on it, empty for a raw field.  ``precision`` is how fine
    its times or places are, a word of ``TIMES`` or ``PLACES`` (empty: not told).  ``least`` is the smallest number in
    it (None: not told); it serves conditions and is never shown.
    """

    name: str
    category: str
    role: str
    confidence: float
    distinct: int = 0
    alternatives: tuple[tuple[str, float], ...] = ()
    needs_review: bool = False
    overridden: bool = False
    treated: str = ""
    top_share: float = 0.0
    type: str = ""
    precision: str = ""
    least: float | None = None


@dataclass(frozen=True, slots=True)
class ReleasedBefore:
    """A table about the same people that has already been let out: the ``categories`` of its fields as released.

    ``id`` is the release's own name; it may be shown.  Fields that were dropped are not listed."""

    id: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """The dataset as a whole.

    ``measures`` holds what was measured after treatment (``max-risk``, ``k``, ``min-cell`` …), empty before it.
    ``subjects`` is how many persons or organisations the rows are about.  ``attributes`` are declared facts
    such as ``{"origin": "shared", "update": "daily", "consent": "all-subjects"}``.  ``released`` are the tables of the
    same lineage that are out already: whoever holds them can put them beside this one.
    """

    rows: int
    subjects: int = 0
    sources: int = 1
    measures: Mapping[str, float] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    released: tuple[ReleasedBefore, ...] = ()
