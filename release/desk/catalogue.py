"""What the public sees: published releases only, and of each only what its package says to everyone.

Search, pages, feeds and exports are made from here.  Nothing of a release that is not on the shelf can be found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.desk.access import ApplicationView, my_applications
from release.desk.desk import Desk, Refusals, missing
from release.desk.download import manifest_of, may_fetch, on_shelf
from release.nouns.errors import BadInput
from release.publish.audience import Audience
from release.publish.manifest import Manifest
from release.store import releases
from release.store.work import Work
from release.workflow.records import PackageFile, Page, Release
from release.workflow.role import ANONYMOUS, Actor

DESCRIPTOR = "datapackage.json"
PREVIEW_ROWS = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A published dataset in a list."""

    dataset: str
    title: str
    description: str
    keywords: tuple[str, ...]
    publisher: str
    openness: str
    version: int
    published_at: str
    rows: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A published dataset with its files.  ``fetchable`` names those this actor may have now; ``descriptor`` is the
    public Frictionless description; ``applications`` are the actor's own for it."""

    listing: Listing
    files: tuple[PackageFile, ...]
    fetchable: frozenset[str]
    policy: str
    descriptor: Mapping[str, Any]
    terms: str
    applications: tuple[ApplicationView, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of the released table, in its published form."""

    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


def search(desk: Desk, text: str = "", openness: str = "", offset: int = 0, limit: int = 20) -> Page:
    """Published datasets whose words hold every word of ``text``; ``items`` are :class:`Listing`."""
    with desk.store.read() as work:
        found = releases.published(work, text, openness, offset, limit)
        shown = tuple(_listing(desk, r) for r in found.items if not _hidden(desk, work, r))
    return Page(shown, found.total - (len(found.items) - len(shown)), offset, limit)


def show(desk: Desk, actor: Actor, dataset_id: str) -> Shelf | Refusals:
    """A published dataset, for anyone; missing while it is not on the shelf."""
    with desk.store.read() as work:
        release = on_shelf(work, dataset_id)
        if release is None or _hidden(desk, work, release):
            return missing("dataset")
        manifest = manifest_of(desk, release)
        open_now = {a for a in (Audience.PUBLIC, Audience.GRANTEE) if not may_fetch(desk, work, actor, release, a)}
    offered = [entry for entry in manifest.files if entry.audience is not Audience.REVIEWER]
    mine = tuple(v for v in my_applications(desk, actor) if v.application.dataset == dataset_id)
    return Shelf(
        listing=_listing(desk, release, manifest),
        files=tuple(PackageFile(e.path, e.bytes, e.sha256, e.media_type) for e in offered),
        fetchable=frozenset(e.path for e in offered if e.audience in open_now),
        policy=release.policy,
        descriptor=_descriptor(desk, release, manifest),
        terms=desk.rules.terms,
        applications=mine,
    )


def preview(desk: Desk, actor: Actor, dataset_id: str, rows: int = PREVIEW_ROWS) -> Preview | Refusals:
    """The first rows of the released Parquet file, for whoever may download it now."""
    if not 1 <= rows <= 1000:
        raise BadInput("A preview has 1 to 1000 rows.")
    with desk.store.read() as work:
        release = on_shelf(work, dataset_id)
        if release is None:
            return missing("dataset")
        manifest = manifest_of(desk, release)
        tables = [e for e in manifest.files if e.path.endswith(".parquet") and e.audience is not Audience.REVIEWER]
        if not tables:
            return missing("preview")
        refused = may_fetch(desk, work, actor, release, tables[0].audience)
    if refused:
        return refused
    import pyarrow.parquet as pq

    with pq.ParquetFile(desk.vault.packages.path(release.package) / tables[0].path) as file:
        batch = next(file.iter_batches(batch_size=rows), None)
        columns = [column.to_pylist() for column in batch.columns] if batch is not None else []
        cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in zip(*columns, strict=True))
        return Preview(tuple(file.schema_arrow.names), cells, file.metadata.num_rows)


def _hidden(desk: Desk, work: Work, release: Release) -> bool:
    return bool(may_fetch(desk, work, ANONYMOUS, release, Audience.PUBLIC))


def _listing(desk: Desk, release: Release, manifest: Manifest | None = None) -> Listing:
    about = manifest or manifest_of(desk, release)
    return Listing(
        dataset=release.dataset,
        title=release.title,
        description=release.description,
        keywords=release.keywords,
        publisher=release.organisation,
        openness=release.openness.value,
        version=release.number,
        published_at=release.published_at,
        rows=about.rows,
        fields=about.fields,
    )


def _descriptor(desk: Desk, release: Release, manifest: Manifest) -> Mapping[str, Any]:
    listed = next((e for e in manifest.files if e.path == DESCRIPTOR and e.audience is Audience.PUBLIC), None)
    if listed is None:
        return {}
    content = (desk.vault.packages.path(release.package) / DESCRIPTOR).read_bytes()
    found: Mapping[str, Any] = json.loads(content)
    return found


def public_key(desk: Desk) -> str:
    """The Ed25519 key that signs this service's packages, certificates and seals, hexadecimal."""
    return desk.vault.keyring.public_key().hex()
