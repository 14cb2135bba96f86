"""One quasi-identifier as the search sees it: its values in the table, and what each becomes at each level.

A generalised value is written as the code of the first value in its group, so a value generalised in two steps and
in one gives the same code, whatever the path through the lattice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.search.problem import Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Axis:
    """``group`` int64[levels, leaves]: representative code; ``share`` float[levels, leaves]: the group's part of the
    ``domain`` (rows of the hierarchy); ``rows`` int64[leaves]: released rows of each value.  ``low`` and ``high``
    bound the levels that may be used; ``leaves`` counts the values that occur in the table."""

    name: str
    low: int
    high: int
    group: Ints
    share: Floats
    rows: Ints
    domain: int
    weight: float

    @property
    def leaves(self) -> int:
        """Distinct values in the table."""
        return int(self.group.shape[1])

    @property
    def top(self) -> int:
        """The highest level of the hierarchy, allowed or not."""
        return int(self.group.shape[0]) - 1


def axes(problem: Problem) -> tuple[tuple[Axis, ...], Ints]:
    """The axes in the order of the fields, and the tuples int64[n_tuples, n_fields] in codes of values that occur.

    Raises AnonymizerError on levels or weights for unknown fields or out of bounds, naming the field.
    """
    settings = problem.settings
    for what, mapping in (
        ("weights", settings.weights),
        ("min_levels", settings.min_levels),
        ("max_levels", settings.max_levels),
    ):
        unknown = sorted(set(mapping) - set(problem.fields))
        if unknown and what != "weights":
            raise AnonymizerError(f"{what} names {unknown[0]!r}, which is not a quasi-identifier.")
    counts = problem.counts if problem.subset is None else problem.subset
    weights = _weights(problem)
    made, columns = [], []
    for place, name in enumerate(problem.fields):
        axis, codes = _axis(problem, place, name, counts, weights[place])
        made.append(axis)
        columns.append(codes)
    matrix = np.stack(columns, axis=1) if columns else np.zeros((problem.counts.size, 0), dtype=np.int64)
    return tuple(made), matrix


def _weights(problem: Problem) -> Floats:
    """Weights relative to the largest; a field that is not named weighs 0.5 (as in ARX), all alike when none is."""
    given = problem.settings.weights
    if any(not weight >= 0 for weight in given.values()):
        raise AnonymizerError("weights must be 0 or more.")
    weights = np.array([float(given.get(name, 0.5)) for name in problem.fields])
    largest = weights.max(initial=0.0)
    return weights / largest if largest > 0 else np.ones_like(weights)


def _axis(problem: Problem, place: int, name: str, counts: Ints, weight: float) -> tuple[Axis, Ints]:
    table = problem.hierarchies[place].rows
    present, codes = np.unique(problem.keys[:, place], return_inverse=True)
    if present.size and (present[0] < 0 or present[-1] >= len(table)):
        raise AnonymizerError(f"Field {name!r}: a key points outside its hierarchy of {len(table)} rows.")
    height = len(table[0])
    group = np.empty((height, present.size), dtype=np.int64)
    share = np.empty((height, present.size))
    for level in range(height):
        names: dict[str, int] = {}
        groups = np.fromiter((names.setdefault(row[level], len(names)) for row in table), np.int64, len(table))
        sizes = np.bincount(groups)
        mine = groups[present]
        first = np.full(sizes.size, present.size, dtype=np.int64)
        np.minimum.at(first, mine, np.arange(present.size))
        group[level] = first[mine]
        share[level] = sizes[mine] / len(table)
    low = problem.settings.min_levels.get(name, 0)
    high = problem.settings.max_levels.get(name, height - 1)
    if not 0 <= low <= high < height:
        raise AnonymizerError(f"Field {name!r}: levels {low} to {high} do not lie within 0 to {height - 1}.")
    rows = np.bincount(codes, weights=counts, minlength=present.size).astype(np.int64)
    return Axis(name, low, high, group, share, rows, len(table), weight), codes.astype(np.int64)
