"""Roots of two equations in two unknowns inside a box: damped Newton with numerical derivatives, from several starts.

What a reader would get wrong: no root found is an answer (None), not an error; estimators then have no estimate."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

Pair = NDArray[np.float64]
Equations = Callable[[Pair], Pair]
_STEPS = 200
_HALVINGS = 40


def root(equations: Equations, starts: Iterable[Pair], inside: Callable[[Pair], bool], accuracy: float) -> Pair | None:
    """The first root (largest residual below ``accuracy``) that Newton reaches from one of ``starts`` without leaving
    the open box ``inside``; None when there is none."""
    with np.errstate(all="ignore"):
        for start in starts:
            found = _newton(equations, np.array(start, dtype=np.float64), inside, accuracy)
            if found is not None:
                return found
    return None


def _newton(equations: Equations, x: Pair, inside: Callable[[Pair], bool], accuracy: float) -> Pair | None:
    if not inside(x):
        return None
    value = equations(x)
    for _ in range(_STEPS):
        if not np.isfinite(value).all():
            return None
        slopes = _jacobian(equations, x, value)
        if not np.isfinite(slopes).all() or np.linalg.det(slopes) == 0:
            return None
        step = np.linalg.solve(slopes, value)
        shorter = 1.0
        for _ in range(_HALVINGS):
            trial = x - shorter * step
            if inside(trial):
                there = equations(trial)
                if np.isfinite(there).all() and np.abs(there).max() < np.abs(value).max():
                    break
            shorter /= 2
        else:
            return x if np.abs(value).max() < accuracy else None
        x, value = trial, there
    return x if np.abs(value).max() < accuracy else None


def _jacobian(equations: Equations, x: Pair, value: Pair) -> Pair:
    slopes = np.empty((2, 2))
    for unknown in range(2):
        width = 1e-7 * max(abs(float(x[unknown])), 1e-4)
        there = x.copy()
        there[unknown] += width
        slopes[:, unknown] = (equations(there) - value) / width
    return slopes
