"""Noise: only ever OpenDP's core integer samplers, only ever after the charge.

What a reader would get wrong: the charge is what OpenDP's own map says of the built measurement, rounded up, not what
was asked for; and there is no seed, on purpose.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.dp.budget import Share, shares
from release.dp.component import Component, sensitivity
from release.dp.discover import keyed
from release.dp.opendp import ALPHA, core, nano, vectors
from release.dp.query import Query
from release.dp.ranks import chosen, picker
from release.dp.statistics import Exact


@dataclass(frozen=True, slots=True)
class Measurement:
    """One noisy vector in the making.

    ``nrho`` is the charge in billionths of ρ (zCDP), ``epsilon`` the pure ε where there is one, ``delta`` what the
    discovery of keys costs.  ``scale`` and ``accuracy`` are in integer steps of the component: the noise of one number
    stays within ``accuracy`` with probability 0.95 (of a quantile: the rank, in rows)."""

    component: Component
    mechanism: str
    scale: float
    epsilon: float
    nrho: int
    accuracy: float
    serialized: str
    draw: Any
    delta: float = 0.0
    threshold: int = 0

    def deviation(self) -> float:
        """Standard deviation of the noise on one number, in integer steps."""
        return math.sqrt(2) * self.scale if self.mechanism.startswith("laplace") else self.scale


@dataclass(frozen=True, slots=True)
class Noisy:
    """int64 arrays of shape (groups, width); of quantiles the edges that were picked.  ``keys`` as in Exact."""

    vectors: Mapping[Component, np.ndarray]
    keys: tuple[tuple[str, ...], ...] = ()


def build(query: Query) -> tuple[Measurement, ...]:
    """The measurements of a query, without touching data.  Their charges add up."""
    return tuple(_one(query, share, first=n == 0) for n, share in enumerate(_counter_first(query)))


def charge(measurements: tuple[Measurement, ...]) -> int:
    """Billionths of ρ that the whole table costs."""
    return sum(m.nrho for m in measurements)


def delta(measurements: tuple[Measurement, ...]) -> float:
    """The δ that the discovery of keys costs; 0 where the groups are public."""
    return math.fsum(m.delta for m in measurements)


def noisy(measurements: tuple[Measurement, ...], exact: Exact) -> Noisy:
    """``exact`` with noise drawn now, from the operating system's entropy."""
    keys: tuple[tuple[str, ...], ...] = exact.keys
    kept: slice | np.ndarray = slice(None)
    drawn: dict[Component, np.ndarray] = {}
    for made in measurements:
        vector = exact.vectors[made.component]
        if made.threshold:
            keys, kept, drawn[made.component] = keyed(made.draw, exact.keys, vector[:, 0])
        elif made.component.kind == "ranks":
            drawn[made.component] = chosen(made.draw, made.component, vector[kept])
        else:
            drawn[made.component] = add(made, vector[kept])
    return Noisy(drawn, keys)


def add(measurement: Measurement, vector: np.ndarray) -> np.ndarray:
    """One vector with its noise, in its own shape."""
    flat = measurement.draw(vector.reshape(-1).tolist())
    return np.asarray(flat, dtype=np.int64).reshape(vector.shape)


def _counter_first(query: Query) -> tuple[Share, ...]:
    """Where keys are discovered, the count that discovers them comes first."""
    every = shares(query)
    if not query.discover:
        return every
    counts = [s for s in every if s.component.kind in ("units", "rows")]
    first = min(counts, key=lambda s: s.component.kind != "units")
    return (first, *(s for s in every if s is not first))


def _one(query: Query, share: Share, *, first: bool) -> Measurement:
    if query.discover and first:
        return _threshold(query, share)
    if share.component.kind == "ranks":
        return _ranks(query, share)
    dp = core()
    part = share.component
    l1, l2, _ = sensitivity(query, part)
    if share.laplace:
        scale = l1 / share.loss
        made = dp.m.make_laplace(vectors(), dp.x.l1_distance(T="i64"), scale=scale)
        epsilon = float(made.map(l1))
        accuracy = dp.a.discrete_laplacian_scale_to_accuracy(scale, ALPHA)
        return _measurement(part, "laplace", scale, epsilon, nano(epsilon**2 / 2), accuracy, made)
    scale = l2 / math.sqrt(2 * share.loss)
    made = dp.m.make_gaussian(vectors(), dp.x.l2_distance(T="f64"), scale=scale)
    accuracy = dp.a.discrete_gaussian_scale_to_accuracy(scale, ALPHA)
    return _measurement(part, "gaussian", scale, 0.0, nano(float(made.map(l2))), accuracy, made)


def _threshold(query: Query, share: Share) -> Measurement:
    from release.dp.discover import threshold_measurement

    sizes = (query.groups(), *sensitivity(query, share.component))
    found = threshold_measurement(share.laplace, share.loss, sizes, query.delta_keys)
    dp = core()
    if share.laplace:
        accuracy = dp.a.discrete_laplacian_scale_to_accuracy(found.scale, ALPHA)
        epsilon, nrho = found.loss, nano(found.loss**2 / 2)
    else:
        accuracy = dp.a.discrete_gaussian_scale_to_accuracy(found.scale, ALPHA)
        epsilon, nrho = 0.0, nano(found.loss)
    name = f"{'laplace' if share.laplace else 'gaussian'}-threshold"
    return Measurement(
        share.component,
        name,
        found.scale,
        epsilon,
        nrho,
        accuracy,
        found.serialized,
        found.draw,
        found.delta,
        found.threshold,
    )


def _ranks(query: Query, share: Share) -> Measurement:
    """Every unit is in at most G groups, each asked for every probability: that many picks are charged."""
    part, groups = share.component, query.groups()
    found = picker(part, query.rows(), share.laplace, share.loss / (groups * len(part.probabilities)))
    return Measurement(
        part,
        "noisy-max",
        found.scale,
        found.epsilon * groups,
        nano(found.rho * groups),
        found.accuracy,
        found.serialized,
        found.draws,
    )


def _measurement(
    part: Component, mechanism: str, scale: float, epsilon: float, nrho: int, accuracy: float, made: Any
) -> Measurement:
    return Measurement(part, mechanism, scale, epsilon, nrho, accuracy, core().mod.serialize(made), made)
