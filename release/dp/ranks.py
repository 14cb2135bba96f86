"""Quantiles by the noisy maximum: of public edges, the one whose rank is nearest to the one asked for.

The score of an edge is |(1-p)·below - p·above| in whole numbers; one row moves it by at most max(p, 1-p).  What a
reader would get wrong: the histogram that the scores come from is exact and is never released; only the picked edge is.
Source: the exponential mechanism for quantiles (Smith 2011), with Gumbel or exponential noise as OpenDP draws it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.dp.component import Component
from release.dp.opendp import ALPHA, core, vectors

PARTS = 1000


@dataclass(frozen=True, slots=True)
class Picker:
    """One pick: its scale in score units, what one use loses, and the rank error in rows with probability 0.95."""

    scale: float
    loss: float
    accuracy: float
    serialized: str
    draw: Any


def picker(part: Component, rows: int, laplace: bool, loss: float) -> Picker:
    """A noisy maximum that loses at most ``loss`` (ε or ρ) when up to ``rows`` rows of one unit go."""
    dp = core()
    moved = rows * max(max(fraction(p)[0], fraction(p)[1] - fraction(p)[0]) for p in part.probabilities)
    measure = dp.q.max_divergence() if laplace else dp.q.zero_concentrated_divergence()
    scale = 2 * moved / loss if laplace else moved / math.sqrt(2 * loss)
    made = dp.m.make_noisy_max(vectors(), dp.x.linf_distance(T="i64"), measure, scale=scale, negate=True)
    whole = min(fraction(p)[1] for p in part.probabilities)
    accuracy = scale * math.log(len(part.edges) / ALPHA) / whole
    return Picker(scale, float(made.map(moved)), accuracy, dp.mod.serialize(made), made)


def chosen(draw: Any, part: Component, bins: np.ndarray) -> np.ndarray:
    """The picked edges, int64 of shape (groups, probabilities), rising within a group."""
    picked = np.zeros((len(bins), len(part.probabilities)), dtype=np.int64)
    below = np.concatenate([np.zeros((len(bins), 1), dtype=np.int64), np.cumsum(bins, axis=1)], axis=1)
    above = below[:, -1:] - below
    for column, p in enumerate(part.probabilities):
        a, b = fraction(p)
        scores = np.abs((b - a) * below - a * above)
        for group, line in enumerate(scores):
            picked[group, column] = part.edges[draw(line.tolist())]
    picked.sort(axis=1)
    return picked


def fraction(probability: float) -> tuple[int, int]:
    """``probability`` as a fraction in lowest terms; three decimals are all that a question may have."""
    parts = round(probability * PARTS)
    divisor = math.gcd(parts, PARTS)
    return parts // divisor, PARTS // divisor
