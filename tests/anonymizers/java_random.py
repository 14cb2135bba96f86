"""Java's linear congruential generator (java.util.Random), to draw what ARX drew in its own tests."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import exp

import numpy as np

MASK = (1 << 48) - 1


SEED = 0xDEADBEEF - (1 << 32)


class JavaRandom:
    """The documented algorithm: 48 bits of state, multiplier 0x5DEECE66D."""

    def __init__(self, seed: int) -> None:
        self.state = (seed ^ 0x5DEECE66D) & MASK

    def bits(self, count: int) -> int:
        self.state = (self.state * 0x5DEECE66D + 0xB) & MASK
        return self.state >> (48 - count)

    def double(self) -> float:
        """Uniform in [0, 1), 53 bits."""
        high = self.bits(26)
        return float((high << 27) + self.bits(27)) * 2.0**-53

    def below(self, bound: int) -> int:
        """Uniform in 0 … bound − 1."""
        if bound & -bound == bound:
            return (bound * self.bits(31)) >> 31
        while True:
            drawn = self.bits(31)
            value = drawn % bound
            if drawn - value + bound - 1 < 1 << 31:
                return value


class JavaChance:
    """What ARX's tests draw: the sample from one generator, the steps of the search from another, same seed."""

    def __init__(self) -> None:
        self.steps = JavaRandom(SEED)

    def sample(self, rows: int, probability: float) -> np.ndarray:
        random = JavaRandom(SEED)
        return np.array([random.double() < probability for _ in range(rows)], dtype=bool)

    def choose(self, scores: Sequence[float], epsilon: float) -> int:
        """Inverse of the distribution function, over weights exp(ε score / 2)."""
        top = max(0.5 * epsilon * score for score in scores)
        weights = [exp(0.5 * epsilon * score - top) for score in scores]
        sums = list(accumulate(weight / sum(weights) for weight in weights))
        drawn = self.steps.double()
        return next((place for place, total in enumerate(sums) if drawn <= total), len(scores) - 1)


def drawn_rows(rows: int, times: int) -> list[int]:
    """The rows of ARX's test subsets: ``nextInt(times)`` drawn ``times`` times, each row once."""
    random = JavaRandom(SEED)
    return sorted({row for row in (random.below(times) for _ in range(times)) if row < rows})
