"""Levels of education: what was written, the level of schooling, one of three stages, "*".

Chinese words (大专, 本科毕业, 初中), the codes of GB/T 4658 (by their first digit only), and the words of English
surveys.  What spans levels (高中及以下) has no place: it would be put too high or too low.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec

NONE, PRIMARY, LOWER, UPPER, SHORT, BACHELOR, GRADUATE = range(7)
LABELS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "zh": (
        ("未上学", "小学", "初中", "高中阶段", "专科", "本科", "研究生"),
        ("小学及以下", "中学阶段", "高等教育"),
    ),
    "en": (
        ("no schooling", "primary", "lower secondary", "upper secondary", "short tertiary", "bachelor", "postgraduate"),
        ("primary or less", "secondary", "tertiary"),
    ),
}
STAGE = (0, 0, 1, 1, 2, 2, 2)
# First digit of a code of GB/T 4658; 5 was the technical school of its first edition.
BY_DIGIT = {"1": GRADUATE, "2": BACHELOR, "3": SHORT, "4": UPPER, "5": UPPER, "6": UPPER, "7": LOWER, "8": PRIMARY}
# The first that is found decides: 中等专科 before 专科, 大学专科 before 大学.
CHINESE: tuple[tuple[str, int], ...] = (
    ("以下|以上", -1),
    ("博士|硕士|碩士|研究生", GRADUATE),
    ("高职|高等职业", SHORT),
    ("中专|中等|职高|高職|职业高中|技校|技工|中技|高中|高级中学|普通高级", UPPER),
    ("大专|专科|專科", SHORT),
    ("本科|学士|學士|大学|大學", BACHELOR),
    ("初中|初级中学|國中", LOWER),
    ("小学|國小|初等", PRIMARY),
    ("文盲|不识字|不識字|未上过学|未上学|学龄前|学前|幼儿园|扫盲班", NONE),
)
ENGLISH: Mapping[int, str] = {
    NONE: "noschooling none illiterate preschool kindergarten neverattended",
    PRIMARY: "primary elementary 1st4th 5th6th primaryschool elementaryschool",
    LOWER: "7th8th 9th lowersecondary middleschool juniorhigh",
    UPPER: "10th 11th 12th hsgrad highschool highschoolgraduate highschooldiploma ged uppersecondary alevel vocational "
    "vocationalschool",
    SHORT: "somecollege associate associates associatedegree associatesdegree assocvoc assocacdm shorttertiary",
    BACHELOR: "bachelor bachelors bachelorsdegree bachelordegree undergraduate",
    GRADUATE: "master masters mastersdegree doctorate doctoral phd md profschool professional postgraduate mba",
}
_ENGLISH = {word: level for level, words in ENGLISH.items() for word in words.split()}
_CHINESE = tuple((re.compile(words), level) for words, level in CHINESE)
_CODE = re.compile(r"[1-8][0-9]")


SPEC = Spec(
    (
        Param(
            "labels",
            "text",
            "language of the labels; that of most values when left out",
            default=None,
            choices=tuple(LABELS),
        ),
    )
)


def level_of(value: str) -> int | None:
    """0 (no schooling) to 6 (postgraduate); None where the text names no level, or several."""
    text = value.strip()
    if _CODE.fullmatch(text):
        return BY_DIGIT[text[0]]
    if text.isascii():
        return _ENGLISH.get(re.sub(r"[^a-z0-9]", "", text.lower()))
    for words, level in _CHINESE:
        if words.search(text):
            return level if level >= 0 else None
    return None


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that names one level."""
    found = {value: level for value in sorted(counts) if (level := level_of(value)) is not None}
    english = sum(counts[value] for value in found if value.isascii() and not value.strip().isdigit())
    language = params["labels"] or ("en" if english * 2 > sum(counts[value] for value in found) else "zh")
    names, stages = LABELS[language]
    return [(value, names[level], stages[STAGE[level]], TOP) for value, level in found.items()]


BUILDER = Builder(
    name="education",
    title_zh="受教育程度",
    title_en="levels of education",
    build=build,
    spec=SPEC,
    source="GB/T 4658-2006, first digits; words of Chinese registers and English surveys; recalled",
    examples=(
        Worked(
            {},
            {"大学专科": 1, "大学本科": 1, "中等专科": 1, "61": 1, "高中及以下": 1},
            (
                ("61", "高中阶段", "中学阶段", "*"),
                ("中等专科", "高中阶段", "中学阶段", "*"),
                ("大学专科", "专科", "高等教育", "*"),
                ("大学本科", "本科", "高等教育", "*"),
            ),
        ),
        Worked(
            {},
            {"HS-grad": 2, "Bachelors": 1, "7th-8th": 1},
            (
                ("7th-8th", "lower secondary", "secondary", "*"),
                ("Bachelors", "bachelor", "tertiary", "*"),
                ("HS-grad", "upper secondary", "secondary", "*"),
            ),
        ),
    ),
)
