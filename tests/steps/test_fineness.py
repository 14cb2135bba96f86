"""A column is as fine as its finest value, and what is spelled in no known way is not told."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifiers.finding import Finding
from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.steps.fineness import Fineness, fineness


def measured(
    folder: Path, category: str, values: list[str | None], kind: FieldType = FieldType.TEXT
) -> Fineness | None:
    path = folder / "t.parquet"
    pq.write_table(pa.table({"f": pa.array(values, pa.string())}), path)
    dataset = Dataset("t", "t", "0" * 64, len(values), (Field("f", kind, len(values), 0, len(set(values))),))
    finding = Finding("f", category, 1.0, "insensitive", (), (), False)
    return fineness(Table(dataset, path), (finding,)).get("f")


@pytest.mark.parametrize(
    ("category", "values", "precision"),
    [
        ("thing.date", ["2019", "2020", None], "year"),
        ("thing.date", ["2019", "2020-03"], "month"),
        ("thing.date", ["2019", "2020-03", "2020-03-01"], "day"),
        ("thing.date", ["2019年", "2020年3月"], "month"),
        ("thing.period", ["2019Q1", "2019Q4"], "quarter"),
        ("thing.date", ["2019", "spring"], ""),
        ("thing.date", [None, None], ""),
        ("thing.region-code", ["310000", "320000"], "province"),
        ("thing.region-code", ["310000", "310100"], "city"),
        ("thing.region-code", ["310115", "310000"], "district"),
        ("thing.region-code", ["310115001000"], "town"),
        ("thing.region", ["上海市"], ""),
    ],
)
def test_the_finest_value_speaks(tmp_path: Path, category: str, values: list[str | None], precision: str) -> None:
    assert measured(tmp_path, category, values) == Fineness(precision)


def test_the_smallest_age_is_told(tmp_path: Path) -> None:
    assert measured(tmp_path, "person.basic.age", ["34", "7", None], FieldType.INTEGER) == Fineness(least=7.0)


def test_other_fields_are_not_looked_at(tmp_path: Path) -> None:
    assert measured(tmp_path, "person.name", ["2019"]) is None
    assert measured(tmp_path, "thing.date", ["2019-01-01"], FieldType.DATE) is None
    assert measured(tmp_path, "thing.date", []) is None
