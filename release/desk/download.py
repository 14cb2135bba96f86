"""Files of a released package, to whoever has the right at this moment.

What a reader would get wrong: the audience of a file comes from the signed manifest, but it alone opens nothing; the
workflow table is asked on every request, with the facts of that moment.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from release.desk.access import facts_of_application
from release.desk.advance import facts_of, may_see
from release.desk.desk import Desk, Refusals, missing
from release.nouns.errors import Tampered
from release.nouns.openness import Openness
from release.publish.audience import Audience
from release.publish.manifest import MANIFEST, SIGNATURE, FileEntry, Manifest, read_manifest
from release.store import applications, releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.access import ACCESS, AccessCommand, AccessState
from release.workflow.records import PackageFile, Release
from release.workflow.releasing import RELEASE, ReleaseCommand
from release.workflow.role import Actor
from release.workflow.transition import decide

TYPES = {MANIFEST: "application/json", SIGNATURE: "application/json"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be sent now: where it lies, its SHA-256 (the ETag), and whether anyone may keep it cached."""

    path: Path
    file: PackageFile
    shown_as: str
    public: bool


def open_file(
    desk: Desk, actor: Actor, dataset_id: str, name: str, count: bool = True, held: Collection[str] = ()
) -> Download | Refusals:
    """A file of the release on the shelf.

    ``count`` is False for a request that continues a download, which the public figures leave out.  What leaves under
    a grant is in the journal each time, in whatever pieces, unless the asker holds the file already: ``held`` are
    the digests of what they hold (``*``: nothing will be sent at all).
    """
    with desk.store.read() as work:
        release = on_shelf(work, dataset_id)
        if release is None:
            return missing("file")
        found = _entry(desk, release, name)
        if found is None or found.audience is Audience.REVIEWER:
            return missing("file")
        refused = may_fetch(desk, work, actor, release, found.audience)
    if refused:
        return refused
    if "*" not in held and found.sha256 not in held:
        refused = _note(desk, actor, release, found, count)
    return refused or _download(desk, release, found)


def open_evidence(desk: Desk, actor: Actor, release_id: str, name: str) -> Download | Refusals:
    """Any file of a produced package, the reviewers' included, for those who may see the release."""
    with desk.store.read() as work:
        release = releases.get(work, release_id)
        if release is None or not may_see(actor, release) or not release.package:
            return missing("file")
    found = _entry(desk, release, name)
    return missing("file") if found is None else _download(desk, release, found)


def evidence_files(desk: Desk, actor: Actor, release_id: str) -> tuple[PackageFile, ...] | Refusals:
    """Every file of a produced package, for those who may see the release."""
    with desk.store.read() as work:
        release = releases.get(work, release_id)
        if release is None or not may_see(actor, release):
            return missing("release")
    return tuple(_file(entry) for entry in manifest_of(desk, release).files) if release.package else ()


def may_fetch(desk: Desk, work: Work, actor: Actor, release: Release, audience: Audience) -> Refusals:
    """Whether ``actor`` may have files of this audience from a release now; empty when they may."""
    facts = facts_of(desk, release, thorough=False)
    if audience is Audience.PUBLIC:
        command = ReleaseCommand.DOWNLOAD if release.openness is Openness.UNCONDITIONAL else ReleaseCommand.READ
        row = decide(RELEASE, release.state, command, actor, facts)
        return row if isinstance(row, tuple) else ()
    if audience is not Audience.GRANTEE:
        return missing("file")
    refused = decide(RELEASE, release.state, ReleaseCommand.DOWNLOAD, actor, facts)
    answer = refused if isinstance(refused, tuple) else missing("file")
    for grant in applications.grants_of(work, actor.id, release.dataset) if actor.id else ():
        about, _ = facts_of_application(desk, work, grant)
        row = decide(ACCESS, grant.state, AccessCommand.DOWNLOAD, actor, about)
        if not isinstance(row, tuple):
            return ()
        answer = row
    return answer


def on_shelf(work: Work, dataset_id: str) -> Release | None:
    """The release of a dataset that is on offer."""
    dataset = releases.dataset(work, dataset_id)
    return releases.get(work, dataset.published) if dataset and dataset.published else None


def manifest_of(desk: Desk, release: Release) -> Manifest:
    """The manifest of a produced package.  Raises Tampered when it is not the one that was produced."""
    path = desk.vault.packages.path(release.package) / MANIFEST
    try:
        about = path.stat()
        manifest = _read(path, about.st_size, about.st_ctime_ns, about.st_ino)
    except FileNotFoundError:
        raise Tampered("The package of a release is gone.", "Restore it from a backup.") from None
    if manifest.openness is not release.openness:
        raise Tampered("The package is for another openness than the release.", "Withdraw the release.")
    return manifest


@lru_cache(maxsize=512)
def _read(path: Path, size: int, changed: int, inode: int) -> Manifest:
    """Parsed again only when the file is another one; its bytes are checked against the seal on every request."""
    return read_manifest(path.read_bytes())


def _entry(desk: Desk, release: Release, name: str) -> FileEntry | None:
    manifest = manifest_of(desk, release)
    if name in TYPES:
        return _self_described(desk, release, name)
    return next((entry for entry in manifest.files if entry.path == name), None)


def _self_described(desk: Desk, release: Release, name: str) -> FileEntry | None:
    """Manifest and signature, which no manifest can list; public, so that anyone can check the other files."""
    from release.nouns.digest import file_digest

    path = desk.vault.packages.path(release.package) / name
    if not path.is_file():
        return None
    return FileEntry(name, file_digest(path), path.stat().st_size, Audience.PUBLIC, TYPES[name])


def _download(desk: Desk, release: Release, entry: FileEntry) -> Download:
    path = desk.vault.packages.path(release.package) / entry.path
    shown = f"{release.title} v{release.number} {entry.path.rsplit('/', 1)[-1]}".replace("/", "-")
    public = entry.audience is Audience.PUBLIC
    return Download(path, _file(entry), shown, public)


def _file(entry: FileEntry) -> PackageFile:
    return PackageFile(entry.path, entry.bytes, entry.sha256, entry.media_type)


def _note(desk: Desk, actor: Actor, release: Release, entry: FileEntry, count: bool) -> Refusals:
    """Counts a download; one under a grant also goes into the journal, after asking the table once more."""
    if entry.audience is Audience.PUBLIC and not count:
        return ()
    with desk.store.write() as work:
        if count:
            releases.count_download(work, release.id, entry.path, desk.now()[:10])
        if entry.audience is Audience.PUBLIC:
            return ()
        for grant in applications.grants_of(work, actor.id, release.dataset):
            facts, _ = facts_of_application(desk, work, grant)
            row = decide(ACCESS, grant.state, AccessCommand.DOWNLOAD, actor, facts)
            if not isinstance(row, tuple) and grant.state is AccessState.ACTIVE:
                note = {"file": entry.path, "sha256": entry.sha256, "release": release.id}
                event = Event(AccessCommand.DOWNLOAD.value, actor, row.role, desk.now(), note)
                applications.change(work, event, grant)
                return ()
    return missing("file")
