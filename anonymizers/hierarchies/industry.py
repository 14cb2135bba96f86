"""Industries of GB/T 4754: class 1311, group 131, division 13, section C, "*".

Values are codes with or without the section's letter (C1311, 1311, 13), the letter alone, or the section's Chinese
title.  Editions differ from section N on, so the edition decides where 78 or 83 belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps

LEVELS = ("group", "division", "section", TOP)
_CODE = re.compile(r"([A-T]?)([0-9]{2,4})")

TITLES: Mapping[str, str] = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
# The first division of every section; the last section ends with its only division.
FIRST: Mapping[str, tuple[int, ...]] = {
    "2017": (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97),
    "2011": (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 79, 82, 83, 85, 90, 96),
}
_BY_TITLE = {title: letter for letter, title in TITLES.items()}


SPEC = Spec(
    (
        Param("levels", "texts", "steps, fine to coarse; those that change something when left out", default=None),
        Param("edition", "text", "edition of the standard", default="2017", choices=tuple(FIRST)),
        Param("labels", "text", "sections by letter, or with the title too", default="code", choices=("code", "zh")),
    ),
    steps("levels", LEVELS),
)


def section_of(division: int, edition: str) -> str:
    """The letter of the section that holds ``division``; '' where there is none."""
    first = FIRST[edition]
    if not first[0] <= division <= first[-1]:
        return ""
    return "ABCDEFGHIJKLMNOPQRST"[sum(start <= division for start in first) - 1]


def _read(value: str, edition: str) -> tuple[str, str] | None:
    """(digits, letter) of a code, a letter or a title; None when it is none, or its letter contradicts its digits."""
    text = value.strip()
    if text in _BY_TITLE:
        return "", _BY_TITLE[text]
    if text.upper() in TITLES:
        return "", text.upper()
    found = _CODE.fullmatch(text.upper())
    letter = section_of(int(found[2][:2]), edition) if found else ""
    if found is None or not letter or found[1] not in ("", letter):
        return None
    return found[2], letter


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is an industry of the edition."""
    read = {value: found for value in sorted(counts) if (found := _read(value, params["edition"])) is not None}
    longest = max((len(digits) for digits, _ in read.values()), default=0)
    levels = params["levels"]
    if levels is None:
        levels = LEVELS[{4: 0, 3: 1, 2: 2}.get(longest, 2) :]

    def label(digits: str, letter: str, level: str) -> str:
        section = letter if params["labels"] == "code" else f"{letter} {TITLES[letter]}"
        if level == TOP:
            return TOP
        if level == "section" or not digits:
            return section
        return digits[: 3 if level == "group" else 2]

    return [(value, *(label(*found, level) for level in levels)) for value, found in read.items()]


BUILDER = Builder(
    name="industry",
    title_zh="国民经济行业（GB/T 4754）",
    title_en="industries by GB/T 4754",
    build=build,
    spec=SPEC,
    source="GB/T 4754-2017 and -2011, sections by their divisions; recalled",
    examples=(
        Worked(
            {},
            {"1311": 2, "C1311": 1, "C4411": 1, "T": 1, "教育": 1, "9800": 1},
            (
                ("1311", "131", "13", "C", "*"),
                ("C1311", "131", "13", "C", "*"),
                ("T", "T", "T", "T", "*"),
                ("教育", "P", "P", "P", "*"),
            ),
        ),
        Worked(
            {"labels": "zh"}, {"83": 1, "78": 1}, (("78", "N 水利、环境和公共设施管理业", "*"), ("83", "P 教育", "*"))
        ),
        Worked({"edition": "2011", "levels": ["section"]}, {"83": 1}, (("83", "Q"),)),
    ),
)
