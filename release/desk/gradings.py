"""When a pack changes: every dataset graded again, every difference listed, and what follows from it.

What a reader would get wrong: nothing is ever graded lower by this alone and nothing is deleted.  A release on its way
goes back to its examination; one on the shelf that may no longer be so open is suspended; one whose grade only rose is
flagged for a person.  A pack that cannot grade what is stored counts as one that allows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.desk.advance import REVIEWABLE, advance, facts_of, may_see
from release.desk.desk import Desk, Refusals, bad, missing
from release.desk.grading import examine_again
from release.desk.publication import off_the_shelf
from release.desk.road import Regraded
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.refusal import Refusal
from release.store import findings, jobs, releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.guards import Facts
from release.workflow.records import Job, Page, Regrading, Release
from release.workflow.regrading import REGRADING, RegradingCommand, RegradingState
from release.workflow.releasing import ReleaseCommand, ReleaseState
from release.workflow.role import SYSTEM, Actor, Role
from release.workflow.transition import START, Row, decide

# What still says something to somebody: on its way, on the shelf, or off it for now.
LIVE = (
    ReleaseState.INGESTED,
    ReleaseState.GRADED,
    ReleaseState.PLANNED,
    ReleaseState.TREATED,
    ReleaseState.SUBMITTED,
    ReleaseState.APPROVED,
    ReleaseState.RETURNED,
    ReleaseState.PUBLISHED,
    ReleaseState.SUSPENDED,
)
SHELVED = (ReleaseState.PUBLISHED, ReleaseState.SUSPENDED)
BATCH = 100
LONGEST_REASON = 2000
OUTSIDE = ":not-in-force"
WHY = "Under its policy as it is now this release may no longer be this open."


@dataclass(frozen=True, slots=True)
class Round:
    """What one round over the catalogue came to; ``found`` are the regradings it wrote."""

    looked: int
    same: int
    found: tuple[Regrading, ...]


@dataclass(frozen=True, slots=True)
class RegradingView:
    """A regrading with the title of its release, and whether whoever looks could close it."""

    regrading: Regrading
    title: str
    may_close: bool


def stale(desk: Desk, policy: str = "") -> tuple[Release, ...]:
    """The releases that were graded under another version of their pack than the one installed now."""
    with desk.store.read() as work:
        return tuple(r for r in _live(work, policy) if _outdated(desk, work, r))


def regrade_all(desk: Desk, policy: str = "") -> Round:
    """Grades every live release of the catalogue again under its pack as it is now; one transaction a release.

    A release that was looked at under this very pack before is not looked at again, so a round can be repeated."""
    with desk.store.read() as work:
        candidates = [r.id for r in _live(work, policy)]
    found: list[Regrading] = []
    for release_id in candidates:
        made = _one(desk, release_id)
        if made is not None:
            found.append(made)
    return Round(len(candidates), len(candidates) - len(found), tuple(found))


def ask(desk: Desk, actor: Actor, policy: str = "") -> Job | Refusals:
    """Queues a round, for the authority."""
    if not actor.has(Role.AUTHORITY):
        return (Refusal("workflow.role", "Grading the catalogue again is for the authority."),)
    if policy and policy not in desk.road.policies():
        return bad("policy", "There is no such policy.", f"Policies: {', '.join(desk.road.policies())}.")
    with desk.store.write() as work:
        return queue(desk, work, policy)


def queue(desk: Desk, work: Work, policy: str = "") -> Job:
    """A round for the worker; the one that waits already when there is one."""
    waiting = next(
        (j for j in jobs.active(work) if j.kind == "regrade" and j.payload.get("policy", "") == policy), None
    )
    return waiting or jobs.enqueue(work, desk.ids("job"), "regrade", "", 0, {"policy": policy}, desk.now())


def known_policy(desk: Desk, policy: str | None) -> str:
    """``policy``, or the empty text for all.  Raises BadInput on one that is not installed."""
    if policy and policy not in desk.road.policies():
        raise BadInput(f"There is no policy '{policy}'.", f"Policies: {', '.join(desk.road.policies())}.")
    return policy or ""


def list_regradings(desk: Desk, actor: Actor, offset: int = 0, limit: int = 20) -> Page:
    """What newer packs changed, of the releases that the actor may see."""
    with desk.store.read() as work:
        return _listed(work, actor, offset, limit)


def list_views(desk: Desk, actor: Actor, offset: int = 0, limit: int = 20) -> Page:
    """:func:`list_regradings` with the releases' titles and what the actor could do."""
    with desk.store.read() as work:
        page = _listed(work, actor, offset, limit)
        known = {one.release: releases.get(work, one.release) for one in page.items}
    views = tuple(
        RegradingView(one, release.title if release else "", may_close(actor, release, one))
        for one in page.items
        for release in (known[one.release],)
    )
    return Page(views, page.total, page.offset, page.limit)


def close(desk: Desk, actor: Actor, regrading_id: str, reason: str) -> Regrading | Refusals:
    """A person says that a finding was looked at, with a reason; it puts nothing back on the shelf."""
    if len(reason) > LONGEST_REASON:
        return bad("reason", f"A reason has at most {LONGEST_REASON} characters.")
    with desk.store.write() as work:
        found = findings.regrading(work, regrading_id)
        release = releases.get(work, found.release) if found else None
        if found is None or release is None or not may_see(actor, release):
            return missing("regrading")
        row = decide(REGRADING, found.state, RegradingCommand.CLOSE, actor, _facts(release, reason))
        if not isinstance(row, Row):
            return row
        at = desk.now()
        values = {"settled_by": actor.id, "settled_at": at, "settled_reason": reason.strip()}
        event = Event(row.command, actor, row.role, at)
        return findings.change_regrading(work, event, found, state=RegradingState(row.to), **values)


def _listed(work: Work, actor: Actor, offset: int, limit: int) -> Page:
    if actor.has(Role.AUTHORITY):
        return findings.regradings(work, offset=offset, limit=limit)
    if actor.has(Role.REVIEWER):
        return findings.regradings(work, states=[s.value for s in REVIEWABLE], offset=offset, limit=limit)
    if not actor.has(Role.STEWARD) or not actor.id:
        return Page(offset=offset, limit=limit)
    return findings.regradings(work, owner=actor.id, organisation=actor.organisation, offset=offset, limit=limit)


def may_close(actor: Actor, release: Release | None, found: Regrading) -> bool:
    """Whether the actor could close a finding now."""
    facts = _facts(release, "typed") if release else Facts()
    return isinstance(decide(REGRADING, found.state, RegradingCommand.CLOSE, actor, facts), Row)


def _facts(release: Release, reason: str) -> Facts:
    return Facts(owner=release.owner, organisation=release.organisation, hands=release.hands, comment=reason)


def _live(work: Work, policy: str) -> list[Release]:
    found: list[Release] = []
    while True:
        page = releases.listing(work, states=[s.value for s in LIVE], offset=len(found), limit=BATCH)
        found += page.items
        if not page.items or len(found) >= page.total:
            return [r for r in found if r.examination_doc and (not policy or r.policy == policy)]


def _outdated(desk: Desk, work: Work, release: Release) -> bool:
    """Whether the pack that graded it, or under which this very grading was looked at last, is another by now."""
    graded = _digest(releases.document(work, release.examination_doc)["policy"])
    looks = [look for look in findings.regradings_of(work, release.id) if look.digest_before == graded]
    return (looks[-1].digest_after if looks else graded) != _pack(desk, release)["digest"]


def _pack(desk: Desk, release: Release) -> dict[str, str]:
    """Version and digest of the release's pack as it is now.  For what is on the shelf a pack that is not in force
    today is another one, and ``outside`` says why."""
    pack = dict(desk.road.pack(release.policy))
    outside = desk.road.outside(release.policy, desk.clock().date()) if release.state in SHELVED else ""
    return {**pack, "outside": outside, "digest": pack["digest"] + (OUTSIDE if outside else "")}


def _digest(policy: Any) -> str:
    return str(policy.get("digest", "")) if isinstance(policy, Mapping) else ""


def _one(desk: Desk, release_id: str) -> Regrading | None:
    """Looks at one release, or nothing where its pack is the one that graded it."""
    with desk.store.write() as work:
        line = releases.line_of(work, release_id)
        if line:
            releases.dataset(work, line)  # the dataset is locked first, as wherever a release leaves the shelf
        release = releases.get(work, release_id)
        if release is None or release.state not in LIVE or not release.examination_doc:
            return None
        if not _outdated(desk, work, release):
            return None
        document = releases.document(work, release.examination_doc)
        plan = releases.document(work, release.plan_doc) if release.plan_doc else None
        report = releases.document(work, release.report_doc) if release.report_doc else None
        regraded = _regraded(desk, document, plan, report)
        made = _found(desk, release, document, regraded)
        row = decide(REGRADING, START, RegradingCommand.FIND, SYSTEM, Facts())
        if not isinstance(row, Row):
            raise ReleaseError("A regrading could not be written down.")
        findings.add_regrading(work, Event(row.command, SYSTEM, row.role, desk.now()), made)
        _follow(desk, work, release, made)
        return findings.regrading(work, made.id)


def _regraded(desk: Desk, document: Any, plan: Any, report: Any) -> Regraded:
    """The verdict of the pack as it is now; one that cannot grade what is stored allows nothing."""
    try:
        return desk.road.regrade(document, plan, report)
    except ReleaseError as error:
        difference = {"field": "", "scale": "openness", "before": "", "after": "closed", "article": "",
                      "rose": True, "why": error.message}  # fmt: skip
        return Regraded((difference,), within=False)


def _found(desk: Desk, release: Release, document: Mapping[str, Any], regraded: Regraded) -> Regrading:
    pack, graded = _pack(desk, release), document["policy"]
    differences = regraded.differences
    if pack["outside"]:
        differences = (*differences, {"field": "", "scale": "in-force", "before": "", "after": pack["outside"],
                                      "article": "", "rose": True})  # fmt: skip
    shelved = release.state in SHELVED
    if not shelved:
        outcome = "re-examined"
    elif not regraded.within:
        outcome = "suspended"
    elif any(d.get("rose") for d in differences):
        outcome = "flagged"
    else:
        outcome = "noted" if differences else "unchanged"
    return Regrading(
        id=desk.ids("rgr"),
        release=release.id,
        policy=release.policy,
        version_before=str(graded.get("version", "")) if isinstance(graded, Mapping) else "",
        version_after=pack["version"],
        digest_before=_digest(graded),
        digest_after=pack["digest"],
        differences=differences,
        outcome=outcome,
        within=regraded.within or not shelved,
        at=desk.now(),
        state=RegradingState.OPEN,
    )


def _follow(desk: Desk, work: Work, release: Release, made: Regrading) -> None:
    """What a finding leads to, in the transaction in which it is written."""
    note = {"regrading": made.id, "comment": WHY}
    if made.outcome == "re-examined":
        examine_again(desk, work, release.id, note)
    if made.outcome == "suspended" and release.state is ReleaseState.PUBLISHED:
        facts = facts_of(desk, release, WHY, thorough=False)
        moved = advance(desk, work, SYSTEM, release, ReleaseCommand.SUSPEND, facts, note)
        if not isinstance(moved, Release):
            raise ReleaseError("A release that outgrew its openness could not be suspended.")
        off_the_shelf(desk, work, SYSTEM, release)
