"""Which records are attacked, and every other draw of a simulated attacker: fixed by a seed, the same each time."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from anonymizers.draw import Draw

Ints = NDArray[np.int64]


def attacker(seed: int, attack: str) -> Draw:
    """The draws of one attack."""
    return Draw(hashlib.sha256(f"attack/{attack}/{seed}".encode()).digest())


def targets(rows: int, attacks: int, draws: Draw) -> Ints:
    """At most ``attacks`` different records out of ``rows``, in their order; all where there are no more."""
    if rows <= attacks:
        return np.arange(rows)
    return np.sort(draws.order(rows, 0)[:attacks])
