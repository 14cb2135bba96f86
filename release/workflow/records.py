"""Frozen values of the service: what the store gives out and the desk hands on.

Times are ISO 8601 in UTC with microseconds and a ``Z`` (they sort as text); an empty string is "not yet".
``seq`` is the number of the aggregate's last journal entry: whoever writes must name the one they saw.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from release.nouns.openness import Openness
from release.nouns.refusal import Refusal
from release.workflow.access import AccessState
from release.workflow.dissenting import DissentState
from release.workflow.labelling import LabelState
from release.workflow.regrading import RegradingState
from release.workflow.releasing import ReleaseState
from release.workflow.role import Actor, Role
from release.workflow.training import TrainingState


@dataclass(frozen=True, slots=True)
class Person:
    """An account.  ``login`` is unique and lower case; an inactive person can do nothing."""

    id: str
    login: str
    name: str
    organisation: str
    roles: frozenset[Role]
    active: bool
    created_at: str
    seq: int = 0

    def actor(self) -> Actor:
        """This person as the actor of a command; an inactive one is nobody in particular."""
        if not self.active:
            return Actor(id="")
        return Actor(self.id, self.roles | {Role.PUBLIC}, self.organisation, self.name)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its owner may see it: never the secret, only its first letters."""

    id: str
    person: str
    label: str
    prefix: str
    created_at: str
    expires_at: str
    revoked_at: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A line of releases.  ``published`` is the id of the release on offer, empty while there is none."""

    id: str
    owner: str
    organisation: str
    created_at: str
    latest: str
    published: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a dataset on its way out.

    ``generation`` counts what made earlier work void (new bytes, a correction, another plan): a job of an older
    generation has no effect.  ``*_doc`` are digests of stored documents (examination, plan, report, refusals).
    ``sealed`` is the digest of what was submitted: package bytes and description together.
    """

    id: str
    dataset: str
    number: int
    state: ReleaseState
    title: str
    description: str
    keywords: tuple[str, ...]
    owner: str
    organisation: str
    uploader: str
    filename: str
    size: int
    raw_object: str
    raw_digest: str
    policy: str
    openness: Openness
    hands: frozenset[str]
    created_at: str
    changed_at: str
    generation: int = 1
    columnar_object: str = ""
    examination_doc: str = ""
    plan_doc: str = ""
    report_doc: str = ""
    refusals: tuple[Refusal, ...] = ()
    report_passed: bool = False
    package: str = ""
    manifest: str = ""
    sealed: str = ""
    submitter: str = ""
    submitted_at: str = ""
    approver: str = ""
    published_at: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """A person's correction of a field's category, with the reason; an empty category takes a correction back."""

    id: str
    release: str
    field: str
    category: str
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a person decided a field of one schema is, kept as labelled evidence.

    ``scope`` is whose tables it is for, ``schema`` the fingerprint of field names and types.  ``found`` is what the
    classifiers had said, ``proven`` the categories that checksums proved then.  ``evidence`` is what the classifiers
    had heard of the field (names, weights and counts, never a cell).  ``confirmed_by`` is the second person.
    """

    id: str
    scope: str
    schema: str
    table_name: str
    field: str
    category: str
    found: str
    proven: tuple[str, ...]
    reason: str
    person: str
    name: str
    at: str
    state: LabelState
    physical: str = ""
    comment: str = ""
    release: str = ""
    origin: str = ""
    evidence: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    confirmed_by: str = ""
    confirmed_name: str = ""
    confirmed_at: str = ""
    confirmed_reason: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Dissent:
    """A reviewer says that a field is something else, or graver, than the steward's release says.

    ``category`` or ``scale`` with ``level`` (or both) is what the reviewer holds; ``held`` is what the release said.
    """

    id: str
    release: str
    field: str
    category: str
    scale: str
    level: str
    held: str
    reason: str
    reviewer: str
    at: str
    state: DissentState
    settled_by: str = ""
    settled_at: str = ""
    settled_reason: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Regrading:
    """What a pack other than the one that graded a release says of it.

    ``differences`` is one entry a change: field (empty for the dataset), scale, before, after, article.  ``outcome`` is
    ``unchanged``, ``noted``, ``flagged``, ``suspended`` or ``re-examined``; ``within`` whether the released table may
    still be as open as it is offered.
    """

    id: str
    release: str
    policy: str
    version_before: str
    version_after: str
    digest_before: str
    digest_after: str
    differences: tuple[Mapping[str, Any], ...]
    outcome: str
    within: bool
    at: str
    state: RegradingState
    settled_by: str = ""
    settled_at: str = ""
    settled_reason: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights trained here.  ``document`` is the digest of the stored weights, ``corrections`` how many taught it."""

    id: str
    state: TrainingState
    document: str
    previous: str
    corrections: int
    person: str
    name: str
    at: str
    message: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer's word on what was submitted.  ``void`` once anything changed after it."""

    id: str
    release: str
    reviewer: str
    decision: str
    comment: str
    sealed: str
    at: str
    void: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """An application for conditional data and, once active, the grant that came of it."""

    id: str
    dataset: str
    applicant: str
    organisation: str
    state: AccessState
    purpose: str
    answers: Mapping[str, str]
    terms: str
    terms_accepted: bool
    created_at: str
    changed_at: str
    submitted_at: str = ""
    decided_by: str = ""
    decided_at: str = ""
    comment: str = ""
    granted_by: str = ""
    starts_at: str = ""
    ends_at: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work for the worker.  ``status``: queued, running, done, refused, failed, cancelled or stale."""

    id: str
    kind: str
    release: str
    generation: int
    payload: Mapping[str, Any]
    status: str
    attempt: int
    progress: float
    step: str
    message: str
    created_at: str
    started_at: str = ""
    finished_at: str = ""
    cancel: bool = False
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.  ``hash`` covers every other member; ``prev`` is the hash of the entry before it."""

    aggregate: str
    seq: int
    at: str
    actor: str
    role: str
    type: str
    payload: Mapping[str, Any]
    payload_hash: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a released package as anyone with the right may fetch it."""

    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the journal, and where first."""

    aggregate: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: ``total`` counts everything that the asker may see."""

    items: tuple[Any, ...] = field(default_factory=tuple)
    total: int = 0
    offset: int = 0
    limit: int = 20
