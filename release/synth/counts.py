"""Exact tables of a few fields from coded rows: the half of a synthesis that sees data.

What a reader would get wrong: rows come as distinct combinations with how often they occur, so a table of a million
rows costs what its distinct combinations cost.  Nothing here leaves the engine without noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from release.synth.tree import Clique

LARGEST_NUMBER = 1 << 62  # up to which a combination is one number


@dataclass(frozen=True, slots=True)
class Coded:
    """``codes``: int64 (distinct, fields), each in [0, sizes[field]); ``counts``: int64 (distinct,)."""

    sizes: tuple[int, ...]
    codes: NDArray[np.int64]
    counts: NDArray[np.int64]

    def table(self, clique: Clique) -> NDArray[np.int64]:
        """The exact counts of these fields, one axis a field."""
        shape = tuple(self.sizes[f] for f in clique)
        if not clique:
            return np.array(self.counts.sum(), dtype=np.int64)
        flat = np.ravel_multi_index(tuple(self.codes[:, f] for f in clique), shape)
        # Sums of whole numbers below 2⁵³ are exact in the doubles that bincount adds.
        found = np.bincount(flat, weights=self.counts, minlength=math.prod(shape))
        return found.astype(np.int64).reshape(shape)


def tallied(sizes: tuple[int, ...], codes: NDArray[np.int64]) -> Coded:
    """Rows of codes as distinct combinations."""
    if math.prod(sizes) < LARGEST_NUMBER:
        numbers, counts = np.unique(np.ravel_multi_index(tuple(codes.T), sizes), return_counts=True)
        return Coded(sizes, np.stack(np.unravel_index(numbers, sizes), axis=1).astype(np.int64), counts)
    distinct, counts = np.unique(codes, axis=0, return_counts=True)
    return Coded(sizes, distinct, counts)
