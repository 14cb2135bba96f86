"""What is proposed for a column, and that the preview never shows a cell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.build import grow
from anonymizers.propose import intervals, preview, propose, type_of

NUMBERS = {str(number): 1 + number % 7 for number in range(18, 91)}


@pytest.mark.parametrize(
    ("counts", "category", "kind"),
    [
        (NUMBERS, "person.basic.age", "interval"),
        (NUMBERS, "", "quantile"),
        ({f"19{year}-05-06": 3 for year in range(10, 99)}, "person.basic.birth-date", "dates"),
        ({"310115": 5, "330106": 4, "310103": 3}, "thing.region-code", "places"),
        ({"回": 5, "汉族": 60, "01": 4}, "person.basic.ethnicity", "ethnic"),
        ({"E11.9": 5, "I10": 6, "J06.9": 4}, "person.health.diagnosis", "icd10"),
        ({"C13": 5, "4411": 6, "H61": 9}, "organisation.industry", "industry"),
        ({"本科": 5, "初中": 6}, "person.education.level", "education"),
        ({"教师": 5, "学生": 6}, "person.work.occupation", "occupation"),
        ({"Low": 5, "medium": 6, "high": 9}, "", "scale"),
        ({f"A{number:04d}": 2 for number in range(30)}, "", "prefix"),
        ({"red": 50, "green": 30, "teal": 8, "puce": 1}, "", "group-rare"),
        ({"m": 5, "f": 6}, "person.basic.sex", "redact"),
    ],
)
def test_kinds(counts: dict[str, int], category: str, kind: str) -> None:
    found = propose(counts, category=category, type=type_of(counts))
    assert found is not None and found.spec["kind"] == kind and found.placed >= 0.9
    assert not any(value in repr(found.spec) for value in counts if not value.isdigit() and len(value) > 2)


def test_nothing_is_proposed_for_names_and_nothing() -> None:
    assert propose({f"name {number}": 1 for number in range(100)}) is None
    assert propose({}) is None and propose({"": 9}) is None
    assert propose({"only": 9}).spec == {"kind": "redact"}  # type: ignore[union-attr]


def test_intervals_are_round_and_say_nothing_of_the_ends() -> None:
    spec = intervals({str(number * 13): 1 for number in range(1000)})
    assert spec == {"kind": "interval", "width": 1000, "levels": 5, "bottom": 1000, "top": 12000}
    assert intervals({"5": 1}) is None and intervals({"a": 1}) is None
    assert intervals({str(10**number): 10 for number in range(9)}) is None


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), st.integers(1, 40), max_size=30),
    st.sampled_from(
        ["", "person.basic.ethnicity", "person.health.diagnosis", "thing.region", "person.education.level"]
    ),
)
def test_every_value_has_a_path_and_no_example_is_a_cell(counts: dict[str, int], category: str) -> None:
    found = propose(counts, category=category, type=type_of(counts), least=3)
    if found is None:
        return
    grown = grow(counts, found.spec)  # nests, or Hierarchy would refuse it
    assert {row[0] for row in grown.rows} >= counts.keys()
    for level in preview(grown, counts):
        assert level.example not in counts or level.example == ""
    if found.spec["kind"] == "group-rare":
        for row in grown.rows:
            assert all(label not in counts or label == "" or counts[label] >= 3 for label in row[1:])


def test_a_million_distinct_values_are_not_looked_at_twice() -> None:
    counts = dict.fromkeys(map(str, range(1_000_000)), 1)
    began = time.process_time()
    assert propose(counts, type="integer") is None
    assert time.process_time() - began < 2
