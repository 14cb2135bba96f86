"""The worker's loop: claim a job, give it a process, keep the lease while it lives, settle what became of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from types import FrameType

from release.desk.desk import Desk
from release.desk.jobs import MOST_ATTEMPTS, give_up
from release.desk.opening import Place, open_desk
from release.desk.upkeep import keep_up
from release.store import jobs
from release.worker.child import work_on
from release.workflow.records import Job


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds.  A silent worker's job is taken over after ``lease``; it looks for work every ``idle``."""

    lease: float = 15.0
    idle: float = 0.3
    renew: float = 1.0
    upkeep: float = 3600.0


def run(place: Place, pace: Pace | None = None, stop: threading.Event | None = None) -> None:
    """Works until ``stop`` is set or the process is asked to end (SIGTERM, SIGINT)."""
    stopping, pace = stop or threading.Event(), pace or Pace()
    if threading.current_thread() is threading.main_thread():
        _obey_signals(stopping)
    desk = open_desk(place)
    name = f"{socket.gethostname()}:{os.getpid()}"
    tidy_at = time.monotonic()
    while not stopping.is_set():
        if time.monotonic() >= tidy_at:
            keep_up(desk)
            tidy_at = time.monotonic() + pace.upkeep
        job = _next(desk, name, pace)
        if job is None:
            stopping.wait(pace.idle)
        elif job.attempt > MOST_ATTEMPTS:
            give_up(desk, job, "The job took its worker down with it.")
        else:
            _do(desk, place, job, pace, stopping)
    desk.store.close()


def _next(desk: Desk, name: str, pace: Pace) -> Job | None:
    with desk.store.read() as work:
        if not jobs.active(work):
            return None
    with desk.store.write() as work:
        return jobs.claim(work, name, pace.lease, desk.now())


def _do(desk: Desk, place: Place, job: Job, pace: Pace, stopping: threading.Event) -> None:
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=work_on, args=(place, job.id, job.attempt, os.getpid()), daemon=True)
    child.start()
    while child.is_alive():
        child.join(pace.renew)
        if not child.is_alive():
            break
        with desk.store.write() as work:
            held = jobs.renew(work, job, pace.lease)
        if held is None or held.cancel or stopping.is_set():
            _kill(child)
            _settle_stopped(desk, job, cancelled=held is not None and held.cancel)
            return
    if child.exitcode != 0:
        desk.vault.sweep(job.id)
        give_up(desk, job, f"The process of the job ended with code {child.exitcode}.")


def _settle_stopped(desk: Desk, job: Job, cancelled: bool) -> None:
    """A cancelled job ends; one whose worker must stop goes back to the queue; a lost one is somebody else's."""
    desk.vault.sweep(job.id)
    with desk.store.write() as work:
        if cancelled:
            jobs.finish(work, job, "cancelled", "", desk.now())
        else:
            jobs.requeue(work, job, "The worker was stopped.")


def _kill(child: SpawnProcess) -> None:
    child.terminate()
    child.join(2.0)
    if child.is_alive():
        child.kill()
        child.join()


def _obey_signals(stopping: threading.Event) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
