"""Occupations of GB/T 6565: minor group, middle group, major group, in work or not, "*".

Values are codes (2-02-10-09, 20210, 202) or the everyday words of registers (教师, 司机, 退休), which are known only by
their major group.  The editions number differently and a bare code does not say which it is, so the edition does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps

LEVELS = ("minor", "middle", "major", "work", TOP)
IN_WORK, NOT_IN_WORK = "在业", "不在业"
NOT_WORKING = "N"
TITLES: Mapping[str, Mapping[str, str]] = {
    "2015": {
        "1": "党的机关、国家机关、群众团体和社会组织、企事业单位负责人",
        "2": "专业技术人员",
        "3": "办事人员和有关人员",
        "4": "社会生产服务和生活服务人员",
        "5": "农、林、牧、渔业生产及辅助人员",
        "6": "生产制造及有关人员",
        "7": "军人",
        "8": "不便分类的其他从业人员",
    },
    "2009": {
        "0": "国家机关、党群组织、企业、事业单位负责人",
        "1/2": "专业技术人员",
        "3": "办事人员和有关人员",
        "4": "商业、服务业人员",
        "5": "农、林、牧、渔、水利业生产人员",
        "6/7/8/9": "生产、运输设备操作人员及有关人员",
        "X": "军人",
        "Y": "不便分类的其他从业人员",
    },
}
_CODES = {
    "2015": re.compile(r"([1-8])(?:-?([0-9]{2})(?:-?([0-9]{2})(?:-?[0-9]{2})?)?)?"),
    "2009": re.compile(r"([0-9XY])(?:-?([0-9])([0-9])?)?"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """``major`` is a key of the edition's titles, or ``NOT_WORKING``; finer groups are '' where they are not known."""

    major: str
    middle: str = ""
    minor: str = ""


SPEC = Spec(
    (
        Param("levels", "texts", "steps, fine to coarse; from 'major' for words when left out", default=None),
        Param("edition", "text", "edition of the standard", default="2015", choices=tuple(TITLES)),
    ),
    steps("levels", LEVELS),
)


@cache
def _words() -> Mapping[str, str]:
    """Everyday words with the major group of the 2015 edition that they belong to."""
    table = (files("anonymizers.hierarchies") / "cn_occupations.csv").read_text(encoding="utf-8")
    return {word: row["major"] for row in csv.DictReader(table.splitlines()) for word in row["words"].split()}


def _read(value: str, edition: str) -> Found | None:
    text = value.strip().upper()
    code = _CODES[edition].fullmatch(text)
    if code is not None:
        major = next(key for key in TITLES[edition] if code[1] in key.split("/"))
        middle = f"{code[1]}{code[2]}" if code[2] else ""
        return Found(major, middle, f"{middle}{code[3]}" if middle and code[3] else "")
    major = _words().get(value.strip(), "")
    if not major or (edition != "2015" and major != NOT_WORKING):
        return None
    return Found(major)


def _label(found: Found, level: str, edition: str) -> str:
    if level == TOP:
        return TOP
    if found.major == NOT_WORKING:
        return NOT_IN_WORK
    if level == "work":
        return IN_WORK
    title = f"{found.major} {TITLES[edition][found.major]}"
    if level == "major":
        return title
    return (found.minor or found.middle or title) if level == "minor" else found.middle or title


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is a code of the edition or a word that is known."""
    edition, levels = params["edition"], params["levels"]
    read = {value: found for value in sorted(counts) if (found := _read(value, edition)) is not None}
    if levels is None:
        levels = LEVELS if any(found.middle for found in read.values()) else LEVELS[2:]
    return [(value, *(_label(found, level, edition) for level in levels)) for value, found in read.items()]


BUILDER = Builder(
    name="occupation",
    title_zh="职业（GB/T 6565）",
    title_en="occupations by GB/T 6565",
    build=build,
    spec=SPEC,
    source="GB/T 6565-2015 and -2009, major groups and the shape of codes; everyday words assigned by us; recalled",
    examples=(
        Worked(
            {},
            {"教师": 5, "退休": 3, "司机": 1, "astronaut": 1},
            (
                ("司机", "4 社会生产服务和生活服务人员", "在业", "*"),
                ("教师", "2 专业技术人员", "在业", "*"),
                ("退休", "不在业", "不在业", "*"),
            ),
        ),
        Worked(
            {"levels": ["minor", "middle", "major"]},
            {"2-02-10-09": 1, "20210": 1, "202": 1},
            (
                ("2-02-10-09", "20210", "202", "2 专业技术人员"),
                ("202", "202", "202", "2 专业技术人员"),
                ("20210", "20210", "202", "2 专业技术人员"),
            ),
        ),
        Worked(
            {"edition": "2009", "levels": ["middle", "major"]},
            {"211": 1, "X": 1},
            (("211", "21", "1/2 专业技术人员"), ("X", "X 军人", "X 军人")),
        ),
    ),
)
