"""Metrics that count classes: average equivalence class size and discernibility."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.evaluate import Evaluation
from anonymizers.search.metric import Levels, factors

Floats = NDArray[np.float64]


class AverageClassSize:
    """Rows by classes, all suppressed rows being one class more (ARX's AECS, not normalised by k).

    Source: LeFevre, DeWitt, Ramakrishnan 2006, Mondrian multidimensional k-anonymity, doi:10.1109/ICDE.2006.101.
    """

    width = 1

    def __init__(self, rows: int, gs_factor: float) -> None:
        self.rows = max(rows, 1)
        general, suppress = factors(gs_factor)
        self.per_class, self.per_rest = suppress, general  # ARX switches them on purpose

    def _size(self, kept: float, some_lost: bool) -> float:
        classes = kept * self.per_class + (self.per_rest if some_lost else 0.0)
        return self.rows / classes if classes > 0 else float("inf")

    def score(self, node: Evaluation) -> Floats:
        """Of an evaluated node."""
        return np.array([self._size(node.kept, node.kept != node.classes)])

    def floor(self, levels: Levels) -> Floats:
        """At best every row is a class."""
        return np.full((len(levels[0]) if levels else 1, 1), self._size(self.rows, True))

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """At best every row that need not be lost is a class."""
        bound = self._size(self.rows - node.doomed, True)
        return np.full((len(levels[0]) if levels else 1, 1), bound)

    def above(self, node: Evaluation) -> Floats:
        """Coarser nodes have no more classes."""
        return np.array([self._size(node.classes, True)])

    def loss(self, score: Floats) -> float:
        """1 row a class is 0, all rows in one class is 1."""
        value = min(float(score[0]), float(self.rows))
        return min(max((value - 1.0) / (self.rows - 1.0), 0.0), 1.0) if self.rows > 1 else 0.0


class Discernibility:
    """Every row costs the size of its class, a lost row costs all rows; the monotonic variant (DM*) forgives that.

    Source: Bayardo, Agrawal 2005, Data privacy through optimal k-anonymization, doi:10.1109/ICDE.2005.42.
    """

    width = 1

    def __init__(self, rows: int, monotonic: bool) -> None:
        self.rows = max(rows, 1)
        self.monotonic = monotonic

    def score(self, node: Evaluation) -> Floats:
        """Of an evaluated node."""
        if self.monotonic:
            return np.array([node.squares])
        return np.array([node.kept_squares + float(self.rows) * node.lost])

    def floor(self, levels: Levels) -> Floats:
        """At best every row is a class."""
        return np.full((len(levels[0]) if levels else 1, 1), float(self.rows))

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """Doomed rows cost all rows each, the others at least themselves."""
        doomed = 0 if self.monotonic else node.doomed
        bound = float(self.rows) * doomed + (self.rows - doomed)
        return np.full((len(levels[0]) if levels else 1, 1), bound)

    def above(self, node: Evaluation) -> Floats:
        """Merged classes have larger squares, and a lost row costs no less than its class."""
        return np.array([node.squares])

    def loss(self, score: Floats) -> float:
        """Every row alone is 0, all rows alike (or lost) is 1."""
        low, high = float(self.rows), float(self.rows) ** 2
        return min(max((float(score[0]) - low) / (high - low), 0.0), 1.0) if high > low else 0.0
