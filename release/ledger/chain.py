"""The ledger's events, chained by hash: what was charged, and what became of it, cannot be bent unseen.

What a reader would get wrong: the chain proves that nothing was changed or taken out, not that everything was put in.
That every charge is in is the database transaction's promise: state, budget and event are written together or not at
all.  Whoever can rewrite the whole database can rewrite the chain; a head that is kept elsewhere shows even that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from release.ledger.schema import ACCOUNTS, CHARGES, EVENTS


@dataclass(frozen=True, slots=True)
class Proof:
    """What ``verify`` found: how many events, the head of every account, and what does not fit (empty: nothing)."""

    events: int
    heads: dict[str, str]
    breaks: tuple[str, ...]


def append(con: Connection, account: str, charge: str, state: str, nrho: int, ndelta: int, detail: str = "") -> None:
    """One event more.  The caller's transaction must hold the account's row, or two events would share a number."""
    row = con.execute(select(ACCOUNTS.c.head).where(ACCOUNTS.c.id == account).with_for_update()).one()
    last = select(EVENTS.c.number).where(EVENTS.c.account == account).order_by(EVENTS.c.number.desc()).limit(1)
    number = (con.execute(last).scalar_one_or_none() or 0) + 1
    made = _hash(row.head, account, number, charge, state, nrho, ndelta, detail)
    con.execute(
        insert(EVENTS).values(
            account=account,
            number=number,
            charge=charge,
            state=state,
            nrho=nrho,
            ndelta=ndelta,
            detail=detail,
            previous=row.head,
            hash=made,
        )
    )
    con.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(head=made))


def verify(engine: Engine) -> Proof:
    """Recomputes every chain and every balance from its events, and compares both with what the tables say."""
    with engine.connect() as con:
        accounts = con.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.id)).all()
        events = con.execute(select(EVENTS).order_by(EVENTS.c.account, EVENTS.c.number)).all()
        charges = {row.id: row for row in con.execute(select(CHARGES)).all()}
    breaks: list[str] = []
    grouped: dict[str, list[Any]] = {}
    for event in events:
        grouped.setdefault(event.account, []).append(event)
    for account in accounts:
        own = grouped.get(account.id, [])
        breaks += _chain(account, own)
        breaks += _balance(account, own)
        breaks += _states(account, own, charges)
    return Proof(len(events), {a.id: a.head for a in accounts}, tuple(breaks))


def answered(answer: str) -> str:
    """What an event keeps of an answer: its SHA-256."""
    return hashlib.sha256(answer.encode()).hexdigest()


def _chain(account: Any, events: list[Any]) -> Iterator[str]:
    head = ""
    for place, e in enumerate(events, 1):
        made = _hash(head, e.account, place, e.charge, e.state, e.nrho, e.ndelta, e.detail)
        if e.number != place or e.previous != head or e.hash != made:
            yield f"{account.id}: event {place} does not follow from the one before it"
            return
        head = made
    if head != account.head:
        yield f"{account.id}: the last event is not the one that the account remembers"


def _balance(account: Any, events: list[Any]) -> Iterator[str]:
    rho = sum(_sign(e.state) * e.nrho for e in events)
    delta = sum(_sign(e.state) * e.ndelta for e in events)
    if (rho, delta) != (account.spent_nrho, account.spent_ndelta):
        yield f"{account.id}: what is spent is not the sum of its events"


def _states(account: Any, events: list[Any], charges: dict[str, Any]) -> Iterator[str]:
    last = {e.charge: e for e in events}
    for charge, event in last.items():
        row = charges.get(charge)
        if row is None or row.state != event.state or row.nrho != event.nrho:
            yield f"{account.id}: charge {charge} is not what its last event says"
        elif event.state == "COMMITTED" and answered(row.answer) != event.detail:
            yield f"{account.id}: the answer of charge {charge} is not the one that was committed"
    own = {row.id for row in charges.values() if account.id in (row.account, *json.loads(row.others))}
    for charge in sorted(own - set(last)):
        yield f"{account.id}: charge {charge} has no event"


def _sign(state: str) -> int:
    return {"RESERVED": 1, "VOID": -1}.get(state, 0)


def _hash(previous: str, *parts: object) -> str:
    return hashlib.sha256(json.dumps([previous, *parts], ensure_ascii=False).encode()).hexdigest()
