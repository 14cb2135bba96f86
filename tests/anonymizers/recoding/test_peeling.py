"""Peeling where the lattice cannot be listed, where a word is too narrow, and where time runs out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from anonymizers.partition import cells, peel
from anonymizers.recoder import Recoded
from anonymizers.recoder_discovery import recoder
from anonymizers.search.problem import NoSolution, Problem, Settings
from anonymizers.search.solve import solve
from tests.anonymizers.recoding.made import holds, problem, tables, texts, written

MODELS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("k-anonymity", {"k": 2}),
    ("distinct-l-diversity", {"l": 2, "field": "sick"}),
)


def kept(found: Recoded | NoSolution, asked: Problem, sick: list[str]) -> None:
    if isinstance(found, Recoded):
        shown = written(found, asked)
        assert all(holds(name, letters, shown, sick) for name, letters in asked.models)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_climbing_and_wide_words_keep_the_models_too(monkeypatch: pytest.MonkeyPatch, table: Any) -> None:
    rows, sick = table
    for models in (MODELS[:1], MODELS):
        asked = problem(rows, sick, models, settings=Settings(suppression_limit=0.2))
        plain = recoder("local").run(asked, {})
        with monkeypatch.context() as patch:
            patch.setattr(cells, "WORD_BITS", -1)
            wide = recoder("local").run(asked, {})
            assert isinstance(wide, Recoded) == isinstance(plain, Recoded)
            if isinstance(wide, Recoded) and isinstance(plain, Recoded):
                assert texts(wide) == texts(plain)
        with monkeypatch.context() as patch:
            patch.setattr(peel, "MOST_LISTED", 0)
            kept(recoder("local").run(asked, {}), asked, sick)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_where_the_whole_table_can_be_generalised_rows_can_be(table: Any) -> None:
    rows, sick = table
    asked = problem(rows, sick, MODELS, settings=Settings(suppression_limit=0.0))
    if rows and not isinstance(solve(asked), NoSolution):
        assert isinstance(recoder("local").run(asked, {}), Recoded)


def test_a_lattice_of_billions_of_nodes() -> None:
    made = np.random.default_rng(7)
    rows = [tuple(str(value) for value in row) for row in made.integers(0, 6, (400, 24)).tolist()]
    asked = problem(rows, ["x"] * 400, MODELS[:1], settings=Settings(suppression_limit=0.0))
    found = recoder("local").run(asked, {})
    assert isinstance(found, Recoded)
    kept(found, asked, ["x"] * 400)
    assert found.notes["nodes"]["lattice"] > 10**11


def test_out_of_time_is_said_and_still_right() -> None:
    made = np.random.default_rng(8)
    rows = [tuple(str(value) for value in row) for row in made.integers(0, 9, (300, 6)).tolist()]
    asked = problem(rows, ["x"] * 300, MODELS[:1], settings=Settings(suppression_limit=0.0))
    hurried = replace(asked, settings=replace(asked.settings, time_limit_s=0.0))
    found = recoder("local").run(hurried, {})
    assert isinstance(found, Recoded)
    assert found.notes["complete"] is False
    kept(found, asked, ["x"] * 300)
