"""Datasets and their releases, the documents they point at, corrections and reviews."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, or_, select, update

from release.nouns.digest import canonical, digest
from release.nouns.errors import Tampered
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal
from release.store import aggregate
from release.store.journal import Event
from release.store.schema import DATASETS, DOCUMENTS, DOWNLOADS, OVERRIDES, RELEASES, REVIEWS
from release.store.work import Work
from release.workflow.records import Dataset, Override, Page, Release, Review
from release.workflow.releasing import ReleaseState


def add_dataset(work: Work, event: Event, dataset: Dataset) -> None:
    """Opens a line of releases."""
    aggregate.create(work, "dataset", dataset.id, event, _columns(dataset))


def change_dataset(work: Work, event: Event, dataset: Dataset, **values: Any) -> None:
    """Sets columns of a dataset."""
    aggregate.change(work, "dataset", dataset.id, dataset.seq, event, values)


def dataset(work: Work, id_: str) -> Dataset | None:
    """The dataset ``id_``."""
    row = work.one(select(DATASETS).where(DATASETS.c.id == id_))
    return Dataset(**{n: row[n] for n in Dataset.__dataclass_fields__}) if row else None


def add_release(work: Work, event: Event, release: Release) -> None:
    """Adds the first or next version of a dataset."""
    aggregate.create(work, "release", release.id, event, _columns(release))


def change_release(work: Work, event: Event, release: Release, **values: Any) -> Release:
    """Sets columns of a release and gives it back as it is now."""
    aggregate.change(work, "release", release.id, release.seq, event, values)
    changed = get(work, release.id)
    if changed is None:
        raise Tampered("A release vanished while it was written.")
    return changed


def get(work: Work, id_: str) -> Release | None:
    """The release ``id_``."""
    row = work.one(select(RELEASES).where(RELEASES.c.id == id_))
    return _release(row) if row else None


def line_of(work: Work, id_: str) -> str:
    """The id of the dataset that the release ``id_`` is a version of, read without a lock; empty when unknown."""
    query = select(RELEASES.c.dataset).where(RELEASES.c.id == id_)
    return str(work.connection.execute(query).scalar_one_or_none() or "")


def of_dataset(work: Work, dataset_id: str) -> tuple[Release, ...]:
    """All versions of a dataset, newest first."""
    query = select(RELEASES).where(RELEASES.c.dataset == dataset_id).order_by(RELEASES.c.number.desc())
    return tuple(_release(row) for row in work.all(query))


def published(work: Work, text: str, openness: str, offset: int, limit: int) -> Page:
    """Published releases whose title, description or keywords hold every word of ``text``, newest first."""
    query = select(RELEASES).join(DATASETS, DATASETS.c.published == RELEASES.c.id)
    query = query.where(RELEASES.c.state == ReleaseState.PUBLISHED.value, *_matching(text))
    if openness:
        query = query.where(RELEASES.c.openness == openness)
    return _page(work, query, (RELEASES.c.published_at.desc(), RELEASES.c.id), offset, limit)


def listing(
    work: Work,
    *,
    states: Iterable[str] = (),
    owner: str = "",
    organisation: str = "",
    text: str = "",
    offset: int = 0,
    limit: int = 20,
) -> Page:
    """Releases in ``states`` (all when empty) of this owner or organisation (anyone's when both are empty)."""
    query = select(RELEASES).where(*_matching(text))
    wanted = tuple(states)
    if wanted:
        query = query.where(RELEASES.c.state.in_(wanted))
    whose = [RELEASES.c.owner == owner] if owner else []
    whose += [RELEASES.c.organisation == organisation] if organisation else []
    if whose:
        query = query.where(or_(*whose))
    return _page(work, query, (RELEASES.c.changed_at.desc(), RELEASES.c.id), offset, limit)


def put_document(work: Work, kind: str, body: Any) -> str:
    """Keeps a document under the digest of its canonical JSON, once; gives the digest."""
    text = canonical(body).decode()
    name = digest(body)
    work.put(DOCUMENTS, digest=name, kind=kind, body=text)
    return name


def document(work: Work, name: str) -> Any:
    """The document with this digest.  Raises Tampered when it is gone or no longer has the digest."""
    text = work.connection.execute(select(DOCUMENTS.c.body).where(DOCUMENTS.c.digest == name)).scalar_one_or_none()
    body = json.loads(text) if text is not None else None
    if text is None or digest(body) != name:
        raise Tampered("A stored document is gone or was changed.", "Restore it from a backup and run audit verify.")
    return body


def add_override(work: Work, override: Override) -> None:
    """Keeps a correction."""
    work.connection.execute(insert(OVERRIDES).values(_columns(override, keep_id=True)))


def overrides(work: Work, release_id: str) -> tuple[Override, ...]:
    """All corrections of a release, oldest first; for one field the last one holds."""
    query = select(OVERRIDES).where(OVERRIDES.c.release == release_id).order_by(OVERRIDES.c.at, OVERRIDES.c.id)
    return tuple(Override(**row) for row in work.all(query))


def add_review(work: Work, review: Review) -> None:
    """Keeps a reviewer's decision."""
    work.connection.execute(insert(REVIEWS).values(_columns(review, keep_id=True)))


def void_reviews(work: Work, release_id: str) -> int:
    """Marks every review of a release as void, because it changed; how many were not yet."""
    live = (REVIEWS.c.release == release_id) & REVIEWS.c.void.is_(False)
    return work.connection.execute(update(REVIEWS).where(live).values(void=True)).rowcount


def reviews(work: Work, release_id: str) -> tuple[Review, ...]:
    """All reviews of a release, oldest first."""
    query = select(REVIEWS).where(REVIEWS.c.release == release_id).order_by(REVIEWS.c.at, REVIEWS.c.id)
    return tuple(Review(**row) for row in work.all(query))


def count_download(work: Work, release_id: str, file: str, day: str) -> None:
    """Adds one to the downloads of a file on a day."""
    if not work.put(DOWNLOADS, release=release_id, file=file, day=day, count=1):
        mine = (DOWNLOADS.c.release == release_id) & (DOWNLOADS.c.file == file) & (DOWNLOADS.c.day == day)
        work.connection.execute(update(DOWNLOADS).where(mine).values(count=DOWNLOADS.c.count + 1))


def downloads(work: Work, release_id: str) -> int:
    """How often files of a release were fetched."""
    rows = work.all(select(DOWNLOADS.c.count).where(DOWNLOADS.c.release == release_id))
    return sum(row["count"] for row in rows)


def referenced(work: Work) -> tuple[frozenset[str], frozenset[str]]:
    """Every vault object and every package that some release names."""
    rows = work.all(select(RELEASES.c.raw_object, RELEASES.c.columnar_object, RELEASES.c.package))
    objects = {row[name] for row in rows for name in ("raw_object", "columnar_object")}
    return frozenset(objects), frozenset(row["package"] for row in rows)


def _matching(text: str) -> list[ColumnElement[bool]]:
    found = []
    for word in text.split():
        literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"%{literal}%"
        columns = (RELEASES.c.title, RELEASES.c.description)
        found.append(or_(*(c.ilike(pattern, escape="\\") for c in columns)))
    return found


def _page(work: Work, query: Select[Any], order: tuple[Any, ...], offset: int, limit: int) -> Page:
    rows = work.all(query.order_by(*order).offset(offset).limit(limit))
    return Page(tuple(_release(row) for row in rows), work.count(query), offset, limit)


def _columns(record: Any, keep_id: bool = False) -> dict[str, Any]:
    names: Mapping[str, Any] = type(record).__dataclass_fields__
    return {n: getattr(record, n) for n in names if n != "seq" and (keep_id or n != "id")}


def _release(row: Mapping[str, Any]) -> Release:
    values = {name: row[name] for name in Release.__dataclass_fields__}
    return Release(
        **{
            **values,
            "state": ReleaseState(values["state"]),
            "openness": Openness(values["openness"]),
            "keywords": tuple(values["keywords"]),
            "hands": frozenset(values["hands"]),
            "refusals": tuple(Refusal(**item) for item in values["refusals"]),
        }
    )
