"""The odds against pure chance, for everything that judges a column by how many of its values pass a shape."""

from __future__ import annotations

import math

CHANCE = 1e-4  # odds against pure chance below which a few hits count


def poisson_tail(count: int, expected: float) -> float:
    """P(X ≥ count) for X ~ Poisson(expected)."""
    if count <= 0:
        return 1.0
    if count > expected + 40 * math.sqrt(expected) + 40:
        return 0.0
    below = math.fsum(math.exp(i * math.log(expected) - expected - math.lgamma(i + 1)) for i in range(count))
    return max(0.0, 1.0 - below)
