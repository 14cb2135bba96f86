"""A service with something in every state, and a client with an API key for everyone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from release.desk import access, dissents, grading, labels, people, planning, publication, review
from release.desk.desk import Desk
from release.desk.people import NewKey
from release.nouns.digest import file_digest
from release.store import findings, jobs, journal
from release.store.engine import open_store, sqlite_url
from release.store.journal import Event
from release.vault.workspace import open_vault
from release.web.app import create_app
from release.web.rate import Buckets, Limit
from release.workflow.records import Application, Dissent, Ranker, Regrading
from release.workflow.regrading import RegradingState
from release.workflow.role import SYSTEM, Role
from release.workflow.training import TrainingState
from tests.service.house import TABLE, House, build, done

ROLES = ("public", "requester", "requester2", "steward", "stranger", "reviewer", "authority")
GENEROUS = {kind: Limit(10_000, 0.01) for kind in ("log-in", "sign-up", "apply", "upload")}


@dataclass
class Stage:
    """``ids`` names what stands where, ``keys`` are the API keys by person."""

    house: House
    folder: Path
    ids: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    _app: FastAPI | None = None

    def client(self, desk: Desk | None = None) -> TestClient:
        """A client, for this desk from now on, that raises nothing: what breaks is an answer, as it is for everyone."""
        if self._app is None:
            self._app = create_app(self.house.desk, buckets=Buckets(limits=GENEROUS))
        self._app.state.desk = desk or self.house.desk
        return TestClient(self._app, raise_server_exceptions=False, base_url="http://sluice.test")

    def headers(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[who]}"} if who in self.keys else {}

    def entries(self) -> int:
        with self.house.desk.store.read() as work:
            return journal.size(work)

    def copy(self, folder: Path) -> Desk:
        """The same service, elsewhere: what happens there does not happen here."""
        shutil.copytree(self.folder, folder)
        desk = self.house.desk
        store = open_store(sqlite_url(folder / "sluice.db"))
        return Desk(store, open_vault(folder / "home"), desk.road, desk.clock, desk.ids, desk.rules)


def set_stage(folder: Path) -> Stage:
    """Builds it; a second or two."""
    store = open_store(sqlite_url(folder / "sluice.db"))
    house = build(store, folder / "home")
    stage = Stage(house, folder)
    _releases(stage)
    _applications(stage)
    _words(stage)
    _waiting(stage)
    for who in (*ROLES[1:], "everything", "both"):
        made = people.create_key(house.desk, house.who[who], "test")
        assert isinstance(made, NewKey)
        stage.keys[who] = made.secret
        stage.ids[f"person_{who}"] = house.who[who].id
        stage.ids[f"key_{who}"] = made.key.id
    return stage


def _releases(stage: Stage) -> None:
    house, ids = stage.house, stage.ids
    desk, steward, reviewer = house.desk, house.who["steward"], house.who["reviewer"]
    for state in ("submitted", "approved", "treated", "planned", "graded"):
        release = house.upload(title=f"A {state} table") if state == "graded" else house.treated()
        house.work()
        if state == "planned":
            done(planning.start_treatment(desk, steward, release.id))
        if state in ("submitted", "approved"):
            done(review.submit(desk, steward, release.id))
        if state == "approved":
            done(review.approve(desk, reviewer, release.id))
        ids[state] = release.id
    failed = house.upload(text="")
    house.work()
    ids["failed"] = failed.id
    for name, openness in (("published", "unconditional"), ("suspended", "unconditional"), ("offered", "conditional")):
        release = house.published(openness, text=TABLE.replace("north", name))
        ids[name], ids[f"{name}_dataset"] = release.id, release.dataset
    done(publication.suspend(desk, reviewer, ids["suspended"], "a claim"))


def _waiting(stage: Stage) -> None:
    house, ids = stage.house, stage.ids
    open_job = house.upload(title="Waiting")
    with house.desk.store.read() as work:
        ids["job"] = jobs.of_release(work, open_job.id)[0].id


def _words(stage: Stage) -> None:
    """A label, disagreements of two reviewers, a finding of a newer pack, and trained weights in use."""
    house, ids = stage.house, stage.ids
    desk, steward = house.desk, house.who["steward"]
    relabelled = house.upload(title="Relabelled")
    house.work()
    done(grading.override(desk, steward, relabelled.id, "age", "person.age", "ages"))
    house.work()
    ids["label"] = labels.list_labels(desk, steward).items[0].id
    for name, who in (("disputed", "reviewer"), ("contested", "reviewer2")):
        release = house.treated()
        done(review.submit(desk, steward, release.id))
        made = dissents.dissent(desk, house.who[who], release.id, "district", "looks like an age", "person.age")
        assert isinstance(made, Dissent), made
        ids[name], ids[f"{name}_id"] = release.id, made.id
    weights_ = desk.vault.home / "rankers"
    weights_.mkdir()
    (weights_ / "new").write_bytes(b"weights")
    name = file_digest(weights_ / "new")
    (weights_ / "new").rename(weights_ / f"{name}.gz")
    at, state = desk.now(), RegradingState.OPEN
    look = Regrading("rgr_1", ids["published"], "short", "1", "2", "a", "b", (), "flagged", True, at, state)
    ranker = Ranker("wgt_1", TrainingState.IN_USE, name, "", 1, "per_authority", "Authority", at)
    with desk.store.write() as work:
        findings.add_regrading(work, Event("find", SYSTEM, Role.SYSTEM, at), look)
        findings.add_ranker(work, Event("adopt", SYSTEM, Role.SYSTEM, at), ranker)
    ids["regrading"] = look.id


def _applications(stage: Stage) -> None:
    house, ids = stage.house, stage.ids
    desk, requester, reviewer = house.desk, house.who["requester"], house.who["reviewer"]
    for name in ("draft", "sent", "agreed", "active"):
        made = access.apply(desk, requester, ids["offered_dataset"], "study", {}, True, name != "draft")
        assert isinstance(made, Application)
        ids[f"application_{name}"] = made.id
        if name in ("agreed", "active"):
            access.approve_application(desk, reviewer, made.id)
        if name == "active":
            assert isinstance(access.grant(desk, reviewer, made.id, 30), Application)
