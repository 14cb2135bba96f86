"""The only way to write a row that has a state: the row and its journal entry, in one transaction, in one call.

Every column an aggregate has is set through here, so replaying the journal gives the row back; :func:`faults` does
that for every row there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table, insert, select, update

from release.nouns.digest import plain
from release.store import journal
from release.store.journal import GENESIS, Event
from release.store.schema import APPLICATIONS, DATASETS, PEOPLE, RELEASES
from release.store.words_schema import DISSENTS, LABELS, RANKERS, REGRADINGS
from release.store.work import Conflict, Work
from release.workflow.records import Fault

TABLES: dict[str, Table] = {
    "person": PEOPLE,
    "dataset": DATASETS,
    "release": RELEASES,
    "application": APPLICATIONS,
    "label": LABELS,
    "dissent": DISSENTS,
    "regrading": REGRADINGS,
    "ranker": RANKERS,
}
CHAIN = ("seq", "head")


def create(work: Work, kind: str, id_: str, event: Event, values: Mapping[str, Any]) -> None:
    """Inserts the row ``id_`` and entry 1 of its journal."""
    row = plain({"id": id_, **values})
    head = journal.append(work, f"{kind}:{id_}", 1, GENESIS, event, row)
    work.connection.execute(insert(TABLES[kind]).values(**row, seq=1, head=head))


def change(work: Work, kind: str, id_: str, seq: int, event: Event, values: Mapping[str, Any]) -> None:
    """Sets ``values`` and appends an entry.  Raises Conflict unless ``seq`` is still the row's last entry."""
    table = TABLES[kind]
    prev = work.connection.execute(select(table.c.head).where(table.c.id == id_, table.c.seq == seq)).scalar()
    if prev is None:
        raise Conflict(f"The {kind} was changed by somebody else meanwhile.", "Look at it again and repeat.")
    row = plain(values)
    head = journal.append(work, f"{kind}:{id_}", seq + 1, prev, event, row)
    done = work.connection.execute(
        update(table).where(table.c.id == id_, table.c.seq == seq).values(**row, seq=seq + 1, head=head)
    )
    if done.rowcount != 1:
        raise Conflict(f"The {kind} was changed by somebody else meanwhile.", "Look at it again and repeat.")


def faults(work: Work) -> Iterator[Fault]:
    """Everything wrong between journal and rows: broken chains, rows that differ from their replay, orphans."""
    seen: dict[str, set[str]] = {kind: set() for kind in TABLES}
    for aggregate, entries in journal.walk(work):
        kind, _, id_ = aggregate.partition(":")
        if kind not in TABLES:
            yield Fault(aggregate, 1, "a journal of a kind that does not exist")
            continue
        seen[kind].add(id_)
        fault = journal.chain_fault(aggregate, entries) or _row_fault(work, kind, id_, entries)
        if fault is not None:
            yield fault
    for kind, table in TABLES.items():
        for id_ in work.connection.execute(select(table.c.id)).scalars():
            if id_ not in seen[kind]:
                yield Fault(f"{kind}:{id_}", 1, "a row without a journal")


def _row_fault(work: Work, kind: str, id_: str, entries: list[dict[str, Any]]) -> Fault | None:
    table, last = TABLES[kind], entries[-1]
    found = work.all(select(table).where(table.c.id == id_))
    name, seq = f"{kind}:{id_}", int(last["seq"])
    if not found:
        return Fault(name, seq, "the row is gone, its journal is not")
    row = found[0]
    if (row["seq"], row["head"]) != (last["seq"], last["hash"]):
        return Fault(name, seq, "the row was written after its last entry, or entries at the end are gone")
    replay = journal.fold(entries)
    differing = sorted(column for column in row if column not in CHAIN and row[column] != replay.get(column))
    return Fault(name, seq, f"the row differs from its replay in: {', '.join(differing)}") if differing else None
