"""Accounts: sign up, sign in and out, API keys; and their management by the authority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from release.desk import people
from release.web.api.shapes import KeyOut, PersonOut, SessionOut, key_out, person_out
from release.web.identity import SESSION_COOKIE, AnyDesk, SignedIn, desk_of, given
from release.web.rate import limited
from release.workflow.role import ANONYMOUS, Role

ROUTER = APIRouter(prefix="/api/v1", tags=["accounts"])


@dataclass(frozen=True, slots=True)
class SignUp:
    """A new account."""

    login: str
    password: str
    name: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A new account with roles."""

    login: str
    password: str
    name: str = ""
    organisation: str = ""
    roles: tuple[Role, ...] = (Role.REQUESTER,)


@dataclass(frozen=True, slots=True)
class LogIn:
    """Login and password."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Passwords:
    """The present password and the next."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key for oneself that lasts so many days."""

    label: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles to hold from now on, and the organisation when it changes."""

    roles: tuple[Role, ...]
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Active:
    """Whether the account is open."""

    active: bool


@ROUTER.post("/people", operation_id="sign_up", status_code=201, dependencies=[limited("sign-up")])
def sign_up(body: SignUp, desk: AnyDesk) -> PersonOut:
    """Opens an account that may apply for data."""
    made = people.sign_up(desk, body.login, body.password, body.name, body.organisation)
    return person_out(given(made, ANONYMOUS))


@ROUTER.post("/session", operation_id="log_in", dependencies=[limited("log-in")])
def log_in(body: LogIn, request: Request, response: Response, desk: AnyDesk) -> SessionOut:
    """Signs in: a session cookie, and the CSRF token for requests that change something."""
    found = given(people.log_in(desk, body.login, body.password), ANONYMOUS)
    response.set_cookie(
        SESSION_COOKIE,
        found.token,
        max_age=desk.rules.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    response.headers["Cache-Control"] = "no-store"
    return SessionOut(person_out(found.person), found.csrf, found.expires_at)


@ROUTER.get("/session", operation_id="who_am_i")
def who_am_i(request: Request, response: Response, actor: SignedIn) -> SessionOut:
    """Who asks; the CSRF token too when it is a session."""
    desk = desk_of(request)
    found = people.session(desk, request.cookies.get(SESSION_COOKIE, ""))
    response.headers["Cache-Control"] = "no-store"
    by_cookie = found is not None and "authorization" not in request.headers
    person = given(people.whoami(desk, actor), actor)
    return SessionOut(person_out(person), found.csrf if found and by_cookie else "")


@ROUTER.delete("/session", operation_id="log_out", status_code=204)
def log_out(request: Request, response: Response, actor: SignedIn) -> None:
    """Signs out."""
    people.log_out(desk_of(request), request.cookies.get(SESSION_COOKIE, ""))
    response.delete_cookie(SESSION_COOKIE)


@ROUTER.post("/session/password", operation_id="change_password", dependencies=[limited("log-in")])
def change_password(body: Passwords, desk: AnyDesk, actor: SignedIn) -> PersonOut:
    """Another password; every session ends."""
    return person_out(given(people.change_password(desk, actor, body.old, body.new), actor))


@ROUTER.get("/keys", operation_id="list_keys")
def list_keys(desk: AnyDesk, actor: SignedIn) -> tuple[KeyOut, ...]:
    """One's own API keys, without their secrets."""
    return tuple(key_out(key) for key in people.list_keys(desk, actor))


@ROUTER.post("/keys", operation_id="create_key", status_code=201)
def create_key(body: NewKey, response: Response, desk: AnyDesk, actor: SignedIn) -> KeyOut:
    """An API key; its secret is in this answer and nowhere else."""
    made = given(people.create_key(desk, actor, body.label, body.days), actor)
    response.headers["Cache-Control"] = "no-store"
    return key_out(made.key, made.secret)


@ROUTER.delete("/keys/{key}", operation_id="revoke_key")
def revoke_key(key: str, desk: AnyDesk, actor: SignedIn) -> KeyOut:
    """Ends a key from the next request on."""
    return key_out(given(people.revoke_key(desk, actor, key), actor))


@ROUTER.get("/people", operation_id="list_people")
def list_people(
    desk: AnyDesk,
    actor: SignedIn,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> tuple[PersonOut, ...]:
    """Accounts, for the authority."""
    found = given(people.list_people(desk, actor), actor)
    return tuple(person_out(p) for p in found[offset : offset + limit])


@ROUTER.post("/accounts", operation_id="add_person", status_code=201)
def add_person(body: NewPerson, desk: AnyDesk, actor: SignedIn) -> PersonOut:
    """An account with roles, made by the authority."""
    made = people.add_person(desk, actor, body.login, body.password, body.name, body.organisation, body.roles)
    return person_out(given(made, actor))


@ROUTER.put("/people/{person}/roles", operation_id="set_roles")
def set_roles(person: str, body: Roles, desk: AnyDesk, actor: SignedIn) -> PersonOut:
    """Other roles for somebody else."""
    return person_out(given(people.set_roles(desk, actor, person, body.roles, body.organisation), actor))


@ROUTER.put("/people/{person}/active", operation_id="set_active")
def set_active(person: str, body: Active, desk: AnyDesk, actor: SignedIn) -> PersonOut:
    """Closes or opens an account of somebody else."""
    return person_out(given(people.set_active(desk, actor, person, body.active), actor))
