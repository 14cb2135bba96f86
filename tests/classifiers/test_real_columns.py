"""The figures of the benchmark, as a floor: what was reached on real columns may not be lost unseen."""

from __future__ import annotations

import pytest

from tests.real_data import table

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def columns() -> list[object]:
    table("columns_gov/columns.jsonl")
    from benchmarks.classification.columns import load

    return [c for c in load() if c.language == "zh"]


@pytest.mark.parametrize(
    ("view", "macro", "recall"),
    [("header+values", 0.88, 0.97), ("physical+values", 0.85, 0.95), ("header", 0.86, 0.97)],
)
def test_real_chinese_columns(columns: list[object], view: str, macro: float, recall: float) -> None:
    from benchmarks.classification.run import judge
    from benchmarks.classification.score import figures

    found = figures(judge(columns, view))  # type: ignore[arg-type]
    assert found["macro-F1"] >= macro
    assert found["grave recall"] >= recall
    assert found["grave precision"] >= 0.85
    assert found["under-graded"] <= 0.03


@pytest.mark.parametrize(("view", "macro", "recall"), [("header+values", 0.84, 0.96), ("physical+values", 0.74, 0.88)])
def test_columns_of_a_source_whose_wordings_nobody_listed(
    columns: list[object], view: str, macro: float, recall: float
) -> None:
    """The rules alone: training the ranker anew for every source is the benchmark's work (``run.py --blind``)."""
    from benchmarks.classification.run import judge
    from benchmarks.classification.score import figures

    found = figures(judge(columns, view, blind=True, rules=True))  # type: ignore[arg-type]
    assert found["macro-F1"] >= macro
    assert found["grave recall"] >= recall


def test_roles_on_well_known_tables() -> None:
    table("us_legislators/legislators.csv")
    from benchmarks.classification.english import judged

    rows = list(judged())
    assert sum(expected == found for _, _, expected, found, _, _ in rows) / len(rows) >= 0.90
