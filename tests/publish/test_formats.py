"""Every spelling of the rows: canonical is exact to the byte, the spreadsheet's is harmless, none loses a digit."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from release.nouns.dataset import Dataset, Field, FieldType
from release.nouns.errors import BadInput
from release.publish.formats.delimited import canonical_csv, defused_counts, spreadsheet_csv
from release.publish.formats.rows import Column, Rows
from release.publish.formats.schema import published
from release.publish.formats.spreadsheet import column_letters, unfit, write_xlsx
from release.publish.formats.typed import write_typed

T = FieldType
FORMULAS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "safe"]


def rows(folder: Path, columns: dict[str, list[str | None]], **types: FieldType) -> Rows:
    path = folder / "rows.parquet"
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), path)
    declared = tuple(Column(name, types.get(name, T.TEXT)) for name in columns)
    return Rows(path, declared, len(next(iter(columns.values()))))


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_canonical_csv_is_rfc_4180(tmp_path: Path) -> None:
    table = rows(tmp_path, {"a": ["x", None, 'q"q', "l\nb", ""], "b,": ["1", "-5", "a,b", " s ", "é"]})
    expected = 'a,"b,"\r\nx,1\r\n,-5\r\n"q""q","a,b"\r\n"l\nb", s \r\n,é\r\n'
    assert b"".join(canonical_csv(table)) == expected.encode()


def test_one_missing_value_alone_in_its_row_is_not_an_empty_line(tmp_path: Path) -> None:
    assert b"".join(canonical_csv(rows(tmp_path, {"a": [None, "x"]}))) == b'a\r\n""\r\nx\r\n'


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))] * 2),
        max_size=8,
    )
)
def test_canonical_csv_round_trips(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[str | None, ...]]
) -> None:
    table = rows(tmp_path_factory.mktemp("csv"), {"a": [v[0] for v in values], "b": [v[1] for v in values]})
    read = parsed(b"".join(canonical_csv(table)))
    assert read[1:] == [[v or "" for v in row] for row in values]


def test_only_text_is_defused_and_only_for_spreadsheets(tmp_path: Path) -> None:
    numbers = ["-5", "0", "7", "-0.5", "1", "2", "3", "4", "5", "6"]
    table = rows(tmp_path, {"=name": FORMULAS, "n": numbers}, n=T.DECIMAL)
    plain, safe = parsed(b"".join(canonical_csv(table))), parsed(b"".join(spreadsheet_csv(table)))
    assert [row[0] for row in plain] == ["=name", *FORMULAS]
    assert [row[0] for row in safe] == ["'=name", *[f"'{text}" for text in FORMULAS[:-1]], "safe"]
    assert [row[1] for row in plain] == [row[1] for row in safe] == ["n", *numbers]
    assert b"".join(spreadsheet_csv(table)).startswith(b"\xef\xbb\xbf")
    assert defused_counts(table) == {"=name": 9}


def workbook(folder: Path, table: Rows) -> Path:
    write_xlsx(table, folder / "t.xlsx")
    return folder / "t.xlsx"


def test_no_cell_of_the_sheet_is_a_formula(tmp_path: Path) -> None:
    path = workbook(tmp_path, rows(tmp_path, {"=name": FORMULAS}))
    sheet = openpyxl.load_workbook(path).active
    assert [cell.data_type for (cell,) in sheet.iter_rows()] == ["s"] * 11
    assert [row[0] for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()] == [
        "=name",
        *FORMULAS,
    ]
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_sheet_has_typed_cells_and_keeps_long_numbers(tmp_path: Path) -> None:
    table = rows(
        tmp_path,
        {
            "i": ["-2", None, "30"],
            "n": ["1.5", "-0.25", None],
            "long": ["123456789012345678", "1", "2"],
            "d": ["2024-02-29", None, "1990-01-01"],
            "old": ["1899-12-31", None, "1990-01-01"],
            "t": ["2024-02-29T12:30:00", None, "2024-02-29T00:00:00"],
            "b": ["true", "false", None],
            "id": ["00123", "110101199003070134", "x"],
        },
        i=T.INTEGER, n=T.DECIMAL, long=T.INTEGER, d=T.DATE, old=T.DATE, t=T.DATETIME, b=T.BOOLEAN,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(workbook(tmp_path, table)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0] == [
        -2, 1.5, "123456789012345678", datetime(2024, 2, 29), "1899-12-31", datetime(2024, 2, 29, 12, 30),
        True, "00123",
    ]  # fmt: skip
    assert cells[1] == [None, -0.25, "1", None, None, None, False, "110101199003070134"]
    assert cells[2][3] == datetime(1990, 1, 1) and cells[2][4] == "1990-01-01"


def test_what_xml_cannot_hold_survives_the_sheet(tmp_path: Path) -> None:
    values: list[str | None] = ["<&>]]>", "_x0041_", "a\x01b\x1f", "r\r\nn", " lead", "𠮷野家", "_x004",
              "_x0041_x0042_", "_x0041\x01"]  # fmt: skip
    path = workbook(tmp_path, rows(tmp_path, {"a": values}))
    read = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in read[1:]] == values


def test_sheet_refuses_what_it_would_lose(tmp_path: Path) -> None:
    assert "longer than a cell" in unfit(rows(tmp_path, {"a": ["x" * 32_768]}))
    assert unfit(rows(tmp_path, {"a": ["x" * 32_767]})) == ""
    assert "longer than a cell" in unfit(rows(tmp_path, {"a": ["𠮷" * 16_384]}))
    many = rows(tmp_path, {"a": ["x"]})
    assert "1,048,576 rows" in unfit(Rows(many.path, many.columns, 1_048_576))


def test_columns_are_lettered_like_a_sheet() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 51, 52, 701, 702, 16_383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_parquet_is_typed_and_exact(tmp_path: Path) -> None:
    table = rows(
        tmp_path,
        {"i": ["-2", None], "n": ["0.10", "12.345"], "d": ["2024-02-29", None], "b": ["true", "false"], "s": ["", "x"]},
        i=T.INTEGER, n=T.DECIMAL, d=T.DATE, b=T.BOOLEAN,
    )  # fmt: skip
    write_typed(table, tmp_path / "t.parquet")
    read = pq.read_table(tmp_path / "t.parquet").to_pydict()
    assert read == {
        "i": [-2, None], "n": [Decimal("0.100"), Decimal("12.345")], "d": [date(2024, 2, 29), None],
        "b": [True, False], "s": [None, "x"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (T.INTEGER, ["-5", "0", None], ["[20, 30)"]),
        (T.INTEGER, ["1"], ["01"]),
        (T.DECIMAL, ["1.5", "-0.5", "7"], ["1.5*"]),
        (T.DATE, ["2024-02-29"], ["2024-02-30"]),
        (T.DATE, ["2024-02-29"], ["2024"]),
        (T.DATETIME, ["2024-02-29T10:00:00", "2024-02-29T10:00:00.5"], ["2024-02-29T25:00:00"]),
        (T.BOOLEAN, ["true", "false"], ["*"]),
    ],
)
def test_types_are_what_the_bytes_still_are(tmp_path: Path, kind: FieldType, good: list[str], bad: list[str]) -> None:
    dataset = Dataset("d", "s", "00", 1, (Field("a", kind, 1, 0, 1),))
    assert published(rows(tmp_path, {"a": good}).path, dataset).columns[0].type is kind
    assert published(rows(tmp_path, {"a": good + bad}).path, dataset).columns[0].type is T.TEXT


def test_a_treated_table_must_be_text(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "t.parquet")
    with pytest.raises(BadInput, match="not text"):
        published(tmp_path / "t.parquet", Dataset("d", "s", "00", 2, ()))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    table = rows(tmp_path, {"a": FORMULAS, "n": [str(i) for i in range(10)]}, n=T.INTEGER)
    for write in (write_xlsx, write_typed):
        write(table, tmp_path / "one")
        write(table, tmp_path / "two")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
