"""From one state of a release to the next: facts gathered, the table asked, row and journal entry written.

Nothing else in the service writes the state of a release.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from release.desk.desk import Desk, Refusals, missing
from release.nouns.digest import digest
from release.store import findings, jobs, labels, releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.guards import Facts
from release.workflow.records import Release
from release.workflow.releasing import RELEASE, ReleaseCommand, ReleaseState
from release.workflow.role import Actor, Role
from release.workflow.transition import decide, open_to

REVIEWABLE = frozenset(
    {
        ReleaseState.SUBMITTED,
        ReleaseState.APPROVED,
        ReleaseState.RETURNED,
        ReleaseState.PUBLISHED,
        ReleaseState.SUSPENDED,
        ReleaseState.SUPERSEDED,
    }
)
UNREVIEWED: dict[str, Any] = {"sealed": "", "submitter": "", "submitted_at": "", "approver": ""}
UNTREATED: dict[str, Any] = {
    **UNREVIEWED,
    "report_doc": "",
    "report_passed": False,
    "package": "",
    "manifest": "",
    "refusals": (),
}
UNPLANNED: dict[str, Any] = {**UNTREATED, "plan_doc": "", "openness": "closed"}


def seal_of(release: Release, package: str) -> str:
    """Digest of all that a reviewer decides on: the package's bytes, the words about it, openness, plan, report."""
    if not package:
        return ""
    return digest(
        {
            "package": package,
            "title": release.title,
            "description": release.description,
            "keywords": release.keywords,
            "openness": release.openness,
            "policy": release.policy,
            "plan": release.plan_doc,
            "report": release.report_doc,
        }
    )


def facts_of(
    desk: Desk, release: Release, comment: str = "", *, thorough: bool = True, work: Work | None = None
) -> Facts:
    """The facts of a release as they are now.  ``thorough`` reads every byte of the package; else files that look
    untouched (size, time, inode) since they were last read are trusted.  Without ``work`` nobody asked whether the
    release is disputed or outgrown, and steps that need to know are refused."""
    packages = desk.vault.packages
    lies = packages.measured(release.package) if thorough else packages.glanced(release.package)
    return Facts(
        owner=release.owner,
        organisation=release.organisation,
        hands=release.hands,
        approver=release.approver,
        report_passed=release.report_passed,
        sealed=release.sealed,
        current=seal_of(release, lies),
        openness=release.openness.value,
        release_state=release.state.value,
        comment=comment,
        now=desk.now(),
        undisputed=work is not None and not labels.disputed(work, (release.id,)),
        within_grade=work is not None and _within(work, release),
    )


def _within(work: Work, release: Release) -> bool:
    """What the last look at the release under its policy said; a release nobody had to look at again is within."""
    looks = findings.regradings_of(work, release.id)
    return looks[-1].within if looks else True


def advance(
    desk: Desk,
    work: Work,
    actor: Actor,
    release: Release,
    command: ReleaseCommand,
    facts: Facts,
    note: dict[str, Any] | None = None,
    **values: Any,
) -> Release | Refusals:
    """Takes the step if the table has it, and sets ``values`` with it."""
    row = decide(RELEASE, release.state, command, actor, facts)
    if isinstance(row, tuple):
        return row
    at = desk.now()
    event = Event(command.value, actor, row.role, at, note or {})
    return releases.change_release(work, event, release, state=ReleaseState(row.to), changed_at=at, **values)


def rework(
    desk: Desk,
    work: Work,
    actor: Actor,
    release: Release,
    command: ReleaseCommand,
    comment: str = "",
    note: dict[str, Any] | None = None,
    **values: Any,
) -> Release | Refusals:
    """A step that changes what will be released: the actor's hand is on it, the review and running jobs are void."""
    facts = facts_of(desk, release, comment, thorough=False)
    values = {"hands": release.hands | {actor.id}, "generation": release.generation + 1, **values}
    moved = advance(desk, work, actor, release, command, facts, note, **values)
    if isinstance(moved, Release):
        releases.void_reviews(work, release.id)
        jobs.cancel(work, release.id, desk.now())
    return moved


def own(actor: Actor, release: Release) -> bool:
    """Whether the release is the actor's, or of the actor's organisation."""
    same = bool(actor.organisation) and actor.organisation == release.organisation
    return actor.has(Role.STEWARD) and bool(actor.id) and (actor.id == release.owner or same)


def may_see(actor: Actor, release: Release) -> bool:
    """Whether ``actor`` may know of this release and its evidence (not of its rows)."""
    if own(actor, release) or actor.has(Role.AUTHORITY) or actor.has(Role.SYSTEM):
        return True
    return actor.has(Role.REVIEWER) and release.state in REVIEWABLE


def seen(work: Work, actor: Actor, release_id: str) -> Release | Refusals:
    """The release, or the same answer whether it is hidden or not there."""
    release = releases.get(work, release_id)
    if release is None or not may_see(actor, release):
        return missing("release")
    return release


def commands_for(desk: Desk, work: Work, actor: Actor, release: Release) -> tuple[str, ...]:
    """What the actor could do to the release now: the buttons of its page.

    Submitting is what seals the bytes, so before it they count as sealed: else there would be no button for it."""
    facts = facts_of(desk, release, thorough=False, work=work)
    if release.state in (ReleaseState.TREATED, ReleaseState.RETURNED):
        facts = replace(facts, sealed=seal_of(release, release.package))
    return open_to(RELEASE, release.state, actor, facts)
