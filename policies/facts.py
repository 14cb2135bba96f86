"""What the engine is told about a table: facts, never cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field as classified.  ``alternatives`` are (category, confidence) pairs still plausible.

    ``distinct`` is how many different values it has and ``top_share`` which share of the rows the commonest one fills
    (0: not counted).  ``type`` is what its values parse as (text, integer, decimal, date, datetime, boolean; empty: not
    told).  ``treated`` is the method already used or planned on it, empty for a raw field.
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


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """The dataset as a whole.

    ``measures`` holds what was measured after treatment (``max-risk``, ``k``, ``min-cell`` …), empty before it.
    ``subjects`` is how many persons or organisations the rows are about.  ``attributes`` are declared facts
    such as ``{"origin": "shared", "update": "daily", "consent": "all-subjects"}``.
    """

    rows: int
    subjects: int = 0
    sources: int = 1
    measures: Mapping[str, float] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
