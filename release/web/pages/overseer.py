"""The reviewer's queues and the authority's pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from release.desk import access, audit, people, review
from release.nouns.refusal import Refusal
from release.web.pages.visitor import Visitor, back, form, missing, page, required, visitor
from release.workflow.access import ACCESS
from release.workflow.releasing import RELEASE
from release.workflow.role import GRANTABLE, LABELS, Role

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]


@ROUTER.get("/review")
def queue(asker: Asker) -> Response:
    """Releases and applications that wait for a decision."""
    if not (asker.actor.has(Role.REVIEWER) or asker.actor.has(Role.AUTHORITY)):
        return required(asker) or missing(asker)
    return page(
        asker,
        "review.html",
        releases=review.review_queue(asker.desk, asker.actor),
        applications=access.application_queue(asker.desk, asker.actor),
        states=RELEASE.states,
        access_states=ACCESS.states,
    )


@ROUTER.get("/people")
def everyone(asker: Asker) -> Response:
    """Accounts and their roles."""
    return required(asker) or _people(asker, ())


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
def journal(asker: Asker, offset: int = 0) -> Response:
    """The last entries, and whether the chain holds."""
    proof = audit.audit(asker.desk, asker.actor)
    if isinstance(proof, tuple):
        return required(asker) or missing(asker)
    entries = audit.recent(asker.desk, asker.actor, 100, max(0, offset))
    if entries and isinstance(entries[0], Refusal):
        return missing(asker)
    names = people.names_of(asker.desk, {e.actor for e in entries})  # type: ignore[union-attr]
    return page(asker, "journal.html", proof=proof, entries=entries, names=names)
