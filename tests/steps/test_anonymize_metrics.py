"""What a node costs in every metric, against what ARX says of the same node: some 700 nodes of Adult.

The second half of ARX's answers was made with countries grouped in another way at level 1 (of those nodes many differ,
and no other does), so they are passed over.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anonymizers.search.problem import Problem, Solution
from anonymizers.search.solve import solve
from release.ingest.read import ingest
from release.job.read import read_job
from release.nouns.dataset import Table
from release.nouns.plan import SearchSpec
from release.steps.anonymize import prepare
from release.steps.stages import Stages
from tests.anonymizers.arx import AGGREGATES, METRICS, adult, model_of, roles_of
from tests.real_data import table as real

QIS = ("sex", "age", "race", "marital-status", "education", "native-country", "workclass", "salary-class")
OTHER_COUNTRIES = 45


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return ingest(adult(), work=tmp_path_factory.mktemp("adult"))


def problem(whole: Table, folder: Path, spec: dict[str, Any]) -> Problem:
    models = [model_of(model) for model in spec["privacy_models"]]
    for model in models:
        if model["name"] == "delta-presence":
            model["absent"] = "ignore"
    lines = roles_of(QIS, spec["sensitive_attribute"])
    for model in models:
        lines += ["[[models]]", *(f"{key} = {json.dumps(value)}" for key, value in model.items())]
    (folder / "job.toml").write_text("\n".join(lines), encoding="utf-8")
    asked = SearchSpec(
        metric=METRICS[spec["metric"]["name"]],
        aggregate=AGGREGATES[spec["metric"]["aggregate"]],
        gs_factor=spec["metric"]["gs_factor"],
        monotonic=spec["metric"]["monotonic"] and spec["metric"]["name"] != "Height",
        suppression_limit=1.0,
        time_limit_s=600.0,
    )
    return prepare(whole, read_job(folder / "job.toml"), asked, Stages(lambda: 0.0, None)).problem


def test_every_node_costs_what_arx_says(whole: Table, tmp_path: Path) -> None:
    specs = json.loads(real("arx_expected/utility_metrics.json").read_text(encoding="utf-8"))
    known: dict[str, Problem] = {}
    nodes, wrong = 0, []
    for number, spec in enumerate(specs):
        key = json.dumps([spec["privacy_models"], spec["metric"]])
        asked = known.setdefault(key, problem(whole, tmp_path, spec)) if key not in known else known[key]
        for shown, expected in spec["expected_loss_by_transformation"].items():
            levels = dict(zip(QIS, json.loads(shown), strict=True))
            if number >= OTHER_COUNTRIES and levels["native-country"] == 1:
                continue
            fixed = replace(asked, settings=replace(asked.settings, min_levels=levels, max_levels=levels))
            found = solve(fixed)
            assert isinstance(found, Solution)
            score = json.loads(expected) if expected.startswith("[") else [float(expected)]
            nodes += 1
            if found.score != pytest.approx(score, rel=1e-9, abs=1e-9):
                wrong.append((number, spec["metric"]["name"], shown, found.score, score))
    assert nodes == 706
    assert wrong == []
