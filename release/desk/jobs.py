"""What the worker does with a job: raw data out of the vault, along the road, the result and its journal in one step.

What a reader would get wrong: a job may run twice (a worker was killed, a lease ran out), but its result is written
once: the last transaction ends the attempt and moves the release together, and only for the attempt that still holds
the job and for the generation of the release it was queued for.
"""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from release.desk.advance import advance, facts_of, may_see
from release.desk.chores import CHORES, Chore, chore, gave_up
from release.desk.decided import NOTHING, Told
from release.desk.desk import Desk, Refusals, missing, stamp
from release.desk.grading import told_of
from release.desk.road import Examined, Keys, Label, Progress
from release.nouns.errors import ReleaseError
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal
from release.store import jobs, releases
from release.store.work import Work
from release.workflow.records import Job, Release
from release.workflow.releasing import ReleaseCommand
from release.workflow.role import SYSTEM, Actor, Role

MOST_ATTEMPTS = 3


class Lost(ReleaseError):
    """This attempt no longer holds the job: another worker took it over, or it was cancelled."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to: the command for its release, the columns it sets, and how the job ends."""

    command: ReleaseCommand
    values: Mapping[str, Any]
    status: str = "done"
    message: str = ""
    passed: bool = False


def run_job(desk: Desk, job: Job) -> str:
    """Does a claimed job and gives its final status; raises Lost when it is not ours any more.

    Whatever breaks inside the road ends the job as failed, with the kind of the error and never its text: the text
    of a library's exception may quote a cell.
    """
    if job.kind in CHORES:
        return _chore(desk, job)
    with desk.store.read() as work:
        release = releases.get(work, job.release)
        told = told_of(desk, work, release) if release else NOTHING
    if release is None or release.generation != job.generation:
        return _end(desk, job, "stale", "The release changed before the job began.")
    desk.vault.sweep(job.id)
    try:
        with desk.vault.scratch(job.id) as scratch:
            outcome = _do(desk, job, release, told, scratch, _teller(desk, job))
    except Lost:
        raise
    except ReleaseError as error:
        outcome = _broken(job, Refusal("job.failed", error.message, remedy=error.remedy))
    except Exception as error:  # noqa: BLE001 - the last guard of a process that must tell what became of the job
        said = _where(error)
        outcome = _broken(job, Refusal("job.broken", said, remedy="Try again, and report it if it repeats."))
    return _settle(desk, job, outcome)


def _where(error: Exception) -> str:
    """The kind of an error and its place, never its text."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"The step broke ({type(error).__name__} at {Path(place.filename).name}:{place.lineno})."


def _chore(desk: Desk, job: Job) -> str:
    """A job that is about no one release; its result and its end are written together."""
    desk.vault.sweep(job.id)
    try:
        with desk.vault.scratch(job.id) as scratch:
            done = chore(desk, job, scratch, _teller(desk, job))
    except Lost:
        raise
    except ReleaseError as error:
        done = Chore("failed", error.message, gave_up(desk, job, error.message))
    except Exception as error:  # noqa: BLE001 - as in run_job
        done = Chore("failed", _where(error), gave_up(desk, job, _where(error)))
    with desk.store.write() as work:
        if not jobs.finish(work, job, done.status, done.message, desk.now()):
            raise Lost("The job was taken over or cancelled.")
        done.write(work)
    return done.status


def give_up(desk: Desk, job: Job, why: str) -> str:
    """After a child process died: back into the queue, or failed when it was tried often enough."""
    if job.attempt < MOST_ATTEMPTS:
        with desk.store.write() as work:
            return "queued" if jobs.requeue(work, job, why) else "lost"
    if job.kind in CHORES:
        with desk.store.write() as work:
            if not jobs.finish(work, job, "failed", why, desk.now()):
                return "lost"
            gave_up(desk, job, why)(work)
            return "failed"
    refusal = Refusal("job.died", f"{why} It was tried {job.attempt} times.", remedy="Try a smaller table.")
    try:
        return _settle(desk, job, _broken(job, refusal))
    except Lost:
        return "lost"


def show_job(desk: Desk, actor: Actor, job_id: str) -> Job | Refusals:
    """How far a job is, for those who may see its release."""
    with desk.store.read() as work:
        job = jobs.get(work, job_id)
        release = releases.get(work, job.release) if job else None
        if job is not None and job.kind in CHORES and actor.has(Role.AUTHORITY):
            return job
        if job is None or release is None or not may_see(actor, release):
            return missing("job")
        return job


def cancel_job(desk: Desk, actor: Actor, job_id: str) -> Job | Refusals:
    """Stops the work for a release; its state stays what it was."""
    with desk.store.write() as work:
        job = jobs.get(work, job_id)
        release = releases.get(work, job.release) if job else None
        if job is None or release is None or actor.id not in (release.owner, *release.hands):
            return missing("job")
        jobs.cancel(work, release.id, desk.now())
        return jobs.get(work, job_id) or job


def _do(desk: Desk, job: Job, release: Release, told: Told, scratch: Path, progress: Progress) -> Outcome:
    if job.kind == "examine":
        return _examine(desk, release, release.policy, told, scratch, progress)
    if job.kind == "plan":
        return _plan(desk, job, release, told, scratch, progress)
    if job.kind == "produce":
        return _produce(desk, release, scratch, progress)
    raise ReleaseError(f"There is no job of the kind {job.kind}.")


def _examine(desk: Desk, release: Release, policy: str, told: Told, scratch: Path, progress: Progress) -> Outcome:
    found = _examined(desk, release, policy, told, scratch, progress)
    if isinstance(found, tuple):
        message = found[0].message
        return Outcome(ReleaseCommand.FAIL, {"refusals": found}, "refused", message)
    return Outcome(ReleaseCommand.GRADE, _kept(desk, release, found, policy))


def _plan(desk: Desk, job: Job, release: Release, told: Told, scratch: Path, progress: Progress) -> Outcome:
    policy, openness = str(job.payload["policy"]), Openness(job.payload["openness"])
    values: dict[str, Any] = {}
    if policy != release.policy:
        fresh = _examined(desk, release, policy, told, scratch, progress)
        if isinstance(fresh, tuple):
            return Outcome(ReleaseCommand.HOLD, {"refusals": fresh}, "refused", fresh[0].message)
        values = _kept(desk, release, fresh, policy)
        examined = fresh
    else:
        examined = _stored(desk, release, scratch)
    plan = desk.road.prepare(examined, openness, job.payload.get("search", {}), scratch, progress)
    if isinstance(plan, tuple):
        return Outcome(ReleaseCommand.HOLD, {**values, "refusals": plan}, "refused", plan[0].message)
    if plan.get("openness") != openness.value:
        raise ReleaseError("The plan is for another openness than was asked for.")
    with desk.store.write() as work:
        name = releases.put_document(work, "plan", plan)
    values |= {"plan_doc": name, "openness": openness, "refusals": ()}
    return Outcome(ReleaseCommand.PLAN, values)


def _produce(desk: Desk, release: Release, scratch: Path, progress: Progress) -> Outcome:
    examined = _stored(desk, release, scratch)
    with desk.store.read() as work:
        plan = releases.document(work, release.plan_doc)
        before = _before(work, release)
    keyring = desk.vault.keyring
    keys = Keys(keyring.release_key(release.dataset), keyring.signing_seed())
    label = Label(
        title=release.title,
        description=release.description,
        keywords=release.keywords,
        publisher=release.organisation,
        version=str(release.number),
        previous=before,
        created=stamp(desk.clock()),
    )
    made = desk.road.produce(examined, plan, keys, label, scratch / "package", progress)
    if isinstance(made, tuple):
        return Outcome(ReleaseCommand.HOLD, {"refusals": made}, "refused", made[0].message)
    with desk.store.write() as work:
        report = releases.put_document(work, "report", made.report)
    if not made.passed:
        breach = (Refusal("verify.breach", "A limit of the plan does not hold on the written bytes."),)
        return Outcome(ReleaseCommand.HOLD, {"report_doc": report, "refusals": breach}, "refused", breach[0].message)
    package = desk.vault.packages.keep(made.folder)
    values = {
        "report_doc": report,
        "report_passed": True,
        "package": package,
        "manifest": made.manifest,
        "refusals": (),
    }
    return Outcome(ReleaseCommand.TREAT, values, passed=True)


def _examined(
    desk: Desk, release: Release, policy: str, told: Told, scratch: Path, progress: Progress
) -> Examined | Refusals:
    """Raw bytes in plain for as long as they are read, under the name they came with (the road looks at its end)."""
    folder = scratch / "raw"
    folder.mkdir()
    source = folder / release.filename
    desk.vault.objects.fetch(release.raw_object, source)
    work = scratch / "work"
    work.mkdir()
    return desk.road.examine(source, work, policy, told, progress)


def _kept(desk: Desk, release: Release, found: Examined, policy: str) -> dict[str, Any]:
    columnar = desk.vault.objects.keep(found.columnar)
    with desk.store.write() as work:
        name = releases.put_document(work, "examination", found.document)
    said = {str(word.get("person", "")) for word in found.document.get("decisions", {}).values()}
    hands = release.hands | {person for person in said if person}
    return {"examination_doc": name, "columnar_object": columnar.name, "policy": policy, "refusals": (), "hands": hands}


def _stored(desk: Desk, release: Release, scratch: Path) -> Examined:
    with desk.store.read() as work:
        document = releases.document(work, release.examination_doc)
    columnar = scratch / "table.parquet"
    desk.vault.objects.fetch(release.columnar_object, columnar)
    return Examined(document, columnar)


def _before(work: Work, release: Release) -> str:
    """The manifest digest of the newest version that went out before this one."""
    earlier = (r for r in releases.of_dataset(work, release.dataset) if r.number < release.number)
    return next((r.manifest for r in earlier if r.published_at), "")


def _teller(desk: Desk, job: Job) -> Progress:
    def tell(step: str, share: float) -> None:
        with desk.store.write() as work:
            if not jobs.report(work, job, step, min(max(share, 0.0), 1.0)):
                raise Lost("The job was taken over or cancelled.")

    return tell


def _broken(job: Job, refusal: Refusal) -> Outcome:
    command = ReleaseCommand.FAIL if job.kind == "examine" else ReleaseCommand.HOLD
    return Outcome(command, {"refusals": (refusal,)}, "failed", refusal.message)


def _settle(desk: Desk, job: Job, outcome: Outcome) -> str:
    """Ends the attempt and moves the release, both or neither."""
    with desk.store.write() as work:
        release = releases.get(work, job.release)
        if release is None or release.generation != job.generation:
            status, message = "stale", "The release changed while the job ran."
        else:
            status, message = outcome.status, outcome.message
        if not jobs.finish(work, job, status, message, desk.now()):
            raise Lost("The job was taken over or cancelled.")
        if status == "stale" or release is None:
            return status
        if outcome.command is ReleaseCommand.GRADE:
            read = _moved(desk, work, release, ReleaseCommand.INGEST, {}, outcome.passed)
            release = read
        _moved(desk, work, release, outcome.command, outcome.values, outcome.passed)
        return status


def _moved(
    desk: Desk, work: Work, release: Release, command: ReleaseCommand, values: Mapping[str, Any], passed: bool
) -> Release:
    facts = dataclasses.replace(facts_of(desk, release, thorough=False), report_passed=passed)
    moved = advance(desk, work, SYSTEM, release, command, facts, **values)
    if not isinstance(moved, Release):
        raise ReleaseError(f"The result of a job does not fit the state of its release ({moved[0].code}).")
    return moved


def _end(desk: Desk, job: Job, status: str, message: str) -> str:
    with desk.store.write() as work:
        if not jobs.finish(work, job, status, message, desk.now()):
            raise Lost("The job was taken over or cancelled.")
    return status
