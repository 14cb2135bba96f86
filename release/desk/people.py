"""Accounts: sign up, log in, sessions, API keys, roles.

Secrets leave this module once, to their owner, and are kept hashed.  A wrong password and an unknown login give the
same answer in the same time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from release.desk.desk import Desk, Refusals, bad, missing
from release.nouns.refusal import Refusal
from release.store import people
from release.store.journal import Event
from release.store.work import Work
from release.vault.password import check_password, hash_password, hash_secret
from release.workflow.records import ApiKey, Person
from release.workflow.role import ANONYMOUS, GRANTABLE, SYSTEM, Actor, Role

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,78}")
KEY_PREFIX = "slk_"
LONGEST_PASSWORD = 1024


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session.  ``token`` goes into the cookie, ``csrf`` into every form; both only at log-in."""

    person: Person
    csrf: str = field(repr=False)
    token: str = field(default="", repr=False)
    expires_at: str = ""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the only time that ``secret`` can be seen."""

    key: ApiKey
    secret: str = field(repr=False)


def sign_up(desk: Desk, login: str, password: str, name: str, organisation: str = "") -> Person | Refusals:
    """A new account that may apply for data and nothing else."""
    if not desk.rules.open_sign_up:
        return (Refusal("people.closed", "This service opens no accounts.", remedy="Ask the operator."),)
    return _add(desk, SYSTEM, Role.SYSTEM, login, password, name, organisation, frozenset({Role.REQUESTER}))


def add_person(
    desk: Desk,
    actor: Actor,
    login: str,
    password: str,
    name: str,
    organisation: str = "",
    roles: Iterable[Role] = (Role.REQUESTER,),
) -> Person | Refusals:
    """An account with roles, made by the authority."""
    refused = _only_authority(actor) or _grantable(roles)
    if refused:
        return refused
    return _add(desk, actor, Role.AUTHORITY, login, password, name, organisation, frozenset(roles))


def first_authority(desk: Desk, login: str, password: str) -> Person | Refusals:
    """The first account of a new service; refused once anybody holds the role."""
    with desk.store.read() as work:
        if people.any_with(work, Role.AUTHORITY):
            return (Refusal("people.not-first", "There is an authority account already."),)
    roles = frozenset({Role.AUTHORITY})
    return _add(desk, SYSTEM, Role.SYSTEM, login, password, "Authority", "", roles)


def set_roles(
    desk: Desk, actor: Actor, person_id: str, roles: Iterable[Role], organisation: str | None = None
) -> Person | Refusals:
    """Replaces the roles of an account, and its organisation when one is given; nobody changes their own.

    The organisation of somebody who signed up is only what they claim: check it before making them a steward.
    """
    wanted = frozenset(roles)
    refused = _only_authority(actor) or _not_self(actor, person_id) or _grantable(wanted)
    moved = {} if organisation is None else {"organisation": organisation.strip()[:120]}
    return refused or _change(desk, actor, person_id, "set-roles", roles=wanted, **moved)


def set_active(desk: Desk, actor: Actor, person_id: str, active: bool) -> Person | Refusals:
    """Closes or opens an account; a closed one loses its sessions and its keys have no effect."""
    refused = _only_authority(actor) or _not_self(actor, person_id)
    return refused or _change(desk, actor, person_id, "open" if active else "close", active=active)


def list_people(desk: Desk, actor: Actor) -> tuple[Person, ...] | Refusals:
    """All accounts, for the authority."""
    refused = _only_authority(actor)
    if refused:
        return refused
    with desk.store.read() as work:
        return people.listing(work)


def log_in(desk: Desk, login: str, password: str) -> Session | Refusals:
    """A session for the right password."""
    with desk.store.read() as work:
        person = people.by_login(work, login)
        stored = people.password_hash(work, person.id) if person else ""
    if not check_password(password[:LONGEST_PASSWORD], stored) or person is None or not person.active:
        return (Refusal("people.password", "Login and password do not fit.", remedy="Check both and try again."),)
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    ends = desk.later(hours=desk.rules.session_hours)
    with desk.store.write() as work:
        people.add_session(work, hash_secret(token), person.id, csrf, desk.now(), ends)
    return Session(person, csrf, token, ends)


def session(desk: Desk, token: str) -> Session | None:
    """The session of a cookie, while it lasts and the account is open."""
    if not token:
        return None
    with desk.store.read() as work:
        found = people.session(work, hash_secret(token), desk.now())
        person = people.get(work, found[0]) if found else None
    return Session(person, found[1]) if found and person and person.active else None


def log_out(desk: Desk, token: str) -> None:
    """Ends a session."""
    with desk.store.write() as work:
        people.end_session(work, hash_secret(token))


def change_password(desk: Desk, actor: Actor, old: str, new: str) -> Person | Refusals:
    """A new password for oneself; ends every session."""
    with desk.store.read() as work:
        person = people.get(work, actor.id) if actor.id else None
        stored = people.password_hash(work, actor.id) if person else ""
    if person is None or not check_password(old[:LONGEST_PASSWORD], stored):
        return (Refusal("people.password", "The present password does not fit."),)
    refused = _password(desk, person.login, new)
    if refused:
        return refused
    hashed = hash_password(new)
    with desk.store.write() as work:
        people.set_password(work, person.id, hashed)
        return _noted(desk, work, actor, person, "change-password")


def create_key(desk: Desk, actor: Actor, label: str, days: int | None = None) -> NewKey | Refusals:
    """An API key for oneself, with an end; its secret is shown this once."""
    span = desk.rules.key_days if days is None else days
    if not actor.id:
        return missing("account")
    if not 1 <= span <= desk.rules.max_key_days:
        return bad("days", f"A key lasts from 1 to {desk.rules.max_key_days} days.")
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(desk.ids("key"), actor.id, label.strip()[:80], secret[:10], desk.now(), desk.later(days=span))
    with desk.store.write() as work:
        person = people.get(work, actor.id)
        if person is None:
            return missing("account")
        people.add_key(work, key, hash_secret(secret))
        _noted(desk, work, actor, person, "create-key", key=key.id, until=key.expires_at)
    return NewKey(key, secret)


def revoke_key(desk: Desk, actor: Actor, key_id: str) -> ApiKey | Refusals:
    """Ends one's own key, from the next request on."""
    with desk.store.write() as work:
        person = people.get(work, actor.id) if actor.id else None
        if person is None or not people.revoke_key(work, actor.id, key_id, desk.now()):
            return missing("key")
        _noted(desk, work, actor, person, "revoke-key", key=key_id)
        return next(key for key in people.keys_of(work, actor.id) if key.id == key_id)


def list_keys(desk: Desk, actor: Actor) -> tuple[ApiKey, ...]:
    """One's own keys, without their secrets."""
    with desk.store.read() as work:
        return people.keys_of(work, actor.id) if actor.id else ()


def actor_of_key(desk: Desk, secret: str) -> Actor | None:
    """Whose key this is; None when it is unknown, ended or revoked, or the account is closed."""
    with desk.store.read() as work:
        key = people.key_by_hash(work, hash_secret(secret))
        if key is None or key.revoked_at or key.expires_at <= desk.now():
            return None
        person = people.get(work, key.person)
    return person.actor() if person and person.active else None


def whoami(desk: Desk, actor: Actor) -> Person | Refusals:
    """The account of the actor."""
    with desk.store.read() as work:
        person = people.get(work, actor.id) if actor.id else None
    return person or missing("account")


def names_of(desk: Desk, ids: Iterable[str]) -> dict[str, str]:
    """What people are called, for pages that those who may see the ids are shown."""
    with desk.store.read() as work:
        return people.names(work, {i for i in ids if i})


def _add(
    desk: Desk,
    actor: Actor,
    role: Role,
    login: str,
    password: str,
    name: str,
    organisation: str,
    roles: frozenset[Role],
) -> Person | Refusals:
    login = login.strip().lower()
    refused = _login(login) or _password(desk, login, password)
    if refused:
        return refused
    shown = name.strip()[:80] or login
    person = Person(desk.ids("per"), login, shown, organisation.strip()[:120], roles, True, desk.now())
    hashed = hash_password(password)
    with desk.store.write() as work:
        if people.by_login(work, login) is not None:
            return bad("login-taken", "This login is taken.", "Choose another.")
        people.add(work, Event("sign-up", actor, role, desk.now()), person, hashed)
        return people.get(work, person.id) or missing("account")


def _change(desk: Desk, actor: Actor, person_id: str, what: str, **values: object) -> Person | Refusals:
    with desk.store.write() as work:
        person = people.get(work, person_id)
        if person is None:
            return missing("account")
        people.change(work, Event(what, actor, Role.AUTHORITY, desk.now()), person, **values)
        people.end_sessions(work, person_id)
        return people.get(work, person_id) or missing("account")


def _noted(desk: Desk, work: Work, actor: Actor, person: Person, what: str, **note: str) -> Person:
    people.change(work, Event(what, actor, Role.PUBLIC, desk.now(), note), person)
    return people.get(work, person.id) or person


def _login(login: str) -> Refusals:
    if LOGIN.fullmatch(login):
        return ()
    return bad("login", "A login has 2 to 79 letters a-z, digits or . _ @ - and begins with a letter or digit.")


def _password(desk: Desk, login: str, password: str) -> Refusals:
    least = desk.rules.shortest_password
    if not least <= len(password) <= LONGEST_PASSWORD or password.lower() == login:
        return bad("password", f"A password has at least {least} characters and is not the login.")
    return ()


def _grantable(roles: Iterable[Role]) -> Refusals:
    if all(role in GRANTABLE for role in roles):
        return ()
    return bad("roles", f"Roles that can be given: {', '.join(GRANTABLE)}.")


def _only_authority(actor: Actor) -> Refusals:
    if actor.has(Role.AUTHORITY):
        return ()
    return (Refusal("workflow.role", "Accounts are managed by the authority."),)


def _not_self(actor: Actor, person_id: str) -> Refusals:
    if actor.id and actor.id != person_id:
        return ()
    return (Refusal("workflow.own-work", "Nobody changes their own roles or closes their own account."),)


def actor_or_anonymous(found: Session | None) -> Actor:
    """The actor of a session, or nobody in particular."""
    return found.person.actor() if found else ANONYMOUS
