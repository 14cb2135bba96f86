from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.ingest.bounds import Bounds
from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.dataset import FieldType
from release.nouns.errors import BadInput
from release.tabular.missing import ALWAYS, WORDS
from tests.ingest.reading import cells, read, types

MISSING = {s for group in (*ALWAYS.values(), *WORDS.values()) for s in group}
CELL = st.text(st.one_of(st.characters(exclude_categories=("Cs", "Cc")), st.sampled_from("\t\r\n")), max_size=12)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "gb18030")),
    end=st.sampled_from(("\n", "\r\n")),
)
@settings(max_examples=120, deadline=None)
def test_any_cell_survives_the_round(rows: list[tuple[str, ...]], encoding: str, end: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([("第一", "第二", "第三"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.csv"
        path.write_bytes(buffer.getvalue().encode(encoding))
        stated = InputSettings(
            encoding=encoding.removesuffix("-sig"),
            header=True,
            delimiter=",",
            quote='"',
            missing=(),
            types=dict.fromkeys(("第一", "第二", "第三"), FieldType.TEXT),
        )
        back = pq.read_table(ingest(path, work=Path(folder) / "work", settings=stated).path).to_pydict()
    expected = [[cell if cell.strip() else None for cell in column] for column in zip(*rows, strict=True)]
    assert list(back.values()) == expected


@given(st.lists(st.from_regex(r"[0-9]{15,19}[0-9Xx]?", fullmatch=True), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_identity_numbers_never_become_numbers(numbers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = read("n,身份证号\n" + "".join(f"x,{number}\n" for number in numbers), Path(folder), header=True)
        assert types(table)["身份证号"] == "text"
        assert cells(table)["身份证号"] == numbers


def test_quoted_line_ends_delimiters_and_quotes(tmp_path: Path) -> None:
    table = read('name,note\n"Li, Si","two\nlines"\n"Wang ""Xiao"" Er",x\n', tmp_path)
    assert cells(table) == {"name": ["Li, Si", 'Wang "Xiao" Er'], "note": ["two\nlines", "x"]}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(tmp_path: Path, end: str) -> None:
    table = read(end.join(["name,age", "Anna,31", "", "Bert,42", ""]), tmp_path)
    assert cells(table) == {"name": ["Anna", "Bert"], "age": ["31", "42"]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\x01"])
def test_delimiters_are_sniffed(tmp_path: Path, delimiter: str) -> None:
    rows = [("name", "amount", "place"), ("Anna", "1", "Bonn"), ("Bert", "2", "Köln"), ("Cleo", "3", "Ulm")]
    table = read("\n".join(delimiter.join(row) for row in rows), tmp_path)
    assert table.dataset.delimiter == delimiter
    assert cells(table)["place"] == ["Bonn", "Köln", "Ulm"]


def test_the_separator_line_of_excel(tmp_path: Path) -> None:
    table = read("sep=;\r\nname;note\r\nAnna;a,b\r\nBert;c,d\r\n", tmp_path)
    assert cells(table) == {"name": ["Anna", "Bert"], "note": ["a,b", "c,d"]}
    with pytest.raises(BadInput, match="Row 4 has 1 value"):
        read("sep=;\nname;note\nAnna;a\nBert\n", tmp_path)


def test_a_delimiter_that_is_not_there_is_said(tmp_path: Path) -> None:
    table = read("name,age\nAnna,31\n", tmp_path, delimiter=";")
    assert cells(table) == {"name,age": ["Anna,31"]}
    assert "one column" in table.dataset.notes[0]


def test_the_table_is_for_its_owner_only(tmp_path: Path) -> None:
    assert read("a,b\n1,2\n", tmp_path).path.stat().st_mode & 0o077 == 0


def test_a_comma_inside_values_is_no_delimiter(tmp_path: Path) -> None:
    table = read("name;price;note\nA;1,50;a, b, c\nB;2,75;d\n", tmp_path)
    assert table.dataset.delimiter == ";"
    assert cells(table)["note"] == ["a, b, c", "d"]


def test_one_column_of_free_text_stays_one_column(tmp_path: Path) -> None:
    table = read("remark\nred, green\nblue\none, two, three\n\nlast", tmp_path)
    assert cells(table) == {"remark": ["red, green", "blue", "one, two, three", None, "last"]}


def test_single_quotes_are_sniffed(tmp_path: Path) -> None:
    table = read("'name','note'\n'Anna','a,b'\n'Bert','c'\n", tmp_path)
    assert cells(table) == {"name": ["Anna", "Bert"], "note": ["a,b", "c"]}


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("name,age\nAnna,31\nBert,42\n", True),
        ("Anna,31\nBert,42\nCleo,17\n", False),
        ("M,east\nF,west\nM,east\nF,east\nM,west\n", False),
        ("sex,side\nM,east\nF,west\nM,east\nF,east\nF,west\n", True),
        ("1,2,3\n10,4,6\n12,3,7\n", True),
        ("region,2019,2020\nnorth,5,7\nsouth,6,8\n", True),
        ("a,b\nx,y\n", True),
    ],
)
def test_headers_are_sniffed(tmp_path: Path, text: str, header: bool) -> None:
    table = read(text, tmp_path)
    names = [field.name for field in table.dataset.fields]
    assert (names[0] != "column_1") is header
    assert any("looks like data" in note for note in table.dataset.notes) is not header


def test_header_can_be_stated(tmp_path: Path) -> None:
    assert cells(read("a,b\nx,y\n", tmp_path, header=False)) == {"column_1": ["a", "x"], "column_2": ["b", "y"]}
    assert cells(read("1,2\n3,4\n", tmp_path, header=True)) == {"1": ["3"], "2": ["4"]}


@pytest.mark.parametrize(
    ("codec", "reported"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
    ],
)  # fmt: skip
def test_simplified_encodings(tmp_path: Path, codec: str, reported: str) -> None:
    text = "姓名,住址,年龄\n张三,上海市浦东新区世纪大道,31\n李四,北京市朝阳区建国路,42\n"
    table = read(text.encode(codec), tmp_path)
    assert table.dataset.encoding == reported
    assert cells(table) == {
        "姓名": ["张三", "李四"],
        "住址": ["上海市浦东新区世纪大道", "北京市朝阳区建国路"],
        "年龄": ["31", "42"],
    }


@pytest.mark.parametrize(("codec", "reported"), [("big5", "big5"), ("cp950", "big5"), ("gb18030", "gb18030")])
def test_traditional_encodings(tmp_path: Path, codec: str, reported: str) -> None:
    text = (
        "機構,地址,電話\n衛生福利部花蓮醫院,花蓮縣豐濱鄉光豐路,(03)83581\n連江縣立醫院,連江縣南竿鄉復興村,(083)6239\n"
    )
    table = read(text.encode(codec), tmp_path)
    assert table.dataset.encoding == reported
    assert cells(table)["機構"] == ["衛生福利部花蓮醫院", "連江縣立醫院"]


def test_western_letters(tmp_path: Path) -> None:
    table = read("name,city\nJosé,Málaga\nZoë,Köln\n".encode("cp1252"), tmp_path)
    assert table.dataset.encoding == "windows-1252"
    assert cells(table)["name"] == ["José", "Zoë"]


def test_ascii_for_a_megabyte_and_then_chinese(tmp_path: Path) -> None:
    text = "name,age\n" + "Anna,31\n" * 200_000 + "张三,42\n上海浦东,43\n"
    table = read(text.encode("gb18030"), tmp_path)
    assert table.dataset.encoding == "gb18030"
    assert cells(table)["name"][-2:] == ["张三", "上海浦东"]


def test_rare_hanzi_in_four_bytes(tmp_path: Path) -> None:
    table = read("姓名,年龄\n㐂田,31\n張𠮷三,42\n李国强,4\n".encode("gb18030"), tmp_path)
    assert cells(table)["姓名"] == ["㐂田", "張𠮷三", "李国强"]


def test_digest_path_and_untouched_input(tmp_path: Path) -> None:
    content = b"name,age\nAnna,31\n"
    first, second = read(content, tmp_path), read(content, tmp_path)
    assert first.dataset.digest == hashlib.sha256(content).hexdigest()
    assert (first.path, first.dataset) == (second.path, second.dataset)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (tmp_path / "in.csv").read_bytes() == content
    assert [p.name for p in (tmp_path / "work").iterdir()] == [first.path.name]
    assert (first.dataset.name, first.dataset.source) == ("in", "in.csv")


def test_every_column_is_text_and_null_where_missing(tmp_path: Path) -> None:
    table = read("id,n,d\n007,1,2020/1/2\n008,NULL,-\n", tmp_path)
    schema = pq.read_schema(table.path)
    assert set(schema.types) == {pa.string()}
    assert cells(table) == {"id": ["007", "008"], "n": ["1", None], "d": ["2020-01-02", None]}
    n = table.dataset.field("n")
    assert (n.rows, n.missing, n.distinct, n.notes) == (2, 1, 1, {"missing-null": 1})


def test_names_on_request(tmp_path: Path) -> None:
    table = read("a,,a\n1,2,3\n4,5,6\n", tmp_path, name_empty=True, rename_duplicates=True)
    assert list(cells(table)) == ["a", "column_2", "a_2"]


def test_a_trailing_delimiter_on_every_line_is_no_column(tmp_path: Path) -> None:
    table = read("a,b,\n1,2,\n3,4,\n", tmp_path)
    assert list(cells(table)) == ["a", "b"]
    assert table.dataset.notes == ("column 3 has neither a header nor a value and was left out",)


def test_white_space_in_headers_is_tidied(tmp_path: Path) -> None:
    assert list(cells(read('" name ","total\namount"\nx,1\n', tmp_path))) == ["name", "total amount"]


def test_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    table = read("人口登记表\n\nname,age\nAnna,31\n", tmp_path, skip_rows=1)
    assert cells(table) == {"name": ["Anna"], "age": ["31"]}


def test_row_numbers_count_the_header_and_what_was_skipped(tmp_path: Path) -> None:
    rows = "".join(f"x{i},{i}\n" for i in range(50_000))
    with pytest.raises(BadInput, match=r"Row 50003 has 3 values"):
        read("title\na,b\n" + rows + "1,2,3\n", tmp_path, skip_rows=1)


def test_declared_types_and_missing_tokens(tmp_path: Path) -> None:
    table = read("a,b\n1,x\n?,NULL\n", tmp_path, types={"a": FieldType.TEXT}, missing=("?",))
    assert cells(table) == {"a": ["1", None], "b": ["x", "NULL"]}
    assert types(table) == {"a": "text", "b": "text"}


def test_comments_come_from_the_settings(tmp_path: Path) -> None:
    table = read("xm\nAnna\n", tmp_path, comments={"xm": "姓名"}, physical={"xm": "XM"})
    assert (table.dataset.field("xm").comment, table.dataset.field("xm").physical) == ("姓名", "XM")


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from release.ingest import read as door

    path = tmp_path / "in.csv"
    path.write_text("a,b\n1,2\n")
    open_file = door.open_file

    def append(*given: object) -> object:
        found = open_file(*given)  # type: ignore[arg-type]
        with path.open("a") as out:
            out.write("3,4\n")
        return found

    monkeypatch.setattr(door, "open_file", append)
    with pytest.raises(BadInput, match="changed while"):
        ingest(path, work=tmp_path / "work")


def test_many_batches_and_columns_that_repeat(tmp_path: Path) -> None:
    rows = [f"{i},{'男女'[i % 2]},{i % 7 or ''},2020-01-{i % 28 + 1:02}" for i in range(300_000)]
    path = tmp_path / "in.csv"
    path.write_text("n,性别,k,d\n" + "\n".join(rows) + "\n")
    table = ingest(path, work=tmp_path / "work", bounds=Bounds(line=65_536))
    dataset = table.dataset
    assert dataset.rows == 300_000 == pq.ParquetFile(table.path).metadata.num_rows
    assert pq.ParquetFile(table.path).metadata.row_group(0).num_rows == 131_072
    assert types(table) == {"n": "integer", "性别": "text", "k": "integer", "d": "date"}
    assert [dataset.field(name).distinct for name in ("性别", "k", "d")] == [2, 6, 28]
    assert dataset.field("n").distinct == pytest.approx(300_000, rel=0.02)
    assert dataset.field("k").missing == len(range(0, 300_000, 7))
    back = cells(table)
    assert back["n"] == [str(i) for i in range(300_000)]
    assert back["k"][:8] == [None, "1", "2", "3", "4", "5", "6", None]


@pytest.mark.parametrize(
    "given",
    [
        {"delimeter": ","}, {"delimiter": ",,"}, {"skip_rows": -1}, {"skip_rows": True}, {"types": {"a": "money"}},
        {"table": "a", "query": "SELECT 1"}, {"quote": ""}, {"header": "yes"},
    ],
)  # fmt: skip
def test_settings_that_are_not_understood(given: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        InputSettings.from_mapping(given)


def test_settings_from_a_job_file() -> None:
    made = InputSettings.from_mapping({"delimiter": "tab", "missing": ["?"], "types": {"a": "date"}, "sheet": "2"})
    assert made == InputSettings(delimiter="\t", missing=("?",), types={"a": FieldType.DATE}, sheet="2")
