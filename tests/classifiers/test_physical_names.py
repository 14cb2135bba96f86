"""Physical names put back into Chinese: English words, pinyin initials, and both in one name."""

from __future__ import annotations

import pytest

from classifiers.category import tree
from classifiers.discovery import found
from classifiers.headers.decode import decoded
from classifiers.headers.form import form
from classifiers.headers.lexicon import Lexicon, build
from classifiers.headers.read import about, name
from classifiers.headers.translate import translated


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build(found())


@pytest.mark.parametrize(
    ("letters", "reading"),
    [
        ("sfzh", "身份证号"),
        ("csrq", "出生日期"),
        ("lxdh", "联系电话"),
        ("jtzz", "家庭住址"),
        ("tyshxydm", "统一社会信用代码"),
        ("frsfzh", "法人身份证号"),
        ("sfxsdb", "是否享受低保"),
        ("xingming", "姓名"),
    ],
)
def test_initials_are_read_as_a_row_of_words(letters: str, reading: str, lexicon: Lexicon) -> None:
    readings = decoded(letters, lexicon)
    assert readings[0][0] == reading
    assert readings[0][1] > 0.5
    assert sum(chance for _, chance in readings) <= 1


@pytest.mark.parametrize("letters", ["", "x", "db030", "vvvv", "q" * 40])
def test_what_cannot_be_read_is_not_read(letters: str, lexicon: Lexicon) -> None:
    assert decoded(letters, lexicon) == ()


@pytest.mark.parametrize(
    ("physical", "reading"),
    [
        ("native_addr", "籍贯地址"),
        ("ent_name", "企业名称"),
        ("regcap", "注册资本"),
        ("fwxz_code", "房屋性质代码"),
        ("regcapcode", "注册资本代码"),
    ],
)
def test_words_are_put_into_chinese(physical: str, reading: str, lexicon: Lexicon) -> None:
    assert reading in [meant.text for meant in translated(form(physical).tokens, lexicon)]


@pytest.mark.parametrize(
    ("physical", "category"),
    [
        ("sfz_no", "person.identity.resident-id"),
        ("xm_name", "person.name"),
        ("reg_capital", "organisation.capital"),
        ("tyshxydm", "organisation.uscc"),
        ("sfxsdb", "person.welfare"),
        ("marriage_situ", "person.basic.marital-status"),
        ("punish_content", "organisation.penalty"),
    ],
)
def test_the_readings_speak_for_the_category(physical: str, category: str, lexicon: Lexicon) -> None:
    claims = name(physical, lexicon, tree())
    assert claims[category].weight > 2.5


def test_a_disowned_phrase_stays_disowned_in_chinese(lexicon: Lexicon) -> None:
    claims = name("certificate fingerprint", lexicon, tree())
    assert claims.get("person.biometric.fingerprint") is None or claims["person.biometric.fingerprint"].weight < 3


def test_the_name_of_a_table_says_whose_it_is(lexicon: Lexicon) -> None:
    assert about("t_enterprise_base", lexicon) == "organisation"
    assert about("student_info", lexicon) == "person"
    assert about("zzz", lexicon) == ""
