"""The ranker's weights that a workspace trained from its corrections: trained, versioned, used by the next examination,
set aside again.

What a reader would get wrong: training always starts from the weights that ship and takes every correction in force, so
the same corrections give the same weights and nothing is learned twice.  Weights that are worse than those that ship,
on corrections held out or on the examples of the classifiers, are not taken into use.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.desk.decided import Told
from release.desk.desk import Desk, Refusals, bad, missing
from release.nouns.digest import file_digest
from release.nouns.errors import ReleaseError, Tampered
from release.nouns.refusal import Refusal
from release.store import findings, jobs
from release.store import labels as store
from release.store.journal import Event
from release.store.work import Work
from release.vault.workspace import Vault
from release.workflow.guards import Facts
from release.workflow.labelling import LabelState
from release.workflow.records import Label, Ranker
from release.workflow.role import SYSTEM, Actor, Role
from release.workflow.training import TRAINING, TrainingCommand, TrainingState
from release.workflow.transition import START, Row, decide

if TYPE_CHECKING:
    from classifiers.ranker.column import Lesson
    from classifiers.ranker.weights import Weights

ROOM = "rankers"
UNLEARNED = 0.01  # share of the examples that new weights may read wrongly which those before read rightly


def file_of(vault: Vault, name: str) -> Path:
    """Where the weights with this digest lie."""
    if len(name) != 64 or set(name) - set("0123456789abcdef"):
        raise Tampered("The workspace names weights that cannot exist.")
    return vault.home / ROOM / f"{name}.gz"


def in_use(desk: Desk, work: Work) -> dict[str, Any]:
    """``ranker`` and ``version`` of a :class:`Told`: the file of the weights in use (None: those that ship)."""
    used = findings.ranker_in_use(work)
    if used is None:
        return {"ranker": None, "version": {"source": "shipped"}}
    path = file_of(desk.vault, used.document)
    if not path.is_file() or file_digest(path) != used.document:
        raise Tampered("The trained weights are gone or were changed.", "Set them aside, or train again.")
    version = {
        "source": "workspace",
        "id": used.id,
        "sha256": used.document,
        "trained": used.at,
        "corrections": used.corrections,
    }
    return {"ranker": path, "version": version}


def told_here(desk: Desk, work: Work, told: Told) -> Told:
    """``told`` with the weights in use."""
    return replace(told, **in_use(desk, work))


def ask(desk: Desk, actor: Actor, *, now: bool = False) -> Ranker | Refusals:
    """Asks for weights trained from every correction in force; ``now`` trains at once, else a worker does.

    For the authority.  Refused while there is nothing to learn from."""
    with desk.store.write() as work:
        row = decide(TRAINING, START, TrainingCommand.RETRAIN, actor, Facts())
        if not isinstance(row, Row):
            return row
        taught = lessons_from(work)
        if not taught:
            return (Refusal("ranker.no-corrections", "There is no correction in force to learn from."),)
        _clear(desk, work)
        if findings.rankers(work, (TrainingState.TRAINING.value,)):
            return (Refusal("ranker.busy", "Training is already on its way.", remedy="Wait until it has ended."),)
        before = findings.ranker_in_use(work)
        at = desk.now()
        made = Ranker(
            id=desk.ids("wgt"),
            state=TrainingState(row.to),
            document="",
            previous=before.id if before else "",
            corrections=len(taught),
            person=actor.id,
            name=actor.name or actor.id,
            at=at,
        )
        findings.add_ranker(work, Event(row.command, actor, row.role, at), made)
        if not now:
            jobs.enqueue(work, desk.ids("job"), "retrain", "", 0, {"ranker": made.id}, at)
    if not now:
        return _sure(desk, made.id)
    try:
        with desk.vault.scratch(made.id) as scratch:
            trained = train(desk, scratch)
    except ReleaseError as error:
        with desk.store.write() as work:
            fail(desk, work, made.id, error.message)
        raise
    with desk.store.write() as work:
        adopt(desk, work, made.id, trained)
    if trained.worse:
        return (
            Refusal("ranker.worse", trained.told, remedy="Look at the latest corrections for ones that are wrong."),
        )
    return _sure(desk, made.id)


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights kept in the workspace by their SHA-256, how many corrections taught them, and what was measured."""

    document: str
    corrections: int
    told: str
    worse: bool


def train(desk: Desk, scratch: Path) -> Trained:
    """Weights from those that ship and every correction in force, kept in the workspace and measured against those
    that ship.  The same corrections give the same file."""
    from classifiers.errors import ClassifierError
    from classifiers.ranker import weights
    from classifiers.ranker.refit import refit

    with desk.store.read() as work:
        taught = lessons_from(work)
    lessons = [lesson_of(label) for label in taught]
    try:
        made = refit(weights.shipped(), lessons)
        told, worse = measured(weights.shipped(), made, lessons)
        staged = scratch / "weights.gz"
        weights.save(made, staged)
        weights.load(staged)
    except ClassifierError as error:
        raise ReleaseError(str(error), "Remove the correction and train again.") from None
    name = file_digest(staged)
    target = file_of(desk.vault, name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    if not target.exists():
        shutil.move(staged, target.with_suffix(".part"))
        target.with_suffix(".part").replace(target)
    return Trained(name, len(taught), told, worse)


def measured(before: Weights, after: Weights, lessons: Sequence[Lesson]) -> tuple[str, bool]:
    """What the corrections changed, in a sentence, and whether that is for the worse."""
    from classifiers.ranker import check
    from classifiers.ranker.refit import held_out

    held, was, is_ = held_out(before, lessons), check.share(before), check.share(after)
    paid = "Too few corrections to hold some out."
    if held.corrections:
        paid = f"Of {held.corrections} corrections held out, read rightly: {held.before} before, {held.after} after."
    told = f"{paid} Examples of the classifiers read rightly: {was:.1%} before, {is_:.1%} after."
    worse = held.after < held.before or is_ < was - UNLEARNED
    return told + (" Worse: the weights in use stay in use." if worse else ""), worse


def adopt(desk: Desk, work: Work, ranker_id: str, trained: Trained) -> None:
    """Takes trained weights into use; those before are set aside in the same transaction.  Worse ones are not taken."""
    made, before = findings.ranker_by_id(work, ranker_id), findings.ranker_in_use(work)
    if made is None or made.state is not TrainingState.TRAINING:
        return
    if trained.worse:
        fail(desk, work, ranker_id, trained.told)
        return
    if before is not None:
        _step(desk, work, SYSTEM, before, TrainingCommand.REPLACE)
    previous = before.id if before else ""
    values: dict[str, Any] = {"document": trained.document, "corrections": trained.corrections, "message": trained.told}
    _step(desk, work, SYSTEM, made, TrainingCommand.ADOPT, previous=previous, **values)


def fail(desk: Desk, work: Work, ranker_id: str, message: str) -> None:
    """Training broke: the weights in use stay in use."""
    made = findings.ranker_by_id(work, ranker_id)
    if made is not None and made.state is TrainingState.TRAINING:
        _step(desk, work, SYSTEM, made, TrainingCommand.FAIL, message=message)


def revert(desk: Desk, actor: Actor, reason: str) -> Ranker | Refusals | None:
    """Sets the weights in use aside; those before them are used again, or those that ship (None)."""
    with desk.store.write() as work:
        used = findings.ranker_in_use(work)
        if used is None:
            if not actor.has(Role.AUTHORITY):
                return (Refusal("workflow.role", "The ranker is for the authority."),)
            return bad("ranker", "The weights that ship are in use: there is nothing to set aside.")
        moved = _step(desk, work, actor, used, TrainingCommand.REVERT, reason)
        if not isinstance(moved, Ranker):
            return moved
        before = findings.ranker_by_id(work, used.previous) if used.previous else None
        if before is None or before.state is not TrainingState.SET_ASIDE:
            return None
        return _step(desk, work, actor, before, TrainingCommand.REUSE, reason)


def versions(desk: Desk, actor: Actor) -> tuple[Ranker, ...] | Refusals:
    """Every training there was, newest first, for whoever works on tables here."""
    if not any(actor.has(role) for role in (Role.STEWARD, Role.REVIEWER, Role.AUTHORITY)):
        return (Refusal("workflow.role", "The ranker is for those who work on tables."),)
    with desk.store.read() as work:
        return findings.rankers(work)


def _clear(desk: Desk, work: Work) -> None:
    """Ends trainings that no job does any more: their process died."""
    alive = {job.payload.get("ranker") for job in jobs.active(work) if job.kind == "retrain"}
    for one in findings.rankers(work, (TrainingState.TRAINING.value,)):
        if one.id not in alive:
            fail(desk, work, one.id, "The training ended without a result.")


def lessons_from(work: Work) -> tuple[Label, ...]:
    """The labels that teach: those in force, oldest first."""
    return store.of_scopes(work, (), (LabelState.IN_FORCE.value,))


def lesson_of(label: Label) -> Lesson:
    """A label as the ranker learns it."""
    from classifiers.ranker.column import lesson

    seen: Mapping[str, float] = label.evidence.get("seen", {})
    return lesson(
        label.field,
        label.category,
        physical=label.physical,
        comment=label.comment,
        table=label.table_name,
        seen={str(name): float(value) for name, value in seen.items()},
    )


def _step(
    desk: Desk, work: Work, actor: Actor, ranker: Ranker, command: TrainingCommand, reason: str = "", **values: Any
) -> Ranker | Refusals:
    row = decide(TRAINING, ranker.state, command, actor, Facts(comment=reason))
    if not isinstance(row, Row):
        return row
    event = Event(row.command, actor, row.role, desk.now(), {"reason": reason.strip()} if reason else {})
    return findings.change_ranker(work, event, ranker, state=TrainingState(row.to), **values)


def _sure(desk: Desk, ranker_id: str) -> Ranker | Refusals:
    with desk.store.read() as work:
        return findings.ranker_by_id(work, ranker_id) or missing("ranker")


def summary(rankers: Sequence[Ranker | Refusal]) -> list[dict[str, Any]]:
    """The trainings as a document."""
    names = ("id", "state", "document", "previous", "corrections", "name", "at", "message")
    return [{name: getattr(one, name) for name in names} for one in rankers if isinstance(one, Ranker)]
