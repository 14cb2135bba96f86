"""Numbers in sentences: with blanks and hyphens as people write them, proved by a check digit or announced by a word.

A number that a word announces is taken out even where its check digit is wrong: somebody mistyped somebody's number.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from classifiers.checksums import luhn
from classifiers.inside import Shape

GAP = r"[:：为是#\s]{0,3}"
DATE = (
    r"(?:(?:19|20)[0-9]{2}(?:年|[-/.])[01]?[0-9](?:月|[-/.])[0-3]?[0-9]日?|[0-3]?[0-9][/.-][0-3]?[0-9][/.-](?:19|20)[0-9]{2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* [0-3]?[0-9],? (?:19|20)[0-9]{2}"
    r"|[0-3]?[0-9] (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)[0-9]{2})"
)
BORN = r"出生日期|出生年月|出生|生于|生日|[Bb]orn(?: on)?|DOB|[Dd]ate of birth|[Bb]irth(?:day| ?date)"
# Words that announce a number, and what the number then is.
ANNOUNCED = {
    "person.identity.resident-id": "身份证(?:号码?|件号)?|证件号码?|公民身份号码",
    "person.identity.passport": "护照号?码?|[Pp]assport(?: no\\.?| number)?",
    "person.identity.driver-licence": "驾驶?证号?码?|[Dd]river'?s? licen[cs]e(?: no\\.?| number)?",
    "person.identity.social-security": "社保卡?号?码?|医保卡?号?码?",
    "person.identity.student-number": "学籍?号|准考证号",
    "person.identity.staff-number": "工号|警号|员工编号",
    "person.health.record-number": "病历号|住院号|门诊号|病案号|MRN|[Mm]edical record(?: no\\.?| number)?",
    "person.finance.bank-card": "银行卡号?|卡号|账号|账户|[Cc]ard(?: no\\.?| number)?|[Aa]ccount(?: no\\.?| number)?",
    "person.contact.social-account": "微信号?|QQ号?|抖音号?|支付宝|[Ww]e[Cc]hat|[Ww]hats[Aa]pp|[Tt]elegram",
    "person.contact.landline": "电话|座机|手机|传真|[Tt]el\\.?|[Pp]hone|[Ff]ax",
}
SHORTEST = {"person.contact.landline": 7, "person.finance.bank-card": 8, "person.identity.resident-id": 8}


def _squeezed(text: str) -> str:
    return re.sub("[ -]", "", text)


def _card(text: str) -> bool:
    return bool(np.asarray(luhn(pa.array([_squeezed(text)], pa.string())))[0])


def _digits(text: str) -> bool:
    """Three digits at least: no word of letters."""
    return sum(c.isdigit() for c in text) >= 3


def shapes() -> list[Shape]:
    """Every shape, the surest first."""
    mobile = r"(?:(?:\+|00)?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
    card = r"[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,3})?"
    foreign = r"(?:\+[1-9][0-9]{0,2}[ .-]?)?\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}"
    found = [
        Shape("person.contact.mobile", "spaced mobile", _apart(mobile), "1[3-9][0-9][- ]?[0-9]{4}", 0.95),
        Shape("person.finance.bank-card", "spaced card", _apart(card), card, 0.93, _card),
        Shape("person.contact.landline", "foreign", _apart(foreign), foreign, 0.8),
        Shape("person.identity.passport", "passport", _apart("[EGPDS][0-9]{8}|E[A-Z][0-9]{7}"), "[EGPDS][0-9A-Z]", 0.8),
        Shape("person.basic.birth-date", "birth", f"(?<=(?:{BORN})[:：于是为, ]{{0,2}}){DATE}", f"(?:{BORN})", 0.85),
        Shape("person.basic.birth-date", "born then", f"{DATE}(?=出生|生[，,。）)；;]|\\s?年?生人)", "生", 0.85),
        Shape(
            "person.basic.birth-date",
            "year born",
            "(?:19|20)[0-9]{2}年(?:[01]?[0-9]月)?(?=出生|生[，,。）)])",
            "生",
            0.8,
        ),
    ]
    for category, cue in ANNOUNCED.items():
        least = SHORTEST.get(category, 5)
        number = f"[A-Za-z0-9][A-Za-z0-9_*-]{{{least - 2},23}}[A-Za-z0-9*]"
        found.append(
            Shape(category, "announced", f"(?<=(?:{cue}){GAP}){number}", f"(?:{cue})", 0.7, _digits, proves=False)
        )
    return found


def _apart(regex: str) -> str:
    """Neither the middle nor an end of a longer number or word."""
    return f"(?<![0-9A-Za-z])(?:{regex})(?![0-9A-Za-z])"
