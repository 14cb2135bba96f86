"""Conditional access: apply with a purpose, be decided on by somebody else, hold a grant that ends.

The grant is the application in its state ``active``; every download asks for it again (see ``download``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.desk.advance import facts_of
from release.desk.desk import Desk, Refusals, bad, missing
from release.nouns.digest import digest
from release.store import applications, releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.access import ACCESS, AccessCommand, AccessState
from release.workflow.guards import Facts
from release.workflow.records import Application, Page, Release
from release.workflow.role import SYSTEM, Actor, Role
from release.workflow.transition import START, decide, open_to

LONGEST_PURPOSE = 5000
MOST_ANSWERS = 40
LONGEST_ANSWER = 2000
WAITING = (AccessState.SUBMITTED.value, AccessState.APPROVED.value)


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application as somebody may see it, with the title of its dataset and what they could do now."""

    application: Application
    title: str
    commands: tuple[str, ...]


def apply(
    desk: Desk,
    actor: Actor,
    dataset_id: str,
    purpose: str,
    answers: Mapping[str, str] | None = None,
    accept_terms: bool = False,
    send: bool = True,
) -> Application | Refusals:
    """Opens an application for a conditional dataset and sends it (or keeps it as a draft)."""
    refused = _written(purpose, answers or {})
    if refused:
        return refused
    with desk.store.write() as work:
        facts = _facts(desk, work, dataset_id, purpose=purpose, terms_accepted=accept_terms, applicant=actor.id)
        if facts is None:
            return missing("dataset")
        opened = decide(ACCESS, START, AccessCommand.OPEN, actor, facts)
        if isinstance(opened, tuple):
            return opened
        sent = decide(ACCESS, AccessState.DRAFT, AccessCommand.SUBMIT, actor, facts) if send else None
        if isinstance(sent, tuple):
            return sent
        at = desk.now()
        draft = Application(
            id=desk.ids("app"),
            dataset=dataset_id,
            applicant=actor.id,
            organisation=actor.organisation,
            state=AccessState.DRAFT,
            purpose=purpose.strip(),
            answers=dict(answers or {}),
            terms=digest(desk.rules.terms),
            terms_accepted=accept_terms,
            created_at=at,
            changed_at=at,
        )
        applications.add(work, Event(AccessCommand.OPEN.value, actor, opened.role, at), draft)
        kept = applications.get(work, draft.id) or draft
        return _move(desk, work, actor, kept, AccessCommand.SUBMIT, facts, submitted_at=at) if send else kept


def edit(
    desk: Desk, actor: Actor, application_id: str, purpose: str, answers: Mapping[str, str], accept_terms: bool
) -> Application | Refusals:
    """Changes a draft of one's own."""
    refused = _written(purpose, answers)
    if refused:
        return refused
    values = {"purpose": purpose.strip(), "answers": dict(answers), "terms_accepted": accept_terms}
    return _step(desk, actor, application_id, AccessCommand.EDIT, "", **values)


def submit_application(desk: Desk, actor: Actor, application_id: str) -> Application | Refusals:
    """Sends a draft of one's own."""
    return _step(desk, actor, application_id, AccessCommand.SUBMIT, "", submitted_at=desk.now())


def approve_application(desk: Desk, actor: Actor, application_id: str, comment: str = "") -> Application | Refusals:
    """Agrees in principle; the grant itself follows with its end."""
    return _step(desk, actor, application_id, AccessCommand.APPROVE, comment, **_decided(desk, actor, comment))


def refuse_application(desk: Desk, actor: Actor, application_id: str, comment: str) -> Application | Refusals:
    """Refuses, with the reason."""
    return _step(desk, actor, application_id, AccessCommand.REFUSE, comment, **_decided(desk, actor, comment))


def grant(desk: Desk, actor: Actor, application_id: str, days: int) -> Application | Refusals:
    """Lets the applicant in for so many days from now."""
    if not 1 <= days <= desk.rules.max_grant_days:
        return bad("days", f"A grant lasts from 1 to {desk.rules.max_grant_days} days.")
    ends = desk.later(days=days)
    values = {"granted_by": actor.id, "starts_at": desk.now(), "ends_at": ends}
    return _step(desk, actor, application_id, AccessCommand.GRANT, "", **values)


def revoke(desk: Desk, actor: Actor, application_id: str, comment: str) -> Application | Refusals:
    """Takes a grant back; the next download is refused."""
    return _step(desk, actor, application_id, AccessCommand.REVOKE, comment, comment=comment.strip())


def withdraw_application(desk: Desk, actor: Actor, application_id: str) -> Application | Refusals:
    """Takes one's own application (or grant) back."""
    return _step(desk, actor, application_id, AccessCommand.WITHDRAW, "")


def expire_grants(desk: Desk) -> int:
    """Marks grants whose end has passed; how many.  A download never waits for this: it looks at the clock."""
    done = 0
    with desk.store.write() as work:
        for application in applications.past_end(work, desk.now()):
            facts = _facts(desk, work, application.dataset, application=application)
            if facts is not None:
                moved = _move(desk, work, SYSTEM, application, AccessCommand.EXPIRE, facts)
                done += isinstance(moved, Application)
    return done


def my_applications(desk: Desk, actor: Actor) -> tuple[ApplicationView, ...]:
    """One's own applications, newest first."""
    with desk.store.read() as work:
        own = applications.of_person(work, actor.id) if actor.id else ()
        return tuple(_view(desk, work, actor, application) for application in own)


def application_queue(
    desk: Desk, actor: Actor, states: tuple[str, ...] = WAITING, offset: int = 0, limit: int = 20
) -> Page:
    """Applications that the actor may decide on: all for reviewers and the authority, else for one's own datasets.

    ``items`` are :class:`ApplicationView`.
    """
    wanted = tuple(s for s in states if s in tuple(AccessState) and s != AccessState.DRAFT) or WAITING
    with desk.store.read() as work:
        if actor.has(Role.REVIEWER) or actor.has(Role.AUTHORITY):
            found = applications.queue(work, wanted, offset=offset, limit=limit)
        elif actor.has(Role.STEWARD) and actor.id:
            whose = {"owner": actor.id, "organisation": actor.organisation}
            found = applications.queue(work, wanted, offset=offset, limit=limit, **whose)
        else:
            return Page(offset=offset, limit=limit)
        views = tuple(_view(desk, work, actor, application) for application in found.items)
    return Page(views, found.total, offset, limit)


def show_application(desk: Desk, actor: Actor, application_id: str) -> ApplicationView | Refusals:
    """An application, for its applicant and for those who decide on it."""
    with desk.store.read() as work:
        application = _seen(work, actor, application_id)
        return application if isinstance(application, tuple) else _view(desk, work, actor, application)


def facts_of_application(desk: Desk, work: Work, application: Application) -> tuple[Facts, Release | None]:
    """The facts of an application and of the release it is about."""
    facts = _facts(desk, work, application.dataset, application=application)
    return facts or Facts(), _offered(work, application.dataset)


def _step(
    desk: Desk, actor: Actor, application_id: str, command: AccessCommand, said: str, **values: Any
) -> Application | Refusals:
    with desk.store.write() as work:
        application = _seen(work, actor, application_id)
        if isinstance(application, tuple):
            return application
        facts = _facts(
            desk,
            work,
            application.dataset,
            application=application,
            comment=said,
            ends_at=str(values.get("ends_at", application.ends_at)),
        )
        if facts is None:
            return missing("application")
        return _move(desk, work, actor, application, command, facts, said, **values)


def _move(
    desk: Desk,
    work: Work,
    actor: Actor,
    application: Application,
    command: AccessCommand,
    facts: Facts,
    said: str = "",
    **values: Any,
) -> Application | Refusals:
    row = decide(ACCESS, application.state, command, actor, facts)
    if isinstance(row, tuple):
        return row
    at = desk.now()
    event = Event(command.value, actor, row.role, at, {"comment": said.strip()} if said.strip() else {})
    return applications.change(work, event, application, state=AccessState(row.to), changed_at=at, **values)


def _facts(
    desk: Desk,
    work: Work,
    dataset_id: str,
    *,
    application: Application | None = None,
    comment: str = "",
    purpose: str = "",
    terms_accepted: bool = False,
    applicant: str = "",
    ends_at: str = "",
) -> Facts | None:
    """Facts of the dataset's offer and of the application; None when there is no such dataset."""
    dataset = releases.dataset(work, dataset_id)
    if dataset is None:
        return None
    offered = _offered(work, dataset_id)
    about = facts_of(desk, offered, thorough=False) if offered else Facts()
    return Facts(
        owner=dataset.owner,
        organisation=dataset.organisation,
        hands=about.hands,
        approver=about.approver,
        report_passed=about.report_passed,
        sealed=about.sealed,
        current=about.current,
        openness=about.openness,
        release_state=about.release_state,
        comment=comment,
        applicant=application.applicant if application else applicant,
        purpose=application.purpose if application else purpose,
        terms_accepted=application.terms_accepted if application else terms_accepted,
        now=desk.now(),
        ends_at=ends_at or (application.ends_at if application else ""),
        latest_end=desk.later(days=desk.rules.max_grant_days, seconds=60),
    )


def _offered(work: Work, dataset_id: str) -> Release | None:
    dataset = releases.dataset(work, dataset_id)
    return releases.get(work, dataset.published) if dataset and dataset.published else None


def _seen(work: Work, actor: Actor, application_id: str) -> Application | Refusals:
    application = applications.get(work, application_id)
    if application is None or not actor.id:
        return missing("application")
    if application.applicant == actor.id:
        return application
    if application.state is AccessState.DRAFT:
        return missing("application")
    dataset = releases.dataset(work, application.dataset)
    mine = dataset is not None and (
        dataset.owner == actor.id or (bool(actor.organisation) and dataset.organisation == actor.organisation)
    )
    decides = actor.has(Role.REVIEWER) or actor.has(Role.AUTHORITY) or (actor.has(Role.STEWARD) and mine)
    return application if decides else missing("application")


def _view(desk: Desk, work: Work, actor: Actor, application: Application) -> ApplicationView:
    facts, offered = facts_of_application(desk, work, application)
    commands = open_to(ACCESS, application.state, actor, facts)
    return ApplicationView(application, offered.title if offered else "", commands)


def _decided(desk: Desk, actor: Actor, comment: str) -> dict[str, str]:
    return {"decided_by": actor.id, "decided_at": desk.now(), "comment": comment.strip()}


def _written(purpose: str, answers: Mapping[str, str]) -> Refusals:
    if len(purpose) > LONGEST_PURPOSE:
        return bad("purpose", f"A purpose has at most {LONGEST_PURPOSE} characters.")
    if len(answers) > MOST_ANSWERS or any(len(k) > 80 or len(v) > LONGEST_ANSWER for k, v in answers.items()):
        return bad("answers", f"There are at most {MOST_ANSWERS} answers of {LONGEST_ANSWER} characters.")
    return ()
