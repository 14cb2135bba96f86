"""Every measure against plain Python on small random tables with missing values, in Parquet and in CSV."""

from __future__ import annotations

import csv
import math
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.measure import Around
from anonymizers.measure_discovery import measure, measures
from anonymizers.measures import (
    average_class_size,
    beta_likeness,
    classes,
    delta_disclosure,
    delta_presence,
    distinct_l_diversity,
    entropy_l_diversity,
    k_anonymity,
    k_map,
    records_at_risk,
    recursive_cl_diversity,
    risk,
    t_closeness,
    uniques,
)
from anonymizers.measures.sample import open_sample
from tests.anonymizers.measures import naive

HEADER = ("a", 'b "quoted"; odd', "s")
CELL = st.sampled_from(["x", "y", "z", 'it\'s; a, "b"', None])
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=14)


def write(folder: Path, rows: list[tuple[str | None, ...]], kind: str) -> Path:
    path = folder / f"table.{kind}"
    if kind == "parquet":
        columns = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(HEADER))]
        pq.write_table(pa.table(dict(zip(HEADER, columns, strict=True))), path)
        return path
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return path


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["parquet", "csv"]), st.integers(0, 2))
def test_every_measure_agrees_with_plain_python(rows: list[tuple[str | None, ...]], kind: str, width: int) -> None:
    qis, names = list(range(width)), list(HEADER[:width])
    with tempfile.TemporaryDirectory() as folder, open_sample(write(Path(folder), rows, kind)) as sample:
        assert sample.rows == len(rows)
        assert k_anonymity.measure(sample, names) == naive.k(rows, qis)
        sizes = [len(group) for group in naive.groups(rows, qis)]
        assert uniques.measure(sample, names) == sizes.count(1)
        assert average_class_size.measure(sample, names) == pytest.approx(len(rows) / len(sizes))
        found = classes.measure(sample, names)
        assert (found.count, found.min, found.max) == (len(sizes), min(sizes), max(sizes))
        assert sum(rows_in for *_, rows_in in found.histogram) == len(rows)
        at_risk = sum(size for size in sizes if 1 / size > 0.4) / len(rows)
        assert records_at_risk.measure(sample, names, 0.4) == pytest.approx(at_risk)
        whole = risk.measure(sample, names)
        assert whole.prosecutor_max == whole.journalist_max == pytest.approx(1 / min(sizes))
        assert whole.marketer == whole.prosecutor_avg == pytest.approx(len(sizes) / len(rows))
        assert distinct_l_diversity.measure(sample, names, "s") == naive.distinct_l(rows, qis, 2)
        assert entropy_l_diversity.measure(sample, names, "s") == pytest.approx(naive.entropy_l(rows, qis, 2))
        assert recursive_cl_diversity.measure(sample, names, "s", 2) == pytest.approx(
            naive.recursive_c(rows, qis, 2, 2)
        )
        for distance in ("equal", "ordered"):
            expected = naive.t(rows, qis, 2, distance)
            assert t_closeness.measure(sample, names, "s", distance) == pytest.approx(expected, abs=1e-12)
        assert beta_likeness.measure(sample, names, "s") == pytest.approx(naive.beta(rows, qis, 2), abs=1e-12)
        assert delta_disclosure.measure(sample, names, "s") == pytest.approx(naive.delta(rows, qis, 2), abs=1e-12)


def test_numbers_are_ordered_as_numbers(tmp_path: Path) -> None:
    rows = [("p", None, "9"), ("p", None, "10"), ("q", None, "100"), ("q", None, "100")]
    with open_sample(write(tmp_path, rows, "csv")) as sample:
        # order 9, 10, 100: gaps of class p are 1/4, 2/4, 0 when added up; of class q the same with the sign turned
        assert t_closeness.measure(sample, ["a"], "s", "ordered") == pytest.approx((0.25 + 0.5) / 2)


def test_hierarchical_distance_of_the_paper(tmp_path: Path) -> None:
    """Two diseases under one branch are nearer than two under different branches."""
    rows = [("p", None, "ulcer"), ("p", None, "gastritis"), ("q", None, "flu"), ("q", None, "cough")]
    tree = [
        ("ulcer", "stomach", "*"),
        ("gastritis", "stomach", "*"),
        ("flu", "lungs", "*"),
        ("cough", "lungs", "*"),
    ]
    with open_sample(write(tmp_path, rows, "parquet")) as sample:
        assert t_closeness.measure(sample, ["a"], "s", "hierarchical", hierarchy=tree) == pytest.approx(0.5)
    near = [("p", None, "ulcer"), ("p", None, "flu"), ("q", None, "gastritis"), ("q", None, "cough")]
    with open_sample(write(tmp_path, near, "parquet")) as sample:
        assert t_closeness.measure(sample, ["a"], "s", "hierarchical", hierarchy=tree) == pytest.approx(0.25)


def test_suppressed_rows_stand_outside_the_classes(tmp_path: Path) -> None:
    rows = [("x", "y", "1"), ("x", "y", "2"), ("*", "*", "3")]
    path = write(tmp_path, rows, "csv")
    with open_sample(path, suppressed="*") as sample:
        assert k_anonymity.measure(sample, HEADER[:2]) == 2
        assert t_closeness.measure(sample, HEADER[:2], "s") == pytest.approx(1 / 3)
    with open_sample(path) as sample:
        assert k_anonymity.measure(sample, HEADER[:2]) == 1


def test_against_a_population(tmp_path: Path) -> None:
    (tmp_path / "wide").mkdir()
    released = [("x", "y", "1"), ("x", "y", "2"), ("z", "y", "1")]
    wide = [*released, ("x", "y", "5"), ("z", "y", "2"), ("z", "y", "2"), ("n", "n", "n")]
    with (
        open_sample(write(tmp_path, released, "csv")) as sample,
        open_sample(write(tmp_path / "wide", wide, "csv")) as population,
    ):
        names = HEADER[:2]
        assert k_map.measure(sample, names, population) == 3
        assert delta_presence.measure(sample, names, population) == pytest.approx((1 / 3, 2 / 3))
        found = risk.measure(sample, names, population)
        assert (found.prosecutor_max, found.journalist_max) == pytest.approx((1.0, 1 / 3))
        assert found.marketer == pytest.approx((2 / 3 + 1 / 3) / 3)
        with pytest.raises(AnonymizerError, match="generalise both alike"):
            risk.measure(population, names, sample)


def test_an_empty_table_measures_nothing(tmp_path: Path) -> None:
    with open_sample(write(tmp_path, [], "csv")) as sample:
        names = HEADER[:2]
        assert k_anonymity.measure(sample, names) == 0
        assert classes.measure(sample, names).count == 0
        assert risk.measure(sample, names).uniques == 0
        for name, params in (("k-anonymity", {"k": 2}), ("t-closeness", {"field": "s", "t": 1})):
            made = measure(name)
            value = made.take(sample, names, params, Around())
            assert math.isnan(value) and not made.holds(value, params)


def test_refusals_name_the_field_and_never_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path, [("canary-cell", "b", "c")], "csv")
    with open_sample(path) as sample:
        for call in (
            lambda: k_anonymity.measure(sample, ["nope"]),
            lambda: distinct_l_diversity.measure(sample, ["a"], "nope"),
            lambda: k_anonymity.measure(sample, ["a", "a"]),
            lambda: records_at_risk.measure(sample, ["a"], 0.0),
        ):
            with pytest.raises(AnonymizerError) as refused:
                call()
            assert "canary" not in str(refused.value)
    path.write_text('a,b\n"canary-cell,2\n', encoding="utf-8")
    with pytest.raises(AnonymizerError) as broken:
        open_sample(path)
    assert "canary" not in str(broken.value)
    with pytest.raises(AnonymizerError, match="no table"):
        open_sample(tmp_path / "absent.csv")


def test_there_is_a_measure_for_every_model() -> None:
    from anonymizers.model_discovery import models

    assert set(measures()) == set(models())


@pytest.mark.parametrize("estimator", ["poisson", "zero-truncated-poisson"])
@pytest.mark.parametrize("fraction", [1e-6, 1e-3, 0.1, 0.7, 1.0])
def test_the_derived_class_size_is_the_models(estimator: str, fraction: float) -> None:
    """Two independent readings of the same estimate must agree."""
    import numpy as np

    from anonymizers.model import Classes, Whole
    from anonymizers.model_discovery import model

    made = model("k-map")
    for k in (2, 3, 10, 50):
        params = made.read({"k": k, "estimator": estimator, "population": {"sampling_fraction": fraction}})
        judge = made.judge(params, Whole(10_000))
        sizes = np.arange(1, k + 2)
        smallest = int(sizes[judge.holds(Classes(sizes, sizes))][0])
        assert k_map.needed(k, 10_000, estimator, 0.01, fraction) == smallest
