"""The reviewer's queues and the authority's pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from release.desk import access, audit, dissents, labels, people, review
from release.nouns.refusal import Refusal
from release.web.pages.answer import back, missing, page
from release.web.pages.visitor import Visitor, count, form, required, visitor
from release.workflow.access import ACCESS
from release.workflow.dissenting import DISSENT
from release.workflow.labelling import LABEL
from release.workflow.records import Entry, Label
from release.workflow.regrading import REGRADING
from release.workflow.releasing import RELEASE
from release.workflow.role import GRANTABLE, LABELS, SYSTEM, Role
from release.workflow.training import TRAINING

ENTRIES = 100
MOST_WAITING = 1000
# The release says best what a command of the same name is called, so it comes last.
MACHINES = (TRAINING, REGRADING, DISSENT, LABEL, ACCESS, RELEASE)
ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]


@ROUTER.get("/review")
def queue(asker: Asker) -> Response:
    """Releases and applications that wait for a decision; a steward sees the applications for their own datasets."""
    if not any(asker.actor.has(role) for role in (Role.REVIEWER, Role.AUTHORITY, Role.STEWARD)):
        return required(asker) or missing(asker)
    found = review.review_queue(asker.desk, asker.actor)
    return page(
        asker,
        "review.html",
        releases=found,
        applications=access.application_queue(asker.desk, asker.actor),
        waiting=_waiting(asker),
        disputed=dissents.disputed(asker.desk, [one.id for one in found.items]),
        decides=asker.actor.has(Role.REVIEWER) or asker.actor.has(Role.AUTHORITY),
        states=RELEASE.states,
        access_states=ACCESS.states,
    )


def _waiting(asker: Visitor) -> list[Label]:
    """Words on fields that wait for a second person, who may be this one."""
    found = labels.list_labels(asker.desk, asker.actor, limit=MOST_WAITING).items
    return [one for one in found if "confirm" in labels.commands_for(asker.actor, one) and one.state == "pending"]


@ROUTER.get("/people")
def everyone(asker: Asker) -> Response:
    """Accounts and their roles."""
    return required(asker) or _people(asker, ())


@ROUTER.post("/people")
def add(asker: Asker, given: Form) -> Response:
    """A new account, made by the authority; its roles are given in the list."""
    made = people.add_person(
        asker.desk,
        asker.actor,
        given.get("login", ""),
        given.get("password", ""),
        given.get("name", ""),
        given.get("organisation", ""),
    )
    return _people(asker, made) if isinstance(made, tuple) else back("/people", "saved")


@ROUTER.post("/people/{person}/active")
def active(asker: Asker, person: str, given: Form) -> Response:
    """Closes or opens an account."""
    made = people.set_active(asker.desk, asker.actor, person, given.get("active") == "yes")
    return _people(asker, made) if isinstance(made, tuple) else back("/people", "saved")


@ROUTER.post("/people/{person}/roles")
async def roles(asker: Asker, person: str, given: Form, request: Request) -> Response:
    """Other roles and organisation for an account."""
    wanted = [role for role in GRANTABLE if role.value in (await request.form()).getlist("roles")]
    made = people.set_roles(asker.desk, asker.actor, person, wanted, given.get("organisation"))
    return _people(asker, made) if isinstance(made, tuple) else back("/people", "saved")


def _people(asker: Visitor, refusals: tuple[Refusal, ...]) -> Response:
    found = people.list_people(asker.desk, asker.actor)
    if found and isinstance(found[0], Refusal):
        return missing(asker)
    return page(asker, "people.html", refusals=refusals, everyone=found, grantable=GRANTABLE, labels=LABELS)


@ROUTER.get("/journal")
def journal(asker: Asker, offset: str = "") -> Response:
    """The last entries, and whether the chain holds."""
    proof = audit.audit(asker.desk, asker.actor)
    if isinstance(proof, tuple):
        return required(asker) or missing(asker)
    entries = audit.recent(asker.desk, asker.actor, ENTRIES, count(offset))
    if entries and isinstance(entries[0], Refusal):
        return missing(asker)
    names = people.names_of(asker.desk, {entry.actor for entry in entries if isinstance(entry, Entry)})
    return page(
        asker,
        "journal.html",
        proof=proof,
        entries=entries,
        names={**names, SYSTEM.id: asker.pick(LABELS[Role.SYSTEM])},
        offset=count(offset),
        step=ENTRIES,
        labels={role.value: said for role, said in LABELS.items()},
        commands={name: said for machine in MACHINES for name, said in machine.commands.items()},
    )
