"""Which hierarchy a quasi-identifier gets in a plan when nobody named one: what ``anonymizers.propose`` finds for its
category, type and values.  A specification never lists values: it goes into a plan that people publish.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from anonymizers.build import UNPLACED, build_hierarchy
from anonymizers.propose import NUMERIC, PLACED, placed, propose
from release.nouns.dataset import FieldType

Spec = dict[str, Any]
Counts = Mapping[str, int]


def choose(category: str, type: FieldType, counts: Counts, least: int) -> Spec | None:
    """The hierarchy for a column with these value counts, or None where nothing but "all or nothing" is left and the
    values are so many that fewer than ``least`` rows share one on average: such a field can only be starred."""
    found = propose(counts, category=category, type=type.value, least=least)
    return None if found is None else found.spec


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
    return spec if type in NUMERIC and placed(counts, spec) >= PLACED else None
