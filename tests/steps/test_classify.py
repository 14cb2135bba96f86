"""The bridge from the columnar copy to the classifiers, and a person's word above what they find."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.nouns.errors import BadInput
from release.nouns.override import Override
from release.steps.classify import classify
from release.steps.profile import batches, columns, parquet

ROWS = 60


@pytest.fixture
def table(tmp_path: Path) -> Table:
    data = pa.table(
        {
            "性别": pa.array(["男" if n % 2 else None for n in range(ROWS)], pa.string()),
            "k7": pa.array([f"Z{n % 5}" for n in range(ROWS)], pa.string()),
        }
    )
    path = tmp_path / "t.parquet"
    pq.write_table(data, path, row_group_size=17)
    fields = (
        Field("性别", FieldType.TEXT, ROWS, ROWS // 2, 1, physical="xb"),
        Field("k7", FieldType.TEXT, ROWS, 0, 5, comment="民族"),
    )
    return Table(Dataset("people", "t.csv", "0" * 64, ROWS, fields), path)


def test_headers_and_cells_arrive(table: Table) -> None:
    seen = columns(table)
    assert [(h.name, h.physical, h.comment) for h in seen.columns] == [("性别", "xb", ""), ("k7", "", "民族")]
    assert (seen.rows, seen.name) == (ROWS, "people")
    for _ in range(2):
        assert sum(batch.num_rows for batch in seen.batches()) == ROWS


def test_order_is_that_of_the_dataset_not_of_the_file(table: Table) -> None:
    first = next(batches(table.path, ["k7", "性别"]))
    assert first.schema.names == ["k7", "性别"]


def test_a_missing_column_is_named(table: Table) -> None:
    with pytest.raises(BadInput, match="'gone'"):
        next(batches(table.path, ["gone"]))


def test_any_parquet_file_by_its_own_names(table: Table) -> None:
    seen = parquet(table.path)
    assert [h.name for h in seen.columns] == ["性别", "k7"]
    assert (seen.rows, seen.name) == (ROWS, "t")


def test_findings_in_the_order_of_the_fields(table: Table) -> None:
    found = classify(table)
    assert [f.field for f in found] == ["性别", "k7"]
    assert found[0].category == "person.basic.sex"


def test_a_decision_stands_above_the_finding(table: Table) -> None:
    found = classify(table, {"k7": Override("person.basic.religion", "codes of the census", "u1")})
    assert found[1].category == "person.basic.religion"
    assert found[1].confidence == 1.0
    assert found[1].role == "sensitive"
    assert not found[1].needs_review
    assert found[1].reasons[0].source == "correction"
    assert "codes of the census" in found[1].reasons[0].text
    assert found[0] == classify(table)[0]


def test_a_decision_about_nothing_is_refused(table: Table) -> None:
    with pytest.raises(BadInput, match="no field 'k8'"):
        classify(table, {"k8": Override("person.basic.sex")})
    with pytest.raises(BadInput, match=r"unknown category 'person\.soul'"):
        classify(table, {"k7": Override("person.soul")})
