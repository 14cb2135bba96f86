"""Diagnosis codes of ICD-10: E11.9, its category E11, its block E10-E14, its chapter E00-E90, "*".

A code may stand alone (E11.9, e119, E11.900x001) or in brackets after the words (2型糖尿病(E11.9)).  Categories that
the WHO's blocks do not hold (those of a national edition) stand in their chapter from the block level on.  ICD-9 is not
ICD-10: V- and E-codes look alike, so look at the share of values that found a place.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps

LEVELS = ("category", "block", "chapter", TOP)
LABELS = ("code", "zh", "en")
_CODE = re.compile(r"([A-Z][0-9][0-9AB])(?:\.?[0-9X][0-9A-Z]{0,8})?\s*[†+*]?")
_BRACKETED = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]*?)\s*[)）\]】]\s*$")

Span = tuple[str, str, str]


SPEC = Spec(
    (
        Param("levels", "texts", "steps, fine to coarse", default=LEVELS),
        Param("labels", "text", "chapters by their range, or with the title too", default="code", choices=LABELS),
    ),
    steps("levels", LEVELS),
)


@cache
def _table() -> tuple[tuple[Mapping[str, str], ...], tuple[Span, ...]]:
    """Chapters as rows of the file, and blocks as (first, last, label), both in order."""
    folder = files("anonymizers.hierarchies")
    chapters = tuple(csv.DictReader((folder / "icd10_chapters.csv").read_text(encoding="utf-8").splitlines()))
    blocks = []
    for line in (folder / "icd10_blocks.txt").read_text(encoding="utf-8").splitlines():
        for block in line.split() if not line.startswith("#") else ():
            first, _, last = block.partition("-")
            blocks.append((first, last or first, block))
    return chapters, tuple(blocks)


def _within(code: str, spans: Sequence[Span]) -> str:
    place = bisect_right(spans, code, key=lambda span: span[0]) - 1
    return spans[place][2] if place >= 0 and code <= spans[place][1] else ""


def category_of(value: str) -> str:
    """The three characters of the category that ``value`` names; '' when it names none."""
    text = value.strip().upper()
    found = _CODE.fullmatch(text)
    if found is None and (bracketed := _BRACKETED.search(text)):
        found = _CODE.fullmatch(bracketed[1])
    return found[1] if found else ""


def _path(code: str, labels: str) -> Mapping[str, str] | None:
    chapters, blocks = _table()
    chapter = next((row for row in chapters if row["first"] <= code <= row["last"]), None)
    if chapter is None:
        return None
    name = chapter["label"] if labels == "code" else f"{chapter['label']} {chapter[labels]}"
    return {"category": code, "block": _within(code, blocks) or name, "chapter": name, TOP: TOP}


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that names a code of some chapter."""
    named = {value: code for value in sorted(counts) if (code := category_of(value))}
    paths = {code: _path(code, params["labels"]) for code in set(named.values())}
    return [
        (value, *(path[level] for level in params["levels"]))
        for value, code in named.items()
        if (path := paths[code]) is not None
    ]


BUILDER = Builder(
    name="icd10",
    title_zh="疾病分类（ICD-10）",
    title_en="diagnoses by ICD-10",
    build=build,
    spec=SPEC,
    source="WHO ICD-10, chapters and blocks by their code ranges; recalled",
    examples=(
        Worked(
            {},
            {"E11.9": 3, "I10": 2, "e119": 1, "E08.1": 1, "250.83": 1, "健康": 4},
            (
                ("E08.1", "E08", "E00-E90", "E00-E90", "*"),
                ("E11.9", "E11", "E10-E14", "E00-E90", "*"),
                ("I10", "I10", "I10-I15", "I00-I99", "*"),
                ("e119", "E11", "E10-E14", "E00-E90", "*"),
            ),
        ),
        Worked(
            {"levels": ["chapter"], "labels": "zh"},
            {"原发性高血压(I10)": 1, "肺炎（J18.900x001）": 1},
            (("原发性高血压(I10)", "I00-I99 循环系统疾病"), ("肺炎（J18.900x001）", "J00-J99 呼吸系统疾病")),
        ),
    ),
)
