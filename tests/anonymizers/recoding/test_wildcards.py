"""The measure of k with wildcards, against counting row by row."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymizers.measures.sample import open_sample
from anonymizers.wildcards import least_match
from tests.anonymizers.recoding.made import matches


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(*[st.sampled_from(("a", "b", "c", ""))] * 3), max_size=20))
def test_least_match(tmp_path_factory: object, rows: list[tuple[str, ...]]) -> None:
    path: Path = tmp_path_factory.mktemp("wild") / "table.csv"  # type: ignore[attr-defined]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("x", "y", "z"), *rows])
    with open_sample(path) as sample:
        assert least_match(sample, ("x", "y", "z")) == min((matches(rows, row) for row in rows), default=0)
