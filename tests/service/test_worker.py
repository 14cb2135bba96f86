"""The worker as real processes: what is killed is taken up again, and its result is written once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from release.desk import datasets, jobs, planning
from release.desk.opening import Place
from release.store import aggregate, journal
from release.workflow.records import Job, Release
from release.workflow.releasing import ReleaseState
from tests.service.house import House, done

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import sys
from pathlib import Path
from release.desk.opening import Place
from release.worker.loop import Pace, run
home, database, lease = sys.argv[1:]
run(Place(Path(home), database, "tests.service.road:ROAD"), Pace(lease=float(lease), idle=0.05, renew=0.2))
"""

pytestmark = pytest.mark.slow


class Workers:
    """Worker processes over one house; whatever still runs at the end is ended by its own id."""

    def __init__(self, place: Place) -> None:
        self.place, self.running = place, list[subprocess.Popen[bytes]]()

    def start(self, lease: float = 2.0) -> subprocess.Popen[bytes]:
        arguments = [sys.executable, "-c", SCRIPT, str(self.place.home), self.place.database, str(lease)]
        worker = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE)
        self.running.append(worker)
        return worker

    def end(self) -> None:
        for worker in self.running:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
            if worker.stderr:
                worker.stderr.close()


@pytest.fixture
def workers(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Workers for the database that the test's house is in."""
    database = str(request.getfixturevalue("database")) if "house" in request.fixturenames else ""
    crew = Workers(Place(tmp_path / "home", database or f"sqlite:///{tmp_path / 'sluice.db'}"))
    yield crew
    crew.end()


def until(what: Callable[[], bool], seconds: float = 60.0) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)


def newest(house: House, release: Release) -> Job:
    view = datasets.show_release(house.desk, house.who["steward"], release.id)
    assert not isinstance(view, tuple)
    return view.jobs[0]


def planned(house: House, **search: object) -> Release:
    release = house.upload()
    house.work()
    done(planning.make_plan(house.desk, house.who["steward"], release.id, "unconditional", search=search))
    house.work()
    return done(planning.start_treatment(house.desk, house.who["steward"], release.id))


def types(house: House, release: Release) -> list[str]:
    with house.desk.store.read() as work:
        assert list(aggregate.faults(work)) == []
        return [e.type for e in journal.entries(work, f"release:{release.id}")]


def test_killed_in_the_middle_of_the_treatment_it_finishes_once(house: House, workers: Workers, tmp_path: Path) -> None:
    log = tmp_path / "treatments.log"
    release = planned(house, seconds=3, log=str(log))
    first = workers.start()
    until(lambda: newest(house, release).step == "treat")
    child = int(log.read_text().split()[0])
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert house.release(release.id).state is ReleaseState.PLANNED
    until(lambda: not alive(child), 10)
    workers.start()
    until(lambda: newest(house, release).status == "done")
    treated = house.release(release.id)
    assert treated.state is ReleaseState.TREATED and treated.report_passed
    assert newest(house, release).attempt == 2
    assert len(log.read_text().split()) == 2
    assert types(house, release).count("treat") == 1
    assert house.desk.vault.packages.names() == (treated.package,)
    assert list((house.desk.vault.home / "scratch").iterdir()) == []


def test_a_process_that_dies_is_tried_again_and_then_given_up(lodge: House, workers: Workers) -> None:
    house = lodge
    release = planned(house, crash="kill")
    for attempt in range(jobs.MOST_ATTEMPTS):
        worker = workers.start()
        until(lambda attempt=attempt: newest(house, release).attempt > attempt)  # type: ignore[misc]
        until(lambda: newest(house, release).status in ("queued", "failed"))
        worker.kill()
        worker.wait()
        with house.desk.store.write() as work:
            work.connection.execute(text("UPDATE jobs SET not_before = 0"))
    last = newest(house, release)
    assert (last.status, last.attempt) == ("failed", jobs.MOST_ATTEMPTS)
    held = house.release(release.id)
    assert held.state is ReleaseState.PLANNED and held.refusals[0].code == "job.died"
    assert types(house, release).count("treat") == 0


def test_a_running_job_is_cancelled_within_seconds(lodge: House, workers: Workers, tmp_path: Path) -> None:
    house = lodge
    log = tmp_path / "treatments.log"
    release = planned(house, seconds=60, log=str(log))
    workers.start()
    until(lambda: newest(house, release).step == "treat")
    child = int(log.read_text().split()[0])
    asked = time.monotonic()
    assert not isinstance(jobs.cancel_job(house.desk, house.who["steward"], newest(house, release).id), tuple)
    until(lambda: newest(house, release).status == "cancelled", 15)
    until(lambda: not alive(child), 10)
    assert time.monotonic() - asked < 15
    assert house.release(release.id).state is ReleaseState.PLANNED


def test_two_workers_share_the_queue_and_stop_when_asked(house: House, workers: Workers, tmp_path: Path) -> None:
    log = tmp_path / "treatments.log"
    releases = [planned(house, log=str(log)) for _ in range(4)]
    crew = [workers.start(30.0), workers.start(30.0)]
    until(lambda: all(newest(house, r).status == "done" for r in releases))
    assert len(log.read_text().split()) == 4
    assert all(newest(house, r).attempt == 1 for r in releases)
    for worker in crew:
        worker.terminate()
    assert [worker.wait(20) for worker in crew] == [0, 0]


def test_a_cell_in_an_exception_reaches_no_log(lodge: House, workers: Workers) -> None:
    release = planned(lodge, crash="cell")
    worker = workers.start()
    until(lambda: newest(lodge, release).status == "failed")
    worker.terminate()
    _, said = worker.communicate(timeout=20)
    assert b"CANARY" not in said


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
