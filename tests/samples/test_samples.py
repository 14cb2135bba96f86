from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from release.ingest.read import ingest
from release.nouns.digest import file_digest
from release.nouns.errors import BadInput
from release.samples import samples
from release.samples.clinic import clinic
from release.samples.company import company
from release.samples.people import COLUMNS, LIVED_IN, PIECE, Noise, people
from release.samples.places import places

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def identity_holds(number: str) -> bool:
    """GB 11643-1999, 6.1, sign by sign."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return (total + (10 if number[17] in "Xx" else int(number[17]))) % 11 == 1


def credit_code_holds(code: str) -> bool:
    """GB 32100-2015, 5, and the GB 11714 check within."""
    organisation = code[8:17]
    total = sum(int(sign, 36) * weight for sign, weight in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=False))
    if "0123456789X"[(11 - total % 11) % 11] != organisation[8]:
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return SIGNS[(31 - total % 31) % 31] == code[17]


def test_known_numbers() -> None:
    assert identity_holds("11010519491231002X"), "the example of GB 11643-1999, annex A"
    assert not identity_holds("110105194912310021")
    assert credit_code_holds("91350100M000100Y43"), "the example of GB 32100-2015"
    assert not credit_code_holds("91350100M000100Y44")


def test_people_are_of_one_piece() -> None:
    rows = people(3_000, seed=5).to_pylist()
    codes = dict(zip(map(str, places().codes.tolist()), places().names, strict=True))
    for row in rows:
        number, born = row["身份证号"], dt.date.fromisoformat(row["出生日期"])
        assert identity_holds(number)
        assert number[6:14] == f"{born:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (row["性别"] == "男")
        assert codes[number[:6]] == row["户籍地"]
        assert len(row["手机号"]) == 11
        if born > dt.date(2008, 1, 1):
            assert row["月收入"] == "", "children have none"
        if born < dt.date(2007, 1, 1):
            assert int(row["月收入"]) % 10 == 0
    assert {row["性别"] for row in rows} == {"男", "女"}
    assert len({row["姓名"] for row in rows}) > 2_000
    assert sum(row["是否低保"] == "是" for row in rows) > 10


def test_noise_is_there_when_it_is_asked_for() -> None:
    rows = people(5_000, seed=5, noise=LIVED_IN).to_pylist()
    assert any(len(row["身份证号"]) == 15 for row in rows)
    assert any(row["身份证号"].endswith("x") for row in rows)
    assert any("１" in row["手机号"] for row in rows)
    assert any(row["职业"] in ("不详", "-", "NULL", "N/A") for row in rows)
    assert all(identity_holds(row["身份证号"]) for row in rows if len(row["身份证号"]) == 18)
    old = people(2_000, seed=5, noise=Noise(old_ids=1.0))
    for number, born in zip(old["身份证号"].to_pylist(), old["出生日期"].to_pylist(), strict=True):
        assert (len(number) == 15) == (born < "2000-01-01")
        assert len(number) == 18 or number[6:12] == born.replace("-", "")[2:]


def test_columns_can_be_chosen() -> None:
    assert people(10, columns=("手机号", "姓名")).column_names == ["手机号", "姓名"]
    with pytest.raises(BadInput, match="no column"):
        people(10, columns=("name",))
    assert people(10).column_names == list(COLUMNS)
    assert people(PIECE + 1).num_rows == PIECE + 1


def test_companies_have_codes_that_hold() -> None:
    table = company(2_000, seed=3)
    codes = table["统一社会信用代码"].to_pylist()
    assert all(credit_code_holds(code) for code in codes)
    assert len(set(codes)) == 2_000
    assert set("".join(codes)) <= set(SIGNS)


def test_the_clinic_holds_nobody() -> None:
    rows = clinic(2_000, seed=3).to_pylist()
    for row in rows:
        area, group, serial = row["ssn"].split("-")
        assert area != "666" and 0 < int(area) < 900 and int(group) and int(serial)
        assert " 555-01" in row["phone"]
        assert row["email"] == "" or row["email"].endswith("@example.org")
        assert row["admission_date"] <= row["discharge_date"]
    assert len({row["mrn"] for row in rows}) < 2_000, "some come twice"


@pytest.mark.parametrize("name", samples.names())
def test_the_same_bytes_every_time_and_readable(name: str, tmp_path: Path) -> None:
    rows = None if name in ("adult", "us_legislators") else 400
    first = samples.write(name, tmp_path / "a", rows)
    assert file_digest(first) == file_digest(samples.write(name, tmp_path / "b", rows))
    table = ingest(first, work=tmp_path / "w")
    assert table.dataset.rows == (rows or samples.SAMPLES[name].rows)
    assert pq.ParquetFile(table.path).metadata.num_rows == table.dataset.rows
    if rows:
        assert file_digest(samples.write(name, tmp_path / "c", rows, seed=2)) != file_digest(first)


def test_the_person_register_as_it_is_read(tmp_path: Path) -> None:
    table = ingest(samples.write("people", tmp_path, 3_000), work=tmp_path / "w")
    dataset = table.dataset
    assert dataset.encoding == "gb18030"
    kinds = {field.name: field.type.value for field in dataset.fields}
    assert kinds == dict.fromkeys(COLUMNS, "text") | {"出生日期": "date", "月收入": "integer"}
    assert dataset.field("手机号").notes["full-width-digits"] > 0
    assert dataset.field("手机号").missing > 0


def test_the_clinic_as_it_is_read(tmp_path: Path) -> None:
    dataset = ingest(samples.write("clinic", tmp_path, 1_000), work=tmp_path / "w").dataset
    assert {field.name for field in dataset.fields if field.type == "date"} == {
        "birth_date",
        "admission_date",
        "discharge_date",
    }
    assert dataset.field("charges").type == "decimal"
    assert dataset.field("charges").notes["thousands-separators"] > 500
    assert dataset.field("zip").type == "text"


def test_hierarchies_cover_the_adult_sample(tmp_path: Path) -> None:
    table = ingest(samples.write("adult", tmp_path), work=tmp_path / "w")
    hierarchies = samples.adult_hierarchies(tmp_path / "h")
    assert set(hierarchies) == {field.name for field in table.dataset.fields}
    for name, column in pq.read_table(table.path).to_pydict().items():
        known = {line.split(";")[0] for line in hierarchies[name].read_text().splitlines()}
        assert set(column) <= known


def test_unknown_samples_are_said() -> None:
    with pytest.raises(BadInput, match="no sample 'x'"):
        samples.write("x", Path("nowhere"))
