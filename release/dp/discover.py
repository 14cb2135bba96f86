"""Groups that nobody listed: a group shows itself only when its noisy count passes a threshold, which costs δ.

What a reader would get wrong: without the threshold the mere presence of a group would tell of its one member.  A group
of few people stays hidden, on purpose, and which ones are hidden differs from draw to draw.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.dp.opendp import core
from release.nouns.errors import BadInput

HIGHEST = 1 << 40


@dataclass(frozen=True, slots=True)
class Found:
    """A measurement on a map of keys to counts: what it loses (ε or ρ) and δ, and its threshold."""

    scale: float
    threshold: int
    loss: float
    delta: float
    serialized: str
    draw: Any


def threshold_measurement(laplace: bool, loss: float, sizes: tuple[int, int, float, int], delta: float) -> Found:
    """The lowest threshold whose δ stays within ``delta``.  ``sizes`` are the L0, L1, L2 and L∞ of one unit."""
    groups, l1, l2, most = sizes
    scale = l1 / loss if laplace else l2 / math.sqrt(2 * loss)
    moved = (groups, l1, most) if laplace else (groups, l2, float(most))
    low, high = most, most
    while high < HIGHEST and _delta(laplace, scale, high, moved) > delta:
        low, high = high, high * 2
    if high >= HIGHEST:
        raise BadInput("No threshold keeps rare groups hidden at this budget.", "Raise the budget or delta_keys.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _delta(laplace, scale, middle, moved) <= delta else (middle, high)
    made = _make(laplace, scale, high)
    lost, delta_lost = made.map(moved)
    return Found(scale, high, float(lost), float(delta_lost), _spelled(laplace, scale, high), made)


def keyed(
    draw: Any, keys: tuple[tuple[str, ...], ...], counts: np.ndarray
) -> tuple[tuple[tuple[str, ...], ...], np.ndarray, np.ndarray]:
    """The keys that passed, where they stood, and their noisy counts as (groups, 1); in the order of the keys."""
    names = {json.dumps(key, ensure_ascii=False): place for place, key in enumerate(keys)}
    passed = draw({name: int(counts[place]) for name, place in names.items()})
    places = sorted(names[name] for name in passed)
    values = {names[name]: value for name, value in passed.items()}
    noised = np.array([[values[place]] for place in places], dtype=np.int64).reshape(-1, 1)
    return tuple(keys[place] for place in places), np.array(places, dtype=np.int64), noised


def _make(laplace: bool, scale: float, threshold: int) -> Any:
    dp = core()
    maps = dp.d.map_domain(dp.d.atom_domain(T="String"), dp.d.atom_domain(T="i64"))
    if laplace:
        metric = dp.x.l01inf_distance(dp.x.absolute_distance(T="i64"))
        return dp.m.make_laplace_threshold(maps, metric, scale=scale, threshold=threshold)
    metric = dp.x.l02inf_distance(dp.x.absolute_distance(T="f64"))
    return dp.m.make_gaussian_threshold(maps, metric, scale=scale, threshold=threshold)


def _spelled(laplace: bool, scale: float, threshold: int) -> str:
    """The constructor's name and arguments: OpenDP 0.16 cannot serialize what promises (ε, δ)."""
    name = f"make_{'laplace' if laplace else 'gaussian'}_threshold"
    return json.dumps({"name": name, "module": "measurements", "kwargs": {"scale": scale, "threshold": threshold}})


def _delta(laplace: bool, scale: float, threshold: int, moved: tuple[Any, ...]) -> float:
    return float(_make(laplace, scale, threshold).map(moved)[1])
