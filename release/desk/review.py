"""Four eyes: a steward submits, a reviewer who had no hand in it approves or returns."""

from __future__ import annotations

import dataclasses

from release.desk.advance import advance, facts_of, seal_of, seen
from release.desk.desk import Desk, Refusals
from release.store import releases
from release.workflow.records import Page, Release, Review
from release.workflow.releasing import ReleaseCommand, ReleaseState
from release.workflow.role import Actor, Role

LONGEST_COMMENT = 10_000


def submit(desk: Desk, actor: Actor, release_id: str) -> Release | Refusals:
    """Hands a treated release over to the reviewers, sealed as it is."""
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        sealed = seal_of(release, release.package)
        facts = dataclasses.replace(facts_of(desk, release), sealed=sealed)
        return advance(
            desk,
            work,
            actor,
            release,
            ReleaseCommand.SUBMIT,
            facts,
            {"sealed": sealed},
            sealed=sealed,
            submitter=actor.id,
            submitted_at=desk.now(),
            approver="",
            hands=release.hands | {actor.id},
        )


def approve(desk: Desk, actor: Actor, release_id: str, comment: str = "") -> Release | Refusals:
    """Approves what was submitted; refused to whoever had a hand in it."""
    return _decide(desk, actor, release_id, ReleaseCommand.APPROVE, comment, approver=actor.id)


def return_release(desk: Desk, actor: Actor, release_id: str, comment: str) -> Release | Refusals:
    """Sends a release back with the reason."""
    return _decide(desk, actor, release_id, ReleaseCommand.RETURN, comment, approver="")


def review_queue(desk: Desk, actor: Actor, states: tuple[str, ...] = (), offset: int = 0, limit: int = 20) -> Page:
    """What waits for reviewers (``states`` asks for others), for reviewers and the authority."""
    if not actor.has(Role.REVIEWER) and not actor.has(Role.AUTHORITY):
        return Page(offset=offset, limit=limit)
    allowed = [ReleaseState.SUBMITTED, ReleaseState.APPROVED, ReleaseState.RETURNED, ReleaseState.PUBLISHED]
    wanted = tuple(s for s in states if s in (*allowed, ReleaseState.SUSPENDED)) or (ReleaseState.SUBMITTED,)
    with desk.store.read() as work:
        return releases.listing(work, states=wanted, offset=offset, limit=limit)


def _decide(
    desk: Desk, actor: Actor, release_id: str, command: ReleaseCommand, comment: str, approver: str
) -> Release | Refusals:
    said = comment.strip()[:LONGEST_COMMENT]
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        facts = facts_of(desk, release, said, work=work)
        note = {"comment": said, "sealed": release.sealed}
        moved = advance(desk, work, actor, release, command, facts, note, approver=approver)
        if isinstance(moved, Release):
            word = Review(desk.ids("rev"), release.id, actor.id, command.value, said, release.sealed, desk.now())
            releases.add_review(work, word)
        return moved
