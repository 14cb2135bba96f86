"""The pass over a table: what it counts, what it repairs, what it keeps."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.classifier import Classifier, Pattern
from classifiers.errors import ClassifierError
from classifiers.scan import alphabet
from classifiers.scan.repair import Values, exponent, present, repair
from classifiers.scan.scan import SAMPLE_ROWS, scan
from classifiers.table import Header, Table
from tests.classifiers.tables import DIGITS, resident_id, table

TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=12)


def repaired(*values: str) -> tuple[list[str], Counter[str]]:
    notes: Counter[str] = Counter()
    return repair(present(pa.array(values, pa.string()), None), notes).values.to_pylist(), notes


@pytest.mark.parametrize(
    ("raw", "clean", "note"),
    [
        ("１２３４５", "12345", "full-width"),
        (" 张三 ", "张三", "trimmed"),
        ("'110101199003074514", "110101199003074514", "apostrophe"),
        ("18211424422.0", "18211424422", "decimal-tail"),
        ("13484130520；19078021520", "13484130520", "several-in-one"),
        ("13484130520、19078021520", "13484130520", "several-in-one"),
        ("6222 0220 3338 6075 187", "6222022033386075187", "inner-spaces"),
        ("3302 03** **** **** 6613", "330203**********6613", "inner-spaces"),
    ],
)
def test_damage_is_undone_and_counted(raw: str, clean: str, note: str) -> None:
    values, notes = repaired(raw)
    assert values == [clean]
    assert notes[note] == 1


@pytest.mark.parametrize("value", ["张三", "2020-01-01 00:00:00", "12.50", "a b c", "机电设备、缝纫设备", "1.1E+17"])
def test_what_is_whole_is_left_alone(value: str) -> None:
    values, notes = repaired(value)
    assert values == [value]
    assert not notes


def test_words_for_missing_are_missing() -> None:
    assert repaired("", "无", "NULL", "-", "/", "汉族", "   ")[0] == ["汉族"]


def test_numbers_that_a_spreadsheet_destroyed_are_counted() -> None:
    assert exponent(Values(pa.array(["1.1E+17", "3E+11", "12", "E+17"]), None)) == 2


@given(st.lists(TEXT, min_size=1, max_size=20))
@settings(max_examples=150, deadline=None)
def test_signature_is_the_union_of_the_characters_kinds(values: list[str]) -> None:
    array = pa.array(values, pa.string())
    expected = [0] * len(values)
    for i, value in enumerate(values):
        for char in value:
            expected[i] |= int(alphabet.signatures(pa.array([char], pa.string()))[0])
    assert alphabet.signatures(array).tolist() == expected


@given(st.lists(TEXT, min_size=2, max_size=20))
@settings(max_examples=50, deadline=None)
def test_signature_of_a_slice_is_the_slice_of_the_signature(values: list[str]) -> None:
    array = pa.array(values, pa.string())
    assert alphabet.signatures(array.slice(1)).tolist() == alphabet.signatures(array)[1:].tolist()


@given(st.text(alphabet="0123456789Xabc*@.- 张三省市", min_size=1, max_size=10))
@settings(max_examples=300, deadline=None)
def test_an_alphabet_never_rules_out_what_the_regex_matches(value: str) -> None:
    import pyarrow.compute as pc

    for regex in (
        "[0-9]{3,}[0-9Xx]?",
        "[a-z]+@[a-z.]+",
        "[一-龥]{2,3}",
        "(?:[0-9]+|[abc]+)-?",
        "(?i)[A-Z]+",
        "(?i:x)[0-9]*",
        ".*省.*",
    ):
        can, must = alphabet.of_regex(regex)
        array = pa.array([value], pa.string())
        if pc.match_substring_regex(array, f"^(?:{regex})$")[0].as_py():
            kind = int(alphabet.signatures(array)[0])
            assert kind & ~can == 0
            assert kind & must == must


def test_every_cell_is_counted_over_all_batches() -> None:
    values: list[str | None] = ["0123456789"] * 30 + ["x"] * 10 + [None] * 5 + [" 0123456789 "] * 5
    (profile,) = scan(table({"a": values}, batch=7), (DIGITS,))
    hits = profile.hits["thing.identifier"]
    assert (profile.rows, profile.present, profile.missing) == (50, 45, 5)
    assert (hits.passed, hits.distinct) == (35, 1)
    assert profile.notes == {"trimmed": 5}
    assert profile.exact
    assert profile.distinct == 2


def test_a_dictionary_and_a_plain_column_are_counted_alike() -> None:
    unique = [f"{n:010d}" for n in range(6_000)]
    repeated = [f"{n % 50:010d}" for n in range(6_000)]
    mixed = unique[:3_000] + ["x"] * 3_000
    for values, passed in ((unique, 6_000), (repeated, 6_000), (mixed, 3_000)):
        for batch in (500, 3_000, 10_000):
            (profile,) = scan(table({"a": values}, batch=batch), (DIGITS,))
            assert profile.hits["thing.identifier"].passed == passed
            assert profile.present == 6_000


def test_the_sample_is_random_and_bounded_and_the_same_twice() -> None:
    rows = 60_000
    values = ["common"] * (rows - 600) + [f"rare{n:04d}" for n in range(600)]
    one, two = (scan(table({"a": values}, batch=5_000), ())[0].sample for _ in range(2))
    assert one.values.equals(two.values)
    assert np.array_equal(one.counts, two.counts)
    assert abs(one.rows - SAMPLE_ROWS) < 400
    rare = len(one) - 1
    assert 20 <= rare <= 70  # 600 of 60,000 rows at the very end: about 41 expected among 4,096


def test_distinct_of_a_large_column_is_about_right() -> None:
    values = [f"v{n % 20_000}" for n in range(60_000)]
    (profile,) = scan(table({"a": values}, batch=5_000), ())
    assert 14_000 <= profile.distinct <= 30_000
    assert not profile.exact or profile.distinct == 20_000


def test_numbers_and_dates() -> None:
    columns = {
        "n": [str(n) for n in range(1, 301)],
        "d": [f"19{50 + n % 50}-0{1 + n % 9}-11" for n in range(300)],
        "y": ["2021年"] * 300,
        "u": [f"{1 + n % 12}/{1 + n % 28}/{1950 + n % 40}" for n in range(300)],
    }
    number, date, year, american = scan(table(columns), ())
    assert number.serial
    assert number.numbers is not None
    assert (number.numbers.low, number.numbers.high, number.numbers.whole) == (1, 300, True)
    assert date.dates is not None
    assert (date.dates.low, date.dates.high) == (1950, 1999)
    assert date.numbers is None
    assert year.dates is not None
    assert year.dates.only_year == 1
    assert american.dates is not None
    assert (american.dates.low, american.dates.high) == (1950, 1989)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [None] * 10,
        [""] * 10,
        ["*"],
        ["\x00", "\ud7ff", "\U0010ffff", "a" * 300],
        ["=cmd()", "'; DROP TABLE", "<script>", "%s%n", "\n\n"],
        ["９" * 18, "１.１Ｅ+１７", "；；；", "''''"],
        ["x" * 200_000],
    ],
)
def test_no_column_is_too_strange(values: list[str | None]) -> None:
    (profile,) = scan(table({"a": values}), (DIGITS,))
    assert profile.rows == len(values)
    assert profile.present <= profile.rows
    assert sum(profile.lengths.values()) == profile.present == sum(profile.kinds.values())


def test_arrow_types_that_are_text_all_the_same() -> None:
    plain = pa.array(["0123456789", None, "x"], pa.string())
    for column in (plain.cast(pa.large_string()), plain.dictionary_encode(), plain):
        batch = pa.record_batch([column], names=["a"])
        given_ = Table((Header("a"),), 3, lambda batch=batch: iter([batch]))
        assert scan(given_, (DIGITS,))[0].hits["thing.identifier"].passed == 1


def test_a_table_that_lies_about_its_columns_is_refused() -> None:
    batch = pa.record_batch([pa.array(["a"]), pa.array(["b"])], names=["a", "b"])
    with pytest.raises(ClassifierError, match="2 columns"):
        scan(Table((Header("a"),), 1, lambda: iter([batch])), ())
    nested = pa.record_batch([pa.array([[1]])], names=["a"])
    with pytest.raises(ClassifierError, match="'a'"):
        scan(Table((Header("a"),), 1, lambda: iter([nested])), ())


def test_a_pattern_that_re2_refuses_is_named() -> None:
    bad = Classifier("thing.code", patterns=(Pattern("ahead", "a(?=b)", (1, 2), 0.1),))
    with pytest.raises(ClassifierError, match="ahead"):
        scan(table({"a": ["ab"]}), (bad,))


def test_a_check_that_answers_for_too_few_is_refused() -> None:
    short = Pattern("short", "[0-9]+", (1, 9), 0.1, lambda values: np.ones(1, dtype=bool))
    with pytest.raises(ClassifierError, match="short"):
        scan(table({"a": ["1", "2"]}), (Classifier("thing.code", patterns=(short,)),))


def test_patterns_of_one_category_are_counted_once_a_cell() -> None:
    both = Classifier(
        "thing.code", patterns=(Pattern("a", "[0-9]+", (1, 9), 0.1), Pattern("b", "[0-9]{2}", (2, 2), 0.1))
    )
    (profile,) = scan(table({"a": ["12", "3", "x"]}), (both,))
    assert profile.hits["thing.code"].passed == 2
    assert profile.hits["thing.code"].best == "a"


def test_resident_ids_of_the_tests_pass_the_real_check() -> None:
    from classifiers.discovery import found

    (profile,) = scan(table({"a": [resident_id(n) for n in range(200)]}), found())
    assert profile.hits["person.identity.resident-id"].passed == 200
