"""Applications for conditional data and the grants that came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select

from release.nouns.errors import Tampered
from release.store import aggregate
from release.store.journal import Event
from release.store.schema import APPLICATIONS, DATASETS
from release.store.work import Work
from release.workflow.access import AccessState
from release.workflow.records import Application, Page


def add(work: Work, event: Event, application: Application) -> None:
    """Opens an application."""
    names = (n for n in Application.__dataclass_fields__ if n not in ("id", "seq"))
    aggregate.create(work, "application", application.id, event, {n: getattr(application, n) for n in names})


def change(work: Work, event: Event, application: Application, **values: Any) -> Application:
    """Sets columns of an application and gives it back as it is now."""
    aggregate.change(work, "application", application.id, application.seq, event, values)
    changed = get(work, application.id)
    if changed is None:
        raise Tampered("An application vanished while it was written.")
    return changed


def get(work: Work, id_: str) -> Application | None:
    """The application ``id_``."""
    row = work.one(select(APPLICATIONS).where(APPLICATIONS.c.id == id_))
    return _application(row) if row else None


def of_person(work: Work, person: str) -> tuple[Application, ...]:
    """A person's own applications, newest first."""
    mine = select(APPLICATIONS).where(APPLICATIONS.c.applicant == person)
    return _all(work, mine.order_by(APPLICATIONS.c.created_at.desc(), APPLICATIONS.c.id))


def grants_of(work: Work, person: str, dataset: str) -> tuple[Application, ...]:
    """The person's active applications for a dataset, the one that ends last first."""
    mine = select(APPLICATIONS).where(
        APPLICATIONS.c.applicant == person,
        APPLICATIONS.c.dataset == dataset,
        APPLICATIONS.c.state == AccessState.ACTIVE.value,
    )
    return _all(work, mine.order_by(APPLICATIONS.c.ends_at.desc(), APPLICATIONS.c.id))


def past_end(work: Work, now: str) -> tuple[Application, ...]:
    """Active applications whose grant has ended."""
    ended = (APPLICATIONS.c.state == AccessState.ACTIVE.value) & (APPLICATIONS.c.ends_at <= now)
    return _all(work, select(APPLICATIONS).where(ended))


def queue(
    work: Work,
    states: Iterable[str],
    *,
    owner: str = "",
    organisation: str = "",
    offset: int = 0,
    limit: int = 20,
) -> Page:
    """Applications in ``states``, oldest first; of one owner's or organisation's datasets when these are given."""
    query = select(APPLICATIONS).where(APPLICATIONS.c.state.in_(tuple(states)))
    if owner or organisation:
        mine = DATASETS.c.owner == owner
        if organisation:
            mine = mine | (DATASETS.c.organisation == organisation)
        query = query.join(DATASETS, DATASETS.c.id == APPLICATIONS.c.dataset).where(mine)
    rows = work.all(query.order_by(APPLICATIONS.c.submitted_at, APPLICATIONS.c.id).offset(offset).limit(limit))
    return Page(tuple(_application(row) for row in rows), work.count(query), offset, limit)


def _all(work: Work, query: Select[Any]) -> tuple[Application, ...]:
    return tuple(_application(row) for row in work.all(query))


def _application(row: Mapping[str, Any]) -> Application:
    values = {name: row[name] for name in Application.__dataclass_fields__}
    return Application(**{**values, "state": AccessState(values["state"])})
