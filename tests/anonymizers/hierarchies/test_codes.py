"""The code tables: complete, without overlap, and read in the spellings that registers use."""

from __future__ import annotations

from itertools import pairwise

import pytest

from anonymizers.build import grow
from anonymizers.hierarchies import education, ethnic, group_rare, icd10, industry, occupation, scale
from anonymizers.hierarchy import TOP


def path(kind: str, value: str, **params: object) -> tuple[str, ...]:
    return grow({value: 1}, {"kind": kind, **params}).rows[0][1:]


def test_blocks_follow_each_other_and_stay_in_one_chapter() -> None:
    chapters, blocks = icd10._table()
    assert len(chapters) == 22
    for first, last, label in blocks:
        assert first <= last and label in (first, f"{first}-{last}")
        assert sum(row["first"] <= first and last <= row["last"] for row in chapters) in (0, 1)
    # Y10-Y34 and the like lie inside chapter XX; X85-Y09 spans two letters of it.
    assert all(a[1] < b[0] for a, b in pairwise(blocks))
    assert all(sum(row["first"] <= first <= row["last"] for row in chapters) == 1 for first, _, _ in blocks)


@pytest.mark.parametrize(
    ("value", "block", "chapter"),
    [
        ("A15.0", "A15-A19", "A00-B99"),
        ("B20", "B20-B24", "A00-B99"),
        ("d48.9", "D37-D48", "C00-D48"),
        ("D50", "D50-D53", "D50-D89"),
        ("H59.9", "H55-H59", "H00-H59"),
        ("H60", "H60-H62", "H60-H95"),
        ("M51.200", "M40-M54", "M00-M99"),
        ("X99", "X85-Y09", "V01-Y98"),
        ("Y34", "Y10-Y34", "V01-Y98"),
        ("U07.1", "U00-U49", "U00-U99"),
        ("A17.0†", "A15-A19", "A00-B99"),
        ("HIV感染(B20)", "B20-B24", "A00-B99"),
        ("I10.x00x002", "I10-I15", "I00-I99"),
    ],
)
def test_diagnoses(value: str, block: str, chapter: str) -> None:
    assert path("icd10", value)[1:] == (block, chapter, TOP)


@pytest.mark.parametrize("value", ["250.83", "428", "E950.0", "V9", "高血压", "I1", "(I10", "I10 I11"])
def test_what_is_no_diagnosis_code_has_no_place(value: str) -> None:
    assert not icd10.build({value: 1}, icd10.SPEC.read({}))


def test_every_division_of_industry_lies_in_one_section() -> None:
    for edition, last in (("2017", 97), ("2011", 96)):
        letters = [industry.section_of(division, edition) for division in range(1, last + 1)]
        assert "" not in letters and letters == sorted(letters) and set(letters) == set(industry.TITLES)
        assert industry.section_of(0, edition) == industry.section_of(last + 1, edition) == ""
    assert not industry.build({"A1311": 1, "K": 1}, industry.SPEC.read({}))[1:]


def test_ethnic_groups_are_56_each_in_one_tier() -> None:
    assert len(ethnic.NAMES) == len(set(ethnic.NAMES)) == 56
    tiers = [name for names in ethnic.TIERS.values() for name in names]
    assert len(tiers) == len(set(tiers)) == 27 and set(tiers) < set(ethnic.NAMES)
    small = [name for name in ethnic.NAMES if path("ethnic", name)[0] == ethnic.SMALL]
    assert len(small) == 28
    assert path("ethnic", "56") == path("ethnic", "基诺族") and path("ethnic", "1") == path("ethnic", "汉")


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("中专", education.UPPER),
        ("大专毕业", education.SHORT),
        ("大学", education.BACHELOR),
        ("大学专科", education.SHORT),
        ("高职高专", education.SHORT),
        ("职业高中", education.UPPER),
        ("硕士研究生", education.GRADUATE),
        ("文盲或半文盲", education.NONE),
        ("21", education.BACHELOR),
        ("Some-college", education.SHORT),
        ("Prof-school", education.GRADUATE),
        ("1st-4th", education.PRIMARY),
        ("高中及以上", None),
        ("95", None),
        ("其他", None),
    ],
)
def test_levels_of_education(value: str, level: int | None) -> None:
    assert education.level_of(value) == level


def test_occupation_words_belong_to_one_group_each() -> None:
    words = occupation._words()
    assert set(words.values()) <= {*occupation.TITLES["2015"], occupation.NOT_WORKING}
    lists = (occupation.files("anonymizers.hierarchies") / "cn_occupations.csv").read_text(encoding="utf-8")
    told = [word for line in lists.splitlines()[1:] for word in line.split(",")[1].split()]
    assert len(told) == len(set(told)) == len(words)


def test_scales_list_every_step_once() -> None:
    assert all(len(steps) == len(set(steps)) >= 3 for steps in scale.SCALES)


def test_rare_values_are_never_a_label() -> None:
    counts = {f"v{number}": number for number in range(1, 60)}
    rows = group_rare.build(counts, group_rare.SPEC.read({"shares": [0.01, 0.02, 0.1], "least": 5}))
    limits = group_rare.thresholds(sum(counts.values()), group_rare.SPEC.read({"shares": [0.01, 0.02, 0.1]}))
    for level, limit in enumerate(limits, 1):
        sizes: dict[str, int] = {}
        for row in rows:
            sizes[row[level]] = sizes.get(row[level], 0) + counts[row[0]]
        assert min(sizes.values()) >= limit
