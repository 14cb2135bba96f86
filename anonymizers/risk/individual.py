"""Risk of every single record, with survey weights, and of every household.

What a reader would get wrong: a missing cell is a value of its own here.  sdcMicro lets it match everything, which
makes classes larger and risks smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
EXACT_UP_TO = 3
TERMS = 400


@dataclass(frozen=True, slots=True)
class Individual:
    """``risk`` by record; ``sample`` and ``population`` are the size of its class in the table and, by the weights, in
    the population.  ``expected`` re-identifications: the sum of the risks; ``rate``: their mean."""

    risk: Floats
    sample: Ints
    population: Floats

    @property
    def expected(self) -> float:
        """How many records a cautious attacker is expected to identify."""
        return float(self.risk.sum())

    @property
    def rate(self) -> float:
        """The mean risk, 0 for no rows."""
        return float(self.risk.mean()) if self.risk.size else 0.0


def classes_of(codes: Sequence[Ints], rows: int) -> Ints:
    """The number of each row's equivalence class over all ``codes``."""
    key = np.zeros(rows, np.int64)
    for code in codes:
        _, key = np.unique(key * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    return np.asarray(key, np.int64).reshape(rows)


def individual(classes: Ints, weights: Floats | None = None, *, approximate: bool = True) -> Individual:
    """The risk of every record: expected 1 / class size in the population, given its size in the sample and the sum of
    its weights; without weights 1 / class size.

    Benedetti, Franconi 1998; Franconi, Polettini 2004, doi:10.1007/978-3-540-25955-8_20.  ``approximate`` uses
    p / (f − (1 − p)) from f = 3 on, as sdcMicro's default does; otherwise the exact series.  Raises AnonymizerError
    where a weight is below 1 or no number: a person stands for at least one."""
    sample = np.bincount(classes)[classes].astype(np.int64) if classes.size else classes
    if weights is None:
        return Individual(1 / np.maximum(sample, 1), sample, sample.astype(np.float64))
    if weights.size != classes.size or not np.isfinite(weights).all() or (weights < 1).any():
        raise AnonymizerError(
            "Every record needs a weight of at least 1: how many people of the population it stands for."
        )
    population = np.asarray(np.bincount(classes, weights=weights)[classes] if classes.size else weights, np.float64)
    share = np.minimum(sample / np.maximum(population, 1e-300), 1.0)
    return Individual(_expected(sample, share, approximate=approximate), sample, population)


def _expected(sample: Ints, share: Floats, *, approximate: bool) -> Floats:
    """E(1/F | f) for a negative binomial F of success probability ``share``."""
    risk = 1 / np.maximum(sample, 1).astype(np.float64)
    drawn = share < 1 - 1e-9
    p, f = share[drawn], sample[drawn].astype(np.float64)
    q = 1 - p
    odds, log = p / q, np.log(1 / p)
    one = odds * log
    two = odds - odds**2 * log
    many = p / (f - q) if approximate else p / f * _series(f, q)
    few = f <= 2
    values = np.where(f == 1, one, np.where(f == 2, two, many))
    # Near p = 1 the closed forms cancel; the series does not.
    close = few & (q < 1e-3)
    values[close] = p[close] / f[close] * _series(f[close], q[close])
    risk[drawn] = np.clip(values, 0, 1 / f)
    return risk


def _series(f: Floats, q: Floats) -> Floats:
    """₂F₁(1, 1; f + 1; q) by its series."""
    total, term = np.ones_like(f), np.ones_like(f)
    for k in range(TERMS):
        term = term * (k + 1) * q / (f + 1 + k)
        total = total + term
        if not term.size or float(term.max()) < 1e-17:
            break
    return total


def household(risk: Floats, households: Ints) -> Floats:
    """For every record the risk that at least one member of its household is identified: 1 − Π (1 − risk)."""
    if not risk.size:
        return risk
    _, number = np.unique(households, return_inverse=True)
    safe = np.bincount(number, weights=np.log1p(-np.minimum(risk, 1 - 1e-16)))
    return np.asarray(-np.expm1(safe)[number], np.float64)
