"""The queue.  A job is claimed under a lock with a lease by the database's clock; the attempt number is the fence.

What a reader would get wrong: a worker that lost its lease may still be running.  It does no harm: everything it
writes names its attempt, and a row that moved on to another attempt takes nothing from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, func, or_, select, text, update

from release.store.schema import JOBS
from release.store.work import Work
from release.workflow.records import Job

QUEUE_LOCK = 0x5105_10B5
ACTIVE = ("queued", "running")
RETRY_SECONDS = 5.0


def enqueue(work: Work, id_: str, kind: str, release: str, generation: int, payload: Mapping[str, Any], at: str) -> Job:
    """Adds a job inside the caller's transaction."""
    _lock(work)
    number = int(work.connection.execute(select(func.coalesce(func.max(JOBS.c.number), 0))).scalar_one()) + 1
    work.add(
        JOBS,
        id=id_,
        number=number,
        kind=kind,
        release=release,
        generation=generation,
        payload=dict(payload),
        status="queued",
        attempt=0,
        worker="",
        lease_until=0.0,
        not_before=0.0,
        progress=0.0,
        step="",
        message="",
        cancel=False,
        created_at=at,
    )
    return _job(work.all(select(JOBS).where(JOBS.c.id == id_))[0])


def claim(work: Work, worker: str, lease: float, at: str) -> Job | None:
    """The oldest job that waits or whose worker went silent, now this worker's under a new attempt number."""
    _lock(work)
    now = work.clock()
    ready = or_(
        and_(JOBS.c.status == "queued", JOBS.c.not_before <= now),
        and_(JOBS.c.status == "running", JOBS.c.lease_until < now),
    )
    found = work.all(select(JOBS.c.id).where(ready).order_by(JOBS.c.number).limit(1))
    if not found:
        return None
    mine = JOBS.c.id == found[0]["id"]
    work.connection.execute(
        update(JOBS)
        .where(mine)
        .values(
            status="running",
            attempt=JOBS.c.attempt + 1,
            worker=worker,
            lease_until=now + lease,
            progress=0.0,
            step="",
            started_at=at,
        )
    )
    return _job(work.all(select(JOBS).where(mine))[0])


def renew(work: Work, job: Job, lease: float) -> Job | None:
    """Lengthens the lease and gives the row as it is (with a wish to cancel); None when the attempt is lost."""
    done = work.connection.execute(update(JOBS).where(_mine(job)).values(lease_until=work.clock() + lease))
    return get(work, job.id) if done.rowcount == 1 else None


def report(work: Work, job: Job, step: str, progress: float) -> bool:
    """Writes how far this attempt is; False when it is no longer ours."""
    done = work.connection.execute(update(JOBS).where(_mine(job)).values(step=step, progress=progress))
    return done.rowcount == 1


def finish(work: Work, job: Job, status: str, message: str, at: str) -> bool:
    """Ends this attempt; False (and nothing written) when it is no longer ours."""
    progress = {"progress": 1.0} if status in ("done", "refused") else {}
    values = {"status": status, "message": message, "finished_at": at, **progress}
    return work.connection.execute(update(JOBS).where(_mine(job)).values(**values)).rowcount == 1


def requeue(work: Work, job: Job, message: str) -> bool:
    """Puts this attempt's job back in the queue, to be taken again a little later."""
    later = work.clock() + RETRY_SECONDS * job.attempt
    values = {"status": "queued", "message": message, "not_before": later, "worker": ""}
    return work.connection.execute(update(JOBS).where(_mine(job)).values(**values)).rowcount == 1


def cancel(work: Work, release: str, at: str) -> int:
    """Ends what waits for a release and asks what runs to stop; how many jobs that touched."""
    mine = JOBS.c.release == release
    waiting = update(JOBS).where(mine, JOBS.c.status == "queued").values(status="cancelled", finished_at=at)
    running = update(JOBS).where(mine, JOBS.c.status == "running").values(cancel=True)
    return work.connection.execute(waiting).rowcount + work.connection.execute(running).rowcount


def get(work: Work, id_: str) -> Job | None:
    """The job ``id_``."""
    row = work.one(select(JOBS).where(JOBS.c.id == id_))
    return _job(row) if row else None


def of_release(work: Work, release: str) -> tuple[Job, ...]:
    """The jobs of a release, newest first."""
    query = select(JOBS).where(JOBS.c.release == release).order_by(JOBS.c.number.desc())
    return tuple(_job(row) for row in work.all(query))


def active(work: Work) -> tuple[Job, ...]:
    """Everything that waits or runs, oldest first."""
    return tuple(_job(r) for r in work.all(select(JOBS).where(JOBS.c.status.in_(ACTIVE)).order_by(JOBS.c.number)))


def _mine(job: Job) -> Any:
    return and_(JOBS.c.id == job.id, JOBS.c.attempt == job.attempt, JOBS.c.status == "running")


def _lock(work: Work) -> None:
    """One claimer or enqueuer at a time; SQLite is locked already."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": QUEUE_LOCK})


def _job(row: Mapping[str, Any]) -> Job:
    return Job(**{name: row[name] for name in Job.__dataclass_fields__})
