"""Reserve, start, commit.  Each is one transaction; what another process does in between cannot overspend.

What a reader would get wrong: the unique (account, fingerprint) is not only a cache.  Asking the same question of the
same data again must give the stored answer, or the noise could be averaged away.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from release.ledger import chain
from release.ledger.schema import ACCOUNTS, CHARGES, EVENTS, METADATA
from release.nouns.errors import ReleaseError
from release.nouns.refusal import Refusal

NANO = 10**9
DELTA_PARTS = 10**15
CAP_NDELTA = 10**9  # δ of 10⁻⁶ in all
CREATE_LOCK = 0x5105_1CE1


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of the ledger.  ``answer`` is set once COMMITTED; asking again then costs nothing."""

    id: str
    account: str
    nrho: int
    state: str
    answer: str | None = None
    ndelta: int = 0
    others: tuple[str, ...] = ()

    def accounts(self) -> tuple[str, ...]:
        """Every account that is debited, in the order in which their rows are locked."""
        return tuple(sorted({self.account, *self.others}))


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account may spend and has spent, in billionths of ρ and in 10⁻¹⁵ of δ."""

    account: str
    cap_nrho: int
    spent_nrho: int
    cap_ndelta: int = CAP_NDELTA
    spent_ndelta: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account as people read it."""

    created: str
    nrho: int
    state: str
    purpose: str


class _OverspentError(Exception):
    """Rolls the whole reservation back: an account further on has no budget left."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account


def create(engine: Engine) -> None:
    """Makes the tables where they are missing; two processes that come at once wait for each other."""
    with _writing(engine) as con:
        if engine.dialect.name == "postgresql":
            con.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CREATE_LOCK})
        METADATA.create_all(con)
        _complete(con)


def open_account(engine: Engine, account: str, cap_nrho: int, cap_ndelta: int = CAP_NDELTA) -> Balance:
    """The account, made with these caps when it is new.  A cap once set is not raised by asking for more."""
    try:
        with _writing(engine) as con:
            con.execute(
                insert(ACCOUNTS).values(
                    id=account, cap_nrho=cap_nrho, spent_nrho=0, cap_ndelta=cap_ndelta, spent_ndelta=0, head=""
                )
            )
    except IntegrityError:
        pass  # it was there: the cap that was set first stays
    return balance(engine, account)


def balance(engine: Engine, account: str) -> Balance:
    """What the account holds.  Raises ReleaseError when there is no such account."""
    with engine.connect() as con:
        row = con.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).one_or_none()
    if row is None:
        raise ReleaseError(f"The ledger has no account {account}.")
    return _balance(row)


def reserve(
    engine: Engine,
    account: str,
    fingerprint: str,
    nrho: int,
    *,
    purpose: str,
    now: datetime,
    others: Sequence[str] = (),
    ndelta: int = 0,
    evidence: str = "",
    ceilings: Mapping[str, int] | None = None,
) -> Charge | Refusal:
    """Takes ``nrho`` (and ``ndelta``) from the account and from every one of ``others``, or gives the stored answer, or
    refuses.  All or none: the lineages of joined data, a project, a requester.  ``account`` is a lineage: the same
    question about it is answered once, whoever asks.

    ``ceilings`` are what accounts may have spent in all after this charge, where that is less than their caps: a
    policy that has become stricter binds at once."""
    lower = dict(ceilings or {})
    charge = Charge(str(uuid.uuid4()), account, nrho, "RESERVED", None, ndelta, tuple(sorted({*others} - {account})))
    try:
        with _writing(engine) as con:
            known = _asked_before(con, account, fingerprint)
            if known is not None:
                return known
            for one in charge.accounts():
                if not _take(con, one, nrho, ndelta, lower.get(one)):
                    raise _OverspentError(one)
            con.execute(
                insert(CHARGES).values(
                    id=charge.id,
                    account=account,
                    fingerprint=fingerprint,
                    nrho=nrho,
                    ndelta=ndelta,
                    others=json.dumps(charge.others),
                    evidence=evidence,
                    state="RESERVED",
                    purpose=purpose,
                    created=now.isoformat(),
                )
            )
            _told(con, charge, "RESERVED", detail=fingerprint)
    except _OverspentError as over:
        return _spent(engine, over.account, nrho, ndelta, lower.get(over.account))
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
        _locked(con, charge)
        _move_in(con, charge, "RESERVED", "VOID")
        for account in charge.accounts():
            con.execute(
                update(ACCOUNTS)
                .where(ACCOUNTS.c.id == account)
                .values(
                    spent_nrho=ACCOUNTS.c.spent_nrho - charge.nrho,
                    spent_ndelta=ACCOUNTS.c.spent_ndelta - charge.ndelta,
                )
            )
        # A voided question may be asked again: it frees its fingerprint.
        con.execute(update(CHARGES).where(CHARGES.c.id == charge.id).values(fingerprint=f"void:{charge.id}"))


def burn(engine: Engine, charge: Charge) -> None:
    """The answer was lost after the data was touched: the budget stays spent, the question is free again."""
    with _writing(engine) as con:
        _locked(con, charge)
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
    return tuple(_balance(row) for row in rows)


def charges(engine: Engine, account: str) -> tuple[Line, ...]:
    """Every charge that touched an account in the order in which they were made, those that were settled included."""
    touched = select(EVENTS.c.charge).where(EVENTS.c.account == account)
    query = select(CHARGES).where(CHARGES.c.id.in_(touched)).order_by(CHARGES.c.created, CHARGES.c.id)
    with engine.connect() as con:
        rows = con.execute(query).all()
    return tuple(Line(row.created, row.nrho, row.state, row.purpose) for row in rows)


def _open_since(engine: Engine, before: datetime) -> list[Charge]:
    query = select(CHARGES).where(CHARGES.c.state.in_(("RESERVED", "STARTED")))
    with engine.connect() as con:
        rows = con.execute(query).all()
    return [_charge(row) for row in rows if datetime.fromisoformat(row.created) < before]


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
    return _charge(row)


def _charge(row: Any) -> Charge:
    others = tuple(json.loads(row.others))
    return Charge(row.id, row.account, row.nrho, row.state, row.answer, row.ndelta, others)


def _balance(row: Any) -> Balance:
    return Balance(row.id, row.cap_nrho, row.spent_nrho, row.cap_ndelta, row.spent_ndelta)


def _take(con: Connection, account: str, nrho: int, ndelta: int, ceiling: int | None) -> bool:
    """One conditional update: whoever comes second sees what the first has spent."""
    lower = [] if ceiling is None else [ACCOUNTS.c.spent_nrho + nrho <= ceiling]
    spend = (
        update(ACCOUNTS)
        .where(
            ACCOUNTS.c.id == account,
            ACCOUNTS.c.spent_nrho + nrho <= ACCOUNTS.c.cap_nrho,
            ACCOUNTS.c.spent_ndelta + ndelta <= ACCOUNTS.c.cap_ndelta,
            *lower,
        )
        .values(spent_nrho=ACCOUNTS.c.spent_nrho + nrho, spent_ndelta=ACCOUNTS.c.spent_ndelta + ndelta)
    )
    return con.execute(spend).rowcount == 1


def _spent(engine: Engine, account: str, nrho: int, ndelta: int, ceiling: int | None) -> Refusal:
    held = balance(engine, account)
    cap = held.cap_nrho if ceiling is None else min(held.cap_nrho, ceiling)
    if held.spent_nrho + nrho > cap:
        left, cost = max(cap - held.spent_nrho, 0) / NANO, nrho / NANO
        what = f"The privacy budget of {account} has ρ = {left:.6g} left, and this would cost ρ = {cost:.6g}."
        remedy = "Ask for fewer statistics, a smaller epsilon or rho, or a new budget from the authority."
        return Refusal("ledger.spent", what, remedy=remedy)
    left, cost = (held.cap_ndelta - held.spent_ndelta) / DELTA_PARTS, ndelta / DELTA_PARTS
    what = f"The budget of {account} has δ = {left:.6g} left, and this would cost δ = {cost:.6g}."
    return Refusal("ledger.spent", what, remedy="List the groups, which costs no δ, or ask for a smaller delta_keys.")


def _move(engine: Engine, charge: Charge, before: str, after: str, answer: str | None = None) -> None:
    with _writing(engine) as con:
        _locked(con, charge)
        _move_in(con, charge, before, after, answer)


def _move_in(con: Connection, charge: Charge, before: str, after: str, answer: str | None = None) -> None:
    changed = con.execute(
        update(CHARGES)
        .where(CHARGES.c.id == charge.id, CHARGES.c.state == before)
        .values(state=after, **({} if answer is None else {"answer": answer}))
    )
    if changed.rowcount != 1:
        raise ReleaseError(f"The charge is not {before} any more; nothing was done.")
    _told(con, charge, after, detail="" if answer is None else chain.answered(answer))


def _locked(con: Connection, charge: Charge) -> None:
    """Locks the accounts in one order before anything is moved, so that two transactions never wait for each other."""
    for account in charge.accounts():
        con.execute(select(ACCOUNTS.c.id).where(ACCOUNTS.c.id == account).with_for_update())


def _told(con: Connection, charge: Charge, state: str, *, detail: str) -> None:
    for account in charge.accounts():
        chain.append(con, account, charge.id, state, charge.nrho, charge.ndelta, detail)


def _complete(con: Connection) -> None:
    """Adds the columns that a ledger made by an earlier version lacks, and tells the chain what was charged before."""
    added = False
    for table in METADATA.sorted_tables:
        there = {column["name"] for column in inspect(con).get_columns(table.name)}
        for column in (c for c in table.columns if c.name not in there):
            told, default = column.type.compile(con.dialect), getattr(column.server_default, "arg", "")
            con.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {told} NOT NULL DEFAULT '{default}'"))
            added = True
    if added:
        for row in con.execute(select(CHARGES).order_by(CHARGES.c.created, CHARGES.c.id)).all():
            charge = _charge(row)
            _told(con, charge, "RESERVED", detail=row.fingerprint)
            if charge.state != "RESERVED":
                _told(con, charge, charge.state, detail=chain.answered(charge.answer) if charge.answer else "")
