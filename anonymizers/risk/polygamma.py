"""Digamma and trigamma for positive arguments, to about 1e-13, so that no estimator needs SciPy at run time.

Recurrence up to 10, then the asymptotic series (Abramowitz, Stegun 1964, 6.3.18 and 6.4.12)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_FROM = 10
_DIGAMMA = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760)
_TRIGAMMA = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730)


def digamma(numbers: ArrayLike) -> Floats:
    """d/dx ln Γ(x) of every number; nan below or at 0."""
    x = np.array(numbers, dtype=np.float64, ndmin=1)
    x[x <= 0] = np.nan
    total = -(1 / (x[:, None] + np.arange(_FROM))).sum(axis=1)
    x += _FROM
    square = 1 / (x * x)
    tail = np.zeros_like(x)
    for term in reversed(_DIGAMMA):
        tail = (tail + term) * square
    result: Floats = total + np.log(x) - 0.5 / x - tail
    return result


def trigamma(numbers: ArrayLike) -> Floats:
    """d²/dx² ln Γ(x) of every number; nan below or at 0."""
    x = np.array(numbers, dtype=np.float64, ndmin=1)
    x[x <= 0] = np.nan
    total = np.zeros_like(x)
    for _ in range(_FROM):
        low = x < _FROM
        total[low] += 1 / (x[low] * x[low])
        x[low] += 1
    square = 1 / (x * x)
    tail = np.zeros_like(x)
    for term in reversed(_TRIGAMMA):
        tail = (tail + term) * square
    result: Floats = total + 1 / x + 0.5 * square + tail / x
    return result
