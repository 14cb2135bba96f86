"""What single builders promise beyond conformance: honest labels, no leaked extremes, files read as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.build import grow
from anonymizers.errors import AnonymizerError
from anonymizers.places import find_place, find_places, gazetteer
from tests import real_data


def level(values, number: int, **spec) -> dict[str, str]:
    counts = values if isinstance(values, dict) else dict.fromkeys(values, 1)
    return {row[0]: row[number] for row in grow(counts, spec).rows}


def bounds(label: str) -> tuple[float, float]:
    """The numbers that a label covers, right end open."""
    if label == "*":
        return float("-inf"), float("inf")
    if label.startswith("["):
        low, high = label[1:-1].split(", ")
        return float(low), float(high)
    if label.startswith("<"):
        return float("-inf"), float(label[1:])
    if label.endswith("+"):
        return float(label[:-1]), float("inf")
    first, _, last = label.partition("-")
    return float(first), float(last or first) + 1


NUMBERS = st.one_of(
    st.lists(st.integers(0, 120).map(str), min_size=1, max_size=30, unique=True),
    st.lists(st.decimals(-50, 50, places=1).map(str), min_size=1, max_size=30, unique=True),
)


@settings(deadline=None)
@given(
    NUMBERS,
    st.sampled_from([1, 5, 7, 0.5, 2.5]),
    st.integers(2, 5),
    st.integers(2, 4),
    st.sampled_from([0, 3, -1.5]),
    st.sampled_from([None, 40]),
    st.sampled_from([None, 10]),
)
def test_every_number_lies_in_its_interval(values, width, levels, factor, origin, top, bottom) -> None:
    extra = {name: at for name, at in (("top", top), ("bottom", bottom)) if at is not None}
    hierarchy = grow(
        dict.fromkeys(values, 1),
        {"kind": "interval", "width": width, "levels": levels, "factor": factor, "origin": origin, **extra},
    )
    assert hierarchy.height == levels + 1
    for row in hierarchy.rows:
        for step, label in enumerate(row[1:]):
            low, high = bounds(label)
            assert low <= float(row[0]) < high
            if not label.startswith("<") and not label.endswith("+") and label != "*":
                assert high - low <= width * factor**step + 1e-9


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 300).map(str), st.integers(1, 9), min_size=1), st.integers(2, 9))
def test_equally_frequent_groups_hide_the_extremes(counts: dict[str, int], groups: int) -> None:
    rows = grow(counts, {"kind": "quantile", "groups": groups, "levels": 4}).rows
    for row in rows:
        assert all(bounds(label)[0] <= float(row[0]) < bounds(label)[1] for label in row[1:])
    labels = {label for row in rows for label in row[1:]}
    least, most = min(map(int, counts)), max(map(int, counts))
    heavy = max(counts.values()) * groups > sum(counts.values())
    assert not any(bounds(label)[0] == least for label in labels)
    if not heavy and len(counts) > groups:
        assert not any(label.endswith(f"-{most}") for label in labels)


def test_equal_counts_make_equal_groups() -> None:
    labels = list(level([str(n) for n in range(100)], 1, kind="quantile", groups=4).values())
    assert sorted({label: labels.count(label) for label in labels}.items()) == [
        ("25-49", 25), ("50-74", 25), ("75+", 25), ("<25", 25),
    ]  # fmt: skip


def test_dates_climb_the_calendar() -> None:
    hierarchy = grow({"2024-02-29": 1, "1999-12-31T23:59:59": 1}, {"kind": "dates"})
    assert hierarchy.rows[1] == ("2024-02-29", "2024-02", "2024-Q1", "2024", "2020-2024", "2020-2029", "*")
    assert hierarchy.rows[0][1:4] == ("1999-12", "1999-Q4", "1999")
    for wrong in (["year", "month"], ["week"], [], ["*", "year"], ["year", "year"]):
        with pytest.raises(AnonymizerError, match="'levels'"):
            grow({"2024-02-29": 1}, {"kind": "dates", "levels": wrong})


@pytest.mark.parametrize(
    ("text", "county", "city", "province"),
    [
        ("上海市浦东新区张江路1号", "上海市浦东新区", "上海市", "上海市"),
        ("上海市市辖区浦东新区", "上海市浦东新区", "上海市", "上海市"),
        ("北京朝阳", "北京市朝阳区", "北京市", "北京市"),
        ("杭州市西湖区文三路", "浙江省杭州市西湖区", "浙江省杭州市", "浙江省"),
        ("中国 广东省 东莞市长安镇", "广东省东莞市", "广东省东莞市", "广东省"),
        ("湖北恩施", *["湖北省恩施土家族苗族自治州"] * 2, "湖北省"),
        ("湖南浏阳", "湖南省长沙市浏阳市", "湖南省长沙市", "湖南省"),
        ("新疆石河子市", *["新疆维吾尔自治区石河子市"] * 2, "新疆维吾尔自治区"),
        ("重庆市城口县", "重庆市城口县", "重庆市", "重庆市"),
        ("吉林", *["吉林省"] * 3),
        ("浦东新区世纪大道", "上海市浦东新区", "上海市", "上海市"),
        ("310115", "310115", "3101", "31"),
        ("310115001002", "310115", "3101", "31"),
        ("310000", "31", "31", "31"),
    ],
)
def test_places_are_read_from_the_left(text: str, county: str, city: str, province: str) -> None:
    place = find_place(text)
    assert place is not None and (place.county, place.city, place.province) == (county, city, province)


@pytest.mark.parametrize("text", ["北京东路100号", "朝阳区", "上海世纪大道", "990101", "12345", "Paris", "", " ", "海"])
def test_what_is_not_surely_a_place_stays_without_one(text: str) -> None:
    assert find_place(text) is None


def test_every_place_of_the_table_is_found_by_its_full_name_and_its_code() -> None:
    names = gazetteer().names
    assert len(names) > 3300
    for code in names:
        assert find_place(code) is not None
    full = [place for code in names if (place := find_place(code + "00" * (3 - len(code) // 2))) is not None]
    assert len(full) == len(names)
    lost = 0
    for county in sorted(gazetteer().settled):
        place = find_place(county)
        lost += place is None or place.county != county
    assert lost <= 20, "zones named after their city are known as their city only"


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(gazetteer().settled)), st.text("东西路1区市县", max_size=4)), max_size=9)
)
def test_looking_up_many_places_is_looking_up_each(pairs: list[tuple[str, str]]) -> None:
    texts = {county + rest for county, rest in pairs} | {"北京东路", "上海市"}
    assert find_places(texts) == {text: place for text in texts if (place := find_place(text)) is not None}


def test_an_arx_file_is_read_whatever_its_delimiter_and_encoding(tmp_path: Path) -> None:
    rows = "甲;一类;*\n乙;一类;*\n\n丙;二类;*\n"
    for number, (text, encoding) in enumerate(
        [(rows, "utf-8"), (rows.replace(";", ","), "utf-8-sig"), (rows.replace(";", "\t"), "gb18030")]
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        assert level(["甲", "丙"], 1, kind="csv", path=str(path)) == {"甲": "一类", "乙": "一类", "丙": "二类"}
    quoted = tmp_path / "q.csv"
    quoted.write_text('"a;b";x;*\nc;x;*\n')
    assert level(["a;b"], 1, kind="csv", path=str(quoted)) == {"a;b": "x", "c": "x"}


def test_a_hierarchy_file_must_be_the_one_that_was_planned_with(tmp_path: Path) -> None:
    path = tmp_path / "tree.csv"
    path.write_text("a;*\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert level(["a"], 1, kind="csv", path=str(path), sha256=digest) == {"a": "*"}
    path.write_text("a;b\n")
    with pytest.raises(AnonymizerError, match=r"tree\.csv has changed"):
        grow({"a": 1}, {"kind": "csv", "path": str(path), "sha256": digest})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;*\nb\n", "Row 2 of the hierarchy has 1 levels"),
        (b"", "1 distinct values in 1 rows have no place"),
        (b"\xff\xfe\x00\x81", "neither UTF-8 nor GB18030"),
        (b'a;"*\n', "quotation is left open"),
        (b"a;x\na;y\n", "lists a value twice"),
    ],
)
def test_a_broken_hierarchy_file_is_refused_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "tree.csv"
    path.write_bytes(content)
    with pytest.raises(AnonymizerError, match=said):
        grow({"a": 1}, {"kind": "csv", "path": str(path)})


def test_arx_hierarchies_of_adult_are_read_whole() -> None:
    folder = real_data.table("arx_adult") / "hierarchies"
    heights = {
        path.stem.removeprefix("adult_hierarchy_"): grow({}, {"kind": "csv", "path": str(path)}).height
        for path in sorted(folder.glob("*.csv"))
    }
    assert heights["age"] == 5 and heights["education"] == 4 and len(heights) == 9
