"""Signing in, signing up, signing out; one's own account: password and API keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from release.desk import people
from release.nouns.refusal import Refusal
from release.web.pages.answer import back, page
from release.web.pages.visitor import SESSION, Visitor, count, form, inside, required, visitor
from release.web.rate import limited
from release.workflow.role import LABELS, Role

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]


@ROUTER.get("/login")
def login_page(asker: Asker, next: str = "/") -> Response:
    """The two forms."""
    return _login(asker, {"next": inside(next)})


@ROUTER.post("/login", dependencies=[limited("log-in")])
def log_in(asker: Asker, given: Form, request: Request) -> Response:
    """A session cookie, and on to where the visitor was going."""
    found = people.log_in(asker.desk, given.get("login", ""), given.get("password", ""))
    if isinstance(found, tuple):
        return _login(asker, given, found)
    response = back(inside(given.get("next", "/")))
    response.set_cookie(
        SESSION,
        found.token,
        max_age=asker.desk.rules.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@ROUTER.post("/signup", dependencies=[limited("sign-up")])
def sign_up(asker: Asker, given: Form, request: Request) -> Response:
    """A new account that may apply for data, signed in at once."""
    made = people.sign_up(
        asker.desk,
        given.get("login", ""),
        given.get("password", ""),
        given.get("name", ""),
        given.get("organisation", ""),
    )
    return _login(asker, given, made) if isinstance(made, tuple) else log_in(asker, given, request)


@ROUTER.post("/logout")
def log_out(asker: Asker, given: Form) -> Response:
    """Ends the session."""
    people.log_out(asker.desk, asker.request.cookies.get(SESSION, ""))
    response = back("/")
    response.delete_cookie(SESSION)
    return response


@ROUTER.get("/account")
def account(asker: Asker) -> Response:
    """Who one is here, one's keys, another password."""
    return required(asker) or _account(asker)


@ROUTER.post("/account/password")
def change_password(asker: Asker, given: Form) -> Response:
    """Another password; every session ends, this one too."""
    made = people.change_password(asker.desk, asker.actor, given.get("old", ""), given.get("new", ""))
    return _account(asker, made) if isinstance(made, tuple) else back("/login", "password")


@ROUTER.post("/account/keys")
def create_key(asker: Asker, given: Form) -> Response:
    """A new key; the page that answers is the only one that ever shows its secret."""
    made = people.create_key(asker.desk, asker.actor, given.get("label", ""), count(given.get("days", "")))
    return _account(asker, made) if isinstance(made, tuple) else _account(asker, fresh=made)


@ROUTER.post("/account/keys/{key}/revoke")
def revoke_key(asker: Asker, key: str, given: Form) -> Response:
    """Ends a key, from the next request on."""
    made = people.revoke_key(asker.desk, asker.actor, key)
    return _account(asker, made) if isinstance(made, tuple) else back("/account", "saved")


@ROUTER.get("/terms")
def terms(asker: Asker) -> Response:
    """What everyone accepts who is given conditional data."""
    return page(asker, "terms.html", terms=asker.desk.rules.terms)


def _login(asker: Visitor, given: dict[str, str], refusals: tuple[Refusal, ...] = ()) -> Response:
    return page(
        asker,
        "login.html",
        refusals=refusals,
        next=inside(given.get("next", "/")),
        filled=given,
        open_sign_up=asker.desk.rules.open_sign_up,
        shortest=asker.desk.rules.shortest_password,
    )


def _account(asker: Visitor, refusals: tuple[Refusal, ...] = (), fresh: people.NewKey | None = None) -> Response:
    if asker.session is None:
        return required(asker) or back("/login")
    roles = [LABELS[role] for role in Role if role in asker.session.person.roles]
    return page(
        asker,
        "account.html",
        refusals=refusals,
        roles=roles,
        keys=people.list_keys(asker.desk, asker.actor),
        fresh=fresh,
        now=asker.desk.now(),
        days=asker.desk.rules.key_days,
        most_days=asker.desk.rules.max_key_days,
        shortest=asker.desk.rules.shortest_password,
    )
