"""Risk of records and households: sdcMicro's documented figures, closed forms against sums, edges."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.risk.individual import classes_of, household, individual
from tests.real_data import table

WEIGHTS = np.array([18.0, 45.5, 39.0, 17.0, 92.0, 8.0, 123.5, 51.0])
CLASSES = np.array([0, 1, 0, 2, 3, 3, 4, 0])


def test_the_documented_example_with_and_without_weights() -> None:
    """Eight records of sdcMicro's own tests, without missing cells."""
    approximate = [0.01369863, 0.08579129, 0.01369863, 0.17707583, 0.01877883, 0.01877883, 0.03931625, 0.01369863]
    exact = [0.01355297, 0.08579129, 0.01355297, 0.17707583, 0.01877883, 0.01877883, 0.03931625, 0.01355297]
    assert individual(CLASSES, WEIGHTS).risk == pytest.approx(approximate, abs=5e-9)
    assert individual(CLASSES, WEIGHTS, approximate=False).risk == pytest.approx(exact, abs=5e-9)
    assert individual(CLASSES).risk == pytest.approx([1 / 3, 1, 1 / 3, 1, 0.5, 0.5, 1, 1 / 3])


def test_the_figures_of_testdata() -> None:
    frame = pd.read_csv(table("sdcmicro_testdata/testdata.csv"))
    keys = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]
    codes = [pd.factorize(frame[name])[0].astype(np.int64) for name in keys]
    found = individual(classes_of(codes, len(frame)), frame.sampling_weight.to_numpy(float))
    assert found.expected == pytest.approx(10.778, abs=5e-4)
    assert found.rate == pytest.approx(0.00235334, abs=5e-9)
    assert [int((found.sample < k).sum()) for k in (2, 3, 5)] == [157, 281, 458]
    assert household(found.risk, frame.ori_hid.to_numpy()).min() >= found.risk.min()


@pytest.mark.parametrize("sample", [1, 2, 3, 5, 12])
@pytest.mark.parametrize("share", [0.01, 0.2, 0.7, 0.999, 0.9999999])
def test_the_exact_risk_is_the_expectation_it_stands_for(sample: int, share: float) -> None:
    """E(1/F) with F negative binomial from f on, summed term by term."""
    population = sample / share
    total, f = 0.0, sample
    log = sample * math.log(share)
    for size in range(sample, sample + 20_000):
        total += math.exp(log) / size
        log += math.log(size) - math.log(size - f + 1) + math.log1p(-share)
    found = individual(np.zeros(sample, np.int64), np.full(sample, population / sample), approximate=False)
    assert found.risk[0] == pytest.approx(total, rel=1e-6)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 5), st.floats(1, 1e6), st.integers(0, 4)), max_size=30), st.booleans())
def test_risks_are_probabilities_and_grow_in_households(rows, approximate: bool) -> None:
    classes = np.array([row[0] for row in rows], np.int64)
    weights = np.array([row[1] for row in rows], float)
    found = individual(classes, weights, approximate=approximate)
    assert ((found.risk > 0) & (found.risk <= 1 / np.maximum(found.sample, 1) + 1e-12)).all()
    together = household(found.risk, np.array([row[2] for row in rows], np.int64))
    assert (together >= found.risk - 1e-12).all() and (together <= 1).all()
    for place, row in enumerate(rows):
        others = [found.risk[other] for other, one in enumerate(rows) if one[2] == row[2]]
        assert together[place] == pytest.approx(1 - math.prod(1 - risk for risk in others), abs=1e-9)


def test_weights_below_one_are_refused() -> None:
    for wrong in ([0.5, 2.0], [float("nan"), 2.0], [2.0]):
        with pytest.raises(AnonymizerError, match="weight of at least 1"):
            individual(np.array([0, 1]), np.array(wrong))
