"""Linkage by distance and by keys, and linkability: it works on raw tables and fails on treated ones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.attacks.linkability import link
from anonymizers.attacks.linkage import by_distance, by_keys
from anonymizers.attacks.weights import by_weights
from anonymizers.errors import AnonymizerError
from tests.anonymizers.attacks.people import AGES, QUASI, columns, generalised, people, perturbed

NUMBERS = ("income", "weight")


@pytest.fixture(scope="module")
def raw() -> dict[str, pa.Array]:
    return people()


def test_raw_tables_link(raw) -> None:
    assert by_distance(raw, raw, NUMBERS, attacks=300).main.low > 0.95
    found = by_keys(raw, raw, QUASI, attacks=300)
    assert found.unique.value > 0.6 and found.none.successes == 0
    assert found.expected.residual()[1] > 0.6


@pytest.mark.parametrize(
    ("method", "params", "bound"),
    [
        ("additive-noise", {"scale": 1.0}, 0.05),
        ("correlated-noise", {"scale": 1.0, "with": True}, 0.05),
        ("data-shuffle", {}, 0.02),
        ("rank-swap", {"percent": 50}, 0.05),
        ("additive-noise", {"scale": 0.001}, 1.0),
    ],
)
def test_perturbed_tables_link_less(raw, method: str, params, bound: float) -> None:
    found = by_distance(raw, perturbed(raw, method, NUMBERS, **params), NUMBERS, attacks=300)
    assert found.main.successes / 300 <= found.baseline.successes / 300 + bound
    if bound == 1.0:
        assert found.main.value > 0.9, "too little noise protects nobody"


def test_weights_learn_which_field_to_trust(raw) -> None:
    """Sex and place are changed at random, age is not: the weighing attacker leaves the counting one behind."""
    fields = (*QUASI, "weight")
    assert by_weights(raw, raw, fields, attacks=300).main.low > 0.9
    changed = perturbed(perturbed(raw, "pram", ["place"], keep=0.1), "pram", ["sex"], keep=0.1)
    weighed = by_weights(raw, changed, fields, attacks=300).main.successes
    assert weighed >= 0.95 * by_distance(raw, changed, fields, attacks=300).main.successes
    assert weighed > 200
    gone = perturbed(raw, "pram", QUASI, keep=0.0)
    assert by_weights(raw, gone, QUASI, attacks=300).main.successes < 6
    with pytest.raises(AnonymizerError, match="in its place"):
        by_weights(raw, people(10), QUASI)
    with pytest.raises(AnonymizerError, match="at most 16"):
        by_weights(raw, raw, ["age"] * 17)


def test_generalised_tables_link_by_their_class_sizes(raw) -> None:
    treated = generalised(raw)
    found = by_keys(raw, treated, QUASI, hierarchies={"age": AGES}, attacks=10_000)
    sizes: dict[tuple, int] = {}
    keys = list(zip(*(treated[name].to_pylist() for name in QUASI), strict=True))
    for key in keys:
        sizes[key] = sizes.get(key, 0) + 1
    assert found.unique.successes == 0 and found.none.successes == 0
    assert found.fitting == pytest.approx(np.mean([sizes[key] for key in keys]))
    assert found.expected.main.successes == pytest.approx(sum(1 / sizes[key] for key in keys))
    assert found.expected.main.high < 0.05
    read = by_keys(raw, treated, QUASI, attacks=10_000)
    assert read == found, "20-29 is read as what it says even without the hierarchy"


def test_who_is_not_there_is_not_found(raw) -> None:
    strangers = columns({"age": [95] * 10, "place": ["q"] * 10, "sex": ["f"] * 10})
    assert by_keys(strangers, raw, QUASI).none.successes == 10


def test_rows_that_cannot_be_paired_are_refused(raw) -> None:
    with pytest.raises(AnonymizerError, match="every raw row in its place"):
        by_distance(raw, people(10), NUMBERS)
    with pytest.raises(AnonymizerError, match="'nobody'"):
        by_keys(raw, raw, ["nobody"])


def test_masks_missing_and_open_intervals_fit_what_they_hide() -> None:
    raw = columns({"code": ["200031", "200044", "310115"], "age": [91, 34, 12], "x": ["a", "b", "c"]})
    treated = columns({"code": ["2000**", "2000*", "*"], "age": ["90+", "30-39", "<18"], "x": [None, "*", "c"]})
    found = by_keys(raw, treated, ["code", "age", "x"])
    assert found.none.successes == 0 and found.unique.successes == 3


@pytest.mark.parametrize(
    ("neighbours", "value", "interval"),
    [(1, 0.3725, (0.045587, 0.699358)), (2, 0.7551, (0.5102, 1.0)), (3, 0.7551, (0.5102, 1.0))],
)
def test_linkability_has_the_figures_of_anonymeter(neighbours: int, value: float, interval) -> None:
    raw = columns({"a": [0, 0, 4, 0], "b": [0, 1, 9, 4]})
    treated = columns({"a": [0, 1, 4, 9], "b": [0, 1, 4, 9]})
    found = link(raw, treated, (["a"], ["b"]), neighbours=neighbours).main
    assert found.value == pytest.approx(value, abs=1e-4)
    assert (found.low, found.high) == pytest.approx(interval, abs=1e-4)


@pytest.mark.parametrize(("neighbours", "chance"), [(1, 0.25), (2, 5 / 6), (3, 1), (4, 1), (9, 1)])
def test_linkability_by_chance(neighbours: int, chance: float) -> None:
    draw = np.random.default_rng(0)
    raw = columns({name: draw.choice(["a", "b"], 400) for name in "xy"})
    treated = columns({"x": ["a", "b", "a", "a"], "y": ["a", "b", "a", "a"]})
    found = link(raw, treated, (["x"], ["y"]), neighbours=neighbours, attacks=400)
    assert found.baseline.successes / 400 == pytest.approx(chance)


def test_linkability_works_on_raw_and_not_on_what_says_nothing(raw) -> None:
    halves = (["age", "place", "weight"], ["income"])
    assert link(raw, raw, halves, attacks=200).residual()[1] > 0.9
    stars = {name: pa.array(["*"] * 1500, pa.string()) for name in raw}
    blind = link(raw, stars, halves, attacks=200)
    assert blind.main.successes <= 3, "all alike must not link everybody"
    swapped = perturbed(raw, "data-shuffle", NUMBERS)
    assert link(raw, swapped, halves, attacks=200, control=people(200, seed=9)).residual()[0] < 0.05


CELLS = st.none() | st.sampled_from(["1", "2", "3.5", "*", "1-3", "a", "b*", ""])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_any_tables(one, other) -> None:
    raw = columns({"a": [row[0] for row in one], "b": [row[1] for row in one]})
    treated = columns({"a": [row[0] for row in other], "b": [row[1] for row in other]})
    found = by_keys(raw, treated, ["a", "b"])
    assert 0 <= found.expected.main.successes <= len(one)
    assert 0 <= link(raw, treated, (["a"], ["b"])).main.successes <= len(one)
    if len(one) == len(other):
        assert 0 <= by_distance(raw, treated, ["a", "b"]).main.successes <= len(one) + 1e-9
        assert 0 <= by_weights(raw, treated, ["a", "b"]).main.successes <= len(one) + 1e-9
    same = by_distance(raw, raw, ["a", "b"])
    expected = {}
    for row in one:
        expected[row] = expected.get(row, 0) + 1
    if all("*" not in (cell or "") and cell not in ("1-3", "") and cell is not None for row in one for cell in row):
        assert same.main.successes == pytest.approx(len(expected))
