"""Reading a name: Chinese, English, pinyin; the head decides, and whose it is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.category import tree
from classifiers.classifier import Classifier
from classifiers.headers.form import form, without_prefix
from classifiers.headers.lexicon import Lexicon, build, expand
from classifiers.headers.read import name, read, shared_prefix
from classifiers.table import Header

WORDS = (
    Classifier("person.identity.resident-id", zh=("身份证", "身份证号", "身份证号码"), en=("id card", "id number")),
    Classifier("person.identity.document-type", zh=("证件类型", "身份证类型"), en=("document type",)),
    Classifier("person.contact.mobile", zh=("电话", "联系电话", "手机号码"), en=("phone", "mobile number")),
    Classifier("organisation.phone", zh=("企业电话",), en=("company phone",)),
    Classifier(
        "person.name", zh=("姓名",), en=("name", "first name"), physical=("fullname",), not_headers=("姓名拼音码",)
    ),
    Classifier("person.basic.sex", zh=("性别",), en=("sex", "gender"), words=("男女",)),
    Classifier("person.basic.birth-date", zh=("出生日期",), en=("date of birth", "birth date")),
    Classifier("person.work.title", zh=("职务",), en=("job title",)),
    Classifier("person.biometric.fingerprint", zh=("指纹",)),
    Classifier("person.legal.criminal-record", zh=("矫正", "犯罪", "犯罪记录"), en=("offence", "criminal record")),
    Classifier("person.welfare", zh=("低保",), en=("welfare",)),
    Classifier("thing.date", zh=("日期", "时间"), en=("date", "time")),
    Classifier("thing.type", zh=("类型", "类别"), en=("type", "category")),
    Classifier("thing.code", zh=("代码", "编码"), en=("code",)),
    Classifier("thing.flag", zh=("标志",), en=("flag",)),
    Classifier("thing.identifier", zh=("序号", "编号"), en=("id", "record id")),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build(WORDS)


def best(text: str, lexicon: Lexicon) -> str:
    claims = name(text, lexicon, tree())
    return max(claims.values(), key=lambda m: (m.weight, m.category)).category if claims else ""


@pytest.mark.parametrize(
    ("header", "category"),
    [
        ("身份证号", "person.identity.resident-id"),
        ("法定代表人身份证号", "person.identity.resident-id"),
        ("身 份 证 号 码", "person.identity.resident-id"),
        ("身份证号1", "person.identity.resident-id"),
        ("ＩＤ　Ｃａｒｄ", "person.identity.resident-id"),
        ("身份证类型", "person.identity.document-type"),
        ("身份证件类型", "person.identity.document-type"),
        ("联系人电话", "person.contact.mobile"),
        ("性别代码", "person.basic.sex"),
        ("性别（中文）", "person.basic.sex"),
        ("矫正开始日期", "person.legal.criminal-record"),
        ("犯罪类型", "person.legal.criminal-record"),
        ("登记日期", "thing.date"),
        ("企业类型", "thing.type"),
        ("是否公示", "thing.flag"),
        ("是否低保", "person.welfare"),
        ("低保标志", "person.welfare"),
        ("资产总额是否公示", "thing.flag"),
        ("firstName", "person.name"),
        ("FIRST_NAME", "person.name"),
        ("employee-phones", "person.contact.mobile"),
        ("cell_phone_2", "person.contact.mobile"),
        ("dob", "person.basic.birth-date"),
        ("DateOfBirth", "person.basic.birth-date"),
        ("job.title", "person.work.title"),
        ("offence_date", "person.legal.criminal-record"),
        ("gender_cd", "person.basic.sex"),
        ("is_active", "thing.flag"),
        ("sfzh", "person.identity.resident-id"),
        ("SFZHM", "person.identity.resident-id"),
        ("sfz_hm", "person.identity.resident-id"),
        ("xingbie", "person.basic.sex"),
        ("csrq", "person.basic.birth-date"),
        ("lxdh", "person.contact.mobile"),
        ("ryxb", "person.basic.sex"),
        ("fullName", "person.name"),
    ],
)
def test_the_head_of_a_name_decides(header: str, category: str, lexicon: Lexicon) -> None:
    assert best(header, lexicon) == category


def test_two_letters_are_worth_less_the_more_they_may_mean(lexicon: Lexicon) -> None:
    claims = name("zw", lexicon, tree())
    assert set(claims) >= {"person.work.title", "person.biometric.fingerprint"}
    assert claims["person.work.title"].weight < name("xb", lexicon, tree())["person.basic.sex"].weight
    assert (
        name("xb", lexicon, tree())["person.basic.sex"].weight
        < name("sfzhm", lexicon, tree())["person.identity.resident-id"].weight
    )


def test_english_is_not_read_as_pinyin(lexicon: Lexicon) -> None:
    for english in ("sex", "id", "name", "type", "date"):
        assert not {m.how for m in name(english, lexicon, tree()).values()} & {"initials", "pinyin"}


def test_a_disowned_phrase_is_no_claim(lexicon: Lexicon) -> None:
    assert "person.name" not in name("姓名拼音码", lexicon, tree())


def test_full_is_more_than_head_and_head_more_than_mention(lexicon: Lexicon) -> None:
    whole = name("性别", lexicon, tree())["person.basic.sex"].weight
    head = name("户主性别", lexicon, tree())["person.basic.sex"].weight
    mention = name("性别统计口径", lexicon, tree())["person.basic.sex"].weight
    assert whole > head > 3 > mention


def test_whose_the_field_is(lexicon: Lexicon) -> None:
    for header, owner in (
        ("企业联系电话", "organisation"),
        ("监护人联系电话", "person"),
        ("企业联系人电话", "person"),
        ("employer_phone", "organisation"),
        ("guardian phone", "person"),
        ("联系电话", ""),
    ):
        assert read(Header(header), lexicon, tree()).subject == owner, header


def test_comment_and_physical_name_are_read_too(lexicon: Lexicon) -> None:
    reading = read(Header("f3", physical="lxdh", comment="性别：1男2女"), lexicon, tree())
    assert "person.contact.mobile" in reading.claims["physical"]
    assert "person.basic.sex" in reading.claims["comment"]


def test_a_comment_is_read_to_its_end_for_words_of_a_category(lexicon: Lexicon) -> None:
    reading = read(Header("f3", comment="字典项，按男女填写"), lexicon, tree())
    assert reading.claims["comment"]["person.basic.sex"].weight < 2


def test_a_prefix_that_every_column_has_says_nothing() -> None:
    headers = tuple(Header(h) for h in ("usr_name", "usr_phone", "usr_sex", "usr_dob"))
    assert shared_prefix(headers, "t_usr") == {"usr"}
    assert without_prefix(("usr", "name"), frozenset({"usr"})) == ("name",)
    assert without_prefix(("usr",), frozenset({"usr"})) == ("usr",)
    assert shared_prefix((Header("a_b"), Header("c_d"), Header("e_f")), "") == frozenset()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CIS_100_employerPhone2", ("cis", "employer", "phone")),
        ("HTTPServerID", ("http", "server", "id")),
        ("zip5", ("zip",)),
        ("  A--b  ", ("a", "b")),
        ("123", ()),
    ],
)
def test_tokens(text: str, tokens: tuple[str, ...]) -> None:
    assert form(text).tokens == tokens


def test_abbreviations_and_plurals_are_written_out() -> None:
    assert expand(("emp", "tel", "nbr")) == ("employee", "telephone", "number")
    assert expand(("addresses", "status", "cities", "dob")) == ("address", "status", "city", "birth", "date")


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_name_can_be_read(text: str) -> None:
    reading = read(Header(text, text[::-1], text), _shared(), tree())
    for claims in reading.claims.values():
        for match in claims.values():
            assert match.weight == match.weight
            assert match.weight <= 8.0


_LEXICON: list[Lexicon] = []


def _shared() -> Lexicon:
    if not _LEXICON:
        _LEXICON.append(build(WORDS))
    return _LEXICON[0]


def test_starting_up_does_not_pay_for_pinyin_or_presidio() -> None:
    code = (
        "import sys, classifiers.classify; "
        "print([m for m in ('pypinyin', 'presidio_analyzer', 'spacy', 'pandas') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
