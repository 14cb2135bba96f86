"""The journal: what happened to every aggregate, each entry chained to the one before it by SHA-256.

What a reader would get wrong: the chain alone does not notice a tail that was cut off together with the row's own
``head``; the signed seals do, because each names the head of every aggregate at its time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from release.nouns.digest import canonical, digest, plain
from release.nouns.errors import BadInput
from release.store.schema import JOURNAL, SEALS
from release.store.work import Work
from release.workflow.records import Entry, Fault
from release.workflow.role import Actor, Role

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what, when, in which role.  ``note`` is kept with it (a reason, a count, a digest), never a cell."""

    type: str
    actor: Actor
    role: Role
    at: str
    note: Mapping[str, Any] = field(default_factory=dict)


def append(work: Work, aggregate: str, seq: int, prev: str, event: Event, values: Mapping[str, Any]) -> str:
    """Writes entry ``seq`` of ``aggregate`` and gives its hash.  ``values`` are the columns the event sets."""
    payload = canonical({"set": plain(values), "note": plain(event.note)})
    if b"\\u0000" in payload:
        raise BadInput("A text holds a character that cannot be kept.", "Remove control characters.")
    entry = _sealed(aggregate, seq, event.at, event.actor.id, event.role.value, event.type, payload.decode(), prev)
    work.add(JOURNAL, **entry)
    return str(entry["hash"])


def entries(work: Work, aggregate: str) -> tuple[Entry, ...]:
    """The journal of one aggregate, oldest first."""
    rows = work.all(select(JOURNAL).where(JOURNAL.c.aggregate == aggregate).order_by(JOURNAL.c.seq))
    return tuple(_entry(row) for row in rows)


def latest(work: Work, limit: int, offset: int = 0) -> tuple[Entry, ...]:
    """The newest entries of all aggregates, newest first."""
    order = (JOURNAL.c.at.desc(), JOURNAL.c.aggregate, JOURNAL.c.seq.desc())
    return tuple(_entry(row) for row in work.all(select(JOURNAL).order_by(*order).limit(limit).offset(offset)))


def size(work: Work) -> int:
    """How many entries there are."""
    return int(work.connection.execute(select(func.count()).select_from(JOURNAL)).scalar_one())


def walk(work: Work) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every aggregate with its raw entries in order, one aggregate in memory at a time."""
    query = select(JOURNAL).order_by(JOURNAL.c.aggregate, JOURNAL.c.seq)
    current, rows = "", list[dict[str, Any]]()
    for row in work.connection.execution_options(yield_per=1000).execute(query).mappings():
        if row["aggregate"] != current and rows:
            yield current, rows
            rows = []
        current = row["aggregate"]
        rows.append(dict(row))
    if rows:
        yield current, rows


def chain_fault(aggregate: str, rows: list[dict[str, Any]]) -> Fault | None:
    """The first entry of one aggregate that is not what was written, or None."""
    prev = GENESIS
    for number, row in enumerate(rows, start=1):
        if row["seq"] != number:
            return Fault(aggregate, number, "an entry is missing or out of order")
        honest = _sealed(aggregate, row["seq"], row["at"], row["actor"], row["role"], row["type"], row["payload"], prev)
        for name in ("payload_hash", "prev", "hash"):
            if row[name] != honest[name]:
                return Fault(aggregate, number, f"{name} does not match: the entry was changed after it was written")
        prev = row["hash"]
    return None


def fold(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The columns that the entries of one aggregate set, the last word winning."""
    state: dict[str, Any] = {}
    for row in rows:
        state |= json.loads(row["payload"])["set"]
    return state


def heads(work: Work) -> dict[str, list[Any]]:
    """For every aggregate ``[seq, hash]`` of its last entry."""
    last = select(JOURNAL.c.aggregate, func.max(JOURNAL.c.seq).label("seq")).group_by(JOURNAL.c.aggregate).subquery()
    query = select(JOURNAL.c.aggregate, JOURNAL.c.seq, JOURNAL.c.hash).join(
        last, (JOURNAL.c.aggregate == last.c.aggregate) & (JOURNAL.c.seq == last.c.seq)
    )
    return {row["aggregate"]: [row["seq"], row["hash"]] for row in work.all(query)}


def hash_at(work: Work, aggregate: str, seq: int) -> str:
    """The hash of an entry; empty when there is none."""
    query = select(JOURNAL.c.hash).where(JOURNAL.c.aggregate == aggregate, JOURNAL.c.seq == seq)
    return str(work.connection.execute(query).scalar_one_or_none() or "")


def add_seal(work: Work, number: int, at: str, count: int, heads_json: str, signature: str) -> None:
    """Keeps a signed statement of all heads."""
    work.add(SEALS, number=number, at=at, entries=count, heads=heads_json, signature=signature)


def seals(work: Work) -> list[dict[str, Any]]:
    """Every seal, oldest first."""
    return work.all(select(SEALS).order_by(SEALS.c.number))


def _sealed(
    aggregate: str, seq: int, at: str, actor: str, role: str, type_: str, payload: str, prev: str
) -> dict[str, Any]:
    covered = {
        "aggregate": aggregate,
        "seq": seq,
        "at": at,
        "actor": actor,
        "role": role,
        "type": type_,
        "payload_hash": hashlib.sha256(payload.encode()).hexdigest(),
        "prev": prev,
    }
    return {**covered, "payload": payload, "hash": digest(covered)}


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "payload": json.loads(row["payload"])})
