"""The process of one job.  It ends with the worker that began it, however that one ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

from release.desk.jobs import Lost, run_job
from release.desk.opening import Place, open_desk
from release.store import jobs

PR_SET_PDEATHSIG = 1
NICER = 5


def work_on(place: Place, job_id: str, attempt: int, parent: int) -> None:
    """Does the job under this attempt; exits quietly when the attempt is lost."""
    end_with(parent)
    os.nice(NICER)
    desk = open_desk(place)
    try:
        with desk.store.read() as work:
            job = jobs.get(work, job_id)
        if job is not None and job.status == "running" and job.attempt == attempt:
            run_job(desk, job)
    except Lost:
        sys.exit(0)
    finally:
        desk.store.close()


def end_with(parent: int) -> None:
    """Ends this process with ``parent``: Linux tells us; elsewhere, and for a death before we asked, a thread looks."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="watch-parent").start()
