"""What each perturbation says it keeps, measured, and how much it hides."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.discovery import treatment
from anonymizers.draw import draw, draw_for
from anonymizers.magnitudes import read_magnitudes, write_magnitudes
from anonymizers.normal import quantile
from anonymizers.risk.perturbation import correlation_difference, perturbation
from anonymizers.treatment import Context

KEY = bytes(range(32))
ROWS = 4000


def texts(values) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def numbers(array: pa.Array) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in array.to_pylist()])


def run(method: str, columns, field: str = "f", **params) -> pa.Array:
    arrays = {name: values if isinstance(values, pa.Array) else texts(values) for name, values in columns.items()}
    made = treatment(method)
    made.check(params)
    assert made.whole is not None
    return made.whole(arrays, params, Context(field, KEY))


@pytest.fixture(scope="module")
def incomes() -> dict[str, np.ndarray]:
    random = np.random.default_rng(3)
    base = random.lognormal(9, 0.6, ROWS)
    return {
        "f": np.round(base, 2),
        "g": np.round(0.3 * base + random.normal(0, 900, ROWS), 2),
        "h": np.round(random.normal(50, 9, ROWS), 2),
    }


def test_the_stream_is_uniform_and_normal() -> None:
    random = draw(KEY, "x", "y")
    uniform, normal = random.uniform(200_000, 0), random.normal(200_000, 1)
    assert abs(uniform.mean() - 0.5) < 0.003 and abs(uniform.var() - 1 / 12) < 0.001
    assert uniform.min() > 0 and uniform.max() < 1
    assert abs(normal.mean()) < 0.01 and abs(normal.std() - 1) < 0.01
    assert abs(np.corrcoef(uniform, normal)[0, 1]) < 0.01
    assert sorted(random.order(50, 2)) == list(range(50))
    assert (random.uniform(10, 0) == random.uniform(20, 0)[:10]).all()


def test_the_normal_quantile_has_its_known_values() -> None:
    known = {0.5: 0.0, 0.975: 1.959963984540054, 0.995: 2.5758293035489004, 1e-10: -6.361340902404056}
    assert quantile(np.array(list(known))) == pytest.approx(list(known.values()), abs=1e-13)


def test_draws_hang_on_every_cell_and_parameter_but_not_on_slicing() -> None:
    column = texts(["1", None, "3"])
    same = draw_for(KEY, "m", {"a": 1, "with": ["x"]}, {"f": texts(["0", "1", None, "3"]).slice(1)})
    first = draw_for(KEY, "m", {"a": 1}, {"f": column})
    assert first == same
    for other in (
        draw_for(KEY, "m", {"a": 2}, {"f": column}),
        draw_for(KEY, "n", {"a": 1}, {"f": column}),
        draw_for(KEY, "m", {"a": 1}, {"g": column}),
        draw_for(KEY, "m", {"a": 1}, {"f": texts(["1", "", "3"])}),
        draw_for(bytes(32), "m", {"a": 1}, {"f": column}),
    ):
        assert other.key != first.key


@settings(deadline=None, max_examples=80)
@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=3, allow_nan=False), max_size=20))
def test_numbers_survive_being_read_and_written(values) -> None:
    read = read_magnitudes(texts(values), field="f")
    again = write_magnitudes(read.values, read.present, read.decimals)
    assert [v is None for v in again.to_pylist()] == [v is None for v in values]
    assert all(a is None or float(a) == float(v) for a, v in zip(again.to_pylist(), values, strict=True))


# Rounding


@pytest.mark.parametrize("method", ["random-round", "controlled-round"])
@pytest.mark.parametrize(("base", "places"), [(5, 0), (0.25, 2), (1000, 1)])
def test_rounding_goes_to_a_neighbour_without_bias(method: str, base: float, places: int) -> None:
    raw = np.round(np.random.default_rng(1).uniform(-50, 5000, ROWS), places)
    done = numbers(run(method, {"f": raw}, base=base))
    assert np.abs(done / base - np.rint(done / base)).max() < 1e-9
    assert (np.abs(done - raw) < base).all()
    assert abs((done - raw).mean()) < 4 * base / np.sqrt(ROWS)
    exact = np.abs(raw / base - np.rint(raw / base)) < 1e-12
    assert (done[exact] == raw[exact]).all()


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-500, 500), st.sampled_from("abc")), min_size=1, max_size=60), st.integers(2, 100)
)
def test_controlled_rounding_keeps_the_total_and_every_groups(rows, base: int) -> None:
    raw, groups = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    done = numbers(run("controlled-round", {"f": raw, "g": groups}, base=base, within="g"))
    assert abs(done.sum() - raw.sum()) < base
    for group in set(groups):
        assert abs((done - raw)[groups == group].sum()) < 2 * base


# Noise


def test_additive_noise_has_its_deviation(incomes) -> None:
    done = numbers(run("additive-noise", incomes, scale=0.5))
    noise = done - incomes["f"]
    assert noise.std() == pytest.approx(0.5 * incomes["f"].std(), rel=0.05)
    assert abs(np.corrcoef(noise, incomes["f"])[0, 1]) < 0.05
    bounded = numbers(run("additive-noise", incomes, scale=2, least=0, most=60000))
    assert bounded.min() == 0 and bounded.max() <= 60000


def test_multiplicative_noise_changes_every_value_by_its_share(incomes) -> None:
    done = numbers(run("multiplicative-noise", incomes, least=0.1, most=0.2))
    change = np.abs(done / incomes["f"] - 1)
    assert change.min() > 0.0999 and change.max() < 0.2001
    assert done.mean() == pytest.approx(incomes["f"].mean(), rel=0.02)


@pytest.mark.parametrize("scale", [0.1, 0.5, 2.0])
def test_correlated_noise_keeps_means_and_covariances(incomes, scale: float) -> None:
    names = sorted(incomes)
    done = {
        name: run("correlated-noise", incomes, name, **{"with": [n for n in names if n != name], "scale": scale})
        for name in names
    }
    raw = np.column_stack([incomes[name] for name in names])
    after = np.column_stack([numbers(done[name]) for name in names])
    width = raw.std(axis=0)
    assert np.abs((after.mean(axis=0) - raw.mean(axis=0)) / width).max() < 1e-4
    assert np.abs((np.cov(after.T) - np.cov(raw.T)) / np.outer(width, width)).max() < 1e-4
    assert correlation_difference({n: texts(incomes[n]) for n in names}, done) < 1e-4
    kept = np.corrcoef(raw[:, 0], after[:, 0])[0, 1]
    assert kept == pytest.approx(1 / np.sqrt(1 + scale**2), abs=1e-3)


def test_a_group_of_equal_columns_or_constants_does_not_break() -> None:
    columns = {"f": [1.5, 2.5, 3.5, 9.5] * 5, "g": [1.5, 2.5, 3.5, 9.5] * 5, "h": [7] * 20}
    done = run("correlated-noise", columns, scale=0.5, **{"with": ["g", "h"]})
    assert np.isfinite(numbers(done)).all()
    assert set(run("correlated-noise", columns, "h", scale=0.5, **{"with": ["f", "g"]}).to_pylist()) == {"7"}


# PRAM


@pytest.mark.parametrize("invariant", [True, False])
def test_pram_changes_cells_by_its_probabilities(invariant: bool) -> None:
    raw = ["a"] * 7000 + ["b"] * 2000 + ["c"] * 1000
    done = run("pram", {"f": raw}, keep=0.7, invariant=invariant).to_pylist()
    before, after = np.array(raw), np.array(done)
    shares = {value: (before == value).mean() for value in "abc"}
    for value in "abc":
        for other in "abc":
            chance = 0.3 * shares[other] if invariant else (0.15 if other != value else 0.0)
            expected = (0.7 if other == value else 0.0) + chance
            rows = before == value
            assert (after[rows] == other).mean() == pytest.approx(expected, abs=5 * np.sqrt(0.25 / rows.sum()))
    if invariant:
        for value in "abc":
            assert (after == value).mean() == pytest.approx(shares[value], abs=0.02)


def test_pram_within_groups_invents_no_combination() -> None:
    columns = {"f": ["a", "b"] * 300 + ["x", "y"] * 300, "g": ["1"] * 600 + ["2"] * 600}
    done = run("pram", columns, keep=0.1, within="g").to_pylist()
    assert set(done[:600]) == {"a", "b"} and set(done[600:]) == {"x", "y"}


# Swapping


@pytest.mark.parametrize("percent", [1, 5, 30, 100])
def test_rank_swapping_keeps_the_values_and_moves_none_too_far(percent: float) -> None:
    raw = np.random.default_rng(2).permutation(ROWS)
    done = numbers(run("rank-swap", {"f": raw}, percent=percent))
    assert Counter(done) == Counter(raw) and (done != raw).all()
    assert np.abs(done - raw).max() <= np.ceil(ROWS * percent / 100)


def test_record_swapping_moves_the_rare_first_between_alike_partners() -> None:
    random = np.random.default_rng(4)
    place = np.where(np.arange(ROWS) < 60, [f"rare{n % 60}" for n in range(ROWS)], random.choice(list("ABC"), ROWS))
    size, code = random.integers(1, 4, ROWS), None
    columns = {"f": place, "size": size, "code": [f"z{value}" for value in place]}
    params = {"share": 0.1, "alike": ["size"]}
    done = np.array(run("record-swap", columns, **params, **{"with": ["code"]}).to_pylist())
    code = np.array(run("record-swap", columns, "code", **params, **{"with": ["f"]}).to_pylist())
    moved = done != place
    assert 0.08 < moved.mean() <= 0.1
    assert moved[:60].mean() > 0.9, "who stands out is moved"
    assert (code == np.array([f"z{value}" for value in done])).all(), "the group moves together"
    for value in (1, 2, 3):
        assert Counter(done[size == value]) == Counter(place[size == value])


def test_shuffling_keeps_the_values_and_the_rank_correlation(incomes) -> None:
    done = numbers(run("data-shuffle", incomes, given=["g"]))
    assert Counter(done) == Counter(incomes["f"])

    def spearman(x: np.ndarray, y: np.ndarray) -> float:
        return float(np.corrcoef(x.argsort().argsort(), y.argsort().argsort())[0, 1])

    assert spearman(done, incomes["g"]) == pytest.approx(spearman(incomes["f"], incomes["g"]), abs=0.05)
    alone = numbers(run("data-shuffle", incomes))
    assert abs(spearman(alone, incomes["f"])) < 0.05, "without companions a row's value is anybody's"
    together = numbers(run("data-shuffle", incomes, **{"with": ["g"]}))
    other = numbers(run("data-shuffle", incomes, "g", **{"with": ["f"]}))
    assert spearman(together, other) == pytest.approx(spearman(incomes["f"], incomes["g"]), abs=0.05)


# Dates


def test_a_subjects_dates_move_together() -> None:
    who = ["ann", "bob", "ann", None, "bob", "ann"]
    days = ["2024-02-29", "2024-01-01", "2024-03-07 08:00", "2024-05-05", None, "2023-12-31T23:59:59Z"]
    columns = {"f": days, "g": days[::-1], "s": who}
    done = run("date-shift", columns, subject="s", days=30).to_pylist()
    shifts = {
        (name, (date.fromisoformat(after[:10]) - date.fromisoformat(before[:10])).days)
        for name, before, after in zip(who, days, done, strict=True)
        if after is not None
    }
    assert len(shifts) == 2 and all(0 < abs(shift) <= 30 for _, shift in shifts)
    assert done[3] is None and done[4] is None
    assert done[2].endswith(" 08:00") and done[5].endswith("T23:59:59Z")
    other = run("date-shift", columns, "g", subject="s", days=30).to_pylist()
    again = (date.fromisoformat(other[5][:10]) - date.fromisoformat("2024-02-29")).days
    assert ("ann", again) in shifts, "another field of the same subject moves alike"


def test_weekdays_stay_and_every_shift_occurs() -> None:
    who = [f"p{number}" for number in range(4000)]
    done = run("date-shift", {"f": ["2024-06-03"] * 4000, "s": who}, subject="s", days=21, weekdays=True).to_pylist()
    moved = Counter((date.fromisoformat(after) - date(2024, 6, 3)).days for after in done)
    assert set(moved) == {-21, -14, -7, 7, 14, 21}
    assert all(count == pytest.approx(4000 / 6, rel=0.2) for count in moved.values())


# What was measured


def test_measures_of_perturbation_by_hand() -> None:
    raw, after = texts([1, 2, 3, 4, None]), texts([1, 2, 3, 8, None])
    found = perturbation(raw, after)
    assert found.unchanged == 0.75 and found.interval == 0.75 and found.distribution == pytest.approx(0.2)
    assert found.il1s == pytest.approx(1 / (np.sqrt(2) * np.std([1, 2, 3, 4])))
    assert found.mean == pytest.approx(1 / 2.5)
    same = perturbation(raw, raw)
    assert (same.unchanged, same.interval, same.il1s, same.distribution) == (1, 1, 0, 0)
    words = perturbation(texts(["a", "b", "b"]), texts(["a", "a", "b"]))
    assert words.unchanged == pytest.approx(2 / 3) and "interval" not in words.document()
    nothing = perturbation(texts([]), texts([]))
    assert nothing.document() == {}


def test_more_noise_hides_more_and_costs_more(incomes) -> None:
    raw = texts(incomes["f"])
    found = [perturbation(raw, run("additive-noise", incomes, scale=scale)) for scale in (0.05, 0.3, 1.0)]
    assert found[0].interval > found[1].interval > found[2].interval
    assert found[0].il1s < found[1].il1s < found[2].il1s
    assert found[0].interval > 0.6 and found[2].interval < 0.05
