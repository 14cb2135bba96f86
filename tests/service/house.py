"""A service to test: a desk over a store and a vault, people in every role, and a worker that works when told."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from release.desk import access, datasets, planning, publication, review
from release.desk.datasets import Words
from release.desk.desk import Desk, Rules
from release.desk.jobs import run_job
from release.store import jobs, people
from release.store.journal import Event
from release.store.work import Store
from release.vault.workspace import open_vault
from release.workflow.records import Application, Person, Release
from release.workflow.role import SYSTEM, Actor, Role
from tests.service.road import ShortRoad

CANARY = "CANARY-wang-xiaoming-4711"
TABLE = f"name,age,district\n{CANARY},30,north\n{CANARY}b,30,north\n{CANARY}c,40,south\n{CANARY}d,40,south\n"

STEWARD = frozenset({Role.STEWARD})
CAST: dict[str, tuple[frozenset[Role], str]] = {
    "steward": (STEWARD, "health"),
    "colleague": (STEWARD, "health"),
    "stranger": (STEWARD, "traffic"),
    "loner": (STEWARD, ""),
    "reviewer": (frozenset({Role.REVIEWER}), "data bureau"),
    "reviewer2": (frozenset({Role.REVIEWER}), "data bureau"),
    "both": (frozenset({Role.STEWARD, Role.REVIEWER, Role.REQUESTER}), "health"),
    "requester": (frozenset({Role.REQUESTER}), ""),
    "requester2": (frozenset({Role.REQUESTER}), ""),
    "authority": (frozenset({Role.AUTHORITY}), "data bureau"),
    "everything": (frozenset(r for r in Role if r is not Role.SYSTEM), "health"),
}


@dataclass
class Clock:
    """A clock that moves when told, and a little with every look."""

    at: datetime = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=7)
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class House:
    """The desk with its people."""

    desk: Desk
    clock: Clock
    who: dict[str, Actor] = field(default_factory=dict)

    def work(self, limit: int = 20) -> list[str]:
        """Does every waiting job in this process; the final status of each."""
        finished: list[str] = []
        for _ in range(limit):
            with self.desk.store.write() as work:
                job = jobs.claim(work, "test", 60.0, self.desk.now())
            if job is None:
                return finished
            finished.append(run_job(self.desk, job))
        return finished

    def upload(self, who: str = "steward", text: str = TABLE, title: str = "Visits 就诊", **words: Any) -> Release:
        """A received file, entered."""
        found = self.try_upload(self.who[who], text, title, **words)
        assert isinstance(found, Release), found
        return found

    def try_upload(self, actor: Actor, text: str, title: str = "Visits", **words: Any) -> Release | tuple[Any, ...]:
        with datasets.receive(self.desk) as inlet:
            inlet.write(text.encode())
        assert inlet.stored is not None
        return datasets.upload(self.desk, actor, inlet.stored, "visits.csv", Words(title, **words))

    def treated(self, openness: str = "unconditional", who: str = "steward", text: str = TABLE) -> Release:
        """A release that is treated and verified."""
        release = self.upload(who, text)
        self.work()
        done(planning.make_plan(self.desk, self.who[who], release.id, openness))
        self.work()
        done(planning.start_treatment(self.desk, self.who[who], release.id))
        self.work()
        return self.release(release.id)

    def published(self, openness: str = "unconditional", who: str = "steward", text: str = TABLE) -> Release:
        """A release on the shelf."""
        release = self.treated(openness, who, text)
        done(review.submit(self.desk, self.who[who], release.id))
        done(review.approve(self.desk, self.who["reviewer"], release.id))
        return done(publication.publish(self.desk, self.who[who], release.id))

    def granted(self, release: Release, who: str = "requester", days: int = 30) -> Application:
        """An active grant on a conditional release."""
        application = access.apply(self.desk, self.who[who], release.dataset, "a study", {}, accept_terms=True)
        assert isinstance(application, Application), application
        assert isinstance(access.approve_application(self.desk, self.who["reviewer"], application.id), Application)
        granted = access.grant(self.desk, self.who["reviewer"], application.id, days)
        assert isinstance(granted, Application), granted
        return granted

    def release(self, id_: str) -> Release:
        view = datasets.show_release(self.desk, SYSTEM, id_)
        assert not isinstance(view, tuple)
        return view.release


def done(answer: Release | tuple[Any, ...]) -> Release:
    """The release, or a failed test with the refusals."""
    assert isinstance(answer, Release), answer
    return answer


def codes(answer: object) -> set[str]:
    """The codes of the refusals; a failed test when it was no refusal."""
    assert isinstance(answer, tuple) and answer, answer
    return {refusal.code for refusal in answer}


def build(store: Store, home: Path, rules: Rules | None = None) -> House:
    """A house over this store, with the whole cast; nobody has a password, which would cost time."""
    clock, numbers = Clock(), itertools.count(1)
    desk = Desk(
        store=store,
        vault=open_vault(home),
        road=ShortRoad(),
        clock=clock,
        ids=lambda kind: f"{kind}_{next(numbers):06d}",
        rules=rules or Rules(max_upload_bytes=1 << 20),
    )
    house = House(desk, clock)
    with store.write() as work:
        for name, (roles, organisation) in CAST.items():
            person = Person(f"per_{name}", name, name.title(), organisation, roles, True, desk.now())
            people.add(work, Event("sign-up", SYSTEM, Role.SYSTEM, desk.now()), person, "")
            house.who[name] = person.actor()
    house.who["public"] = Actor(id="")
    return house
