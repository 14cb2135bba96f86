"""Datasets come in: upload, a new version, other bytes, other words; and what their stewards see of them.

An upload is received first (:func:`receive`, encrypted while it streams, never in plain on the disk) and entered
second (:func:`upload`, :func:`replace` or :func:`new_version`), which starts the examination.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from release.desk.advance import UNPLANNED, UNTREATED, advance, commands_for, facts_of, own, rework, seen
from release.desk.desk import Desk, Refusals, bad, missing
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.store import findings, jobs, labels, releases
from release.store.journal import Event
from release.store.work import Work
from release.vault.objects import Stored, Upload
from release.workflow.guards import Facts
from release.workflow.records import Dataset, Dissent, Job, Override, Page, Regrading, Release, Review
from release.workflow.releasing import RELEASE, ReleaseCommand, ReleaseState
from release.workflow.role import Actor, Role
from release.workflow.transition import START, decide

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000
MOST_KEYWORDS = 20
LONGEST_NAME = 200
DRAFTS = (ReleaseState.DRAFT, ReleaseState.INGESTED, ReleaseState.GRADED, ReleaseState.PLANNED)


class TooLarge(BadInput):
    """The upload is larger than the service takes."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a dataset in public once it is published."""

    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release with everything its steward and its reviewers may see.  Documents are None until they exist."""

    release: Release
    commands: tuple[str, ...]
    jobs: tuple[Job, ...]
    overrides: tuple[Override, ...]
    reviews: tuple[Review, ...]
    examination: Mapping[str, Any] | None = None
    plan: Mapping[str, Any] | None = None
    report: Mapping[str, Any] | None = None
    downloads: int = 0
    dissents: tuple[Dissent, ...] = ()
    regradings: tuple[Regrading, ...] = ()


@dataclass(slots=True)
class Inlet:
    """Where the bytes of an upload go.  ``stored`` is there after the block."""

    _upload: Upload
    _limit: int
    stored: Stored | None = field(default=None)

    def write(self, data: bytes) -> None:
        """Takes bytes.  Raises TooLarge beyond the limit."""
        if self._upload.size + len(data) > self._limit:
            raise TooLarge(
                f"The file is larger than {self._limit} bytes.", "Split it, or have the operator raise the limit."
            )
        self._upload.write(data)


@contextmanager
def receive(desk: Desk) -> Iterator[Inlet]:
    """Takes bytes into the vault; nothing is kept when the block raises."""
    with desk.vault.objects.take() as taken:
        inlet = Inlet(taken, desk.rules.max_upload_bytes)
        yield inlet
    inlet.stored = taken.stored


def may_upload(desk: Desk, actor: Actor, release_id: str = "", dataset_id: str = "") -> Refusals:
    """Whether it is worth receiving bytes from this actor: for a new dataset, a next version, or another file."""
    with desk.store.read() as work:
        target = _latest(work, dataset_id) if dataset_id else releases.get(work, release_id) if release_id else None
    if release_id or dataset_id:
        if target is None or not own(actor, target):
            return missing("release" if release_id else "dataset")
        if release_id:
            row = decide(RELEASE, target.state, "replace", actor, facts_of(desk, target, thorough=False))
            return row if isinstance(row, tuple) else ()
    row = decide(RELEASE, START, ReleaseCommand.UPLOAD, actor, Facts())
    return row if isinstance(row, tuple) else ()


def upload(
    desk: Desk, actor: Actor, stored: Stored, filename: str, words: Words, policy: str = ""
) -> Release | Refusals:
    """Enters a received file as version 1 of a new dataset and starts its examination."""
    refused = may_upload(desk, actor) or _words(words) or _policy(desk, policy)
    if refused:
        desk.vault.objects.shred(stored.name)
        return refused
    dataset_id, release_id = desk.ids("dat"), desk.ids("rel")
    dataset = Dataset(dataset_id, actor.id, actor.organisation, desk.now(), release_id)
    with desk.store.write() as work:
        releases.add_dataset(work, Event("upload", actor, Role.STEWARD, desk.now()), dataset)
        return _enter(desk, work, actor, dataset, release_id, 1, stored, filename, words, policy)


def upload_file(desk: Desk, actor: Actor, path: Path, words: Words, policy: str = "") -> Release | Refusals:
    """:func:`receive` and :func:`upload` for a file on this machine."""
    with receive(desk) as inlet, path.open("rb") as handle:
        while piece := handle.read(1 << 20):
            inlet.write(piece)
    assert inlet.stored is not None
    return upload(desk, actor, inlet.stored, path.name, words, policy)


def new_version(desk: Desk, actor: Actor, dataset_id: str, stored: Stored, filename: str) -> Release | Refusals:
    """Enters a received file as the next version of a dataset, with the words and policy of the last one."""
    refused = may_upload(desk, actor, dataset_id=dataset_id)
    if not refused:
        with desk.store.write() as work:
            dataset = releases.dataset(work, dataset_id)
            last = releases.get(work, dataset.latest) if dataset else None
            if dataset is not None and last is not None:
                if last.state not in (
                    ReleaseState.PUBLISHED,
                    ReleaseState.SUSPENDED,
                    ReleaseState.WITHDRAWN,
                    ReleaseState.SUPERSEDED,
                ):
                    refused = bad("open-version", "The last version is still on its way.", "Replace its file instead.")
                else:
                    release_id, words = desk.ids("rel"), Words(last.title, last.description, last.keywords)
                    event = Event("new-version", actor, Role.STEWARD, desk.now())
                    releases.change_dataset(work, event, dataset, latest=release_id)
                    number = last.number + 1
                    return _enter(desk, work, actor, dataset, release_id, number, stored, filename, words, last.policy)
    desk.vault.objects.shred(stored.name)
    return refused or missing("dataset")


def replace(desk: Desk, actor: Actor, release_id: str, stored: Stored, filename: str) -> Release | Refusals:
    """Other bytes for a version that is not published yet: everything begins again, the review too."""
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        moved: Release | Refusals = release
        if isinstance(release, Release):
            fresh = _fresh(stored, filename)
            moved = rework(desk, work, actor, release, ReleaseCommand.REPLACE, note={"size": stored.size}, **fresh)
        if isinstance(moved, Release):
            start(desk, work, moved, "examine")
    if not isinstance(moved, Release) or not isinstance(release, Release):
        desk.vault.objects.shred(stored.name)
        return moved
    for name in (release.raw_object, release.columnar_object):
        if name and desk.vault.objects.holds(name):
            desk.vault.objects.shred(name)
    return moved


def retry(desk: Desk, actor: Actor, release_id: str) -> Release | Refusals:
    """Examines the same bytes once more."""
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        moved = rework(desk, work, actor, release, ReleaseCommand.RETRY, **UNPLANNED)
        if isinstance(moved, Release):
            start(desk, work, moved, "examine")
        return moved


def describe(desk: Desk, actor: Actor, release_id: str, words: Words) -> Release | Refusals:
    """Other words.  They stand in the package, so one that is treated already must be treated again."""
    refused = _words(words)
    if refused:
        return refused
    values: dict[str, Any] = {
        "title": words.title.strip(),
        "description": words.description.strip(),
        "keywords": words.keywords,
    }
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        if release.state in DRAFTS and release.state is not ReleaseState.PLANNED:
            facts = facts_of(desk, release, thorough=False)
            values["hands"] = release.hands | {actor.id}
            return advance(desk, work, actor, release, ReleaseCommand.DESCRIBE, facts, **values)
        return rework(desk, work, actor, release, ReleaseCommand.DESCRIBE, **{**UNTREATED, **values})


def list_releases(
    desk: Desk, actor: Actor, states: Iterable[str] = (), text: str = "", offset: int = 0, limit: int = 20
) -> Page:
    """Releases that the actor works on: a steward's own and the organisation's; everything for the authority."""
    with desk.store.read() as work:
        if actor.has(Role.AUTHORITY):
            return releases.listing(work, states=states, text=text, offset=offset, limit=limit)
        if not actor.has(Role.STEWARD) or not actor.id:
            return Page(offset=offset, limit=limit)
        return releases.listing(
            work,
            states=states,
            text=text,
            owner=actor.id,
            organisation=actor.organisation,
            offset=offset,
            limit=limit,
        )


def show_release(desk: Desk, actor: Actor, release_id: str) -> ReleaseView | Refusals:
    """A release with its evidence, for its stewards, the reviewers once it is submitted, and the authority."""
    with desk.store.read() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release

        def stored(name: str) -> Mapping[str, Any] | None:
            found: Mapping[str, Any] | None = releases.document(work, name) if name else None
            return found and {key: value for key, value in found.items() if key != "observed"}  # the ranker's alone

        return ReleaseView(
            release=release,
            commands=commands_for(desk, work, actor, release),
            jobs=jobs.of_release(work, release.id),
            overrides=releases.overrides(work, release.id),
            reviews=releases.reviews(work, release.id),
            examination=stored(release.examination_doc),
            plan=stored(release.plan_doc),
            report=stored(release.report_doc),
            downloads=releases.downloads(work, release.id),
            dissents=labels.dissents(work, release.id),
            regradings=findings.regradings_of(work, release.id),
        )


def versions(desk: Desk, actor: Actor, dataset_id: str) -> tuple[Release, ...] | Refusals:
    """All versions of a dataset that the actor may see, newest first."""
    with desk.store.read() as work:
        found = releases.of_dataset(work, dataset_id)
        visible = tuple(r for r in found if not isinstance(seen(work, actor, r.id), tuple))
    return visible or missing("dataset")


def start(desk: Desk, work: Work, release: Release, kind: str, **payload: Any) -> Job:
    """Queues a job in the same transaction as the step that asks for it."""
    return jobs.enqueue(work, desk.ids("job"), kind, release.id, release.generation, payload, desk.now())


def _enter(
    desk: Desk,
    work: Work,
    actor: Actor,
    dataset: Dataset,
    release_id: str,
    number: int,
    stored: Stored,
    filename: str,
    words: Words,
    policy: str,
) -> Release:
    at = desk.now()
    release = Release(
        id=release_id,
        dataset=dataset.id,
        number=number,
        state=ReleaseState.DRAFT,
        title=words.title.strip(),
        description=words.description.strip(),
        keywords=words.keywords,
        owner=dataset.owner,
        organisation=dataset.organisation,
        uploader=actor.id,
        filename=plain_name(filename),
        size=stored.size,
        raw_object=stored.name,
        raw_digest=stored.digest,
        policy=policy or desk.road.policies()[0],
        openness=Openness.CLOSED,
        hands=frozenset({actor.id, dataset.owner}),
        created_at=at,
        changed_at=at,
    )
    releases.add_release(work, Event("upload", actor, Role.STEWARD, at, {"size": stored.size}), release)
    start(desk, work, release, "examine")
    return releases.get(work, release_id) or release


def _fresh(stored: Stored, filename: str) -> dict[str, Any]:
    return {
        **UNPLANNED,
        "filename": plain_name(filename),
        "size": stored.size,
        "raw_object": stored.name,
        "raw_digest": stored.digest,
        "columnar_object": "",
        "examination_doc": "",
    }


def plain_name(filename: str) -> str:
    """The last part of a file name without control and direction signs, at most 200 bytes, its ending kept."""
    last = PurePosixPath(PureWindowsPath(filename).name).name
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"/\\|?*').lstrip(". ")
    stem, dot, ending = kept.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending.encode()) <= 16 else ""
    head = kept[: len(kept) - len(tail)]
    while len((head + tail).encode()) > LONGEST_NAME:
        head = head[:-1]
    return head + tail or "upload"


def _latest(work: Work, dataset_id: str) -> Release | None:
    dataset = releases.dataset(work, dataset_id)
    return releases.get(work, dataset.latest) if dataset else None


def _words(words: Words) -> Refusals:
    if not 1 <= len(words.title.strip()) <= LONGEST_TITLE:
        return bad("title", f"A title has 1 to {LONGEST_TITLE} characters.")
    if len(words.description) > LONGEST_TEXT:
        return bad("description", f"A description has at most {LONGEST_TEXT} characters.")
    if len(words.keywords) > MOST_KEYWORDS or any(not 1 <= len(k) <= 40 for k in words.keywords):
        return bad("keywords", f"There are at most {MOST_KEYWORDS} keywords of 1 to 40 characters.")
    return ()


def _policy(desk: Desk, policy: str) -> Refusals:
    if not policy or policy in desk.road.policies():
        return ()
    return bad("policy", "There is no such policy.", f"Policies: {', '.join(desk.road.policies())}.")
