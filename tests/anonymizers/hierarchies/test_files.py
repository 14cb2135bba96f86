"""Hierarchy files as people have them: delimiters, quotes, byte order marks, GB18030, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymizers.build import codes_of, grow
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.hierarchy_file import read_rows, write_rows
from tests import real_data

ROWS = (("上海;浦东", "华东", "*"), ('a "b"', "x,y", "*"), ("two\nlines", "z", "*"), ("", "", "*"))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_there_and_back(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "h.csv"
    write_rows(Hierarchy(ROWS), path, delimiter)
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert tuple(read_rows(path)) == ROWS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert [row[1:] for row in read_rows(path)] == [row[1:] for row in ROWS]


def test_what_is_no_hierarchy_file(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_bytes(b'a;"open')
    with pytest.raises(AnonymizerError, match="left open"):
        read_rows(path)
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(AnonymizerError, match="neither UTF-8 nor GB18030"):
        read_rows(path)
    with pytest.raises(AnonymizerError, match="has changed"):
        read_rows(path, "0" * 64)
    with pytest.raises(AnonymizerError, match="cannot be read"):
        read_rows(tmp_path / "absent.csv")


def test_a_tree_of_parents(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("flu,lung\nlung,body\nburn,skin\n")
    grown = grow({"flu": 2, "burn": 1}, {"kind": "tree", "path": str(path)})
    rows = {row[0]: row[1:] for row in grown.rows}
    assert rows["flu"] == ("lung", "body", "*") and rows["burn"] == ("burn", "skin", "*")
    for text, said in (("a,b\nb,a\n", "own ancestor"), ("a\n", "Row 1 .* no parent"), ("a,b\na,c\n", "Row 2 .*second")):
        path.write_text(text)
        with pytest.raises(AnonymizerError, match=said):
            grow({"a": 1}, {"kind": "tree", "path": str(path)})


def test_suppressed_values_stand_with_missing_cells() -> None:
    counts = {"汉": 5, "?": 1, "": 2}
    grown = grow(counts, {"kind": "ethnic", "unplaced": "suppress"})
    assert {row[0] for row in grown.rows} == {"汉", ""}
    codes = codes_of(grown, counts)
    assert codes["?"] == codes[""] != codes["汉"]
    with pytest.raises(AnonymizerError, match="1 distinct values have no row"):
        codes_of(grow({"汉": 1}, {"kind": "ethnic"}), ["?"])


def test_arx_files_of_the_real_tables() -> None:
    folder = real_data.table("arx_adult/hierarchies")
    for path in sorted(folder.glob("*.csv")):
        rows = read_rows(path)
        assert len(Hierarchy(tuple(rows)).rows) == len(rows) > 1
