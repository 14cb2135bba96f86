"""What a correction teaches is the same wherever it was made, and weights that are worse are not taken into use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classifiers.ranker import check
from classifiers.ranker.column import Lesson
from classifiers.ranker.refit import refit
from classifiers.ranker.weights import shipped
from release.desk import grading, terminal, weights
from release.desk.opening import Place, open_desk
from release.desk.path import examine, open_table
from release.desk.whole import _document
from release.samples.people import pieces_of_people
from release.samples.write import write_csv
from release.workflow.records import Label, Ranker

COLUMNS = ["姓名", "身份证号", "职业"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_csv((piece.select(COLUMNS) for piece in pieces_of_people(60, 5)), tmp_path / "people.csv")


def quiet(_stage: str, _share: float) -> None:
    pass


def test_the_service_and_the_terminal_teach_the_same(source: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    document = _document(examine(source, work=work))
    desk = open_desk(Place(tmp_path / "home"))
    said = terminal.override(
        desk, terminal.who("王一"), open_table(source, work=work), "职业", "person.work.title", "目录如此", quiet
    )
    desk.store.close()
    assert isinstance(said, Label)
    assert said.evidence == grading.observed(document, "职业")
    seen = said.evidence["seen"]
    assert {"rule", "value", "word"} <= {name.partition(":")[0] for name in seen}


def test_what_is_kept_for_the_ranker_holds_no_cell(source: Path, tmp_path: Path) -> None:
    import pyarrow.csv

    work = tmp_path / "work"
    work.mkdir()
    kept = _document(examine(source, work=work))["observed"]
    cells = {str(cell) for column in pyarrow.csv.read_csv(source).columns for cell in column.to_pylist()}
    assert set(kept) == set(COLUMNS)
    for seen in kept.values():
        assert not any(len(cell) > 1 and cell in name for name in seen for cell in cells)


def test_an_examination_from_before_teaches_from_its_reasons() -> None:
    reasons = [
        {"source": "header", "category": "person.name", "weight": 2.0},
        {"source": "ranker", "category": "person.name", "weight": 3.0},
    ]
    document = {"findings": [{"field": "a", "reasons": reasons}]}
    assert grading.observed(document, "a") == {"seen": {"rule:person.name": 2.0}}


@pytest.mark.slow
def test_corrections_that_unlearn_the_examples_are_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = check.examples()[::8]
    wrong = [replace(one, categories=held[(i + 7) % len(held)].categories) for i, one in enumerate(held)]
    told, worse = weights.measured(shipped(), refit(shipped(), wrong), wrong)
    assert worse and "Worse: the weights in use stay in use." in told
    told, worse = weights.measured(shipped(), refit(shipped(), held), held)
    assert not worse and f"Of {len(held)} corrections held out" in told

    desk, actor = open_desk(Place(tmp_path / "home")), terminal.who("王一")
    table = open_table(source, work=tmp_path)
    terminal.override(desk, actor, table, "职业", "person.work.title", "目录如此", quiet)
    made = weights.ask(desk, actor, now=True)
    assert isinstance(made, Ranker) and "Examples of the classifiers read rightly: " in made.message
    monkeypatch.setattr(weights, "lessons_from", lambda work: tuple(wrong))
    monkeypatch.setattr(weights, "lesson_of", lambda one: one)
    refused = weights.ask(desk, actor, now=True)
    assert isinstance(refused, tuple) and refused[0].code == "ranker.worse"
    states = [one.state.value for one in weights.versions(desk, actor) if isinstance(one, Ranker)]
    assert sorted(states) == ["failed", "in-use"]
    desk.store.close()


def test_the_examples_are_read_rightly_by_what_ships() -> None:
    assert len(check.examples()) > 300
    assert check.share(shipped()) >= 0.95
    assert all(isinstance(one, Lesson) and len(one.categories) == 1 for one in check.examples())
