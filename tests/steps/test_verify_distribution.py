"""Distributions are coarse by construction: nothing rare, nothing exact, no extremes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from release.nouns.dataset import FieldType
from release.steps.comparison import counted
from release.steps.distribution import distribution
from release.steps.sides import side_by_side
from tests.publish import example

Cells = list[str | None]


def drawn(folder: Path, before: Cells, after: Cells, kind: FieldType, threshold: int = 5) -> dict[str, Any]:
    raw = example.write(folder / "r.parquet", {"f": before})
    treated = example.write(folder / "t.parquet", {"f": after})
    with side_by_side(raw, treated, memory_mb=128) as sides, counted(sides, "f") as table:
        return distribution(sides, table, kind, threshold=threshold)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.integers(0, 30))
def test_rare_labels_are_pooled_and_shares_are_whole_per_cents(
    tmp_path: Path, sizes: list[int], threshold: int
) -> None:
    cells: Cells = [f"v{place}" for place, size in enumerate(sizes) for _ in range(size)]
    found = drawn(tmp_path, cells, cells, FieldType.TEXT, threshold)
    least = max(threshold, 10)
    for label, share in found["before"]:
        assert cells.count(label) >= least and cells.count(label) * 100 >= len(cells)
        assert share == pytest.approx(round(share, 2))
    shown = {label for label, _ in found["before"]}
    rest = sum(cell not in shown for cell in cells)
    assert found["other_before"] == (pytest.approx(rest / len(cells), abs=0.006) if shown else 0)


def test_the_extremes_of_a_number_do_not_show(tmp_path: Path) -> None:
    cells: Cells = [str(1000 + i) for i in range(1000)] + ["987654", "-77"]
    found = drawn(tmp_path, cells, cells, FieldType.INTEGER)
    text = repr(found)
    assert found["kind"] == "bins" and "987" not in text and "77" not in text
    assert found["before"][0][0] == "1,000 – 1,100" and len(found["before"]) <= 12


def test_a_generalised_number_keeps_its_own_labels_in_order(tmp_path: Path) -> None:
    before: Cells = [str(i % 100) for i in range(1000)]
    after: Cells = [f"[{i % 100 // 25 * 25}, {i % 100 // 25 * 25 + 25})" for i in range(1000)]
    found = drawn(tmp_path, before, after, FieldType.INTEGER)
    assert [label for label, _ in found["after"]] == ["[0, 25)", "[25, 50)", "[50, 75)", "[75, 100)"]
    assert [share for _, share in found["after"]] == [0.25] * 4


def test_dates_show_years_or_decades(tmp_path: Path) -> None:
    first = datetime.date(1950, 1, 1)
    long: Cells = [(first + datetime.timedelta(days=30 * i)).isoformat() for i in range(600)]
    assert [label for label, _ in drawn(tmp_path, long, long, FieldType.DATE)["before"]] == [
        "1950 – 1959", "1960 – 1969", "1970 – 1979", "1980 – 1989", "1990 – 1999",
    ]  # fmt: skip
    short: Cells = [(first + datetime.timedelta(days=i)).isoformat() for i in range(600)]
    assert [label for label, _ in drawn(tmp_path, short, short, FieldType.DATE)["before"]] == ["1950", "1951"]


def test_a_field_of_unlike_values_is_hidden(tmp_path: Path) -> None:
    cells: Cells = [f"text {i}" for i in range(500)]
    assert drawn(tmp_path, cells, cells, FieldType.TEXT)["kind"] == "hidden"
    assert drawn(tmp_path, [None] * 50, [None] * 50, FieldType.TEXT)["kind"] == "hidden"
    assert drawn(tmp_path, [], [], FieldType.INTEGER)["kind"] == "hidden"


@pytest.mark.parametrize("value", ["1e308", "-1e308", "0", "1e-300", "5"])
def test_strange_numbers_have_edges_too(tmp_path: Path, value: str) -> None:
    cells: Cells = [str(i) for i in range(50)] * 20 + [value] * 30
    found = drawn(tmp_path, cells, cells, FieldType.DECIMAL)
    assert found["kind"] in ("bins", "categories", "hidden")
