"""What the treat step did, in names and counts: enough for evidence, never a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Treated:
    """The written table and how it came about.

    ``path`` is one Parquet file of string columns in the plan's order; ``order`` says whether its rows are "shuffled"
    or "kept".  ``levels`` and ``heights`` are by quasi-identifier (level 0 is the value itself; height counts it).
    ``loss`` in [0, 1] is the search's; ``nodes`` holds ``lattice`` and ``checked``.  ``notes`` counts, by released
    field, ``changed`` and ``missing`` cells of the rows that stay; ``seconds`` is by stage.
    ``perturbed`` is what was measured of perturbed fields, by field.
    """

    path: Path
    rows_in: int
    rows_out: int
    suppressed_rows: int
    levels: Mapping[str, int]
    heights: Mapping[str, int]
    loss: float
    optimal: bool
    nodes: Mapping[str, int]
    notes: Mapping[str, Mapping[str, int]]
    order: str
    seconds: Mapping[str, float]
    perturbed: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
