"""Running text: what stands inside, found by Presidio without a model and without a network."""

from __future__ import annotations

import socket
from itertools import pairwise
from typing import NoReturn

import pytest

from classifiers.discovery import found
from classifiers.inside import shapes
from classifiers.presidio import Span, spans
from tests.classifiers.tables import mobile, resident_id


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def inside(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.category) for s in spans([text])[0]]


@pytest.mark.parametrize(
    ("text", "value", "category"),
    [
        (f"张三的身份证号{resident_id(1)}，请核对", resident_id(1), "person.identity.resident-id"),
        (f"来电人李桂荣 {mobile(1)}", "李桂荣", "person.name"),
        (f"来电人李桂荣 {mobile(1)}", mobile(1), "person.contact.mobile"),
        ("邮箱zhang@stats.gov.cn。", "zhang@stats.gov.cn", "person.contact.email"),
        ("Please ask Arthur Nguyen about it.", "Arthur Nguyen", "person.name"),
        ("联系人：欧阳明月", "欧阳明月", "person.name"),
        ("任岩，电话不详", "任岩", "person.name"),
        (
            "家住杭州市西湖区文三路138号2幢301室，下水道堵塞",
            "杭州市西湖区文三路138号2幢301室",
            "person.contact.address",
        ),
    ],
)
def test_what_stands_inside(text: str, value: str, category: str) -> None:
    hit = [(v, c) for v, c in inside(text) if value in v and c == category]
    assert hit, f"found only {[c for _, c in inside(text)]}"


@pytest.mark.parametrize(
    "text", ["", "   ", "希望尽快处理,多次联系无果。", "The road is blocked by trees.", "2021-03-04 共12件"]
)
def test_nothing_inside(text: str) -> None:
    assert inside(text) == []


def test_a_wrong_check_digit_is_no_identity_number() -> None:
    number = resident_id(1)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert ("person.identity.resident-id") not in [c for _, c in inside(f"号码{wrong}。")]


def test_full_width_digits_are_read_and_offsets_stay() -> None:
    number = resident_id(2).translate({ord(str(d)): 0xFF10 + d for d in range(10)})
    text = f"身份证　{number}　完"
    assert inside(text) == [(number, "person.identity.resident-id")]


def test_spans_are_in_order_and_never_overlap() -> None:
    text = f"联系人：王秀英，电话{mobile(3)}，身份证{resident_id(3)}，邮箱a.b@c.cn，住文三路138号2幢"
    found_ = spans([text])[0]
    assert len(found_) >= 4
    assert all(a.end <= b.start for a, b in pairwise(found_))
    assert all(0 <= s.start < s.end <= len(text) for s in found_)


def test_equal_texts_get_equal_spans_in_their_places() -> None:
    seen: list[int] = []
    texts = ["", f"电话{mobile(1)}", "", f"电话{mobile(1)}"]
    found_ = spans(texts, progress=seen.append)
    assert found_[0] == found_[2] == []
    assert found_[1] == found_[3]
    assert isinstance(found_[1][0], Span)
    assert found_[1] is not found_[3]
    assert seen == [2]


def test_spans_are_the_same_twice() -> None:
    texts = [f"{n}号来电人李桂荣{mobile(n)}，身份证{resident_id(n)}" for n in range(20)]
    assert spans(texts) == spans(texts)


def test_shapes_for_text_are_narrow() -> None:
    own = shapes(found())
    assert {"person.identity.resident-id", "person.contact.email", "person.name"} <= {s.category for s in own}
    assert not [s for s in own if ".*" in s.regex]
