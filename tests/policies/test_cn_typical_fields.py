"""Seventy-six fields that agencies have, and the level that the national and the Shanghai pack give each.

``typical_fields.csv`` holds what was proposed from the guidelines (``gb_proposed`` may be a range) beside what the
packs say; where the two differ the last column says why, and the pack is never the milder of the two.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from classifiers.category import tree
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.grading import Grading
from policies.pack import load

ROWS = list(csv.DictReader(Path(__file__).with_name("typical_fields.csv").open(encoding="utf-8")))
Row = dict[str, str]


def name(row: Row) -> str:
    return "-".join(filter(None, (row["no"], row["field"], row["attribute"], row["beside"], row["profile"])))


def graded(pack: str, row: Row) -> Grading:
    """The field in a table of a thousand rows, beside one other where the row names one."""
    fields = [FieldFacts(row["field"], row["category"], tree()[row["category"]].role, 1.0)]
    if row["beside"]:
        fields.append(FieldFacts("旁列", row["beside"], tree()[row["beside"]].role, 1.0))
    attributes = dict([row["attribute"].split("=")]) if row["attribute"] else {}
    measures = {"min-cell": 10.0} if "content" in attributes else {}
    together = "+".join(filter(None, (pack, row["profile"])))
    return grade(load(together), fields, DatasetFacts(rows=1000, attributes=attributes, measures=measures))


def levels(grading: Grading, row: Row) -> dict[str, str]:
    """Those of the field; alone in its table it is as grave as what is declared of the table."""
    return dict(grading.fields[0].levels if row["beside"] else grading.levels)


def test_all_are_there() -> None:
    assert {int(row["no"]) for row in ROWS} == set(range(1, 77))


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_the_national_level(row: Row) -> None:
    found = levels(graded("cn-gbt-43697-2024", row), row)["general"]
    assert found == row["gb"]
    low, _, high = row["gb_proposed"].partition("-")
    assert int(found[1]) >= int(low)
    assert int(found[1]) <= int(high or low) or row["why_not"]


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_the_levels_and_the_openness_in_shanghai(row: Row) -> None:
    grading = graded("cn-shanghai-open-data", row)
    found = levels(grading, row)
    scales = load("cn-shanghai-open-data").scales
    assert " ".join(found[scale] for scale in scales if scale in found) == row["sh"]
    assert set(row["sh_proposed"].split("-")) & set(found.values())
    assert (grading.fields[0].openness if row["beside"] else grading.openness) == row["sh_openness"]
