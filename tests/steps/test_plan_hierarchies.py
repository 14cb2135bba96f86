"""What knowing trees is worth: how much of a made-up person register an unconditional release still says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from anonymizers.discovery import builders
from release.desk.packs import chosen
from release.desk.path import examine, prepare
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.samples.samples import write
from release.steps.reading import count_values
from release.steps.search import Searched, search
from release.steps.stages import Stages


def test_a_person_register_keeps_most_of_its_quasi_identifiers(tmp_path: Path) -> None:
    found = examine(
        write("people", tmp_path, 5000), work=tmp_path, policy=chosen(["cn-shanghai-open-data"], date(2026, 11, 23))
    )
    plan = prepare(found, openness=Openness.UNCONDITIONAL)
    assert isinstance(plan, Plan)
    quasi = [one for one in plan.fields if one.role == "quasi-identifier" and one.method != "drop"]
    kinds = {one.field: one.params["hierarchy"]["kind"] for one in quasi}
    assert kinds["民族"] == "ethnic" and kinds["职业"] == "occupation" and kinds["出生日期"] == "dates"
    named = [str(one.params["field"]) for one in plan.models if "field" in one.params]
    counts = count_values(found.table.path, [*(one.field for one in quasi), *named])
    answer = search(found.table, plan, quasi, counts, key=b"k" * 32, spans=None, stages=Stages(lambda: 0.0, None))
    assert isinstance(answer, Searched)
    alive = 0
    for place, (axis, level) in enumerate(zip(answer.axes, answer.solution.levels, strict=True)):
        codes = np.unique(answer.collapsed.keys[answer.solution.keep, place])
        alive += len({axis.hierarchy.rows[code][level] for code in codes.tolist()}) > 1
    # Value or nothing left 2 of 4 (birth date and ethnicity were all stars, occupation and education left out).
    assert alive >= 5


def test_a_plan_lists_no_value_of_the_table(tmp_path: Path) -> None:
    found = examine(write("people", tmp_path, 2000), work=tmp_path)
    plan = prepare(found, openness=Openness.CONDITIONAL)
    assert isinstance(plan, Plan)
    for one in plan.fields:
        spec = dict(one.params.get("hierarchy", {}))
        held = count_values(found.table.path, [one.field])[one.field]
        texts = (
            {
                text
                for value in spec.values()
                for text in (value if isinstance(value, (list, tuple)) else [value])
                if isinstance(text, str)
            }
            if spec
            else set()
        )
        assert not texts & held.keys() and spec.get("kind", "redact") in builders()
