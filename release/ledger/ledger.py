"""Reserve, start, commit.  Each is one transaction; what another process does in between cannot overspend.

What a reader would get wrong: the unique (account, fingerprint) is not only a cache.  Asking the same question of the
same data again must give the stored answer, or the noise could be averaged away.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from release.ledger.schema import ACCOUNTS, CHARGES, METADATA
from release.nouns.errors import ReleaseError
from release.nouns.refusal import Refusal

NANO = 10**9
CREATE_LOCK = 0x5105_1CE1


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of the ledger.  ``answer`` is set once COMMITTED; asking again then costs nothing."""

    id: str
    account: str
    nrho: int
    state: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account may spend and has spent, in billionths of ρ."""

    account: str
    cap_nrho: int
    spent_nrho: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account as people read it."""

    created: str
    nrho: int
    state: str
    purpose: str


def create(engine: Engine) -> None:
    """Makes the tables where they are missing; two processes that come at once wait for each other."""
    with _writing(engine) as con:
        if engine.dialect.name == "postgresql":
            con.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CREATE_LOCK})
        METADATA.create_all(con)


def open_account(engine: Engine, account: str, cap_nrho: int) -> Balance:
    """The account, made with this cap when it is new.  A cap once set is not raised by asking for more."""
    try:
        with _writing(engine) as con:
            con.execute(insert(ACCOUNTS).values(id=account, cap_nrho=cap_nrho, spent_nrho=0))
    except IntegrityError:
        pass  # it was there: the cap that was set first stays
    return balance(engine, account)


def balance(engine: Engine, account: str) -> Balance:
    """What the account holds.  Raises ReleaseError when there is no such account."""
    with engine.connect() as con:
        row = con.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one_or_none()
    if row is None:
        raise ReleaseError(f"The ledger has no account {account}.")
    return Balance(row.id, row.cap_nrho, row.spent_nrho)


def reserve(
    engine: Engine, account: str, fingerprint: str, nrho: int, *, purpose: str, now: datetime
) -> Charge | Refusal:
    """Takes ``nrho`` from the account, or gives the stored answer, or refuses."""
    charge = Charge(str(uuid.uuid4()), account, nrho, "RESERVED")
    try:
        with _writing(engine) as con:
            known = _asked_before(con, account, fingerprint)
            if known is not None:
                return known
            if not _take(con, account, nrho):
                return _spent(con, account, nrho)
            con.execute(
                insert(CHARGES).values(
                    id=charge.id,
                    account=account,
                    fingerprint=fingerprint,
                    nrho=nrho,
                    state="RESERVED",
                    purpose=purpose,
                    created=now.isoformat(),
                )
            )
    except IntegrityError:
        return Refusal("ledger.busy", "The same question is being answered right now.", remedy="Ask again in a moment.")
    return charge


def start(engine: Engine, charge: Charge) -> None:
    """From here on there is no refund: the data is about to be touched."""
    _move(engine, charge, "RESERVED", "STARTED")


def commit(engine: Engine, charge: Charge, answer: str) -> None:
    """Stores the answer; only now may anyone see it."""
    _move(engine, charge, "STARTED", "COMMITTED", answer)


def void(engine: Engine, charge: Charge) -> None:
    """Gives the budget back: possible only while the data has not been touched."""
    with _writing(engine) as con:
        _move_in(con, charge, "RESERVED", "VOID")
        con.execute(
            update(ACCOUNTS)
            .where(ACCOUNTS.c.id == charge.account)
            .values(spent_nrho=ACCOUNTS.c.spent_nrho - charge.nrho)
        )
        # A voided question may be asked again: it frees its fingerprint.
        con.execute(update(CHARGES).where(CHARGES.c.id == charge.id).values(fingerprint=f"void:{charge.id}"))


def burn(engine: Engine, charge: Charge) -> None:
    """The answer was lost after the data was touched: the budget stays spent, the question is free again."""
    with _writing(engine) as con:
        _move_in(con, charge, "STARTED", "BURNT")
        con.execute(update(CHARGES).where(CHARGES.c.id == charge.id).values(fingerprint=f"burnt:{charge.id}"))


def recover(engine: Engine, now: datetime, older_than: timedelta) -> tuple[int, int]:
    """Settles what a killed process left behind: RESERVED → VOID, STARTED → BURNT.  Gives how many of each.

    Only charges made longer ago than ``older_than``.  One that is still worked on after all loses nothing but its
    answer: its next step finds that the state has changed, and breaks."""
    settled = {"RESERVED": 0, "STARTED": 0}
    for charge in _open_since(engine, now - older_than):
        try:
            (void if charge.state == "RESERVED" else burn)(engine, charge)
        except ReleaseError:
            continue  # it moved on by itself in the meantime
        settled[charge.state] += 1
    return settled["RESERVED"], settled["STARTED"]


def balances(engine: Engine) -> tuple[Balance, ...]:
    """Every account, by name."""
    with engine.connect() as con:
        rows = con.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.id)).all()
    return tuple(Balance(row.id, row.cap_nrho, row.spent_nrho) for row in rows)


def charges(engine: Engine, account: str) -> tuple[Line, ...]:
    """Every line of an account in the order in which they were made, those that were settled included."""
    query = select(CHARGES).where(CHARGES.c.account == account).order_by(CHARGES.c.created, CHARGES.c.id)
    with engine.connect() as con:
        rows = con.execute(query).all()
    return tuple(Line(row.created, row.nrho, row.state, row.purpose) for row in rows)


def _open_since(engine: Engine, before: datetime) -> list[Charge]:
    query = select(CHARGES).where(CHARGES.c.state.in_(("RESERVED", "STARTED")))
    with engine.connect() as con:
        rows = con.execute(query).all()
    return [
        Charge(row.id, row.account, row.nrho, row.state) for row in rows if datetime.fromisoformat(row.created) < before
    ]


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """One writing transaction; the option makes SQLite take its lock at the start and wait its turn."""
    with engine.connect().execution_options(sluice_writes=True) as con, con.begin():
        yield con


def _asked_before(con: Connection, account: str, fingerprint: str) -> Charge | Refusal | None:
    query = select(CHARGES).where(CHARGES.c.account == account, CHARGES.c.fingerprint == fingerprint)
    row = con.execute(query).one_or_none()
    if row is None:
        return None
    if row.state != "COMMITTED":
        return Refusal("ledger.busy", "The same question is being answered right now.", remedy="Ask again in a moment.")
    return Charge(row.id, row.account, row.nrho, row.state, row.answer)


def _take(con: Connection, account: str, nrho: int) -> bool:
    """One conditional update: whoever comes second sees what the first has spent."""
    spend = (
        update(ACCOUNTS)
        .where(ACCOUNTS.c.id == account, ACCOUNTS.c.spent_nrho + nrho <= ACCOUNTS.c.cap_nrho)
        .values(spent_nrho=ACCOUNTS.c.spent_nrho + nrho)
    )
    return con.execute(spend).rowcount == 1


def _spent(con: Connection, account: str, nrho: int) -> Refusal:
    row = con.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one()
    left = (row.cap_nrho - row.spent_nrho) / NANO
    return Refusal(
        "ledger.spent",
        f"The privacy budget of {account} has ρ = {left:.6g} left, and this table would cost ρ = {nrho / NANO:.6g}.",
        remedy="Ask for fewer statistics, a smaller epsilon or rho, or a new budget from the authority.",
    )


def _move(engine: Engine, charge: Charge, before: str, after: str, answer: str | None = None) -> None:
    with _writing(engine) as con:
        _move_in(con, charge, before, after, answer)


def _move_in(con: Connection, charge: Charge, before: str, after: str, answer: str | None = None) -> None:
    changed = con.execute(
        update(CHARGES)
        .where(CHARGES.c.id == charge.id, CHARGES.c.state == before)
        .values(state=after, **({} if answer is None else {"answer": answer}))
    )
    if changed.rowcount != 1:
        raise ReleaseError(f"The charge is not {before} any more; nothing was done.")
