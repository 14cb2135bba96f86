"""What stands in a text where something was taken out: the kind in the text's own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TAGS = {
    "person.name": ("姓名", "NAME"),
    "person.contact.address": ("地址", "ADDRESS"),
    "person.contact.mobile": ("电话", "PHONE"),
    "person.contact.landline": ("电话", "PHONE"),
    "person.contact.email": ("邮箱", "EMAIL"),
    "person.contact.social-account": ("网络账号", "ACCOUNT"),
    "person.identity.passport": ("护照号", "PASSPORT"),
    "person.identity": ("证件号", "ID NUMBER"),
    "person.finance.bank-card": ("银行卡号", "CARD"),
    "person.finance": ("账号", "ACCOUNT"),
    "person.vehicle": ("车辆号码", "VEHICLE"),
    "person.basic.birth-date": ("出生日期", "BIRTH DATE"),
    "person.health": ("病历号", "RECORD NUMBER"),
    "person.network": ("网络标识", "NETWORK ID"),
    "organisation": ("机构代码", "ORGANISATION NUMBER"),
}


def tag(category: str, *, chinese: bool) -> str:
    """The words for a category or its nearest ancestor that has some; 个人信息 / PERSONAL for any other."""
    parts = category.split(".")
    for length in range(len(parts), 0, -1):
        words = TAGS.get(".".join(parts[:length]))
        if words is not None:
            return words[0] if chinese else words[1]
    return "个人信息" if chinese else "PERSONAL"


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any("一" <= character <= "鿿" for character in text)


def named(texts: Sequence[str], found: Sequence[Iterable[tuple[int, int, str]]]) -> list[list[tuple[int, int, str]]]:
    """Spans with a category as spans with a tag in the language of their text."""
    languages = [is_chinese(text) for text in texts]
    return [
        [(start, end, tag(category, chinese=chinese)) for start, end, category in spans]
        for spans, chinese in zip(found, languages, strict=True)
    ]
