"""Equivalence classes of a written table: how many, how large, and a histogram of their sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anonymizers.sample import Sample

EDGES = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Classes:
    """``histogram``: (lowest size, highest size, classes, rows), only bins that hold a class, sizes ascending.  With
    no rows ``count``, ``min`` and ``max`` are 0 and ``avg`` is nan."""

    count: int
    min: int
    avg: float
    max: int
    histogram: tuple[tuple[int, int, int, int], ...]


def measure(sample: Sample, qis: Sequence[str]) -> Classes:
    """Of the rows that stand in classes.  A missing value is a category of its own."""
    sizes, classes = sample.sizes(qis)
    if not sizes.size:
        return Classes(0, 0, float("nan"), 0, ())
    largest = int(sizes[-1])
    bins = []
    for low, high in zip(EDGES, (*(edge - 1 for edge in EDGES[1:]), max(largest, EDGES[-1])), strict=True):
        inside = (sizes >= low) & (sizes <= high)
        if inside.any():
            bins.append((low, high, int(classes[inside].sum()), int((sizes * classes)[inside].sum())))
    count = int(classes.sum())
    return Classes(count, int(sizes[0]), float(sizes @ classes / count), largest, tuple(bins))
