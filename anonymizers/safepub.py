"""SafePub: (ε, δ)-differential privacy by random sampling followed by k-anonymity, and what k and sample it takes.

A release is differentially private if every row is drawn with probability β, the levels do not depend on the rows (or
are chosen by an exponential mechanism) and classes of fewer than k drawn rows are suppressed.  β = 1 − e^−ε is the
largest that ε allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError

Floats = NDArray[np.float64]
SAFEPUB = "differential-privacy"
DEGREES = {
    "none": 0.0,
    "low": 0.2,
    "low-medium": 0.4,
    "medium": 0.5,
    "medium-high": 0.6,
    "high": 0.8,
    "complete": 1.0,
}
MOST_ROWS = 1 << 22


@dataclass(frozen=True, slots=True)
class Parameters:
    """``beta``: probability with which a row is drawn; ``k``: least class size among the drawn rows."""

    beta: float
    k: int


@cache
def parameters(epsilon: float, delta: float) -> Parameters:
    """β and k for (ε, δ), both above 0, δ below 1.  Raises AnonymizerError where k would be beyond any table.

    Li, Qardaji, Su 2012, On sampling, anonymization, and differential privacy, ASIACCS, doi:10.1145/2414456.2414474;
    Bild, Kuhn, Prasser 2018, SafePub, PoPETs 2018(1), doi:10.1515/popets-2018-0004.  k is one more than the least that
    the theorem allows, as in ARX."""
    beta = -math.expm1(-epsilon)
    gamma = (math.expm1(epsilon) + beta) / math.exp(epsilon)
    rate = gamma * math.log(gamma / beta) - (gamma - beta)
    tails: dict[int, float] = {}
    k = 1
    while _delta(k, beta, gamma, rate, tails) >= delta:
        k += 1
    return Parameters(beta, k + 1)


def _delta(k: int, beta: float, gamma: float, rate: float, tails: dict[int, float]) -> float:
    """The largest probability, over class sizes n, of drawing more than γ n rows; a Chernoff bound ends the search."""
    n = math.ceil(k / gamma - 1.0)
    worst, bound = -math.inf, math.inf
    while worst <= bound:
        if n > MOST_ROWS:
            raise AnonymizerError("Differential privacy this strict needs larger classes than any table has.")
        if n not in tails:
            tails[n] = _tail(n, math.floor(n * gamma) + 1, beta)
        worst, bound = max(worst, tails[n]), math.exp(-n * rate)
        n += 1
    return worst


def _tail(n: int, least: int, beta: float) -> float:
    """P(X ≥ least) for X binomial with n draws of probability beta."""
    if least > n:
        return 0.0
    if beta >= 1.0:
        return 1.0
    j = np.arange(max(least, 0), n + 1)
    logs = _log_factorials(n)
    terms = logs[n] - logs[j] - logs[n - j] + j * math.log(beta) + (n - j) * math.log1p(-beta)
    return float(np.exp(terms).sum())


_known: list[Floats] = [np.zeros(1)]


def _log_factorials(n: int) -> Floats:
    if _known[0].size <= n:
        _known[0] = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, 2 * n + 2, dtype=np.float64)))))
    return _known[0]


def level(degree: str, height: int) -> int:
    """The level that a degree of generalisation (a key of ``DEGREES``) means in a hierarchy of ``height`` levels."""
    return math.floor(DEGREES[degree] * (height - 1) + 0.5)
