"""The sweep against every node recomputed naively, and the front and knee against their definitions."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from anonymizers.errors import AnonymizerError
from anonymizers.frontier.front import front
from anonymizers.frontier.sweep import sweep
from anonymizers.search.problem import Problem, Settings
from release.desk.frontier import draw_frontier, lines
from release.ingest.read import ingest
from release.job.read import read_job
from release.nouns.errors import BadInput
from tests.anonymizers.arx import adult, roles_of
from tests.anonymizers.recoding.made import problem, tables

FIELDS = [
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "occupation",
    "salary-class",
]


def naive(asked: Problem, levels: tuple[int, ...], limit: int, k: int) -> dict[str, Any]:
    """One node, row by row."""
    rows = [
        tuple(asked.hierarchies[place].rows[key][levels[place]] for place, key in enumerate(keys))
        for keys, count in zip(asked.keys.tolist(), asked.counts.tolist(), strict=True)
        for _ in range(count)
    ]
    sizes = Counter(rows)
    best = max((size for size in sizes.values() if sum(s for s in sizes.values() if s < size) <= limit), default=0)
    cost = 0.0
    lost_cost = 0.0
    for place, one in enumerate(asked.hierarchies):
        labels = Counter(row[levels[place]] for row in one.rows)
        domain = len(one.rows)
        for row in rows:
            share = labels[row[place]] / domain
            scale = len(rows) * (1 - 1 / domain) * len(asked.fields)
            if scale:
                cost += (1.0 if sizes[row] < best else share) / scale - 1 / domain / scale
                lost_cost += (1.0 if sizes[row] < k else share) / scale - 1 / domain / scale
    kept = {row: size for row, size in sizes.items() if size >= best}
    return {
        "classes": len(sizes),
        "uniques": sum(size == 1 for size in sizes.values()),
        "k": best,
        "suppressed": sum(size for size in sizes.values() if size < best),
        "average_risk": len(kept) / max(sum(kept.values()), 1),
        "loss": cost,
        "suppressed_at_k": sum(size for size in sizes.values() if size < k),
        "loss_at_k": lost_cost,
    }


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_every_node_is_what_a_naive_count_says(table: Any) -> None:
    rows, sick = table
    for share in (0.0, 0.25, 1.0):
        asked = problem(rows, sick, (("k-anonymity", {"k": 3}),), settings=Settings(suppression_limit=share))
        nodes = sweep(asked, 3)
        everything = sorted(product(*(range(one.height) for one in asked.hierarchies)))
        assert [tuple(row) for row in nodes.levels.tolist()] == everything
        for number, levels in enumerate(everything):
            expected = naive(asked, levels, nodes.limit, 3)
            for name, value in expected.items():
                assert getattr(nodes, name)[number] == pytest.approx(value, abs=1e-9), (name, levels, share)


def test_large_classes_are_counted_exactly() -> None:
    rows = [("aa", "1")] * 700 + [("ba", "1")] * 400 + [("bb", "2")] * 3
    asked = problem(rows, ["x"] * len(rows), (("k-anonymity", {"k": 3}),), settings=Settings(suppression_limit=0.01))
    for k in (3, 401):
        nodes = sweep(asked, k)
        for number, levels in enumerate(nodes.levels.tolist()):
            expected = naive(asked, tuple(levels), nodes.limit, k)
            for name, value in expected.items():
                assert getattr(nodes, name)[number] == pytest.approx(value, abs=1e-9), (name, levels)


def test_nothing_beats_the_front_and_the_knee_is_on_it() -> None:
    made = np.random.default_rng(5)
    risk, loss = made.random(500), made.random(500)
    risk[:20] = 0.0
    found = front(risk, loss)
    for number in found.nodes.tolist():
        assert not ((risk > 0) & (risk <= risk[number]) & (loss < loss[number])).any()
        assert not ((risk > 0) & (risk < risk[number]) & (loss <= loss[number])).any()
    assert found.knee in found.nodes.tolist()
    assert (np.diff(loss[found.nodes]) > 0).all()
    assert (np.diff(risk[found.nodes]) < 0).all()


def test_a_knee_needs_three_points_and_a_bend() -> None:
    assert front(np.array([0.5, 0.1]), np.array([0.1, 0.5])).knee is None
    assert front(np.array([0.5, 0.3, 0.1]), np.array([0.1, 0.3, 0.5])).knee is None
    assert front(np.array([0.5, 0.12, 0.1]), np.array([0.1, 0.12, 0.5])).knee == 1
    assert front(np.zeros(0), np.zeros(0)).nodes.size == 0


def test_what_cannot_be_swept_is_said() -> None:
    asked = problem([("aa", "1")], ["x"], (("k-anonymity", {"k": 3}),))
    with pytest.raises(AnonymizerError, match="k of 1 or more"):
        sweep(asked, 0)


@pytest.mark.slow
def test_adult_the_whole_way(tmp_path: Path) -> None:
    lines_of_job = [*roles_of(FIELDS, None), "[[models]]", 'name = "k-anonymity"', "k = 5"]
    lines_of_job += ["[search]", "suppression_limit = 0.04"]
    (tmp_path / "job.toml").write_text("\n".join(lines_of_job), encoding="utf-8")
    opened = ingest(adult(), work=tmp_path / "work")
    document = draw_frontier(opened, read_job(tmp_path / "job.toml"), out=tmp_path / "drawn")
    assert document["nodes"] == 12_960
    best = document["best_for_k"]
    assert list(best["levels"].values()) == [0, 3, 0, 1, 1, 1, 1, 2, 0]
    assert best["suppressed_at_k"] == 1178
    assert best["loss_at_k"] == pytest.approx(0.2928158759, abs=1e-9)
    assert json.loads((tmp_path / "drawn" / "frontier.json").read_text(encoding="utf-8"))["front"] == document["front"]
    table = (tmp_path / "drawn" / "frontier.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 12_961
    page = (tmp_path / "drawn" / "frontier.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert page.count("<svg") == 2
    assert any("knee" in line for line in lines(document))


def test_a_small_table_is_drawn_and_never_quoted(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("city,age\n" + "Canary-1,33\n" * 3 + "Canary-2,34\n" * 3, encoding="utf-8")
    text = '[fields.city]\nrole = "quasi-identifier"\n[fields.age]\nrole = "quasi-identifier"\n'
    (tmp_path / "job.toml").write_text(text + '[[models]]\nname = "k-anonymity"\nk = 2\n', encoding="utf-8")
    opened = ingest(tmp_path / "table.csv", work=tmp_path / "work")
    document = draw_frontier(opened, read_job(tmp_path / "job.toml"), out=tmp_path / "drawn")
    assert document["best_for_k"]["loss_at_k"] == 0.0
    for path in (tmp_path / "drawn").iterdir():
        assert "Canary" not in path.read_text(encoding="utf-8")
    with pytest.raises(BadInput, match="names none"):
        (tmp_path / "job.toml").write_text(
            text + '[fields.x]\ndrop=true\n[[models]]\nname = "k-map"\nk = 2\nestimator = "poisson"\n'
            "population = { size = 100 }\n",
            encoding="utf-8",
        )
        draw_frontier(opened, read_job(tmp_path / "job.toml"), out=None)
