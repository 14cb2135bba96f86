"""The noise has the distribution that the charge was computed for, and noise off by a tenth would be seen.

False alarms: every comparison below fails a sound program with a chance of at most 1e-9 (χ² bounded from above, and
binomials and variances at 6.1 standard deviations).  There are 14 of them here, so a run raises a false alarm with a
chance below 2e-8; with the audits of ``test_audit`` (6e-6) and the coverage of ``test_coverage`` (2e-8) all statistical
tests together stay below 1e-5 a run.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pytest

from release.dp.component import Component
from release.dp.discover import keyed, threshold_measurement
from release.dp.noise import Measurement, add, build, charge
from release.dp.opendp import NANO, epsilon_at
from release.dp.query import Query, Statistic
from release.dp.ranks import picker
from release.nouns.errors import BadInput

DRAWS = 100_000
NEVER = 1e-9  # a test that fails once in a thousand million runs
FAR = 6.1  # standard deviations, the same
OFF = (0.9, 1.1)
Shares = Callable[[float, np.ndarray], np.ndarray]


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


def assert_distributed(drawn: np.ndarray, scale: float, shares: Shares) -> None:
    """χ² accepts ``scale`` and rejects a tenth more or less."""
    at = np.arange(drawn.min(), drawn.max() + 1)
    counts = np.bincount(drawn - drawn.min(), minlength=len(at)).astype(float)
    assert tail(counts, shares(scale, at) * len(drawn)) > NEVER
    for wrong in OFF:
        assert tail(counts, shares(scale * wrong, at) * len(drawn)) < NEVER


@pytest.mark.slow
@pytest.mark.parametrize(("budget", "shares"), [({"epsilon": 0.5}, laplace_shares), ({"rho": 0.02}, gaussian_shares)])
def test_the_noise_has_its_distribution_and_ten_percent_off_is_seen(budget: dict[str, float], shares: Shares) -> None:
    measurement = build(one(**budget))[0]
    drawn = add(measurement, np.zeros(DRAWS, dtype=np.int64))
    assert_distributed(drawn, measurement.scale, shares)


@pytest.mark.slow
@pytest.mark.parametrize("laplace", [True, False])
def test_counts_that_pass_the_threshold_have_the_same_noise_and_rare_groups_stay_hidden(laplace: bool) -> None:
    delta, many = 1e-4, 10_000
    found = threshold_measurement(laplace, 0.5 if laplace else 0.02, (1, 1, 1.0, 1), delta)
    names = tuple((str(n),) for n in range(DRAWS))
    counts = np.where(np.arange(DRAWS) % 2, many, 1)
    keys, places, drawn = keyed(found.draw, names, counts)
    common = places % 2 == 1
    assert common.sum() == DRAWS // 2, "a large group was hidden"
    assert_distributed(drawn[common, 0] - many, found.scale, laplace_shares if laplace else gaussian_shares)
    assert keys == tuple(names[place] for place in places)
    rare = int((~common).sum())
    # DRAWS / 2 groups of one person each show themselves with a chance of δ.
    expected = delta * DRAWS / 2
    assert rare <= expected + FAR * math.sqrt(expected) + 20
    assert found.delta <= delta


@pytest.mark.slow
@pytest.mark.parametrize("laplace", [True, False])
def test_the_noisy_maximum_picks_the_worse_edge_as_often_as_its_law_says(laplace: bool) -> None:
    draws = 50_000
    part = Component("ranks:x", "ranks", "x", 0, 1, 0, (0, 1), (0.5,))
    found = picker(part, 1, laplace, 0.1 if laplace else 0.005)
    scale = found.scale * 2  # in score units: the score of a median counts halves of a row
    gap = round(scale)
    worse = np.mean([found.draws[0]([0, gap]) == 1 for _ in range(draws)])

    def law(width: float) -> float:
        # Exponential noise (McKenna and Sheldon 2020, permute and flip) or Gumbel's (the exponential mechanism).
        return math.exp(-gap / width) / 2 if laplace else 1 / (1 + math.exp(gap / width))

    deviation = math.sqrt(law(scale) * (1 - law(scale)) / draws)
    assert abs(worse - law(scale)) < FAR * deviation
    for wrong in OFF:
        assert abs(worse - law(scale * wrong)) > FAR * deviation


@pytest.mark.slow
@pytest.mark.parametrize("laplace", [True, False])
def test_noise_of_large_scale_has_its_variance(laplace: bool) -> None:
    asked = Query(("g",), one(epsilon=1.0).keys, (Statistic("s", "sum", "x", 0, 10**6),), "t", epsilon=0.5)
    if not laplace:
        asked = Query(asked.group_by, asked.keys, asked.statistics, "t", rho=0.02)
    measurement = build(asked)[0]
    drawn = add(measurement, np.zeros(DRAWS // 2, dtype=np.int64)).astype(float)
    ratio = float((drawn**2).mean()) / measurement.deviation() ** 2
    excess = 6 if laplace else 3
    deviation = math.sqrt((excess - 1) / len(drawn))
    assert abs(ratio - 1) < FAR * deviation
    for wrong in OFF:
        assert abs(ratio / wrong**2 - 1) > FAR * deviation
    assert abs(drawn.mean()) < FAR * measurement.deviation() / math.sqrt(len(drawn))


def test_two_draws_differ() -> None:
    measurement = build(one(epsilon=0.1))[0]
    zeros = np.zeros(1000, dtype=np.int64)
    assert (add(measurement, zeros) != add(measurement, zeros)).any()


KINDS = (
    Statistic("n", "count"),
    Statistic("s", "sum", "x", -5, 10),
    Statistic("v", "variance", "x", -5, 10),
    Statistic("h", "histogram", "x", -5, 10, edges=(-5, 0, 10)),
    Statistic("q", "quantiles", "x", -5, 10, edges=(-5, 0, 10), probabilities=(0.025, 0.5)),
)


def measured(**budget: float) -> tuple[Measurement, ...]:
    keys = tuple(str(i) for i in range(20))
    return build(Query(("g",), (keys,), KINDS, "t", unit="p", max_groups=7, max_rows=3, **budget))


@pytest.mark.parametrize("epsilon", [1e-4, 0.01, 1.0, 20.0])
def test_a_pure_budget_is_never_passed_and_nothing_is_charged_too_little(epsilon: float) -> None:
    made = measured(epsilon=epsilon)
    assert 0 < math.fsum(m.epsilon for m in made) <= epsilon
    for m in made:
        picks = 14 if m.mechanism == "noisy-max" else 1  # pure ε of each pick adds up; its ρ is that of its square
        assert m.nrho == math.ceil(picks * (m.epsilon / picks) ** 2 / 2 * NANO) >= 1


@pytest.mark.parametrize("rho", [1e-4, 0.01, 1.0, 20.0])
def test_a_budget_of_rho_is_never_passed(rho: float) -> None:
    assert 0.999 * rho * NANO < charge(measured(rho=rho)) <= rho * NANO


def test_the_better_noise_is_taken_for_epsilon_with_delta() -> None:
    few = build(Query((), (), KINDS[:1], "t", epsilon=1.0, delta=1e-6))
    many = measured(epsilon=1.0, delta=1e-6)
    assert {m.mechanism for m in few} == {"laplace"}
    assert {m.mechanism for m in many} == {"gaussian", "noisy-max"}
    assert epsilon_at(charge(many), 1e-6) <= 1.0


def test_budget_is_shared_by_weight() -> None:
    query = Query((), (), (Statistic("n", "count", weight=3), Statistic("s", "sum", "x", 0, 10)), "t", epsilon=1.0)
    counted, summed = build(query)
    assert counted.epsilon == pytest.approx(0.75)
    assert summed.epsilon == pytest.approx(0.25)
    assert summed.scale == pytest.approx(40)


def test_weights_that_leave_a_statistic_nothing_are_refused() -> None:
    query = Query((), (), (Statistic("n", "count", weight=1e-6), Statistic("s", "sum", "x", 0, 1, weight=1e6)), "t")
    with pytest.raises(BadInput, match="Weigh"):
        build(Query((), (), query.statistics, "t", epsilon=1e-2))


def test_what_is_kept_as_evidence_makes_the_same_measurement() -> None:
    for m in measured(rho=0.1):
        kept = json.loads(m.serialized)
        spelled = [json.loads(one) for one in kept] if isinstance(kept, list) else [kept]
        assert all("scale" in json.dumps(one) for one in spelled)


def test_a_median_is_as_exact_beside_a_tail_as_alone() -> None:
    """Each probability has its own scale: 1/40 moves scores by 39, and 1/2 by 1."""
    alone = picker(Component("r", "ranks", "x", 0, 1, 0, (0, 1), (0.5,)), 1, True, 0.1)
    beside = picker(Component("r", "ranks", "x", 0, 1, 0, (0, 1), (0.025, 0.5)), 1, True, 0.1)
    assert beside.scale < 2 * alone.scale
    assert beside.epsilon == pytest.approx(2 * alone.epsilon)


@pytest.mark.parametrize(("rho", "epsilon"), [(0.01, 0.622), (0.1, 2.14), (0.5, 5.22), (1.0, 7.77)])
def test_epsilon_of_rho_matches_the_published_curve(rho: float, epsilon: float) -> None:
    assert epsilon_at(int(rho * NANO), 1e-6) == pytest.approx(epsilon, abs=0.006)
