"""Noise: only ever OpenDP's core integer samplers, only ever after the charge.

What a reader would get wrong: the charge is what OpenDP's own map says of the built measurement, rounded up, not what
was asked for; and there is no seed, on purpose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.dp.query import Query, Statistic
from release.dp.statistics import sensitivity

NANO = 10**9
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Measurement:
    """One noisy vector in the making.

    ``nrho`` is the charge in billionths of ρ (zCDP), ``epsilon`` the pure ε where there is one.  ``accuracy`` is the
    half-width, in units of the statistic, within which the noise of one cell stays with probability 0.95."""

    statistic: Statistic
    mechanism: str
    scale: float
    epsilon: float
    nrho: int
    accuracy: float
    serialized: str
    draw: Any


def build(query: Query) -> tuple[Measurement, ...]:
    """The measurements of a query, without touching data.  Their charges add up."""
    return tuple(_one(query, s, share) for s, share in zip(query.statistics, query.shares(), strict=True))


def charge(measurements: tuple[Measurement, ...]) -> int:
    """Billionths of ρ that the whole table costs."""
    return sum(m.nrho for m in measurements)


def noisy(measurement: Measurement, vector: np.ndarray) -> np.ndarray:
    """``vector`` (int64) with noise drawn now, from the operating system's entropy."""
    return np.asarray(measurement.draw(vector.tolist()), dtype=np.int64)


def epsilon_at(nrho: int, delta: float) -> float:
    """The ε of (ε, δ)-differential privacy that ρ = nrho·10⁻⁹ zCDP gives, by OpenDP's tight curve."""
    dp = _opendp()
    space = dp.atom_domain(T="i64"), dp.absolute_distance(T="f64")
    scale = 1.0 / math.sqrt(2 * nrho / NANO)
    return float(dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, scale=scale)).map(1.0).epsilon(delta))


def _opendp() -> Any:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    return dp


def _one(query: Query, statistic: Statistic, share: float) -> Measurement:
    dp = _opendp()
    l1, l2 = sensitivity(query, statistic)
    steps = 10**statistic.decimals
    vectors = dp.vector_domain(dp.atom_domain(T="i64"))
    if query.epsilon:
        scale = l1 / (query.epsilon * share)
        made = dp.m.make_laplace(vectors, dp.l1_distance(T="i64"), scale=scale)
        epsilon = float(made.map(l1))
        nrho = math.ceil(epsilon**2 / 2 * NANO)
        accuracy = dp.discrete_laplacian_scale_to_accuracy(scale, 1 - CONFIDENCE)
        return Measurement(
            statistic, "laplace", scale / steps, epsilon, nrho, accuracy / steps, dp.serialize(made), made
        )
    scale = l2 / math.sqrt(2 * query.rho * share)
    made = dp.m.make_gaussian(vectors, dp.l2_distance(T="f64"), scale=scale)
    nrho = math.ceil(float(made.map(l2)) * NANO)
    accuracy = dp.discrete_gaussian_scale_to_accuracy(scale, 1 - CONFIDENCE)
    return Measurement(statistic, "gaussian", scale / steps, 0.0, nrho, accuracy / steps, dp.serialize(made), made)
