"""The real road in the service: what is out already reaches the engine, a changed pack shows in stored documents."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from release.desk import datasets, grading, labels, publication
from release.desk.datasets import Words
from release.desk.decided import Decision, Released, Told
from release.desk.jobs import run_job
from release.desk.lineage import released_before
from release.desk.opening import Place, open_desk
from release.desk.regraded import regrade
from release.desk.whole import WholeRoad
from release.nouns.errors import ReleaseError
from release.nouns.openness import Openness
from release.samples.people import pieces_of_people
from release.samples.write import write_csv
from release.store import jobs, releases
from release.store.journal import Event
from release.workflow.labelling import LabelState
from release.workflow.records import Label, Release
from release.workflow.role import SYSTEM, Role
from tests.cli.run import sluice
from tests.service.house import TABLE, House, build, done

COLUMNS = ["性别", "民族", "文化程度", "婚姻状况", "身份证号"]
POLICY = "cn-shanghai-open-data"


def quiet(step: str, share: float) -> None:
    assert 0 <= share <= 1


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An examination and a plan as the store keeps them."""
    folder, road = tmp_path_factory.mktemp("road"), WholeRoad()
    source = write_csv((piece.select(COLUMNS) for piece in pieces_of_people(400, 3)), folder / "people.csv")
    told = Told(
        said={"民族": Decision("person.basic.ethnicity", "as listed", "Wang", "2026-01-02", "per_1")},
        released={"": (Released("rel_1", ("person.basic.sex",)),)},
    )
    found = road.examine(source, folder, POLICY, told, quiet)
    assert not isinstance(found, tuple)
    plan = road.prepare(found, Openness.CONDITIONAL, {}, folder, quiet)
    assert not isinstance(plan, tuple), plan
    return {"examination": json.loads(json.dumps(found.document)), "plan": json.loads(json.dumps(plan))}


def test_what_is_out_already_is_a_fact_of_the_grading(documents: dict[str, Any]) -> None:
    out = [{"id": "rel_1", "categories": ["person.basic.sex"]}]
    assert documents["examination"]["released"] == out
    assert documents["examination"]["grading"]["dataset"]["released"] == out
    assert documents["examination"]["decisions"]["民族"]["name"] == "Wang"
    said = next(f for f in documents["plan"]["fields"] if f["field"] == "民族")
    assert "decided by a person on 2026-01-02" in said["reason"] and "Wang" not in json.dumps(documents["plan"])


def test_the_same_pack_differs_in_nothing(documents: dict[str, Any]) -> None:
    same = regrade(documents["examination"], None, None)
    assert same.differences == () and same.within


def test_every_difference_is_listed_with_its_article(documents: dict[str, Any]) -> None:
    before = copy.deepcopy(documents["examination"])
    grade = next(f for f in before["grading"]["fields"] if f["field"] == "身份证号")
    scale = next(iter(grade["levels"]))
    was, lowest = grade["levels"][scale], WholeRoad().levels(POLICY, scale)[0]
    grade["levels"][scale], grade["openness"] = lowest, "unconditional"
    found = {(d["field"], d["scale"]): d for d in regrade(before, None, None).differences}
    assert set(found) == {("身份证号", scale), ("身份证号", "openness")}
    changed = found["身份证号", scale]
    assert (changed["before"], changed["after"], changed["rose"]) == (lowest, was, True) and changed["article"]
    raised = copy.deepcopy(documents["examination"])
    sex = next(f for f in raised["grading"]["fields"] if f["field"] == "性别")
    sex["levels"][scale] = WholeRoad().levels(POLICY, scale)[-1]
    assert [d["rose"] for d in regrade(raised, None, None).differences] == [False]


def test_measures_that_no_longer_suffice_are_not_within(documents: dict[str, Any]) -> None:
    plan = {**documents["plan"], "openness": "unconditional"}
    report = {"risk": {"values": {}}}
    assert not regrade(documents["examination"], plan, report).within, "nothing measured lowers nothing"


def test_what_is_not_understood_is_told(documents: dict[str, Any]) -> None:
    for broken in ({"policy": {"id": "no-such-pack"}}, {"grading": {}}, {"dataset": {}}):
        with pytest.raises(ReleaseError, match="cannot grade"):
            regrade({**documents["examination"], **broken}, None, None)


def test_earlier_versions_and_tables_of_the_schema_are_out(lodge: House) -> None:
    def known(release: Release) -> dict[str, tuple[Released, ...]]:
        with lodge.desk.store.read() as work:
            return released_before(work, release)

    first = lodge.published()
    sibling = lodge.upload(text=TABLE.replace("30", "39"))
    assert [one.id for found in known(sibling).values() for one in found] == [first.id]
    assert "" not in known(sibling)
    assert known(lodge.upload("stranger")) == {}, "another organisation's people are others"
    with datasets.receive(lodge.desk) as inlet:
        inlet.write(TABLE.replace("40", "41").encode())
    assert inlet.stored is not None
    second = done(datasets.new_version(lodge.desk, lodge.who["steward"], first.dataset, inlet.stored, "v.csv"))
    assert [one.id for one in known(second)[""]] == [first.id]
    done(publication.withdraw(lodge.desk, lodge.who["steward"], first.id, "an error"))
    assert [one.id for one in known(second)[""]] == [first.id], "withdrawn is out all the same"
    assert known(first) == {}


def test_the_terminal_grades_the_catalogue_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk = open_desk(Place(home))
    house = build(desk.store, home)
    source = write_csv((piece.select(COLUMNS) for piece in pieces_of_people(300, 3)), tmp_path / "people.csv")
    release = datasets.upload_file(desk, house.who["steward"], source, Words("People"))
    assert isinstance(release, Release)
    with desk.store.write() as work:
        job = jobs.claim(work, "test", 60.0, desk.now())
    assert job is not None and run_job(desk, job) == "done"
    assert sluice("regrade", "--json", home=home).json()["found"] == []
    with desk.store.write() as work:
        kept = releases.get(work, release.id)
        assert kept is not None
        document = releases.document(work, kept.examination_doc)
        document["policy"] |= {"version": "2020.1", "digest": "0" * 64}
        name = releases.put_document(work, "examination", document)
        releases.change_release(work, Event("grade", SYSTEM, Role.SYSTEM, desk.now()), kept, examination_doc=name)
    assert sluice("regrade", "--policy", "no-such-policy", home=home).code == 2
    ran = sluice("regrade", "--policy", POLICY, "--json", home=home)
    assert ran.code == 0, ran.err
    found = ran.json()["found"]
    assert [(one["outcome"], one["version_before"], one["differences"]) for one in found] == [
        ("re-examined", "2020.1", [])
    ]
    assert "1 looked at" in sluice("regrade", home=home).out
    desk.store.close()


def test_in_the_service_a_second_person_confirms_what_goes_below_a_proof(tmp_path: Path) -> None:
    desk = open_desk(Place(tmp_path / "home"))
    house = build(desk.store, tmp_path / "home")
    steward, reviewer = house.who["steward"], house.who["reviewer"]

    def worked() -> None:
        with desk.store.write() as work:
            job = jobs.claim(work, "test", 60.0, desk.now())
        assert job is not None and run_job(desk, job) == "done"

    def found(release: Release) -> dict[str, Any]:
        view = datasets.show_release(desk, steward, release.id)
        assert not isinstance(view, tuple) and view.examination is not None
        return next(f for f in view.examination["findings"] if f["field"] == "身份证号")

    source = write_csv((piece.select(COLUMNS) for piece in pieces_of_people(200, 3)), tmp_path / "people.csv")
    release = datasets.upload_file(desk, steward, source, Words("People"))
    assert isinstance(release, Release)
    worked()
    done(grading.override(desk, steward, release.id, "身份证号", "thing.code", "only a number"))
    worked()
    assert found(release)["category"] == "person.identity.resident-id" and found(release)["needs_review"]
    assert found(release)["reasons"][0]["rule"] == "held"
    one = labels.list_labels(desk, reviewer).items[0]
    assert one.state is LabelState.PENDING and one.proven == ("person.identity.resident-id",)
    sibling = datasets.upload_file(desk, steward, source, Words("The same people again"))
    assert isinstance(sibling, Release)
    worked()
    assert found(sibling)["reasons"][0]["rule"] == "held"
    assert isinstance(labels.confirm_label(desk, reviewer, one.id, "seen the register"), Label)
    worked()
    worked()
    assert found(sibling)["category"] == "thing.code", "every table that waited for it is examined again"
    assert isinstance(labels.confirm_label(desk, house.who["authority"], one.id, "so do I"), Label)
    with desk.store.read() as work:
        assert jobs.active(work) == (), "what did not wait is left alone"
    assert found(release)["category"] == "thing.code" and found(release)["confidence"] == 1.0
    assert "confirmed by Reviewer" in found(release)["reasons"][0]["text"]
    desk.store.close()
