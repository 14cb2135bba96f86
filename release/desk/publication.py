"""On the shelf and off it: publish, suspend, resume, withdraw, and the end of the raw data.

Publishing measures every byte of the package once more against what the reviewer approved, and moves the dataset's
pointer in the same transaction in which the version before it steps down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from release.desk.advance import advance, facts_of, seen
from release.desk.desk import Desk, Refusals, missing
from release.nouns.digest import canonical
from release.store import jobs, releases
from release.store.journal import Event
from release.store.work import Work
from release.workflow.records import Dataset, Release
from release.workflow.releasing import ReleaseCommand, ReleaseState
from release.workflow.role import SYSTEM, Actor, Role


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof that the raw data of a release were destroyed: the signed words, base64 signature, signer's key."""

    words: str
    signature: str
    public_key: str


def publish(desk: Desk, actor: Actor, release_id: str) -> Release | Refusals:
    """Puts an approved release on the shelf; the version before it is superseded."""
    with desk.store.write() as work:
        release, dataset = _both(work, actor, release_id)
        if release is None or dataset is None:
            return missing("release")
        at = desk.now()
        facts = facts_of(desk, release, work=work)
        moved = advance(desk, work, actor, release, ReleaseCommand.PUBLISH, facts, published_at=at)
        if not isinstance(moved, Release):
            return moved
        for before in releases.of_dataset(work, dataset.id):
            if before.id != release.id and before.state in (ReleaseState.PUBLISHED, ReleaseState.SUSPENDED):
                facts = facts_of(desk, before, thorough=False)
                advance(desk, work, SYSTEM, before, ReleaseCommand.SUPERSEDE, facts, {"by": release.id})
        _point(desk, work, actor, dataset, release.id)
        return moved


def suspend(desk: Desk, actor: Actor, release_id: str, comment: str) -> Release | Refusals:
    """Takes a release off the shelf for now; nobody reads or downloads it from the next request on."""
    return _step(desk, actor, release_id, ReleaseCommand.SUSPEND, comment)


def resume(desk: Desk, actor: Actor, release_id: str, comment: str) -> Release | Refusals:
    """Puts a suspended release back, unchanged."""
    return _step(desk, actor, release_id, ReleaseCommand.RESUME, comment)


def withdraw(desk: Desk, actor: Actor, release_id: str, comment: str = "") -> Release | Refusals:
    """Takes a release back for good."""
    return _step(desk, actor, release_id, ReleaseCommand.WITHDRAW, comment)


def destroy_raw(desk: Desk, actor: Actor, release_id: str, comment: str) -> Certificate | Refusals:
    """Destroys the keys of the raw upload and of its columnar copy, and certifies it."""
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        objects = [name for name in (release.raw_object, release.columnar_object) if name]
        if not objects:
            return missing("raw data")
        words = canonical(
            {
                "what": "keys destroyed; the sealed bytes, wherever a copy of them lies, cannot be read any more",
                "release": release.id,
                "raw_sha256": release.raw_digest,
                "objects": objects,
                "by": actor.id,
                "at": desk.now(),
                "reason": comment.strip(),
            }
        ).decode()
        signature = desk.vault.keyring.sign(words.encode())
        note = {"certificate": words, "signature": signature}
        facts = facts_of(desk, release, comment, thorough=False)
        gone: dict[str, Any] = {"raw_object": "", "columnar_object": ""}
        moved = advance(desk, work, actor, release, ReleaseCommand.DESTROY_RAW, facts, note, **gone)
        if not isinstance(moved, Release):
            return moved
        # Destroyed before the commit: should the machine stop between the two, the data are gone and the row still
        # names them, and asking again finishes it.  The other order could leave keys that nothing points at.
        for name in objects:
            if desk.vault.objects.holds(name):
                desk.vault.objects.shred(name)
    return Certificate(words, signature, desk.vault.keyring.public_key().hex())


def _step(desk: Desk, actor: Actor, release_id: str, command: ReleaseCommand, comment: str) -> Release | Refusals:
    with desk.store.write() as work:
        release, dataset = _both(work, actor, release_id)
        if release is None or dataset is None:
            return missing("release")
        said = comment.strip()
        facts = facts_of(desk, release, said, work=work)
        moved = advance(desk, work, actor, release, command, facts, {"comment": said})
        if isinstance(moved, Release):
            if moved.state is ReleaseState.PUBLISHED:
                _point(desk, work, actor, dataset, release.id)
            elif dataset.published == release.id:
                _point(desk, work, actor, dataset, "")
            jobs.cancel(work, release.id, desk.now())
        return moved


def off_the_shelf(desk: Desk, work: Work, actor: Actor, release: Release) -> None:
    """Takes the dataset's pointer away from a release that was suspended in this transaction."""
    dataset = releases.dataset(work, release.dataset)
    if dataset is not None and dataset.published == release.id:
        _point(desk, work, actor, dataset, "")
    jobs.cancel(work, release.id, desk.now())


def _both(work: Work, actor: Actor, release_id: str) -> tuple[Release | None, Dataset | None]:
    """The release and its dataset, the dataset locked first: two versions never change places at once."""
    line = releases.line_of(work, release_id)
    dataset = releases.dataset(work, line) if line else None
    release = seen(work, actor, release_id)
    return (release, dataset) if isinstance(release, Release) else (None, None)


def _point(desk: Desk, work: Work, actor: Actor, dataset: Dataset, release_id: str) -> None:
    role = next((r for r in (Role.STEWARD, Role.AUTHORITY, Role.REVIEWER) if actor.has(r)), Role.SYSTEM)
    releases.change_dataset(work, Event("shelve", actor, role, desk.now()), dataset, published=release_id)
