"""The requester's pages: apply for conditional data, and what became of it.  Deciders see the same application."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from release.desk import access, catalogue, people
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal
from release.web.pages.answer import back, missing, page
from release.web.pages.visitor import Visitor, count, form, required, visitor
from release.web.rate import limited
from release.workflow.access import ACCESS

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]
ANSWERS = ("outputs", "protection", "retention")


@ROUTER.get("/datasets/{dataset}/apply")
def apply_page(asker: Asker, dataset: str) -> Response:
    """The form."""
    return required(asker) or _form(asker, dataset, {}, ())


@ROUTER.post("/datasets/{dataset}/apply", dependencies=[limited("apply")])
def apply(asker: Asker, dataset: str, given: Form) -> Response:
    """Sends the application."""
    answers = {name: given.get(name, "") for name in ANSWERS}
    made = access.apply(
        asker.desk, asker.actor, dataset, given.get("purpose", ""), answers, accept_terms=given.get("terms") == "yes"
    )
    if isinstance(made, tuple):
        return _form(asker, dataset, given, made)
    return back(f"/applications/{made.id}", "applied")


def _form(asker: Visitor, dataset: str, filled: dict[str, str], refusals: tuple[Refusal, ...]) -> Response:
    shelf = catalogue.show(asker.desk, asker.actor, dataset)
    if isinstance(shelf, tuple) or shelf.listing.openness != Openness.CONDITIONAL:
        return missing(asker)
    return page(asker, "apply.html", refusals=refusals, shelf=shelf, filled=filled, answers=ANSWERS)


@ROUTER.get("/applications")
def mine(asker: Asker) -> Response:
    """Everything the visitor has applied for."""
    return required(asker) or page(
        asker, "applications.html", views=access.my_applications(asker.desk, asker.actor), states=ACCESS.states
    )


@ROUTER.get("/applications/{application}")
def application(asker: Asker, application: str) -> Response:
    """One application, for its applicant and its deciders."""
    return required(asker) or _application(asker, application, ())


@ROUTER.post("/applications/{application}/{command}")
def step(asker: Asker, application: str, command: str, given: Form) -> Response:
    """approve, refuse, grant, revoke or withdraw."""
    desk, actor, comment = asker.desk, asker.actor, given.get("comment", "")
    days = count(given.get("days", ""))
    steps = {
        "approve": lambda: access.approve_application(desk, actor, application, comment),
        "refuse": lambda: access.refuse_application(desk, actor, application, comment),
        "grant": lambda: access.grant(desk, actor, application, days),
        "revoke": lambda: access.revoke(desk, actor, application, comment),
        "withdraw": lambda: access.withdraw_application(desk, actor, application),
    }
    if command not in steps:
        return missing(asker)
    made = steps[command]()
    if isinstance(made, tuple):
        return _application(asker, application, made)
    return back(f"/applications/{application}", "saved")


def _application(asker: Visitor, application: str, refusals: tuple[Refusal, ...]) -> Response:
    view = access.show_application(asker.desk, asker.actor, application)
    if isinstance(view, tuple):
        return missing(asker)
    one = view.application
    return page(
        asker,
        "application.html",
        refusals=refusals,
        longest=asker.desk.rules.max_grant_days,
        view=view,
        one=one,
        names=people.names_of(asker.desk, (one.applicant, one.decided_by, one.granted_by)),
        states=ACCESS.states,
        commands=ACCESS.commands,
    )
