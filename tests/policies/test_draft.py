"""A drafted case is understood and passes, whatever the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.check import check
from policies.draft import draft_case
from policies.facts import DatasetFacts, FieldFacts
from policies.pack import PACKS, found, load
from tests.policies.test_grading import tables

SHANGHAI = PACKS / "cn-shanghai-open-data.toml"
BARE = SHANGHAI.read_text(encoding="utf-8").split("[[cases]]", 1)[0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables, st.sampled_from([{}, {"origin": "shared"}, {"consent": "all-subjects"}]))
def test_a_draft_passes(tmp_path: Path, fields: tuple[FieldFacts, ...], attributes: dict[str, str]) -> None:
    pack = load("cn-shanghai-open-data")
    about = DatasetFacts(rows=1000, subjects=7, sources=2, measures={"l:f0": 3.0}, attributes=attributes)
    path = tmp_path / "cn-shanghai-open-data.toml"
    path.write_text(BARE + draft_case(pack, "drafted", fields, about), encoding="utf-8")
    assert check(path) == ()


@pytest.mark.parametrize("pack", found(), ids=lambda p: p.meta.id)
def test_the_cases_of_a_pack_can_be_drafted(pack: object) -> None:
    for case in pack.cases[:5]:  # type: ignore[attr-defined]
        text = draft_case(pack, case.id, case.fields, case.dataset, tuple(case.demands))  # type: ignore[arg-type]
        assert text.startswith("[[cases]]\n")
