"""Jobs that are about no one release: training the ranker, grading the catalogue again.

The long part runs without a transaction; what it came to is written together with the end of the job, by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from release.desk import gradings, weights
from release.desk.desk import Desk
from release.desk.road import Progress
from release.nouns.errors import ReleaseError
from release.store.work import Work
from release.workflow.records import Job

CHORES = frozenset({"retrain", "regrade"})


@dataclass(frozen=True, slots=True)
class Chore:
    """What a chore came to, and what to write with its end."""

    status: str
    message: str
    write: Callable[[Work], None]


def chore(desk: Desk, job: Job, scratch: Path, progress: Progress) -> Chore:
    """Does it.  A round over the catalogue writes release by release and skips what was looked at, so it may repeat."""
    progress(job.kind, 0.0)
    if job.kind == "retrain":
        trained, ranker = weights.train(desk, scratch), str(job.payload["ranker"])
        ended = "failed" if trained.worse else "done"
        return Chore(ended, trained.told, lambda work: weights.adopt(desk, work, ranker, trained))
    if job.kind == "regrade":
        done = gradings.regrade_all(desk, str(job.payload.get("policy", "")))
        return Chore("done", f"{done.looked} looked at, {len(done.found)} graded again.", lambda work: None)
    raise ReleaseError(f"There is no chore of the kind {job.kind}.")


def gave_up(desk: Desk, job: Job, why: str) -> Callable[[Work], None]:
    """What to write when a chore failed."""
    if job.kind == "retrain":
        return lambda work: weights.fail(desk, work, str(job.payload["ranker"]), why)
    return lambda work: None
