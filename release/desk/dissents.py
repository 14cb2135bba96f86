"""Disagreement: a reviewer holds that a field is something else, or graver, than the steward's release says.

While one is open nobody approves or publishes.  It ends when the steward decides on the reviewer's category, when the
reviewer retracts it, or when a third person overrules it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from release.desk.advance import facts_of, seen
from release.desk.desk import Desk, Refusals, bad, missing
from release.store import labels as store
from release.store import releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.dissenting import DISSENT, DissentCommand, DissentState
from release.workflow.guards import Facts
from release.workflow.records import Dissent, Release
from release.workflow.role import Actor
from release.workflow.transition import START, Row, decide

LONGEST_REASON = 2000


def dissent(
    desk: Desk,
    actor: Actor,
    release_id: str,
    field: str,
    reason: str,
    category: str = "",
    scale: str = "",
    level: str = "",
) -> Dissent | Refusals:
    """Records that the actor holds another category, or another level of a scale, for a field under review."""
    if len(reason) > LONGEST_REASON:
        return bad("reason", f"A reason has at most {LONGEST_REASON} characters.")
    if category and category not in desk.road.categories():
        return bad("category", "There is no such category.", "Choose one of the category tree.")
    if not category and not (scale and level):
        return bad("category", "A disagreement names a category, or a level.", "Name one of the category tree.")
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        document: dict[str, Any] = releases.document(work, release.examination_doc) if release.examination_doc else {}
        finding = next((f for f in document.get("findings", ()) if f["field"] == field), None)
        if finding is None:
            return bad("field", "The dataset has no such field.", "Name a field as the examination lists it.")
        grade = next((g for g in document["grading"].get("fields", ()) if g["field"] == field), None)
        if level and (grade is None or scale not in grade["levels"]):
            return bad("level", "The field has no grade on such a scale.", "Name a scale of the policy.")
        if level and level not in desk.road.levels(release.policy, scale):
            return bad("level", "The scale has no such level.", "Name a level of the policy.")
        held = finding["category"] if category else str(grade["levels"][scale]) if grade else ""
        if held in (category, level):
            return bad("same", "The release says the same.", "Name what it should say.")
        facts = replace(facts_of(desk, release, reason, thorough=False), hands=release.hands)
        row = decide(DISSENT, START, DissentCommand.DISSENT, actor, facts)
        if not isinstance(row, Row):
            return row
        at = desk.now()
        made = Dissent(
            id=desk.ids("dis"),
            release=release.id,
            field=field,
            category=category,
            scale=scale,
            level=level,
            held=held,
            reason=reason.strip(),
            reviewer=actor.id,
            at=at,
            state=DissentState(row.to),
        )
        return store.add_dissent(work, Event(row.command, actor, row.role, at), made)


def retract(desk: Desk, actor: Actor, dissent_id: str, reason: str) -> Dissent | Refusals:
    """The reviewer takes it back, with a reason."""
    return _settle(desk, actor, dissent_id, DissentCommand.RETRACT, reason)


def overrule(desk: Desk, actor: Actor, dissent_id: str, reason: str) -> Dissent | Refusals:
    """Somebody who is neither the reviewer nor had a hand in the release decides against it, with a reason."""
    return _settle(desk, actor, dissent_id, DissentCommand.OVERRULE, reason)


def accepted(desk: Desk, work: Work, actor: Actor, release: Release, field: str, category: str) -> None:
    """Ends the disagreements that ask for just what the steward decides on now."""
    for one in store.dissents(work, release.id):
        asked = one.field == field and one.category == category and not one.level
        if one.state is DissentState.OPEN and category and asked:
            _write(desk, work, actor, release, one, DissentCommand.ACCEPT, "")


def of_release(desk: Desk, actor: Actor, release_id: str) -> tuple[Dissent, ...] | Refusals:
    """Every disagreement about a release, oldest first, for those who may see it."""
    with desk.store.read() as work:
        release = seen(work, actor, release_id)
        return store.dissents(work, release_id) if isinstance(release, Release) else release


def disputed(desk: Desk, release_ids: Iterable[str]) -> frozenset[str]:
    """Those of the releases about which a disagreement is open, for a list that the asker may see."""
    with desk.store.read() as work:
        return store.disputed(work, release_ids)


def commands_for(actor: Actor, release: Release, one: Dissent) -> tuple[str, ...]:
    """What the actor could do to a disagreement now."""
    facts = _facts(release, one, "typed")
    commands = (DissentCommand.RETRACT, DissentCommand.OVERRULE)
    return tuple(c.value for c in commands if isinstance(decide(DISSENT, one.state, c, actor, facts), Row))


def may_dissent(actor: Actor, release: Release) -> bool:
    """Whether the actor could disagree with this release now."""
    facts = Facts(owner=release.owner, hands=release.hands, release_state=release.state.value, comment="typed")
    return isinstance(decide(DISSENT, START, DissentCommand.DISSENT, actor, facts), Row)


def _settle(desk: Desk, actor: Actor, dissent_id: str, command: DissentCommand, reason: str) -> Dissent | Refusals:
    if len(reason) > LONGEST_REASON:
        return bad("reason", f"A reason has at most {LONGEST_REASON} characters.")
    with desk.store.write() as work:
        one = store.dissent_by_id(work, dissent_id)
        release = seen(work, actor, one.release) if one else None
        if one is None or not isinstance(release, Release):
            return missing("disagreement")
        return _write(desk, work, actor, release, one, command, reason)


def _write(
    desk: Desk, work: Work, actor: Actor, release: Release, one: Dissent, command: DissentCommand, reason: str
) -> Dissent | Refusals:
    row = decide(DISSENT, one.state, command, actor, _facts(release, one, reason))
    if not isinstance(row, Row):
        return row
    at = desk.now()
    values = {"settled_by": actor.id, "settled_at": at, "settled_reason": reason.strip()}
    event = Event(row.command, actor, row.role, at)
    return store.change_dissent(work, event, one, state=DissentState(row.to), **values)


def _facts(release: Release, one: Dissent, reason: str) -> Facts:
    return Facts(
        owner=release.owner,
        organisation=release.organisation,
        hands=release.hands,
        comment=reason,
        decider=one.reviewer,
        release_state=release.state.value,
    )
