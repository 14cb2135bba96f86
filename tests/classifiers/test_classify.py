"""The whole way, with every classifier there is: what a table of persons is, whatever is done to it."""

from __future__ import annotations

import socket
from typing import NoReturn

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.category import UNKNOWN, tree
from classifiers.classify import classify
from classifiers.correction import Correction
from classifiers.errors import ClassifierError
from classifiers.finding import Finding
from classifiers.table import Header, Table
from tests.classifiers.tables import headers_only, mobile, resident_id, table

CANARY = "卡纳瑞金丝雀"
NAMES = ("王秀英", "李建国", "张伟", "刘洋", "陈静", "杨丽", "赵敏", "黄强", "周杰", "吴芳", "徐磊", "孙艳")
ROADS = ("人民路", "解放路", "中山东路", "建设大街", "滨河路")
N = 240
PERSONS = {
    "姓名": [NAMES[n % 12][0] + NAMES[n * 7 % 12][1:] for n in range(N)],
    "性别": ["男" if n % 2 else "女" for n in range(N)],
    "身份证号": [resident_id(n) for n in range(N)],
    "手机号码": [mobile(n) for n in range(N)],
    "出生日期": [f"{1950 + n * 7 % 60}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(N)],
    "住址": [f"杭州市西湖区{ROADS[n % 5]}{n + 1}号{n % 9 + 1}幢{n % 20 + 101}室" for n in range(N)],
    "登记日期": [f"202{n % 4}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(N)],
}
EXPECTED = {
    "姓名": "person.name",
    "性别": "person.basic.sex",
    "身份证号": "person.identity.resident-id",
    "手机号码": "person.contact.mobile",
    "出生日期": "person.basic.birth-date",
    "住址": "person.contact.address",
}


def by_name(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {finding.field: finding for finding in findings}


@pytest.fixture(scope="module")
def persons() -> dict[str, Finding]:
    return by_name(classify(table(PERSONS, "人员信息")))


def test_a_table_of_persons(persons: dict[str, Finding]) -> None:
    assert {name: persons[name].category for name in EXPECTED} == EXPECTED
    assert persons["登记日期"].category == "thing.date"
    assert not any(persons[name].needs_review for name in ("性别", "身份证号", "手机号码"))


def test_findings_are_whole(persons: dict[str, Finding]) -> None:
    for name, finding in persons.items():
        assert finding.category in tree()
        assert 0 <= finding.confidence <= 1
        assert finding.role == tree()[finding.category].role
        assert finding.reasons, name
        assert all(r.text.strip() and r.rule for r in finding.reasons)
        assert all(0 <= a.confidence <= 1 and a.category in tree() for a in finding.alternatives)
    checked = [r for r in persons["身份证号"].reasons if r.source == "checksum"]
    assert checked[0].counts == (N, N)


def test_twice_is_the_same() -> None:
    assert classify(table(PERSONS, "t")) == classify(table(PERSONS, "t", batch=37))


def test_the_order_of_columns_changes_nothing(persons: dict[str, Finding]) -> None:
    turned = dict(reversed(PERSONS.items()))
    assert by_name(classify(table(turned, "人员信息"))) == persons


@pytest.mark.parametrize(
    "values",
    [
        [None] * N,
        [""] * N,
        ["\x00"] * N,
        ["*" * 18] * N,
        ["９" * 18] * N,
        ["=HYPERLINK()"] * N,
        ["x" * 5_000] * N,
        [str(n) for n in range(N)],
        ["\U0001f600" * (n % 5 + 1) for n in range(N)],
    ],
)
def test_one_more_column_never_breaks_the_rest(values: list[str | None], persons: dict[str, Finding]) -> None:
    more = by_name(classify(table(PERSONS | {"zz": values}, "人员信息")))
    assert more["zz"].category in tree()
    assert {name: more[name].category for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("columns", [{}, {"a": []}, {"a": [None]}, {"a": ["x"]}, {"": ["x"]}, {"   ": [None, ""]}])
def test_small_tables(columns: dict[str, list[str | None]]) -> None:
    assert len(classify(table(columns))) == len(columns)


def test_two_columns_of_one_name() -> None:
    batch = pa.record_batch([pa.array(["男", "女"]), pa.array(["1", "2"])], names=["a", "b"])
    found = classify(Table((Header("性别"), Header("性别")), 2, lambda: iter([batch])))
    assert [f.field for f in found] == ["性别", "性别"]


def test_nothing_known_is_unknown_and_goes_to_a_person() -> None:
    (finding,) = classify(table({"qqxx": ["§", "¶", "¬"] * 20}))
    assert finding.category == UNKNOWN
    assert finding.needs_review
    assert finding.role == tree()[UNKNOWN].role != "insensitive"


def test_names_alone_are_enough_to_start_with() -> None:
    found = by_name(classify(headers_only(*EXPECTED, "法定代表人身份证号", table_name="人员信息")))
    assert {name: found[name].category for name in EXPECTED} == EXPECTED
    assert found["法定代表人身份证号"].category == "person.identity.resident-id"
    assert all(r.source in {"header", "neighbours", "ranker"} for f in found.values() for r in f.reasons)


def test_values_alone_are_enough_where_they_prove_it() -> None:
    bare = {f"f{i}": PERSONS[name] for i, name in enumerate(("身份证号", "手机号码", "性别"))}
    found = by_name(classify(table(bare)))
    assert found["f0"].category == "person.identity.resident-id"
    assert found["f1"].category == "person.contact.mobile"
    assert found["f2"].category == "person.basic.sex"


@pytest.mark.parametrize(
    "damage",
    [
        lambda v: v.translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
        lambda v: f" {v} ",
        lambda v: v.lower(),
        lambda v: f"'{v}",
        lambda v: v[:6] + " " + v[6:14] + " " + v[14:],
    ],
)
def test_damaged_identity_numbers_are_still_known(damage: object) -> None:
    values = [damage(resident_id(n)) for n in range(100)]  # type: ignore[operator]
    (finding,) = classify(table({"f0": values}))
    assert finding.category == "person.identity.resident-id"


def test_masked_identity_numbers_under_their_name() -> None:
    values = [resident_id(n)[:6] + "*" * 8 + resident_id(n)[14:] for n in range(100)]
    (finding,) = classify(table({"证件号码": values}))
    assert finding.category == "person.identity.resident-id"


def test_a_few_identity_numbers_at_the_end_of_a_large_column_ask_for_a_person() -> None:
    values = [f"A{n:06d}" for n in range(20_000)] + [resident_id(n) for n in range(20)]
    (finding,) = classify(table({"编码": values}, batch=4_000))
    assert finding.needs_review
    assert any(r.rule == "contains" and r.counts[0] == 20 for r in finding.reasons)


def test_one_column_of_random_digits_is_no_identity_number() -> None:
    values = [str(10**17 + n * 97_654_321_987_654 % (9 * 10**17)) for n in range(2_000)]
    (finding,) = classify(table({"f0": values}))
    assert finding.category != "person.identity.resident-id"


def test_whose_telephone_it_is() -> None:
    phones = [f"021-{50000000 + n * 7919 % 9999999}" for n in range(N)]
    person = by_name(classify(table(PERSONS | {"联系电话": phones}, "人员信息")))
    uscc = ["91310115MA1K35L79F", "91330203MA2AF4K52T", "91440300708461136T"] * (N // 3)
    firms = {"统一社会信用代码": uscc, "企业名称": [f"上海{n}号贸易有限公司" for n in range(N)], "企业联系电话": phones}
    firm = by_name(classify(table(firms, "企业信息")))
    assert tree().is_under(person["联系电话"].category, "person.contact")
    assert firm["企业联系电话"].category == "organisation.phone"


def test_free_text_is_read_inside() -> None:
    texts = [
        f"群众反映第{n}号楼下水道堵塞，希望尽快处理。来电人李桂荣 {mobile(n)}，多次联系无果{'。' * (n % 3)}"
        for n in range(N)
    ]
    (finding,) = classify(table({"备注": texts}))
    assert finding.category == "text.free"
    assert any(r.source == "presidio" and "person.contact.mobile" in r.text for r in finding.reasons)


def test_no_reason_quotes_a_cell() -> None:
    values = [f"{CANARY}{n}" for n in range(100)]
    columns = dict.fromkeys(("姓名", "备注", "住址", "f0", "性别", "编码"), values)
    columns["诊断"] = [f"{CANARY}，{n}，家住文三路138号，电话{mobile(n)}，反复发作多年" for n in range(100)]
    for finding in classify(table(columns, "t")):
        assert CANARY not in repr(finding)
        assert mobile(3) not in repr(finding)
    for finding in classify(table(PERSONS, "t")):
        shown = repr(finding)
        assert not any(value in shown for name in ("身份证号", "手机号码", "住址") for value in PERSONS[name])


def test_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    columns = PERSONS | {
        "邮箱": ["a.b@gov.cn"] * N,
        "备注": [f"反映{n}号楼的问题，请联系a@b.cn，谢谢大家" for n in range(N)],
    }
    assert len(classify(table(columns, "t"))) == len(columns)


def test_a_correction_weighs_on_the_next_table() -> None:
    columns = {"k7": [f"Z{n % 7}" for n in range(100)]}
    before = classify(table(columns, "census"))[0]
    said = Correction("K7", "person.basic.religion", table="census")
    after = classify(table(columns, "census"), corrections=(said,))[0]
    assert before.category != "person.basic.religion"
    assert after.category == "person.basic.religion"
    assert any(r.source == "correction" for r in after.reasons)
    other = classify(table({"k8": columns["k7"]}, "census"), corrections=(said,))[0]
    assert other.category == before.category
    with pytest.raises(ClassifierError, match="unknown category"):
        classify(table(columns), corrections=(Correction("k7", "person.soul"),))


@given(st.lists(st.text(max_size=30), min_size=1, max_size=30), st.text(max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_column_gets_a_finding(values: list[str], header: str) -> None:
    (finding,) = classify(table({header: values}))
    assert finding.category in tree()
    assert finding.field == header
