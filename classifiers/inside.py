"""Shapes to look for inside running text: the classifiers' own, and those that only make sense in a sentence.

A whole-cell pattern is taken when a stretch of text that fits it is seldom anything else.  Names and addresses have no
such shape; in text they are found by the words around them, and many are missed: such a column stays free text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from classifiers.classifier import Classifier, Pattern
from classifiers.scan.alphabet import HAN, ODD, of_regex
from classifiers.vocabulary.words import words

SELDOM = 0.1  # null rate up to which a shape may be looked for in text
SHORTEST = 6
CUE = (
    "姓名|联系人|当事人|户主|负责人|来电人|经办人|申请人|申请者|法定代表人|监护人|报案人|举报人|投诉人|患者|病人|学生|家长|配偶|丈夫|妻子|父亲|母亲|"
    "儿子|女儿|老人|居民|村民|业主|驾驶员|司机|嫌疑人|被害人|受害人|被告人|被告|原告|证人|同志|反映人|来访人|信访人|收件人|户名"
)
AFTER = (
    "先生|女士|小姐|同志|老师|医生|某某|"
    "[，,、（(\\s]{0,2}(?:男|女|电话|手机|联系电话|身份证|汉族|19[0-9]{2}年|20[0-9]{2}年)"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """``regex`` is in Python's dialect, ``hint`` is RE2 and true of every text that ``regex`` finds something in.

    ``proves`` tells that what passes ``check`` is surely of the category, and not only possibly.  ``find``, where it is
    given, stands for the regex: from a text to (start, end) pairs."""

    category: str
    name: str
    regex: str
    hint: str
    score: float
    check: Callable[[str], bool] | None = None
    find: Callable[[str], list[tuple[int, int]]] | None = None
    proves: bool = True


def _one(pattern: Pattern) -> Callable[[str], bool] | None:
    check = pattern.check
    if check is None:
        return None
    return lambda text: bool(np.asarray(check(pa.array([text], pa.string())))[0])


def _usable(pattern: Pattern) -> bool:
    can, _ = of_regex(pattern.regex)
    if pattern.null_rate > SELDOM or pattern.length[0] < SHORTEST or "masked" in pattern.name:
        return False
    if re.search(r"\.[*+]|\[\^\\s\][*+]", pattern.regex) or re.search(r"\]\{\d+,\d{2,}\}", pattern.regex):
        return False
    return not can & (HAN | ODD) or pattern.null_rate <= 0.001


def _from_classifiers(classifiers: Iterable[Classifier]) -> list[Shape]:
    found: dict[str, Shape] = {}
    for classifier in classifiers:
        if not classifier.category.startswith(("person.", "organisation.uscc")):
            continue
        for pattern in classifier.patterns:
            if _usable(pattern) and pattern.regex not in found:
                regex = f"(?<![0-9A-Za-z])(?:{pattern.regex})(?![0-9A-Za-z])"
                score = 0.5 + 0.4 * (1 - pattern.null_rate)
                found[pattern.regex] = Shape(
                    classifier.category, pattern.name, regex, pattern.regex, score, _one(pattern)
                )
    return list(found.values())


@lru_cache(maxsize=1)
def _name_parts() -> tuple[str, str]:
    surnames = sorted(words("surnames"), key=lambda w: (-len(w), w))
    return "|".join(surnames), "".join(sorted(words("given_characters")))


def _latin(text: str) -> bool:
    first, _, last = text.partition(" ")
    return first in words("english_given") or last.rpartition(" ")[2] in words("english_surnames")


def _in_sentences() -> list[Shape]:
    surname, given = _name_parts()
    name = f"(?:{surname})[{given}一-鿿][{given}]|(?:{surname})[{given}]"
    han = "[一-鿿]"
    address = (
        f"(?:{han}{{2,7}}(?:省|自治区))?(?:{han}{{2,7}}(?:市|州|盟))?(?:{han}{{1,7}}(?:区|县|市|旗))?{han}{{1,9}}"
        f"(?:镇|乡|街道)?{han}{{0,9}}(?:路|街|道|巷|弄|村|小区|新村|花园)[0-9一二三四五六七八九十]{{1,5}}(?:号|弄|组|栋|幢)"
        "(?:[0-9A-Za-z]{1,5}(?:号楼|栋|幢|单元|室|号|层|楼))*"
    )
    hint = f"{han}(?:路|街|道|巷|弄|村|小区|新村|花园)[0-9一二三四五六七八九十]{{1,5}}(?:号|弄|组|栋|幢)"
    email = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    return [
        Shape("person.contact.email", "e-mail address", rf"(?<![A-Za-z0-9._%+-]){email}", email, 0.9),
        Shape("person.name", "name after a cue", rf"(?<=(?:{CUE})[:：是为叫\s]{{0,2}})(?:{name})", CUE, 0.7),
        Shape(
            "person.name",
            "name before a cue",
            rf"(?<!{han})(?:{name})(?={AFTER})",
            f"{han}(?:{AFTER})",
            0.7,
        ),
        Shape(
            "person.name",
            "English name",
            r"(?<![A-Za-z])[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+(?![A-Za-z])",
            "[A-Z][a-z]+ (?:[A-Z]\\. )?[A-Z][a-z]+",
            0.6,
            _latin,
        ),
        Shape("person.contact.address", "address", address, hint, 0.7),
    ]


def shapes(classifiers: Iterable[Classifier]) -> tuple[Shape, ...]:
    """Everything that is looked for inside text."""
    own = [s for s in _from_classifiers(classifiers) if "@" not in s.regex]
    return (*own, *_in_sentences())
