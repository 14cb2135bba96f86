"""Applications for conditional data, their decisions and grants; the journal for the authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query

from release.desk import access, audit
from release.web.api.catalogue import Limit, Offset
from release.web.api.releases import Comment
from release.web.api.shapes import ApplicationOut, ApplicationPage, EntryOut, application_out, entry_out, view_out
from release.web.identity import AnyDesk, SignedIn, given
from release.web.rate import limited
from release.workflow.access import AccessState

ROUTER = APIRouter(prefix="/api/v1", tags=["access"])


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What the data are for, and acceptance of the terms; ``send`` false keeps a draft."""

    dataset: str
    purpose: str
    answers: Mapping[str, str] = field(default_factory=dict)
    accept_terms: bool = False
    send: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """Other words for a draft."""

    purpose: str
    answers: Mapping[str, str] = field(default_factory=dict)
    accept_terms: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """How long a grant lasts."""

    days: int


@dataclass(frozen=True, slots=True)
class FaultOut:
    """What is wrong with the journal, and where first."""

    aggregate: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class ProofOut:
    """What walking the journal found; ``sound`` when nothing."""

    sound: bool
    entries: int
    seals: int
    seal: str
    faults: tuple[FaultOut, ...]


@ROUTER.post("/applications", operation_id="apply", status_code=201, dependencies=[limited("apply")])
def apply(body: NewApplication, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Applies for a conditional dataset."""
    made = access.apply(desk, actor, body.dataset, body.purpose, body.answers, body.accept_terms, body.send)
    return application_out(given(made, actor))


@ROUTER.get("/applications", operation_id="my_applications")
def my_applications(desk: AnyDesk, actor: SignedIn) -> tuple[ApplicationOut, ...]:
    """One's own applications, newest first."""
    return tuple(view_out(view) for view in access.my_applications(desk, actor))


@ROUTER.get("/applications/queue", operation_id="application_queue")
def application_queue(
    desk: AnyDesk,
    actor: SignedIn,
    state: Annotated[list[AccessState] | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> ApplicationPage:
    """Applications that the asker may decide on, oldest first."""
    found = access.application_queue(desk, actor, tuple(state or access.WAITING), offset, limit)
    return ApplicationPage(tuple(view_out(v) for v in found.items), found.total, found.offset, found.limit)


@ROUTER.get("/applications/{application}", operation_id="show_application")
def show_application(application: str, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """An application."""
    return view_out(given(access.show_application(desk, actor, application), actor))


@ROUTER.put("/applications/{application}", operation_id="edit_application")
def edit_application(application: str, body: Draft, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Changes a draft of one's own."""
    made = access.edit(desk, actor, application, body.purpose, body.answers, body.accept_terms)
    return application_out(given(made, actor))


@ROUTER.post("/applications/{application}/submit", operation_id="submit_application")
def submit_application(application: str, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Sends a draft of one's own."""
    return application_out(given(access.submit_application(desk, actor, application), actor))


@ROUTER.post("/applications/{application}/approve", operation_id="approve_application")
def approve_application(application: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Agrees in principle."""
    return application_out(given(access.approve_application(desk, actor, application, body.comment), actor))


@ROUTER.post("/applications/{application}/refuse", operation_id="refuse_application")
def refuse_application(application: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Refuses, with a reason."""
    return application_out(given(access.refuse_application(desk, actor, application, body.comment), actor))


@ROUTER.post("/applications/{application}/grant", operation_id="grant")
def grant(application: str, body: Term, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Lets the applicant in for so many days."""
    return application_out(given(access.grant(desk, actor, application, body.days), actor))


@ROUTER.post("/applications/{application}/revoke", operation_id="revoke")
def revoke(application: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Takes a grant back, from the next request on."""
    return application_out(given(access.revoke(desk, actor, application, body.comment), actor))


@ROUTER.post("/applications/{application}/withdraw", operation_id="withdraw_application")
def withdraw_application(application: str, desk: AnyDesk, actor: SignedIn) -> ApplicationOut:
    """Takes one's own application back."""
    return application_out(given(access.withdraw_application(desk, actor, application), actor))


@ROUTER.get("/journal", operation_id="recent_journal", tags=["audit"])
def recent_journal(desk: AnyDesk, actor: SignedIn, offset: Offset = 0, limit: Limit = 50) -> tuple[EntryOut, ...]:
    """The newest entries of the whole journal, for the authority."""
    return tuple(entry_out(e) for e in given(audit.recent(desk, actor, limit, offset), actor))


@ROUTER.get("/journal/proof", operation_id="prove_journal", tags=["audit"])
def prove_journal(desk: AnyDesk, actor: SignedIn) -> ProofOut:
    """Walks every chain, every row and every seal, for the authority."""
    proof = given(audit.audit(desk, actor), actor)
    faults = tuple(FaultOut(f.aggregate, f.seq, f.what) for f in proof.faults)
    return ProofOut(not faults, proof.entries, proof.seals, proof.seal, faults)
