"""The road a dataset takes, as the desk sees it: documents and files in, documents and files out.

The desk keeps what the road says as JSON documents and never looks into a table itself, so a job can be taken up by
any process from what is stored.  ``release.desk.whole`` holds the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from release.desk.decided import Told
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal

Progress = Callable[[str, float], None]
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a package: who publishes what, which version, after which one, and when."""

    title: str
    description: str
    keywords: tuple[str, ...]
    publisher: str
    version: str
    previous: str
    created: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The release key of the dataset's line (pseudonyms, keyed digests) and the seed that signs."""

    release: bytes = field(repr=False)
    signing: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """A table as read.  ``document`` has ``dataset`` (with ``fields``), ``findings``, ``grading`` and ``policy``;
    ``columnar`` is the Parquet copy; no cell stands in the document."""

    document: Document
    columnar: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A package as written: its folder, the SHA-256 of its manifest, ``report`` (``risk``, ``utility`` …)."""

    folder: Path
    manifest: str
    report: Document
    passed: bool


@dataclass(frozen=True, slots=True)
class Regraded:
    """What a pack as it is now says of a stored examination.

    ``differences`` hold ``field`` (empty for the dataset), ``scale``, ``before``, ``after``, ``article`` and ``rose``;
    ``within`` is whether the released table, as it was measured, may still be as open as its plan says."""

    differences: tuple[Document, ...]
    within: bool


class Road(Protocol):
    """Examine, prepare, produce.  Each gives a value or refusals; bad input raises ``BadInput``."""

    def policies(self) -> tuple[str, ...]:
        """Ids of the policies that can be asked for, the default first."""

    def categories(self) -> frozenset[str]:
        """Ids a correction may name."""

    def scales(self, policy: str) -> tuple[str, ...]:
        """Ids of the scales of a policy."""

    def levels(self, policy: str, scale: str) -> tuple[str, ...]:
        """Ids of the levels of a scale, the mildest first; none when there is no such scale."""

    def pack(self, policy: str) -> Mapping[str, str]:
        """``version`` and ``digest`` of a policy as it is installed now."""

    def outside(self, policy: str, on: date) -> str:
        """Why a policy is not in force on that day; empty when it is."""

    def regrade(self, examination: Document, plan: Document | None, report: Document | None) -> Regraded:
        """What the policy as it is now says of what was examined, and of what came out of it when there is a report.
        Raises ReleaseError where it cannot grade what is stored."""

    def examine(
        self, source: Path, work: Path, policy: str, told: Told, progress: Progress
    ) -> Examined | tuple[Refusal, ...]:
        """Reads, classifies and grades, with what the workspace told laid over what was found."""

    def prepare(
        self, examined: Examined, openness: Openness, search: Document, work: Path, progress: Progress
    ) -> Document | tuple[Refusal, ...]:
        """The plan for this openness, as a document."""

    def produce(
        self, examined: Examined, plan: Document, keys: Keys, label: Label, out: Path, progress: Progress
    ) -> Made | tuple[Refusal, ...]:
        """Treats, verifies and packs into the folder ``out``, which does not exist yet."""
