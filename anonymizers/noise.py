"""Chance where privacy rests on it: rows drawn from the operating system's entropy, choices by OpenDP's mechanism.

There is no seed, on purpose: whoever can repeat the draw can tell who was left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


class Chance(Protocol):
    """What SafePub needs of chance."""

    def sample(self, rows: int, probability: float) -> Flags:
        """One flag a row, each drawn by itself."""

    def choose(self, scores: Sequence[float], epsilon: float) -> int:
        """The place of one score, drawn by the exponential mechanism for scores of sensitivity 1."""


class Secure:
    """The only one for use on real data."""

    def sample(self, rows: int, probability: float) -> Flags:
        """Draws below ``probability`` in 2⁻⁶⁴ steps, rounded down."""
        words = np.frombuffer(secrets.token_bytes(8 * rows), dtype=np.uint64)
        if probability >= 1.0:
            return np.ones(rows, dtype=bool)
        return np.asarray(words < np.uint64(int(probability * 2.0**64)))

    def choose(self, scores: Sequence[float], epsilon: float) -> int:
        """OpenDP's noisy maximum, which is the exponential mechanism; its own map vouches for ``epsilon``."""
        import opendp.prelude as dp

        dp.enable_features("contrib")
        space: Any = (dp.vector_domain(dp.atom_domain(T=float, nan=False)), dp.linf_distance(T=float))
        mechanism = dp.m.make_noisy_max(space[0], space[1], dp.max_divergence(), scale=2.0 / epsilon)
        return int(mechanism([float(score) for score in scores]))
