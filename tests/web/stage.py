"""A service to look at: a desk on SQLite with the real road, people in every role, and the pages over it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from release.desk import people
from release.desk.desk import Desk
from release.desk.jobs import run_job
from release.desk.opening import Place, open_desk
from release.samples.people import pieces_of_people
from release.samples.write import write_csv
from release.store import jobs
from release.web.app import create_app
from release.web.pages.include import include_pages
from release.web.rate import Buckets, Limit
from release.workflow.role import Role

PASSWORD = "correct horse battery"
COLUMNS = ["姓名", "身份证号", "性别", "民族", "手机号", "文化程度", "婚姻状况"]
CAST = (
    ("steward", "李专员", "示例区民政局", (Role.STEWARD,)),
    ("stranger", "周专员", "示例区交通局", (Role.STEWARD,)),
    ("both", "钱两职", "示例区民政局", (Role.STEWARD, Role.REVIEWER)),
    ("reviewer", "王审核", "示例市大数据中心", (Role.REVIEWER,)),
    ("requester", "赵研究员", "示例大学", (Role.REQUESTER,)),
)


def register(path: Path, rows: int = 1500) -> Path:
    """A made-up register of people as a CSV file."""
    return write_csv((piece.select(COLUMNS) for piece in pieces_of_people(rows, 3)), path)


def application(desk: Desk) -> FastAPI:
    """The pages over a desk, without limits on how often one may ask."""
    often = dict.fromkeys(("log-in", "sign-up", "apply", "upload"), Limit(10_000, 0.01))
    return create_app(desk, include_pages, buckets=Buckets(limits=often))


def settle(home: Path) -> Desk:
    """A desk with the whole cast, who all have the same password."""
    desk = open_desk(Place(home))
    authority = people.first_authority(desk, "authority", PASSWORD)
    assert not isinstance(authority, tuple)
    for login, name, organisation, roles in CAST:
        made = people.add_person(desk, authority.actor(), login, PASSWORD, name, organisation, roles)
        assert not isinstance(made, tuple), made
    return desk


@dataclass
class Stage:
    """A running service: its address and its desk.  ``failures`` are what broke in the worker's thread."""

    address: str
    desk: Desk
    failures: list[BaseException] = field(default_factory=list)


@contextmanager
def serving(desk: Desk) -> Iterator[Stage]:
    """The pages on a free port of this machine, with a worker, both in threads, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(application(desk), host="127.0.0.1", port=0, log_level="warning"))
    ended = threading.Event()
    stage = Stage("", desk)
    threads = [threading.Thread(target=server.run), threading.Thread(target=_work, args=(stage, ended))]
    for thread in threads:
        thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        stage.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield stage
    finally:
        ended.set()
        server.should_exit = True
        for thread in threads:
            thread.join()
    assert not stage.failures, stage.failures


def _work(stage: Stage, ended: threading.Event) -> None:
    """Does what is queued, one after the other."""
    try:
        while not ended.is_set():
            with stage.desk.store.write() as work:
                job = jobs.claim(work, "stage", 60.0, stage.desk.now())
            if job is None:
                ended.wait(0.05)
            else:
                run_job(stage.desk, job)
    except BaseException as error:
        stage.failures.append(error)
        raise
