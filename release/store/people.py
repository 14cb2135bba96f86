"""People, their password hashes, API keys and sessions.  Secrets come in hashed; this module never sees one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from release.store import aggregate
from release.store.journal import Event
from release.store.schema import API_KEYS, CREDENTIALS, PEOPLE, SESSIONS
from release.store.work import Work
from release.workflow.records import ApiKey, Person
from release.workflow.role import Role


def add(work: Work, event: Event, person: Person, password_hash: str) -> None:
    """Adds an account; an empty ``password_hash`` makes one that nobody can log in to by password."""
    values = {
        "login": person.login,
        "name": person.name,
        "organisation": person.organisation,
        "roles": person.roles,
        "active": person.active,
        "created_at": person.created_at,
    }
    aggregate.create(work, "person", person.id, event, values)
    if password_hash:
        work.connection.execute(insert(CREDENTIALS).values(person=person.id, password_hash=password_hash))


def change(work: Work, event: Event, person: Person, **values: Any) -> None:
    """Sets columns of an account."""
    aggregate.change(work, "person", person.id, person.seq, event, values)


def get(work: Work, id_: str) -> Person | None:
    """The account ``id_``."""
    row = work.one(select(PEOPLE).where(PEOPLE.c.id == id_))
    return _person(row) if row else None


def by_login(work: Work, login: str) -> Person | None:
    """The account with this login, which is compared in lower case."""
    row = work.one(select(PEOPLE).where(PEOPLE.c.login == login.lower()))
    return _person(row) if row else None


def listing(work: Work) -> tuple[Person, ...]:
    """Every account, by login."""
    return tuple(_person(row) for row in work.all(select(PEOPLE).order_by(PEOPLE.c.login)))


def names(work: Work, ids: set[str]) -> dict[str, str]:
    """What the people ``ids`` are called."""
    return {row["id"]: row["name"] for row in work.all(select(PEOPLE).where(PEOPLE.c.id.in_(ids)))}


def any_with(work: Work, role: Role) -> bool:
    """Whether an active account holds ``role``."""
    return any(role in person.roles and person.active for person in listing(work))


def password_hash(work: Work, person: str) -> str:
    """The stored hash, empty when there is none."""
    query = select(CREDENTIALS.c.password_hash).where(CREDENTIALS.c.person == person)
    return str(work.connection.execute(query).scalar_one_or_none() or "")


def set_password(work: Work, person: str, password_hash: str) -> None:
    """Replaces the stored hash and ends every session of the person."""
    work.connection.execute(delete(CREDENTIALS).where(CREDENTIALS.c.person == person))
    work.connection.execute(insert(CREDENTIALS).values(person=person, password_hash=password_hash))
    end_sessions(work, person)


def add_key(work: Work, key: ApiKey, secret_hash: str) -> None:
    """Keeps a key by the hash of its secret."""
    work.add(
        API_KEYS,
        id=key.id,
        person=key.person,
        label=key.label,
        prefix=key.prefix,
        secret_hash=secret_hash,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at="",
    )


def key_by_hash(work: Work, secret_hash: str) -> ApiKey | None:
    """The key whose secret has this hash."""
    row = work.one(select(API_KEYS).where(API_KEYS.c.secret_hash == secret_hash))
    return _key(row) if row else None


def keys_of(work: Work, person: str) -> tuple[ApiKey, ...]:
    """The keys of a person, newest first."""
    query = select(API_KEYS).where(API_KEYS.c.person == person).order_by(API_KEYS.c.created_at.desc())
    return tuple(_key(row) for row in work.all(query))


def revoke_key(work: Work, person: str, key: str, at: str) -> bool:
    """Ends a key of this person; whether there was a live one."""
    mine = (API_KEYS.c.id == key) & (API_KEYS.c.person == person) & (API_KEYS.c.revoked_at == "")
    return work.connection.execute(update(API_KEYS).where(mine).values(revoked_at=at)).rowcount == 1


def add_session(work: Work, token_hash: str, person: str, csrf: str, created_at: str, expires_at: str) -> None:
    """Keeps a session by the hash of its token and forgets those that have ended."""
    work.connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= created_at))
    work.add(SESSIONS, token_hash=token_hash, person=person, csrf=csrf, created_at=created_at, expires_at=expires_at)


def session(work: Work, token_hash: str, now: str) -> tuple[str, str] | None:
    """The (person, csrf token) of a session that has not ended."""
    query = select(SESSIONS).where(SESSIONS.c.token_hash == token_hash, SESSIONS.c.expires_at > now)
    row = work.one(query)
    return (row["person"], row["csrf"]) if row else None


def end_session(work: Work, token_hash: str) -> None:
    """Ends one session."""
    work.connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == token_hash))


def end_sessions(work: Work, person: str) -> None:
    """Ends every session of a person."""
    work.connection.execute(delete(SESSIONS).where(SESSIONS.c.person == person))


def _person(row: dict[str, Any]) -> Person:
    return Person(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        organisation=row["organisation"],
        roles=frozenset(Role(r) for r in row["roles"]),
        active=row["active"],
        created_at=row["created_at"],
        seq=row["seq"],
    )


def _key(row: dict[str, Any]) -> ApiKey:
    return ApiKey(**{name: row[name] for name in ApiKey.__dataclass_fields__})
