"""What goes in and out as JSON: frozen values, and how records of the service become them.

Names of vault objects, digests of raw bytes and the hands on a release stay inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from release.desk.access import ApplicationView
from release.desk.catalogue import Listing, Shelf
from release.desk.datasets import ReleaseView
from release.nouns.openness import Openness
from release.web.api.said import DissentOut, RegradingOut, dissent_out, regrading_out
from release.workflow.access import AccessState
from release.workflow.records import ApiKey, Application, Entry, Job, Page, Person, Release
from release.workflow.releasing import ReleaseState
from release.workflow.role import Role


@dataclass(frozen=True, slots=True)
class RefusalOut:
    """Why not."""

    code: str
    message: str
    article: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457 problem document; ``refusals`` holds every reason."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    remedy: str
    article: str
    refusals: tuple[RefusalOut, ...]


@dataclass(frozen=True, slots=True)
class ReleaseOut:
    """A release."""

    id: str
    dataset: str
    number: int
    state: ReleaseState
    title: str
    description: str
    keywords: tuple[str, ...]
    organisation: str
    policy: str
    openness: Openness
    filename: str
    size: int
    created_at: str
    changed_at: str
    submitted_at: str
    published_at: str
    owner: str
    uploader: str
    submitter: str
    approver: str
    report_passed: bool
    manifest: str
    refusals: tuple[RefusalOut, ...]


@dataclass(frozen=True, slots=True)
class JobOut:
    """A job of the worker and how far it is (``progress`` in [0, 1])."""

    id: str
    kind: str
    release: str
    status: str
    attempt: int
    progress: float
    step: str
    message: str
    created_at: str
    started_at: str
    finished_at: str


@dataclass(frozen=True, slots=True)
class OverrideOut:
    """A correction."""

    field: str
    category: str
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class ReviewOut:
    """A reviewer's decision."""

    reviewer: str
    decision: str
    comment: str
    at: str
    void: bool


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """A release with its evidence and the commands that the asker could give now."""

    release: ReleaseOut
    commands: tuple[str, ...]
    jobs: tuple[JobOut, ...]
    overrides: tuple[OverrideOut, ...]
    reviews: tuple[ReviewOut, ...]
    examination: Mapping[str, Any] | None
    plan: Mapping[str, Any] | None
    report: Mapping[str, Any] | None
    downloads: int
    disagreements: tuple[DissentOut, ...]
    regradings: tuple[RegradingOut, ...]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One page of releases."""

    items: tuple[ReleaseOut, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of published datasets."""

    items: tuple[Listing, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file of a package; ``fetchable`` says whether the asker may have it now."""

    name: str
    size: int
    sha256: str
    media_type: str
    url: str
    fetchable: bool


@dataclass(frozen=True, slots=True)
class DatasetOut:
    """A published dataset."""

    listing: Listing
    files: tuple[FileOut, ...]
    policy: str
    descriptor: Mapping[str, Any]
    terms: str


@dataclass(frozen=True, slots=True)
class ApplicationOut:
    """An application and, once active, the grant."""

    id: str
    dataset: str
    title: str
    applicant: str
    organisation: str
    state: AccessState
    purpose: str
    answers: Mapping[str, str]
    terms_accepted: bool
    created_at: str
    submitted_at: str
    decided_at: str
    comment: str
    starts_at: str
    ends_at: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One page of applications."""

    items: tuple[ApplicationOut, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class PersonOut:
    """An account."""

    id: str
    login: str
    name: str
    organisation: str
    roles: tuple[Role, ...]
    active: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class KeyOut:
    """An API key; ``secret`` is there only in the answer that makes it."""

    id: str
    label: str
    prefix: str
    created_at: str
    expires_at: str
    revoked_at: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class SessionOut:
    """Who is signed in, and the token that changing requests must carry."""

    person: PersonOut
    csrf: str
    expires_at: str = ""


@dataclass(frozen=True, slots=True)
class EntryOut:
    """A line of the journal."""

    aggregate: str
    seq: int
    at: str
    actor: str
    role: str
    type: str
    hash: str
    prev: str
    note: Mapping[str, Any] = field(default_factory=dict)


def release_out(release: Release) -> ReleaseOut:
    """What is told of a release."""
    names = (n for n in ReleaseOut.__dataclass_fields__ if n != "refusals")
    return ReleaseOut(
        **{n: getattr(release, n) for n in names},
        refusals=tuple(RefusalOut(r.code, r.message, r.article, r.remedy) for r in release.refusals),
    )


def detail_out(view: ReleaseView) -> ReleaseDetail:
    """What is told of a release to its stewards and reviewers."""
    return ReleaseDetail(
        release=release_out(view.release),
        commands=view.commands,
        jobs=tuple(job_out(job) for job in view.jobs),
        overrides=tuple(OverrideOut(o.field, o.category, o.reason, o.actor, o.at) for o in view.overrides),
        reviews=tuple(ReviewOut(r.reviewer, r.decision, r.comment, r.at, r.void) for r in view.reviews),
        examination=view.examination,
        plan=view.plan,
        report=view.report,
        downloads=view.downloads,
        disagreements=tuple(dissent_out(one) for one in view.dissents),
        regradings=tuple(regrading_out(one) for one in view.regradings),
    )


def releases_out(page: Page) -> ReleasePage:
    """A page of releases."""
    return ReleasePage(tuple(release_out(r) for r in page.items), page.total, page.offset, page.limit)


def dataset_out(shelf: Shelf) -> DatasetOut:
    """A published dataset with the addresses of its files."""
    line = shelf.listing.dataset
    files = tuple(
        FileOut(
            f.name, f.size, f.sha256, f.media_type, f"/api/v1/datasets/{line}/files/{f.name}", f.name in shelf.fetchable
        )
        for f in shelf.files
    )
    return DatasetOut(shelf.listing, files, shelf.policy, shelf.descriptor, shelf.terms)


def job_out(job: Job) -> JobOut:
    """What is told of a job."""
    return JobOut(**{n: getattr(job, n) for n in JobOut.__dataclass_fields__})


def application_out(application: Application, title: str = "", commands: tuple[str, ...] = ()) -> ApplicationOut:
    """What is told of an application."""
    names = (n for n in ApplicationOut.__dataclass_fields__ if n not in ("title", "commands"))
    return ApplicationOut(**{n: getattr(application, n) for n in names}, title=title, commands=commands)


def view_out(view: ApplicationView) -> ApplicationOut:
    """The same, with what the asker could do."""
    return application_out(view.application, view.title, view.commands)


def person_out(person: Person) -> PersonOut:
    """What is told of an account."""
    return PersonOut(
        person.id,
        person.login,
        person.name,
        person.organisation,
        tuple(sorted(person.roles)),
        person.active,
        person.created_at,
    )


def key_out(key: ApiKey, secret: str = "") -> KeyOut:
    """What is told of a key."""
    return KeyOut(key.id, key.label, key.prefix, key.created_at, key.expires_at, key.revoked_at, secret)


def entry_out(entry: Entry) -> EntryOut:
    """A line of the journal, without the columns it set."""
    return EntryOut(
        entry.aggregate,
        entry.seq,
        entry.at,
        entry.actor,
        entry.role,
        entry.type,
        entry.hash,
        entry.prev,
        entry.payload.get("note", {}),
    )
