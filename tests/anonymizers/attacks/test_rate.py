"""Rates with Wilson's interval: the figures anonymeter's tests give."""

from __future__ import annotations

import math

import pytest

from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.errors import AnonymizerError


@pytest.mark.parametrize(
    ("successes", "value", "error"), [(850, 0.849, 0.022), (0, 0.002, 0.002), (1000, 0.998, 0.002)]
)
def test_known_rates(successes: int, value: float, error: float) -> None:
    found = rate(successes, 1000)
    assert (round(found.value, 3), round(found.error, 3)) == (value, error)
    assert 0 <= found.low <= found.high <= 1


def test_more_digits() -> None:
    assert rate(100, 100).value == pytest.approx(0.9815032508965071, abs=1e-12)
    assert rate(23, 100).error == pytest.approx(0.08155558571285167, abs=1e-12)
    assert rate(100, 100, 0.68).error == pytest.approx(0.004896310516811869, abs=1e-12)


def test_what_is_left_after_a_control() -> None:
    found = Outcome("x", Rate(90, 100, 0.9, 0.02), Rate(0, 100, 0.0, 0.0), Rate(85, 100, 0.85, 0.02)).residual()
    assert found[0] == pytest.approx(0.3333, abs=1e-3) and found[2] - found[0] == pytest.approx(0.16, abs=1e-3)
    assert Outcome("x", Rate(1, 1, 0.5, 0.1), Rate(1, 1, 1.0, 0.0)).residual() == (0, 0, 0)
    assert Outcome("x", Rate(0, 1, 0.1, 0.0), Rate(1, 1, 0.4, 0.0)).residual()[0] == 0


def test_nothing_tried_means_nothing_known() -> None:
    found = rate(0, 0)
    assert (found.low, found.high) == (0, 1) and found.document()["rate"] is None
    assert Outcome("x", found, found).document()["residual"] is None
    assert math.isfinite(Outcome("x", found, found).residual()[0])
    for wrong in (-0.1, 1.0, 1.2):
        with pytest.raises(AnonymizerError, match="confidence"):
            rate(1, 2, wrong)
