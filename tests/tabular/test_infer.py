from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.nouns.dataset import FieldType
from release.nouns.errors import BadInput
from release.tabular.canonical import canonical
from release.tabular.evidence import Evidence
from release.tabular.infer import decide
from release.tabular.missing import ALWAYS, WORDS, Tokens
from release.tabular.reading import Spelling
from tests.tabular.columns import column, reading


@pytest.mark.parametrize(
    ("values", "type_", "canonical_values"),
    [
        (["1", "-2", "+3", " 4 ", "０５"], "text", ["1", "-2", "+3", " 4 ", "０５"]),  # ０５ leads with a zero
        (["1", "-2", "+3", " 4 ", "５"], "integer", ["1", "-2", "3", "4", "5"]),
        (["1,234", "12,345,678", "999"], "integer", ["1234", "12345678", "999"]),
        (["1,23", "4"], "text", ["1,23", "4"]),
        (["1.0", "2.", "-0"], "integer", ["1", "2", "0"]),
        (["1.50", ".5", "-0.0", "1,234.25", "3"], "decimal", ["1.5", "0.5", "0", "1234.25", "3"]),
        (["1e-05", "2.5E+3", "0.1"], "decimal", ["0.00001", "2500", "0.1"]),
        (["1e+05", "7"], "integer", ["100000", "7"]),
        (["00123", "456"], "text", ["00123", "456"]),
        (["0", "10"], "integer", ["0", "10"]),
        (["1234567890123456", "1"], "text", ["1234567890123456", "1"]),
        (["123456789012345", "1"], "integer", ["123456789012345", "1"]),
        (["TRUE", "false"], "boolean", ["true", "false"]),
        (["12%", "13%"], "text", ["12%", "13%"]),
        (["①", "②"], "text", ["①", "②"]),
        (["a", "1"], "text", ["a", "1"]),
        (["2020-03-17", "2020/3/7", "2020.03.07"], "date", ["2020-03-17", "2020-03-07", "2020-03-07"]),
        (["2020-03/17"], "text", ["2020-03/17"]),
        (["2020年3月17日", "２０２１年１２月１日"], "date", ["2020-03-17", "2021-12-01"]),
        (["12-Mar-2020", "1 April 2020"], "date", ["2020-03-12", "2020-04-01"]),
        (["Mar 12, 2020", "Apr 1st 2020"], "date", ["2020-03-12", "2020-04-01"]),
        (["12-Foo-2020"], "text", ["12-Foo-2020"]),
        (["2020-02-29", "1900-02-28"], "date", ["2020-02-29", "1900-02-28"]),
        (["2019-02-29", "2020-01-01"], "text", ["2019-02-29", "2020-01-01"]),
        (["0999-01-01"], "text", ["0999-01-01"]),
        (["2020-01-02 00:00:00", "2020-01-03"], "date", ["2020-01-02", "2020-01-03"]),
        (["2020-01-02 9:05", "2020-01-03"], "datetime", ["2020-01-02T09:05:00", "2020-01-03T00:00:00"]),
        (["2020-01-02T03:04:05.250"], "datetime", ["2020-01-02T03:04:05.25"]),
        (["2020-01-02 3:04 PM", "2020-01-02 12:00 AM"], "datetime", ["2020-01-02T15:04:00", "2020-01-02T00:00:00"]),
        (["2020-01-02 25:00"], "text", ["2020-01-02 25:00"]),
        (["2020年1月2日 10时30分", "2020年1月2日 9:05:07"], "datetime", ["2020-01-02T10:30:00", "2020-01-02T09:05:07"]),
        (["2020-01-02T00:00:00Z", "2020-01-02T01:00:00Z"], "datetime", ["2020-01-02T00:00:00", "2020-01-02T01:00:00"]),
        (["2020-01-02T00:00:00Z", "2020-01-02T01:00:00+08:00"], "text",
         ["2020-01-02T00:00:00Z", "2020-01-02T01:00:00+08:00"]),
        (["2020-03", "2020-04"], "text", ["2020-03", "2020-04"]),
        (["1999", "2000"], "integer", ["1999", "2000"]),
        ([], "text", []),
        (["", None, "  "], "text", [None, None, None]),
    ],
)  # fmt: skip
def test_types_and_spelling(values: list[str], type_: str, canonical_values: list[str]) -> None:
    assert column(values) == (type_, canonical_values)


@pytest.mark.parametrize(
    ("name", "values", "type_", "canonical_values"),
    [
        ("日期", ["民國109年3月17日", "民国98/1/2"], "date", ["2020-03-17", "2009-01-02"]),
        (
            "日期",
            ["中華民國109年03月17日", "109年12月1日", "98年1月2日"],
            "date",
            ["2020-03-17", "2020-12-01", "2009-01-02"],
        ),
        ("日期", ["民國109年3月17日", "98.1.2"], "date", ["2020-03-17", "2009-01-02"]),
        ("日期", ["109/03/17", "110/01/02"], "text", ["109/03/17", "110/01/02"]),
        ("民國日期", ["109/03/17", "98/01/02"], "date", ["2020-03-17", "2009-01-02"]),
        ("ROC date", ["109/03/17"], "date", ["2020-03-17"]),
        ("PROCESSED", ["109/03/17"], "text", ["109/03/17"]),
        ("日期", ["20年3月17日"], "text", ["20年3月17日"]),
        ("日期", ["2020-01-01", "民國109年3月17日"], "date", ["2020-01-01", "2020-03-17"]),
    ],
)
def test_the_republic_of_china_era(name: str, values: list[str], type_: str, canonical_values: list[str]) -> None:
    assert column(values, name) == (type_, canonical_values)


def test_roc_years_on_request() -> None:
    assert column(["109/03/17"], roc=True) == ("date", ["2020-03-17"])
    assert column(["民國109/03/17", "98/1/1"], roc=False)[0] == "text"


@pytest.mark.parametrize(
    ("values", "expected", "note"),
    [
        (["11/9/1952", "11/30/1952"], ["1952-11-09", "1952-11-30"], "month-first-date"),
        (["11/9/1952", "30/11/1952"], ["1952-09-11", "1952-11-30"], "day-first-date"),
        (["1.2.2020", "31.12.2020"], ["2020-02-01", "2020-12-31"], "day-first-date"),
        (["11/9/1952", "3/4/1952"], None, "ambiguous-day-month"),
        (["11/30/1952", "30/11/1952"], None, "mixed-day-month"),
        (["31/9/1952", "1/1/1952"], None, "impossible-date"),
    ],
)
def test_the_whole_column_decides_the_order(values: list[str], expected: list[str] | None, note: str) -> None:
    assert note in reading(values).notes
    assert column(values) == (("date", expected) if expected else ("text", values))


def test_a_person_decides_the_order() -> None:
    assert column(["11/9/1952"], day_first=True) == ("date", ["1952-09-11"])
    assert column(["11/9/1952"], day_first=False) == ("date", ["1952-11-09"])
    assert column(["11/30/1952"], day_first=True)[0] == "text", "nobody can decide what the calendar forbids"


@pytest.mark.parametrize(
    ("name", "values", "note"),
    [
        ("身份证号", ["110101198503121234", "1.10101E+17"], "excel-scientific"),
        ("身份证号", ["110101198503121234", "11010119850312123X", "1.10101E+17"], "excel-scientific"),
        ("card", ["110101850312123", "320102490101123"], "identity-like"),
        ("contact", ["13812345678", "１５９１２３４５６７８"], "phone-like"),
        ("邮编", ["200120", "100020"], "digits-kept-as-text"),
        ("zip", ["12345", "54321"], "digits-kept-as-text"),
        ("id", ["145080011.0", "291010010.0"], "trailing-point-zero"),
        ("id", ["A1450.0", "291010010.0"], "trailing-point-zero"),
        ("patientNbr", ["1", "2"], "digits-kept-as-text"),
    ],
)
def test_labels_stay_text_and_damage_is_counted(name: str, values: list[str], note: str) -> None:
    assert column(values, name) == ("text", values)
    assert reading(values, name).notes[note] >= 1


@pytest.mark.parametrize("name", ["序号", "number_outpatient", "年龄", "paid", "valid", "decoder", "period", "人数"])
def test_quantities_are_not_labels(name: str) -> None:
    assert column(["1", "2"], name)[0] == "integer"


def test_eight_digits_are_dates_where_dates_are_meant() -> None:
    assert column(["19850312", "20001231"], "出生日期") == ("date", ["1985-03-12", "2000-12-31"])
    assert column(["20200317174346"], "create_time") == ("datetime", ["2020-03-17T17:43:46"])
    assert column(["19850312", "20001231"], "amount")[0] == "integer"
    days = [(dt.date(2020, 1, 1) + dt.timedelta(i)).strftime("%Y%m%d") for i in range(40)]
    assert column(days, "x")[0] == "date", "forty different numbers that are all days"
    assert column([*days, "20201399"], "出生日期")[0] == "integer"


def test_missing_tokens_are_counted_by_class() -> None:
    values = ["1", "", None, "NULL", "\\N", "N/A", "-", "——", "?", "不详", "空", "０"]
    found = reading(values)
    assert found.type == "integer"
    assert (found.rows, found.absent) == (12, 10)
    assert found.notes == {
        "full-width-digits": 1, "missing-empty": 2, "missing-null": 2, "missing-na": 1, "missing-dash": 2,
        "missing-question-mark": 1, "missing-unknown-word": 1, "missing-empty-word": 1,
    }  # fmt: skip


def test_a_word_is_a_value_of_a_category_column_and_a_gap_elsewhere() -> None:
    category = ["无", "有", "有", "无", "肢体", "肢体"]
    assert column(category, "残疾类别") == ("text", category)
    assert column(["张三路1号", "无", "李四路2号", "王五路3号"]) == (
        "text",
        ["张三路1号", None, "李四路2号", "王五路3号"],
    )
    assert column(["12", "无", "12"]) == ("integer", ["12", None, "12"])
    assert column(["None", ">200", "None", ">200"])[1][0] == "None"


def test_a_minus_beside_a_plus_is_a_result() -> None:
    assert column(["+", "-", "-", "+"]) == ("text", ["+", "-", "-", "+"])
    assert column(["a", "-", "a", "a"]) == ("text", ["a", None, "a", "a"])


def test_only_the_named_tokens_are_missing() -> None:
    assert column(["1", "?", "NULL"], tokens=Tokens.only(("?",))) == ("text", ["1", None, "NULL"])


def test_text_stands_as_it_came() -> None:
    values = [" 张 三 ", "４１號", "a\tb", "NULL "]
    assert column(values)[1] == [" 张 三 ", "４１號", "a\tb", None]


def test_forced_types() -> None:
    assert reading(["1", "2"], "id", FieldType.INTEGER).type == "integer"
    assert reading(["1", "2"], "x", FieldType.DECIMAL).type == "decimal"
    assert reading(["2020-01-01"], "x", FieldType.DATETIME).type == "datetime"
    assert reading(["19850312"], "x", FieldType.DATE).type == "date"
    assert reading(["1"], "x", FieldType.TEXT).type == "text"
    for values, forced in ((["a"], FieldType.INTEGER), (["1.5"], FieldType.INTEGER), (["00123"], FieldType.INTEGER)):
        with pytest.raises(BadInput, match=r"Field 'x' was declared integer"):
            reading(values, "x", forced)


ANY_CELL = st.one_of(
    st.none(),
    st.sampled_from([s for group in (*ALWAYS.values(), *WORDS.values()) for s in group]),
    st.integers(-(10**19), 10**19).map(str),
    st.integers(0, 9999).map(lambda n: f"{n:05}"),
    st.floats(allow_nan=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9).map(
        "{:,}".format
    ),
    st.dates().map(str),
    st.dates().map(lambda d: f"{d.day}/{d.month}/{d.year}"),
    st.dates(dt.date(1912, 1, 1), dt.date(2100, 1, 1)).map(lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日"),
    st.dates(dt.date(1912, 1, 1), dt.date(2100, 1, 1)).map(lambda d: f"{d.year - 1911}/{d.month}/{d.day}"),
    st.dates(dt.date(1900, 1, 1)).map(lambda d: d.strftime("%Y%m%d")),
    st.datetimes().map(str),
    st.booleans().map(str),
    st.text(max_size=6),
    st.from_regex(r"[0-9０-９+,.eE/年月日 -]{1,12}", fullmatch=True),
)
NAMES = st.sampled_from(["x", "日期", "民國日期", "编号", "zip code"])


@st.composite
def columns(draw: st.DrawFn) -> list[str | None]:
    """Columns of one kind mostly, because only those become anything but text."""
    kind = draw(st.sampled_from([ANY_CELL, *ANY_CELL.original_strategies[2:]]))  # type: ignore[attr-defined]
    return draw(st.lists(st.one_of(kind, kind, kind, st.sampled_from(["", "NULL", "无"])), max_size=12))


@given(columns(), NAMES)
@settings(max_examples=600, deadline=None)
def test_reading_twice_changes_nothing(values: list[str | None], name: str) -> None:
    first = reading(values, name)
    spelled = canonical(pa.array(values, pa.string()), first)
    assert canonical(spelled, first).equals(spelled), "the same reading again"
    second = reading(spelled.to_pylist(), name)
    assert second.type == first.type, "type inference is idempotent"
    assert canonical(spelled, second).equals(spelled)
    assert spelled.null_count == first.absent


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**9, min_value=-(10**9))))
@settings(deadline=None)
def test_numbers_keep_their_value(numbers: list[Decimal]) -> None:
    spelled = column([f"{number:,}" for number in numbers])[1]
    assert [Decimal(text or "x") for text in spelled] == numbers


@given(st.lists(st.floats(-1e10, 1e10).filter(lambda f: f == 0 or abs(f) > 1e-25), min_size=1))
@settings(deadline=None)
def test_floats_as_python_writes_them_keep_their_value(numbers: list[float]) -> None:
    type_, spelled = column([repr(number) for number in numbers])
    assert type_ in ("integer", "decimal")
    assert [float(text or "x") for text in spelled] == numbers
    assert not any("e" in (text or "").lower() for text in spelled)


@given(st.lists(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)), min_size=1))
@settings(deadline=None)
def test_every_way_of_writing_a_date_gives_the_same_day(days: list[dt.date]) -> None:
    expected = ("date", [day.isoformat() for day in days])
    for form in (
        "{0.year:04}-{0.month}-{0.day}",
        "{0.year:04}/{0.month:02}/{0.day:02}",
        "{0.year:04}年{0.month}月{0.day}日",
    ):
        assert column([form.format(day) for day in days]) == expected
    assert column([f"{day.month}/{day.day}/{day.year:04}" for day in days], day_first=False) == expected
    assert column([f"{day.day:02}.{day.month:02}.{day.year:04}" for day in days], day_first=True) == expected


@given(st.lists(st.sampled_from(["1", "2,000", "NULL", "", "2020-01-02", "a", "无"]), max_size=30), st.integers(1, 29))
@settings(deadline=None)
def test_batches_and_weights_do_not_matter(values: list[str], cut: int) -> None:
    whole = reading(values)
    spelling = Spelling()
    split, weighed = Evidence(spelling.tokens), Evidence(spelling.tokens)
    for part in (values[:cut], values[cut:]):
        split.add(pa.array(part, pa.string()))
    different = sorted(set(values))
    weighed.add(pa.array(different, pa.string()), np.array([values.count(value) for value in different], np.int64))
    assert decide("x", split, spelling) == whole == decide("x", weighed, spelling)
