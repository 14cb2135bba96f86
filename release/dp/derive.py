"""From noisy vectors to the columns of the table: post-processing, which costs nothing and sees no data.

What a reader would get wrong: a mean is a ratio of two noisy numbers, so its interval is Fieller's (1954) and differs
from group to group; where the noisy denominator tells too little, the interval is the whole range and the value empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from release.dp.component import Component, parts_of
from release.dp.consistent import least_squares, whole
from release.dp.noise import Measurement, Noisy
from release.dp.query import Query, Statistic

# 95 of 100 draws: of a Gaussian, and of a Laplace variable (ln 20 / √2) in its own standard deviations.
WITHIN = {"gaussian": 1.959964, "laplace": 2.118313}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is published: numbers in the field's own unit, NaN where nothing can be said."""

    name: str
    values: np.ndarray
    decimals: int


def columns(query: Query, measurements: tuple[Measurement, ...], noisy: Noisy) -> tuple[Column, ...]:
    """Every statistic's columns in the order asked for."""
    made = {m.component: m for m in measurements}
    return tuple(column for s in query.statistics for column in _statistic(query, s, made, noisy.vectors))


def levels(query: Query, measurements: tuple[Measurement, ...], noisy: Noisy) -> list[np.ndarray]:
    """Of a query with a tree: whole numbers ≥ 0 of shape (areas, cells), a level each, that add up."""
    tree = query.tree
    assert tree is not None
    drawn = [
        noisy.vectors[m.component].reshape(len(names), -1) for m, names in zip(measurements, tree.names, strict=True)
    ]
    return whole(tree, least_squares(tree, drawn, [m.deviation() ** 2 for m in measurements]))


def _statistic(
    query: Query, s: Statistic, made: Mapping[Component, Measurement], vectors: Mapping[Component, np.ndarray]
) -> Iterator[Column]:
    parts = parts_of(query, s)
    first = vectors[parts[0]]
    if s.kind in ("count", "distinct", "sum"):
        yield Column(s.name, first[:, 0] / s.steps(), s.decimals)
    elif s.kind == "histogram":
        for n, label in enumerate(_bins(s)):
            yield Column(f"{s.name}_{label}", first[:, n].astype(float), 0)
    elif s.kind == "cdf":
        yield from _cdf(s, first)
    elif s.kind == "quantiles":
        for n, p in enumerate(s.probabilities):
            yield Column(f"{s.name}_q{round(p * 100, 1):g}", first[:, n] / s.steps(), s.decimals)
    elif s.kind == "mean":
        yield from _mean(s, [made[p] for p in parts], [vectors[p][:, 0] for p in parts])
    else:
        yield from _variance(s, [made[p] for p in parts], [vectors[p][:, 0] for p in parts])


def _bins(s: Statistic) -> Iterator[str]:
    for low, high in zip(s.edges[:-1], s.edges[1:], strict=True):
        yield f"{low / s.steps():.{s.decimals}f}_{high / s.steps():.{s.decimals}f}"


def _cdf(s: Statistic, bins: np.ndarray) -> Iterator[Column]:
    """Shares at or below each upper edge, rising from 0 to 1; noise below zero counts as nothing."""
    risen = np.cumsum(np.maximum(bins, 0), axis=1).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = risen / risen[:, -1:]
    for n, high in enumerate(s.edges[1:]):
        yield Column(f"{s.name}_le_{high / s.steps():.{s.decimals}f}", share[:, n], 6)


def _mean(s: Statistic, made: list[Measurement], vectors: list[np.ndarray]) -> Iterator[Column]:
    below, above = (v.astype(float) for v in vectors)
    centre = s.middle() if made[1].component.kind == "centred" else 0
    lower, upper = s.lower - centre, s.upper - centre
    z = _within(made)
    low, high = _fieller(above, below, z * made[1].deviation(), z * made[0].deviation(), lower, upper)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where((below > 0) & (high - low < upper - lower), above / below, np.nan)
    for name, numbers in ((s.name, np.clip(value, lower, upper)), (f"{s.name}_low", low), (f"{s.name}_high", high)):
        yield Column(name, (numbers + centre) / s.steps(), s.decimals + 3)


def _fieller(
    above: np.ndarray, below: np.ndarray, around_above: float, around_below: float, lower: float, upper: float
) -> tuple[np.ndarray, np.ndarray]:
    """All ratios r with (above - r·below)² ≤ around_above² + r²·around_below², cut to the public bounds."""
    a = below**2 - around_below**2
    b, c = above * below, above**2 - around_above**2
    inside = b**2 - a * c
    known = (a > 0) & (inside >= 0) & (below > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(np.maximum(inside, 0))
        low = np.where(known, (b - root) / a, lower)
        high = np.where(known, (b + root) / a, upper)
    return np.clip(low, lower, upper), np.clip(high, lower, upper)


def _variance(s: Statistic, made: list[Measurement], vectors: list[np.ndarray]) -> Iterator[Column]:
    n, centred, squares = (v.astype(float) for v in vectors)
    squares = squares * made[2].component.grain()
    noise_n, noise_c = made[0].deviation(), made[1].deviation()
    noise_s = made[2].deviation() * made[2].component.grain()
    most = float(max(s.upper - s.lower, 1)) ** 2 / 4
    z = _within(made)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = squares / n - (centred / n) ** 2
        slopes = (
            (-squares / n**2 + 2 * centred**2 / n**3) * noise_n,
            (-2 * centred / n**2) * noise_c,
            noise_s / n,
        )
        half = z * np.sqrt(sum(slope**2 for slope in slopes))
    # The straight-line approximation needs a denominator far from zero.
    known = (n > 4 * z * noise_n) & (half < most)
    value = np.where(known, np.clip(value, 0, most), np.nan)
    low = np.where(known, np.clip(value - half, 0, most), 0.0)
    high = np.where(known, np.clip(value + half, 0, most), most)
    for name, numbers in ((s.name, value), (f"{s.name}_low", low), (f"{s.name}_high", high)):
        yield Column(name, numbers / s.steps() ** 2, 2 * s.decimals + 3)


def _within(made: list[Measurement]) -> float:
    return max(WITHIN["laplace" if m.mechanism.startswith("laplace") else "gaussian"] for m in made)
