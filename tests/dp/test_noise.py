"""The noise has the distribution that the charge was computed for, and a wrong scale would be seen."""

from __future__ import annotations

import math

import numpy as np
import pytest

from release.dp.noise import add, build, charge
from release.dp.opendp import NANO, epsilon_at
from release.dp.query import Query, Statistic

DRAWS = 100_000
NEVER = 1e-9  # a test that fails once in a thousand million runs


def one(**budget: float) -> Query:
    keys = tuple(str(i) for i in range(DRAWS))
    return Query(("g",), (keys,), (Statistic("n", "count"),), "t", **budget)


def tail(counts: np.ndarray, expected: np.ndarray) -> float:
    """Upper bound of the χ² tail probability (Laurent and Massart 2000, lemma 1)."""
    kept = expected >= 50
    observed = np.append(counts[kept], counts[~kept].sum())
    wanted = np.append(expected[kept], max(expected[~kept].sum(), 1e-9))
    statistic, freedom = float(((observed - wanted) ** 2 / wanted).sum()), len(observed) - 1
    excess = statistic - freedom
    if excess <= 0:
        return 1.0
    root = (-2 * math.sqrt(freedom) + math.sqrt(4 * freedom + 8 * excess)) / 4
    return math.exp(-(root**2))


def laplace_shares(scale: float, at: np.ndarray) -> np.ndarray:
    q = math.exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** np.abs(at)


def gaussian_shares(sigma: float, at: np.ndarray) -> np.ndarray:
    weights = np.exp(-(at.astype(float) ** 2) / (2 * sigma**2))
    return weights / np.exp(-(np.arange(-2000, 2001) ** 2) / (2 * sigma**2)).sum()


@pytest.mark.slow
@pytest.mark.parametrize(("budget", "shares"), [({"epsilon": 0.5}, laplace_shares), ({"rho": 0.02}, gaussian_shares)])
def test_the_noise_has_its_distribution_and_ten_percent_off_is_seen(budget: dict[str, float], shares: object) -> None:
    measurement = build(one(**budget))[0]
    drawn = add(measurement, np.zeros(DRAWS, dtype=np.int64))
    at = np.arange(drawn.min(), drawn.max() + 1)
    counts = np.bincount(drawn - drawn.min(), minlength=len(at)).astype(float)
    assert tail(counts, shares(measurement.scale, at) * DRAWS) > NEVER  # type: ignore[operator]
    for wrong in (0.9, 1.1):
        assert tail(counts, shares(measurement.scale * wrong, at) * DRAWS) < NEVER  # type: ignore[operator]


def test_two_draws_differ() -> None:
    measurement = build(one(epsilon=0.1))[0]
    zeros = np.zeros(DRAWS, dtype=np.int64)
    assert (add(measurement, zeros) != add(measurement, zeros)).any()


def test_the_charge_is_the_map_rounded_up() -> None:
    measured = build(one(epsilon=1.0))
    assert measured[0].epsilon <= 1.0
    assert charge(measured) == math.ceil(measured[0].epsilon ** 2 / 2 * NANO)
    assert charge(build(one(rho=0.1))) <= 0.1 * NANO


def test_budget_is_shared_by_weight() -> None:
    query = Query((), (), (Statistic("n", "count", weight=3), Statistic("s", "sum", "x", 0, 10)), "t", epsilon=1.0)
    counted, summed = build(query)
    assert counted.epsilon == pytest.approx(0.75)
    assert summed.epsilon == pytest.approx(0.25)
    assert summed.scale == pytest.approx(40)


@pytest.mark.parametrize(("rho", "epsilon"), [(0.01, 0.622), (0.1, 2.14), (0.5, 5.22), (1.0, 7.77)])
def test_epsilon_of_rho_matches_the_published_curve(rho: float, epsilon: float) -> None:
    assert epsilon_at(int(rho * NANO), 1e-6) == pytest.approx(epsilon, abs=0.006)
