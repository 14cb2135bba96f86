"""What people say of fields, and what follows, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.desk.history import Moment
from release.workflow.dissenting import DissentState
from release.workflow.labelling import LabelState
from release.workflow.records import Dissent, Label, Page, Ranker, Regrading
from release.workflow.regrading import RegradingState
from release.workflow.training import TrainingState


@dataclass(frozen=True, slots=True)
class LabelOut:
    """What a person said a field of a schema is."""

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
    release: str
    origin: str
    confirmed_by: str
    confirmed_name: str
    confirmed_at: str
    confirmed_reason: str


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One page of labels."""

    items: tuple[LabelOut, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class DissentOut:
    """A reviewer's disagreement about a field."""

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
    settled_by: str
    settled_at: str
    settled_reason: str


@dataclass(frozen=True, slots=True)
class MomentOut:
    """One thing that was said of a field."""

    at: str
    what: str
    by: str
    name: str
    category: str
    confidence: float | None
    levels: Mapping[str, str]
    article: str
    reason: str
    versions: Mapping[str, str]
    rules: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class RegradingOut:
    """What a newer pack says of a release, and what followed."""

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
    settled_by: str
    settled_at: str
    settled_reason: str


@dataclass(frozen=True, slots=True)
class RegradingPage:
    """One page of regradings."""

    items: tuple[RegradingOut, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class RankerOut:
    """A training of the ranker; ``document`` is the SHA-256 of its weights, empty while there are none."""

    id: str
    state: TrainingState
    document: str
    previous: str
    corrections: int
    person: str
    name: str
    at: str
    message: str


def label_out(label: Label) -> LabelOut:
    """What is told of a label; the evidence for the ranker stays inside."""
    return LabelOut(**{n: getattr(label, n) for n in LabelOut.__dataclass_fields__})


def labels_out(page: Page) -> LabelPage:
    """A page of labels."""
    return LabelPage(tuple(label_out(one) for one in page.items), page.total, page.offset, page.limit)


def dissent_out(one: Dissent) -> DissentOut:
    """What is told of a disagreement."""
    return DissentOut(**{n: getattr(one, n) for n in DissentOut.__dataclass_fields__})


def moment_out(one: Moment) -> MomentOut:
    """What is told of a moment."""
    return MomentOut(**{n: getattr(one, n) for n in MomentOut.__dataclass_fields__})


def regrading_out(one: Regrading) -> RegradingOut:
    """What is told of a regrading."""
    return RegradingOut(**{n: getattr(one, n) for n in RegradingOut.__dataclass_fields__})


def regradings_out(page: Page) -> RegradingPage:
    """A page of regradings."""
    return RegradingPage(tuple(regrading_out(one) for one in page.items), page.total, page.offset, page.limit)


def ranker_out(one: Ranker) -> RankerOut:
    """What is told of a training."""
    return RankerOut(**{n: getattr(one, n) for n in RankerOut.__dataclass_fields__})
