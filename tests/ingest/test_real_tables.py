"""Real tables of agencies, as they were published."""

from __future__ import annotations

from pathlib import Path

from release.ingest.read import ingest
from release.samples import samples
from tests.ingest.reading import cells, types
from tests.real_data import table as real


def test_us_legislators(tmp_path: Path) -> None:
    table = ingest(samples.write("us_legislators", tmp_path), work=tmp_path / "w")
    dataset = table.dataset
    assert (dataset.rows, len(dataset.fields)) == (538, 30)
    assert dataset.field("birthday").type == "date"
    assert dataset.field("birthday").notes == {"month-first-date": 538}
    assert cells(table)["birthday"][0] == "1952-11-09"
    assert dataset.field("facebook_id").type == "text"
    assert dataset.field("facebook_id").notes["excel-scientific"] > 300
    assert {dataset.field(name).type.value for name in ("phone", "thomas_id", "cspan_id")} == {"text"}


def test_adult(tmp_path: Path) -> None:
    table = ingest(samples.write("adult", tmp_path), work=tmp_path / "w")
    assert (table.dataset.rows, table.dataset.delimiter) == (3_016, ";")
    assert types(table) == dict.fromkeys(types(table), "text") | {"age": "integer"}
    assert {field.missing for field in table.dataset.fields} == {0}


def test_tw_pharmacy_masks(tmp_path: Path) -> None:
    table = ingest(real("tw_pharmacy_masks/maskdata.csv"), work=tmp_path)
    dataset = table.dataset
    assert dataset.rows == 6_255
    assert types(table) == {
        "id": "text", "name": "text", "address": "text", "phone": "text", "adult_count": "integer",
        "child_count": "integer", "time": "datetime",
    }  # fmt: skip
    assert dataset.field("id").notes["trailing-point-zero"] > 6_000
    assert cells(table)["time"][0] == "2020-03-17T17:43:46"
    assert "４１號" in (cells(table)["address"][0] or ""), "text stands as it came"


def test_us_diabetes130(tmp_path: Path) -> None:
    table = ingest(real("us_diabetes130/diabetic_data.csv.zst"), work=tmp_path)
    dataset = table.dataset
    assert (dataset.rows, len(dataset.fields)) == (101_766, 50)
    assert dataset.field("weight").notes == {"missing-question-mark": 98_569}
    assert dataset.field("max_glu_serum").missing == 0, "None is a category there"
    assert set(cells(table)["max_glu_serum"]) == {"None", ">200", ">300", "Norm"}
    assert dataset.field("time_in_hospital").type == "integer"
    assert dataset.field("patient_nbr").type == "text"
    assert abs(dataset.field("patient_nbr").distinct / 71_518 - 1) < 0.02


def test_at_eusilc(tmp_path: Path) -> None:
    table = ingest(real("at_eusilc/eusilc.csv.zst"), work=tmp_path)
    assert (table.dataset.rows, len(table.dataset.fields)) == (14_827, 28)
    assert table.dataset.field("py010n").type == "decimal"
    assert table.dataset.field("py010n").notes == {"missing-na": 2_720}
    assert table.dataset.field("db040").distinct == 9


def test_sdcmicro_testdata(tmp_path: Path) -> None:
    folder = real("sdcmicro_testdata")
    rows = {}
    for path in sorted(folder.glob("*.csv")):
        table = ingest(path, work=tmp_path)
        rows[path.stem] = table.dataset.rows
        assert all(field.type in ("integer", "decimal", "text") for field in table.dataset.fields)
        with path.open(encoding="utf-8") as lines:
            assert table.dataset.rows == sum(1 for line in lines if line.strip()) - 1
    assert (rows["testdata"], rows["francdat"], rows["CASCrefmicrodata"]) == (4_580, 8, 1_080)


def test_hk_legco_members(tmp_path: Path) -> None:
    table = ingest(real("hk_legco_members/legco_members.json"), work=tmp_path)
    assert table.dataset.rows == 70
    assert cells(table)["name"][0] == "曾鈺成"
    assert cells(table)["telephone"][0] == "39193001"
