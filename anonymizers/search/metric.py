"""What a node costs, and what it cannot cost less than.

``Separable`` metrics give one number an attribute and put them together with an aggregate function; the others
(``classwise``) count classes.  All take what a node loses by suppression from an ``Evaluation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from anonymizers.search.evaluate import Evaluation

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = Sequence[NDArray[np.integer]]


class Metric(Protocol):
    """``levels`` are columns: for every attribute the level in each of n nodes.  Scores are float[n, width]."""

    width: int

    def score(self, node: Evaluation) -> Floats:
        """The exact score float[width] of an evaluated node."""

    def floor(self, levels: Levels) -> Floats:
        """A lower bound for every node, knowing nothing but its levels."""

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """A lower bound for nodes finer than or equal to ``node``."""

    def above(self, node: Evaluation) -> Floats | None:
        """A lower bound float[width] for nodes coarser than or equal to ``node``; None when there is none."""

    def loss(self, score: Floats) -> float:
        """The score on a scale from 0 (nothing lost) to 1 (everything)."""


def factors(gs_factor: float) -> tuple[float, float]:
    """ARX's weights (of generalisation, of suppression) for a ``gs_factor`` in [0, 1]; 0.5 gives (1, 1)."""
    return (1.0 if gs_factor <= 0.5 else 2.0 * (1.0 - gs_factor)), (2.0 * gs_factor if gs_factor < 0.5 else 1.0)
