"""Population uniqueness: ARX's figures on Adult, simple cases by hand, and properties."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.risk.polygamma import digamma, trigamma
from anonymizers.risk.population import dankar, estimates, pitman, snb, zayatz
from tests.real_data import table


def histogram(classes: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    sizes = sorted(classes)
    return np.array(sizes, np.int64), np.array([classes[size] for size in sizes], np.int64)


def test_adult_has_the_uniqueness_that_arx_reports() -> None:
    expected = json.loads(table("arx_expected/risk.json").read_text(encoding="utf-8"))[0]["population_uniqueness"]
    with table("arx_adult/adult.csv").open(encoding="utf-8") as handle:
        rows = list(csv.reader(handle, delimiter=";"))[1:]
    sizes, counts = histogram(Counter(Counter(map(tuple, rows)).values()))
    for figures in expected:
        found = estimates(sizes, counts, figures["sampling_fraction"])
        assert found.zayatz == pytest.approx(figures["zayatz"], abs=1e-12)
        assert found.pitman == pytest.approx(figures["pitman"], abs=1e-10)
        assert found.chosen == figures["dankar_model"].lower()
        assert found.dankar == pytest.approx(figures["dankar"], abs=1e-5)
        assert dankar(sizes, counts, figures["sampling_fraction"]) == found.dankar
        if figures["snb"]:
            assert found.snb == pytest.approx(figures["snb"], abs=1e-5)
        else:
            assert math.isnan(found.snb)
        assert 0 < snb(sizes, counts, figures["sampling_fraction"], published=True) < 0.51


def test_a_census_tells_its_own_uniques() -> None:
    sizes, counts = histogram({1: 30, 2: 20, 5: 6})
    assert zayatz(sizes, counts, 1.0) == pytest.approx(0.3)
    assert snb(sizes, counts, 1.0, published=True) == pytest.approx(0.3)


def test_all_alone_and_none_alone() -> None:
    alone, nobody, empty = histogram({1: 7}), histogram({5: 7}), histogram({})
    assert zayatz(*alone, 0.2) == pytest.approx(1) and math.isnan(pitman(*alone, 0.2))
    assert dankar(*alone, 0.05) == pytest.approx(1), "Zayatz stands in where Pitman has no estimate"
    for sizes, counts in (nobody, empty):
        assert estimates(sizes, counts, 0.3).dankar == 0


def test_zayatz_is_the_hypergeometric_sum_as_it_is_written() -> None:
    classes, rows, population = {1: 4, 2: 3, 3: 1}, 13, 26
    sizes, counts = histogram(classes)

    def once(size: int) -> float:
        return size * math.comb(population - size, rows - 1) / math.comb(population, rows)

    conditional = 4 * once(1) / sum(number * once(size) for size, number in classes.items())
    assert zayatz(sizes, counts, 0.5) == pytest.approx(4 * conditional / 13, abs=1e-12)


def test_a_drawn_population_is_estimated_not_far_from_the_truth() -> None:
    draw = np.random.default_rng(5)
    population = np.repeat(np.arange(30_000), draw.geometric(0.35, 30_000))
    true = (np.unique(population, return_counts=True)[1] == 1).sum() / population.size
    sample = draw.choice(population, population.size // 3, replace=False)
    sizes, counts = np.unique(np.unique(sample, return_counts=True)[1], return_counts=True)
    assert snb(sizes, counts, 1 / 3, published=True) == pytest.approx(true, rel=0.15)
    assert zayatz(sizes, counts, 1 / 3) > true, "Zayatz overestimates"


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.integers(1, 40) | st.just(100_000), st.integers(1, 500), max_size=8),
    st.floats(0.0005, 1.0),
)
def test_estimates_are_shares_or_absent(classes: dict[int, int], fraction: float) -> None:
    found = estimates(*histogram(classes), fraction)
    for value in (found.zayatz, found.pitman, found.snb):
        assert math.isnan(value) or -1e-9 <= value <= 1 + 1e-9
    assert 0 <= found.dankar <= 1 + 1e-9
    assert found.dankar == pytest.approx(dankar(*histogram(classes), fraction), nan_ok=True)


@pytest.mark.parametrize("fraction", [0.0, -0.1, 1.1, float("nan")])
def test_a_fraction_that_is_none_is_refused(fraction: float) -> None:
    with pytest.raises(AnonymizerError, match="sampling fraction"):
        zayatz(*histogram({1: 2}), fraction)


def test_polygamma_has_its_known_values() -> None:
    euler = 0.5772156649015329
    assert digamma([1.0, 0.5, 10.0]) == pytest.approx(
        [-euler, -euler - 2 * math.log(2), sum(1 / k for k in range(1, 10)) - euler], abs=1e-13
    )
    assert trigamma([1.0, 0.5]) == pytest.approx([math.pi**2 / 6, math.pi**2 / 2], abs=1e-12)
    assert np.isnan(digamma([0.0, -1.0])).all() and np.isnan(trigamma([0.0])).all()
