"""What the service found out by itself: regradings under newer packs, and the weights it trained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from release.nouns.errors import Tampered
from release.store import aggregate
from release.store.journal import Event
from release.store.schema import RELEASES
from release.store.words_schema import RANKERS, REGRADINGS
from release.store.work import Work
from release.workflow.records import Page, Ranker, Regrading
from release.workflow.regrading import RegradingState
from release.workflow.training import TrainingState


def add_regrading(work: Work, event: Event, found: Regrading) -> None:
    """Keeps what another pack says of a release."""
    values = {n: getattr(found, n) for n in Regrading.__dataclass_fields__ if n not in ("id", "seq")}
    aggregate.create(work, "regrading", found.id, event, values)


def change_regrading(work: Work, event: Event, found: Regrading, **values: Any) -> Regrading:
    """Sets columns of a regrading."""
    aggregate.change(work, "regrading", found.id, found.seq, event, values)
    changed = regrading(work, found.id)
    if changed is None:
        raise Tampered("A regrading vanished while it was written.")
    return changed


def regrading(work: Work, id_: str) -> Regrading | None:
    """The regrading ``id_``."""
    row = work.one(select(REGRADINGS).where(REGRADINGS.c.id == id_))
    return _regrading(row) if row else None


def regradings_of(work: Work, release_id: str) -> tuple[Regrading, ...]:
    """What newer packs said of a release, oldest first."""
    query = select(REGRADINGS).where(REGRADINGS.c.release == release_id)
    return tuple(_regrading(row) for row in work.all(query.order_by(REGRADINGS.c.at, REGRADINGS.c.id)))


def regradings(
    work: Work,
    *,
    owner: str = "",
    organisation: str = "",
    states: Iterable[str] = (),
    offset: int = 0,
    limit: int = 20,
) -> Page:
    """Regradings, the open ones first and then the newest; of one owner's or organisation's releases, or of releases in
    these states, when given."""
    query = select(REGRADINGS).join(RELEASES, RELEASES.c.id == REGRADINGS.c.release)
    if owner or organisation:
        mine = RELEASES.c.owner == owner
        query = query.where(mine | (RELEASES.c.organisation == organisation) if organisation else mine)
    if wanted := tuple(states):
        query = query.where(RELEASES.c.state.in_(wanted))
    order = (REGRADINGS.c.state.desc(), REGRADINGS.c.at.desc(), REGRADINGS.c.id)
    rows = work.all(query.order_by(*order).offset(offset).limit(limit))
    return Page(tuple(_regrading(row) for row in rows), work.count(query), offset, limit)


def add_ranker(work: Work, event: Event, ranker: Ranker) -> None:
    """Keeps trained weights, or the wish for them."""
    values = {n: getattr(ranker, n) for n in Ranker.__dataclass_fields__ if n not in ("id", "seq")}
    aggregate.create(work, "ranker", ranker.id, event, values)


def change_ranker(work: Work, event: Event, ranker: Ranker, **values: Any) -> Ranker:
    """Sets columns of trained weights."""
    aggregate.change(work, "ranker", ranker.id, ranker.seq, event, values)
    changed = ranker_by_id(work, ranker.id)
    if changed is None:
        raise Tampered("Trained weights vanished while they were written.")
    return changed


def ranker_by_id(work: Work, id_: str) -> Ranker | None:
    """The weights ``id_``."""
    row = work.one(select(RANKERS).where(RANKERS.c.id == id_))
    return _ranker(row) if row else None


def rankers(work: Work, states: Iterable[str] = ()) -> tuple[Ranker, ...]:
    """Trained weights in these states (all when empty), newest first."""
    query = select(RANKERS)
    if wanted := tuple(states):
        query = query.where(RANKERS.c.state.in_(wanted))
    return tuple(_ranker(row) for row in work.all(query.order_by(RANKERS.c.at.desc(), RANKERS.c.id)))


def ranker_in_use(work: Work) -> Ranker | None:
    """The weights in use; None while those that ship are."""
    return next(iter(rankers(work, (TrainingState.IN_USE.value,))), None)


def _regrading(row: Mapping[str, Any]) -> Regrading:
    values = {name: row[name] for name in Regrading.__dataclass_fields__}
    state, differences = RegradingState(values["state"]), tuple(values["differences"])
    return Regrading(**{**values, "state": state, "differences": differences})


def _ranker(row: Mapping[str, Any]) -> Ranker:
    values = {name: row[name] for name in Ranker.__dataclass_fields__}
    return Ranker(**{**values, "state": TrainingState(values["state"])})
