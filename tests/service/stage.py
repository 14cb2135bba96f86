"""A service with something in every state, and a client with an API key for everyone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from release.desk import access, people, planning, publication, review
from release.desk.desk import Desk
from release.desk.people import NewKey
from release.store import journal
from release.store.engine import open_store, sqlite_url
from release.vault.workspace import open_vault
from release.web.app import create_app
from release.web.rate import Buckets, Limit
from release.workflow.records import Application
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
    open_job = house.upload(title="Waiting")
    with desk.store.read() as work:
        from release.store import jobs

        ids["job"] = jobs.of_release(work, open_job.id)[0].id


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
