"""Workbooks, Parquet, JSON, archives: the same table whatever it comes in."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.ingest.bounds import Bounds
from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.errors import BadInput
from tests.ingest.hostile import cells as row_xml
from tests.ingest.hostile import parquet, xlsx, zip_of
from tests.ingest.reading import cells, read, types

ROWS = [
    ("姓名", "身份证号", "出生日期", "入院", "月收入", "在职"),
    ("张三", "11010119850312123X", dt.date(1985, 3, 12), dt.datetime(2020, 1, 2, 3, 4, 5), 4500, True),
    ("李四", "00123", dt.date(1990, 11, 9), dt.datetime(2020, 1, 3), 0.5, False),
    ("王五", None, None, None, None, None),
]
EXPECTED = {
    "姓名": ["张三", "李四", "王五"],
    "身份证号": ["11010119850312123X", "00123", None],
    "出生日期": ["1985-03-12", "1990-11-09", None],
    "入院": ["2020-01-02T03:04:05", "2020-01-03T00:00:00", None],
    "月收入": ["4500", "0.5", None],
    "在职": ["true", "false", None],
}
TYPES = {
    "姓名": "text",
    "身份证号": "text",
    "出生日期": "date",
    "入院": "datetime",
    "月收入": "decimal",
    "在职": "boolean",
}


def workbook(*sheets: list[tuple[object, ...]], hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    for sheet in book:
        if sheet.title == hidden:
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def arrow() -> pa.Table:
    return (
        pa.table({name: [row[i] for row in ROWS[1:]] for i, name in enumerate(ROWS[0]) if name != "月收入"})
        .append_column("月收入", pa.array([4500.0, 0.5, float("nan")]))
        .select(list(EXPECTED))
    )


def csv_text() -> str:
    return "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in ROWS) + "\n"


def json_rows() -> list[dict[str, object]]:
    """Dates as text; a key that has no value is not there at all."""
    plain = (str, int, float, bool)
    return [
        {name: cell if isinstance(cell, plain) else str(cell) for name, cell in zip(ROWS[0], row, strict=True) if cell}
        | {"在职": row[5]}
        for row in ROWS[1:]
    ]


WAYS = {
    "in.csv": lambda: csv_text().encode(),
    "in.xlsx": lambda: workbook(ROWS),
    "in.parquet": lambda: parquet(arrow()),
    "in.json": lambda: json.dumps(json_rows(), ensure_ascii=False, indent=1).encode(),
    "in.ndjson": lambda: "\n".join(json.dumps(row) for row in json_rows()).encode(),
    "in.csv.gz": lambda: gzip.compress(csv_text().encode("gb18030")),
    "in.csv.zst": lambda: pa.compress(csv_text().encode(), "zstd", asbytes=True),
    "in.zip": lambda: zip_of(("data/in.csv", csv_text().encode()), ("__MACOSX/data/._in.csv", b"x")),
    "in.xlsx.zip": lambda: zip_of(("in.xlsx", workbook(ROWS))),
    "in.json.gz": lambda: gzip.compress(json.dumps(json_rows()).encode()),
    "called.txt": lambda: workbook(ROWS),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_same_table_whatever_it_comes_in(name: str, tmp_path: Path) -> None:
    table = read(WAYS[name](), tmp_path, name)
    assert cells(table) == EXPECTED
    assert types(table) == TYPES
    assert (table.dataset.source, table.dataset.name) == (name, name.split(".")[0])


def test_old_workbooks(tmp_path: Path) -> None:
    from tests import real_data

    path = real_data.table("arx_test_small/test.xls")
    table = ingest(path, work=tmp_path)
    assert cells(table)["age"] == ["34", "45", "66", "70", "34", "70", "45"]


def test_a_sheet_is_named_by_name_or_number(tmp_path: Path) -> None:
    book = workbook([("a",), ("x",)], [("b",), ("y",)])
    assert cells(read(book, tmp_path, "in.xlsx", sheet="表2")) == {"b": ["y"]}
    assert cells(read(book, tmp_path, "in.xlsx", sheet=2)) == {"b": ["y"]}
    assert cells(read(book, tmp_path, "in.xlsx", sheet="1")) == {"a": ["x"]}


def test_the_only_visible_filled_sheet_is_taken(tmp_path: Path) -> None:
    table = read(workbook([("a",), ("x",)], [("b",), ("y",)], [], hidden="表1"), tmp_path, "in.xlsx")
    assert cells(table) == {"b": ["y"]}
    assert "only visible one" in table.dataset.notes[0]


def test_blank_rows_and_columns_around_a_sheet(tmp_path: Path) -> None:
    book = workbook([(None, None), ("a", "b", None), (None, None), ("x", 1, None), (None, None)])
    assert cells(read(book, tmp_path, "in.xlsx")) == {"a": ["x"], "b": ["1"]}


def test_a_title_above_a_sheet(tmp_path: Path) -> None:
    book = workbook([("人口登记表",), ("姓名", "年龄"), ("张三", 31)])
    with pytest.raises(BadInput, match="Column 2 has an empty header"):
        read(book, tmp_path, "in.xlsx")
    assert cells(read(book, tmp_path, "in.xlsx", skip_rows=1)) == {"姓名": ["张三"], "年龄": ["31"]}


def test_excel_has_cut_long_numbers_and_it_is_said(tmp_path: Path) -> None:
    table = read(workbook([("n", "身份证号"), (1, 110101198503121234), (2, 110101198503121300)]), tmp_path, "in.xlsx")
    assert types(table)["身份证号"] == "text"
    assert all(len(value or "") == 18 for value in cells(table)["身份证号"])
    assert any("more than 15 digits" in note for note in table.dataset.notes)


def test_parquet_of_every_kind_of_column(tmp_path: Path) -> None:
    table = pa.table(
        {
            "dict": pa.array(["x", None, "x"]).dictionary_encode(),
            "big": pa.array([10**17, 10**17 + 1, None]),
            "decimal": pa.array([Decimal("1.50"), None, Decimal("22.25")]),
            "stamp": pa.array([0, 1_500_000, None], pa.timestamp("us", "UTC")),
            "list": pa.array([["a", "b"], [], None]),
            "time": pa.array([dt.time(1, 2, 3), None, None]),
            "large": pa.array(["p", "q", "r"], pa.large_string()),
        }
    )
    back = read(parquet(table), tmp_path, "in.parquet")
    assert cells(back) == {
        "dict": ["x", None, "x"],
        "big": ["100000000000000000", "100000000000000001", None],
        "decimal": ["1.5", None, "22.25"],
        "stamp": ["1970-01-01T00:00:00", "1970-01-01T00:00:01.5", None],
        "list": ["a; b", None, None],
        "time": ["01:02:03", None, None],
        "large": ["p", "q", "r"],
    }
    assert types(back)["big"] == "text"
    assert back.dataset.notes == ("lists of values were joined into one text each with '; ', in 1 of the columns",)


def test_parquet_comments(tmp_path: Path) -> None:
    schema = pa.schema([pa.field("xm", pa.string(), metadata={"comment": "姓名"})])
    table = read(parquet(pa.table({"xm": ["a"]}, schema)), tmp_path, "in.parquet")
    assert table.dataset.field("xm").comment == "姓名"


def test_json_keeps_the_digits_and_finds_late_keys(tmp_path: Path) -> None:
    text = '{"id": 110101198503121234, "v": 0.10}\n{"id": 1, "v": 1e-7, "late": [1, "b"]}\n{"late": []}\n'
    table = read(text, tmp_path, "in.ndjson")
    assert cells(table) == {
        "id": ["110101198503121234", "1", None],
        "v": ["0.1", "0.0000001", None],
        "late": [None, "1; b", None],
    }
    assert table.dataset.notes == ("2 lists of values were joined into one text each with '; '",)


def test_json_keys_that_come_thousands_of_records_later(tmp_path: Path) -> None:
    records = [{"a": i} for i in range(40_000)] + [{"b": "x"}]
    table = read(json.dumps(records), tmp_path, "in.json")
    assert table.dataset.rows == 40_001
    assert (table.dataset.field("b").missing, cells(table)["b"][-1]) == (40_000, "x")


SCALAR = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs")), max_size=8),
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), SCALAR, min_size=1), min_size=1, max_size=30), st.booleans())
@settings(max_examples=60, deadline=None)
def test_json_cells_survive(records: list[dict[str, object]], lines: bool) -> None:
    import tempfile

    from release.nouns.dataset import FieldType

    content = "\n".join(map(json.dumps, records)) if lines else json.dumps(records, indent=2)
    keys = list(dict.fromkeys(key for record in records for key in record))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.json"
        path.write_text(content)
        stated = InputSettings(missing=(), types=dict.fromkeys(keys, FieldType.TEXT))
        back = pq.read_table(ingest(path, work=Path(folder) / "work", settings=stated).path).to_pydict()

    def text(value: object) -> str | None:
        if isinstance(value, bool):
            return str(value).lower()
        return None if value is None or value == "" else str(value)

    assert back == {key: [text(record.get(key)) for record in records] for key in keys}


def test_honest_archives_may_compress_well(tmp_path: Path) -> None:
    content = b"a,b\n" + b"x,1\n" * 100_000
    assert read(gzip.compress(content), tmp_path, "in.csv.gz").dataset.rows == 100_000


def test_a_workbook_of_repeated_texts_is_no_bomb(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("kind", "n"), *((("x" * 2_000), i) for i in range(2_000))]
    table = read(workbook(rows), tmp_path, "in.xlsx")
    assert table.dataset.rows == 2_000


def test_the_bounds_of_a_workbook_can_be_raised(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(xlsx(row_xml(("a", "b"), *[("x", "1")] * 60)))
    with pytest.raises(BadInput, match="spans more than 100 cells"):
        ingest(path, work=tmp_path / "w", bounds=Bounds(sheet_cells=100))
    assert ingest(path, work=tmp_path / "w", bounds=Bounds(sheet_cells=200)).dataset.rows == 60
