"""What people said of fields: labels by schema, and the disagreements of reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select

from release.nouns.digest import digest
from release.nouns.errors import Tampered
from release.store import aggregate
from release.store.journal import Event
from release.store.words_schema import DISSENTS, LABELS
from release.store.work import Work
from release.workflow.dissenting import DissentState
from release.workflow.labelling import LabelState
from release.workflow.records import Dissent, Label, Page


def label_id(scope: str, schema: str, field: str) -> str:
    """The one id of a field of a schema in a scope."""
    return "lab_" + digest([scope, schema, field])[:32]


def put(work: Work, event: Event, label: Label) -> Label:
    """Adds a label, or writes over the one of the same field, schema and scope, whose ``seq`` it must name."""
    values = {n: getattr(label, n) for n in Label.__dataclass_fields__ if n not in ("id", "seq")}
    if label.seq:
        aggregate.change(work, "label", label.id, label.seq, event, values)
    else:
        aggregate.create(work, "label", label.id, event, values)
    return _sure(get(work, label.id))


def change(work: Work, event: Event, label: Label, **values: Any) -> Label:
    """Sets columns of a label."""
    aggregate.change(work, "label", label.id, label.seq, event, values)
    return _sure(get(work, label.id))


def get(work: Work, id_: str) -> Label | None:
    """The label ``id_``."""
    row = work.one(select(LABELS).where(LABELS.c.id == id_))
    return _label(row) if row else None


def of_scopes(work: Work, scopes: Iterable[str], states: Iterable[str] = ()) -> tuple[Label, ...]:
    """The labels of these scopes (all scopes when empty) in these states (all when empty), oldest first."""
    query = select(LABELS)
    if wanted := tuple(scopes):
        query = query.where(LABELS.c.scope.in_(wanted))
    if standing := tuple(states):
        query = query.where(LABELS.c.state.in_(standing))
    return tuple(_label(row) for row in work.all(query.order_by(LABELS.c.at, LABELS.c.id)))


def of_schema(work: Work, scopes: Iterable[str], schema: str) -> tuple[Label, ...]:
    """The labels of these scopes for one schema."""
    query = select(LABELS).where(LABELS.c.schema == schema, LABELS.c.scope.in_(tuple(scopes)))
    return tuple(_label(row) for row in work.all(query.order_by(LABELS.c.at, LABELS.c.id)))


def page(work: Work, scopes: Iterable[str], offset: int, limit: int) -> Page:
    """Labels of these scopes (all when empty), the newest word first."""
    query: Select[Any] = select(LABELS)
    if wanted := tuple(scopes):
        query = query.where(LABELS.c.scope.in_(wanted))
    rows = work.all(query.order_by(LABELS.c.at.desc(), LABELS.c.id).offset(offset).limit(limit))
    return Page(tuple(_label(row) for row in rows), work.count(query), offset, limit)


def add_dissent(work: Work, event: Event, dissent: Dissent) -> Dissent:
    """Keeps a disagreement."""
    values = {n: getattr(dissent, n) for n in Dissent.__dataclass_fields__ if n not in ("id", "seq")}
    aggregate.create(work, "dissent", dissent.id, event, values)
    found = dissent_by_id(work, dissent.id)
    if found is None:
        raise Tampered("A disagreement vanished while it was written.")
    return found


def change_dissent(work: Work, event: Event, dissent: Dissent, **values: Any) -> Dissent:
    """Sets columns of a disagreement."""
    aggregate.change(work, "dissent", dissent.id, dissent.seq, event, values)
    found = dissent_by_id(work, dissent.id)
    if found is None:
        raise Tampered("A disagreement vanished while it was written.")
    return found


def dissent_by_id(work: Work, id_: str) -> Dissent | None:
    """The disagreement ``id_``."""
    row = work.one(select(DISSENTS).where(DISSENTS.c.id == id_))
    return _dissent(row) if row else None


def dissents(work: Work, release_id: str) -> tuple[Dissent, ...]:
    """The disagreements about a release, oldest first."""
    query = select(DISSENTS).where(DISSENTS.c.release == release_id).order_by(DISSENTS.c.at, DISSENTS.c.id)
    return tuple(_dissent(row) for row in work.all(query))


def disputed(work: Work, release_ids: Iterable[str]) -> frozenset[str]:
    """Those of the releases about which a disagreement is open."""
    wanted = tuple(release_ids)
    query = select(DISSENTS.c.release).where(
        DISSENTS.c.release.in_(wanted), DISSENTS.c.state == DissentState.OPEN.value
    )
    return frozenset(row["release"] for row in work.all(query)) if wanted else frozenset()


def _sure(found: Label | None) -> Label:
    if found is None:
        raise Tampered("A label vanished while it was written.")
    return found


def _label(row: Mapping[str, Any]) -> Label:
    values = {name: row[name] for name in Label.__dataclass_fields__}
    return Label(**{**values, "state": LabelState(values["state"]), "proven": tuple(values["proven"])})


def _dissent(row: Mapping[str, Any]) -> Dissent:
    values = {name: row[name] for name in Dissent.__dataclass_fields__}
    return Dissent(**{**values, "state": DissentState(values["state"])})
