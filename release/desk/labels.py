"""Labels: a person says what a field of one schema is, with a reason, and the next table of that schema knows it.

What a reader would get wrong: labels have a scope.  A steward's are for the tables of the steward's organisation, those
made at the terminal for the whole workspace; where both speak the organisation's own word holds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from release.desk.decided import Decision, Told
from release.desk.desk import Desk, Refusals, bad, missing
from release.desk.proof import below
from release.store import labels as store
from release.store.journal import Event
from release.store.work import Work
from release.workflow.guards import Facts
from release.workflow.labelling import LABEL, LabelCommand, LabelState
from release.workflow.records import Label, Page
from release.workflow.role import Actor, Role
from release.workflow.transition import START, Row, decide

WORKSPACE = "workspace"
LONGEST_REASON = 2000
LONGEST_NAME = 34
LIVE = (LabelState.PENDING.value, LabelState.IN_FORCE.value)


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a field, and what was known of it then.  ``evidence`` holds no cell."""

    scope: str
    schema: str
    table_name: str
    field: str
    category: str
    reason: str
    found: str
    proven: tuple[str, ...] = ()
    physical: str = ""
    comment: str = ""
    release: str = ""
    origin: str = "service"
    evidence: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def at_terminal(name: str) -> Actor:
    """Whoever operates the workspace at its terminal, by the name they give: every role, but one person."""
    return Actor(f"cli:{name}", frozenset({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY, Role.PUBLIC}), "", name)


def scope_of(organisation: str, owner: str) -> str:
    """Whose tables a label is for."""
    return f"org:{organisation}" if organisation else f"person:{owner}"


def say(desk: Desk, work: Work, actor: Actor, word: Word) -> Label | Refusals:
    """Keeps a word, in force or waiting for a second person; an earlier one on the same field is written over."""
    refused = _reason(word.reason)
    if refused:
        return refused
    id_ = store.label_id(word.scope, word.schema, word.field)
    before = store.get(work, id_)
    state = before.state if before else START
    facts = _facts(actor, word.scope, "", word.reason, above=not below(word.category, word.proven))
    row = decide(LABEL, state, LabelCommand.DECIDE, actor, facts)
    if isinstance(row, tuple) and any(r.code == "workflow.below-proof" for r in row):
        row = decide(LABEL, state, LabelCommand.PROPOSE, actor, facts)
    if not isinstance(row, Row):
        return row
    at = desk.now()
    label = Label(
        id=id_,
        scope=word.scope,
        schema=word.schema,
        table_name=word.table_name,
        field=word.field,
        category=word.category,
        found=word.found,
        proven=word.proven,
        reason=word.reason.strip(),
        person=actor.id,
        name=actor.name or actor.id,
        at=at,
        state=LabelState(row.to),
        physical=word.physical,
        comment=word.comment,
        release=word.release,
        origin=word.origin,
        evidence=word.evidence,
        seq=before.seq if before else 0,
    )
    return store.put(work, Event(row.command, actor, row.role, at), label)


def confirm(desk: Desk, work: Work, actor: Actor, label: Label, reason: str) -> Label | Refusals:
    """A second person says the same; from then on the label holds against checksums too."""
    row = _allowed(actor, label, LabelCommand.CONFIRM, reason)
    if not isinstance(row, Row):
        return row
    at = desk.now()
    values = {
        "state": LabelState(row.to),
        "confirmed_by": actor.id,
        "confirmed_name": actor.name or actor.id,
        "confirmed_at": at,
        "confirmed_reason": reason.strip(),
    }
    return store.change(work, Event(row.command, actor, row.role, at), label, **values)


def remove(desk: Desk, work: Work, actor: Actor, label: Label, reason: str) -> Label | Refusals:
    """Takes a label back: the next table of the schema is judged by the classifiers again.  It stays in the journal."""
    row = _allowed(actor, label, LabelCommand.REMOVE, reason)
    if not isinstance(row, Row):
        return row
    note = {"reason": reason.strip()}
    values: dict[str, Any] = {"state": LabelState(row.to)}
    values |= dict.fromkeys(("confirmed_by", "confirmed_name", "confirmed_at", "confirmed_reason"), "")
    return store.change(work, Event(row.command, actor, row.role, desk.now(), note), label, **values)


def confirm_label(desk: Desk, actor: Actor, label_id: str, reason: str) -> Label | Refusals:
    """:func:`confirm` by id, for those who may see the label; what waited for it is examined again."""
    from release.desk.grading import examine_again, waiting_for

    with desk.store.write() as work:
        label = _seen(work, actor, label_id)
        if label is None:
            return missing("label")
        made = confirm(desk, work, actor, label, reason)
        if isinstance(made, Label):
            for release_id in waiting_for(work, label):
                examine_again(desk, work, release_id, {"label": made.id})
        return made


def remove_label(desk: Desk, actor: Actor, label_id: str, reason: str) -> Label | Refusals:
    """:func:`remove` by id, for those who may see the label."""
    with desk.store.write() as work:
        label = _seen(work, actor, label_id)
        return missing("label") if label is None else remove(desk, work, actor, label, reason)


def list_labels(desk: Desk, actor: Actor, offset: int = 0, limit: int = 20) -> Page:
    """The labels that the actor may see: one's organisation's, everything for reviewers and the authority."""
    scopes = scopes_of(actor)
    if scopes is None:
        return Page(offset=offset, limit=limit)
    with desk.store.read() as work:
        return store.page(work, scopes, offset, limit)


def told(work: Work, scopes: Iterable[str], said: Mapping[str, Decision] | None = None) -> Told:
    """What the labels of these scopes (the later ones above the earlier) tell an examination."""
    order = tuple(scopes)
    found: dict[str, dict[str, Decision]] = {}
    for label in sorted(store.of_scopes(work, order, LIVE), key=lambda one: order.index(one.scope)):
        found.setdefault(label.schema, {})[label.field] = decision(label)
    return Told(labels=found, said=said or {})


def decision(label: Label) -> Decision:
    """A label as an examination takes it."""
    return Decision(
        category=label.category,
        reason=label.reason,
        name=label.name,
        at=label.at,
        person=label.person,
        confirmed=bool(label.confirmed_by),
        second=label.confirmed_name,
        pending=label.state is LabelState.PENDING,
        label=label.id,
    )


def scopes_of(actor: Actor) -> tuple[str, ...] | None:
    """The scopes whose labels the actor may see; empty for all, None for none."""
    if actor.has(Role.REVIEWER) or actor.has(Role.AUTHORITY):
        return ()
    return (scope_of(actor.organisation, actor.id), WORKSPACE) if actor.has(Role.STEWARD) and actor.id else None


def commands_for(actor: Actor, label: Label) -> tuple[str, ...]:
    """What the actor could do to a label now."""
    return tuple(
        command.value
        for command in (LabelCommand.CONFIRM, LabelCommand.REMOVE)
        if isinstance(_allowed(actor, label, command, "typed"), Row)
    )


def _seen(work: Work, actor: Actor, label_id: str) -> Label | None:
    scopes, label = scopes_of(actor), store.get(work, label_id)
    return label if label and scopes is not None and (not scopes or label.scope in scopes) else None


def _allowed(actor: Actor, label: Label, command: LabelCommand, reason: str) -> Row | Refusals:
    too_long = len(reason) > LONGEST_REASON
    facts = _facts(actor, label.scope, label.person, reason)
    return _reason(reason) if too_long else decide(LABEL, label.state, command, actor, facts)


def _facts(actor: Actor, scope: str, decider: str, reason: str, *, above: bool = False) -> Facts:
    """The workspace's own labels belong to whoever is at its terminal."""
    kind, _, whose = scope.partition(":")
    owner = whose if kind == "person" else actor.id if scope == WORKSPACE and actor.id.startswith("cli:") else ""
    organisation = whose if kind == "org" else ""
    return Facts(owner=owner, organisation=organisation, comment=reason, above_proof=above, decider=decider)


def _reason(reason: str) -> Refusals:
    if len(reason) > LONGEST_REASON:
        return bad("reason", f"A reason has at most {LONGEST_REASON} characters.")
    return ()
