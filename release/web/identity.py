"""Who asks: an API key in the Authorization header, or the session cookie with its CSRF token.

A key never comes by the address (see ``shield``).  A request that changes something and is known by its cookie must
carry the session's token, because a browser sends cookies along for whoever asks it to.
"""

from __future__ import annotations

import secrets
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from release.desk import people
from release.desk.desk import Desk
from release.nouns.refusal import Refusal
from release.web.problem import Refused
from release.workflow.role import ANONYMOUS, Actor

SESSION_COOKIE = "sluice_session"
CSRF_HEADER = "x-csrf-token"
T = TypeVar("T")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def desk_of(request: Request) -> Desk:
    """The desk this application serves."""
    desk: Desk = request.app.state.desk
    return desk


def actor_of(request: Request) -> Actor:
    """The actor of a request; anonymous without credentials.  Bad credentials are refused, never ignored."""
    desk, header = desk_of(request), request.headers.get("authorization", "")
    if header:
        kind, _, secret = header.partition(" ")
        actor = people.actor_of_key(desk, secret.strip()) if kind.lower() == "bearer" else None
        if actor is None:
            raise Refused((Refusal("people.sign-in", "This key is unknown, ended or revoked."),))
        return actor
    session = people.session(desk, request.cookies.get(SESSION_COOKIE, ""))
    if session is None:
        return ANONYMOUS
    if request.method not in SAFE:
        check_token(session, request.headers.get(CSRF_HEADER, ""))
    return session.person.actor()


def check_token(session: people.Session, token: str) -> None:
    """Refuses a changing request whose CSRF token is not the session's."""
    if not secrets.compare_digest(session.csrf, token):
        remedy = f"Send the session's token in the header {CSRF_HEADER}."
        raise Refused((Refusal("people.csrf", "The request has no valid CSRF token.", remedy=remedy),))


def person_of(request: Request) -> Actor:
    """The actor of a request that only somebody with an account may make."""
    actor = actor_of(request)
    if not actor.id:
        remedy = "Sign in, or send an API key: Authorization: Bearer …"
        raise Refused((Refusal("people.sign-in", "This is for people with an account.", remedy=remedy),))
    return actor


AnyDesk = Annotated[Desk, Depends(desk_of)]
Anyone = Annotated[Actor, Depends(actor_of)]
SignedIn = Annotated[Actor, Depends(person_of)]


def given(answer: T | tuple[Refusal, ...], actor: Actor) -> T:
    """The value of a use case, or its refusals as the answer of the request."""
    if isinstance(answer, tuple) and answer and isinstance(answer[0], Refusal):
        raise Refused(answer, anonymous=not actor.id)
    return answer  # type: ignore[return-value]
