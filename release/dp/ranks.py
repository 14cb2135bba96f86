"""Quantiles by the noisy maximum: of public edges, the one whose rank is nearest to the one asked for.

The score of an edge is |(1-p)·below - p·above| in whole numbers; one row moves it by at most max(p, 1-p).  What a
reader would get wrong: the histogram that the scores come from is exact and is never released; only the picked edge is.
Source: the exponential mechanism for quantiles (Smith 2011), with Gumbel or exponential noise as OpenDP draws it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.dp.component import Component
from release.dp.opendp import ALPHA, core, vectors

PARTS = 1000


@dataclass(frozen=True, slots=True)
class Picker:
    """What finds the quantiles of one group: a measurement a probability, each with a scale of its own.

    ``scale`` is the widest, in rows of rank; ``epsilon`` and ``rho`` are what all picks of one group lose together
    (``epsilon`` is 0 where the noise is Gumbel's); ``accuracy`` bounds the rank error in rows with probability 0.95."""

    scale: float
    epsilon: float
    rho: float
    accuracy: float
    serialized: str
    draws: tuple[Any, ...]


def picker(part: Component, rows: int, laplace: bool, loss: float) -> Picker:
    """Noisy maxima that lose at most ``loss`` (ε or ρ) each when up to ``rows`` rows of one unit go."""
    dp = core()
    measure = dp.q.max_divergence() if laplace else dp.q.zero_concentrated_divergence()
    made, scales, losses = [], [], []
    for probability in part.probabilities:
        below, whole = fraction(probability)
        moved = rows * max(below, whole - below)
        scale = 2 * moved / loss if laplace else moved / math.sqrt(2 * loss)
        made.append(dp.m.make_noisy_max(vectors(), dp.x.linf_distance(T="i64"), measure, scale=scale, negate=True))
        scales.append(scale / whole)
        losses.append(float(made[-1].map(moved)))
    # The exponential mechanism misses by more than scale·ln(edges/α) with probability α at most, whatever the data.
    accuracy = max(scales) * math.log(len(part.edges) / ALPHA)
    serialized = json.dumps([dp.mod.serialize(one) for one in made])
    epsilon = math.fsum(losses) if laplace else 0.0
    rho = math.fsum(one**2 / 2 for one in losses) if laplace else math.fsum(losses)
    return Picker(max(scales), epsilon, rho, accuracy, serialized, tuple(made))


def chosen(draws: Sequence[Any], part: Component, bins: np.ndarray) -> np.ndarray:
    """The picked edges, int64 of shape (groups, probabilities), rising within a group."""
    picked = np.zeros((len(bins), len(part.probabilities)), dtype=np.int64)
    below = np.concatenate([np.zeros((len(bins), 1), dtype=np.int64), np.cumsum(bins, axis=1)], axis=1)
    above = below[:, -1:] - below
    for column, (p, draw) in enumerate(zip(part.probabilities, draws, strict=True)):
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
