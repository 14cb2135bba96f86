"""What is taken out of running text: by kind, within the figures that are told, and never with a cell in a message."""

from __future__ import annotations

import socket
from itertools import pairwise
from typing import NoReturn

import pytest

from benchmarks.text.score import score
from benchmarks.text.sentences import sentences
from classifiers.ner.model import version
from classifiers.sentences import addresses
from classifiers.sentences.find import identifying, tagged
from classifiers.sentences.measured import measured
from classifiers.sentences.tags import tag

NAMES = ("name", "name without a cue", "surname and title")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def redacted(text: str, model: bool = False) -> str:
    for span in reversed(identifying([text], model=model)[0]):
        text = f"{text[: span.start]}<{span.category.rpartition('.')[2]}>{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("联系人王小明，电话138-0013-8000。", "联系人<name>，电话<mobile>。"),
        ("患者李某反映，张先生和小刘说不知情。", None),
        ("家住浙江省杭州市西湖区文三路138号2幢301室，下水道堵塞", "家住<address>，下水道堵塞"),
        ("转账至赵敏名下银行卡6222 0265 7893 1549，请核对", None),
        ("护照号E12345678，微信号wx_1234567", "护照号<passport>，微信号<social-account>"),
        ("王伟，1985年3月9日出生，住院号：A0012345", None),
        ("Spoke with Dr. O'Brien about it.", "Spoke with <name> about it."),
        ("She lives at 12 Oak Avenue, Apt 4, Springfield, IL 62704 now.", "She lives at <address> now."),
        ("Kind regards, Oluwaseun Kowalczyk", "Kind regards, <name>"),
    ],
)
def test_what_is_taken_out(text: str, left: str | None) -> None:
    got = redacted(text)
    assert "<" in got
    if left is not None:
        assert got == left
    for secret in ("小明", "张先生", "小刘", "赵敏", "王伟", "1549", "1985", "0012345", "Brien"):
        assert secret not in got


@pytest.mark.parametrize("part", ["tuned", "held"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_that_are_told_hold(language: str, part: str) -> None:
    """On other draws of the same templates: what the product says of its limits is not more than it does."""
    cases = sentences(part, language, 150, seed=101) + sentences("none", language, 40, seed=102)
    for model in (False, True):
        if model and version() is None:
            continue
        found = identifying([c.text for c in cases], model=model)
        got = score(cases, [[(s.start, s.end, s.category) for s in one] for one in found])
        told = measured()[language, model]
        assert got.recall() >= told.recall - 0.03, got.missed[:5]
        assert got.recall(NAMES) >= told.names - 0.05, got.missed[:5]
        assert got.precision() >= told.precision - 0.05, got.wrong[:5]


def test_numbers_with_a_check_digit_are_all_found() -> None:
    cases = [*sentences("tuned", "zh", 120, seed=5), *sentences("held", "zh", 120, seed=6)]
    found = identifying([c.text for c in cases], model=False)
    got = score(cases, [[(s.start, s.end, s.category) for s in one] for one in found])
    for kind in ("identity number", "bank card", "mobile", "landline", "e-mail", "number plate"):
        assert got.there[kind] and got.recall([kind]) == 1.0, kind


def test_spans_lie_inside_in_order_and_apart() -> None:
    cases = sentences("tuned", "zh", 60, seed=7) + sentences("held", "en", 40, seed=8)
    for case, found in zip(cases, identifying([c.text for c in cases]), strict=True):
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert all(0 <= s.start < s.end <= len(case.text) for s in found)


def test_tags_speak_the_language_of_the_text() -> None:
    spans = tagged(["联系人王小明。", "Please contact Dr. Smith.", ""])
    assert [[kind for _, _, kind in one] for one in spans] == [["姓名"], ["NAME"], []]
    assert tag("person.identity.resident-id", chinese=True) == "证件号"
    assert tag("person.unheard-of", chinese=False) == "PERSONAL"


def test_a_district_alone_is_no_address() -> None:
    assert addresses.chinese("浦东新区今年新增绿地三处") == []
    assert addresses.chinese("第3组讨论，2号线停运，3月5号开会") == []
    text = "送到江苏省苏州市昆山市金域蓝湾12栋345"
    assert [text[a:b] for a, b in addresses.chinese(text)] == ["江苏省苏州市昆山市金域蓝湾12栋345"]
