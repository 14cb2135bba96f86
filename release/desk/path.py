"""The whole path on one machine: examine, prepare, produce.

The command line and the service's worker both lead a table through these three functions, so that there is one
road and not two.  Nothing here reads a clock, a key file or an environment variable: they come in as arguments.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.nouns.dataset import Table
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal
from release.nouns.report import RiskReport, UtilityReport

if TYPE_CHECKING:
    from classifiers.finding import Finding
    from policies.grading import Grading
    from policies.pack import Pack
    from release.ingest.settings import InputSettings
    from release.job.job import Job

DEFAULT_POLICY = "cn-shanghai-open-data"

Progress = Callable[[str, float], None]


def silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Stopwatch:
    """Wall seconds per stage, in the order the stages ran."""

    progress: Progress = silent
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times the block as ``name`` and tells whoever watches."""
        self.progress(name, 0.0)
        begun = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
        self.progress(name, 1.0)


@dataclass(frozen=True, slots=True)
class Examination:
    """A table as it came in, what its fields are, and what the policy says of them."""

    table: Table
    findings: tuple[Finding, ...]
    pack: Pack
    grading: Grading
    attributes: Mapping[str, str]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Produced:
    """A package as written, with what was measured on it."""

    folder: Path
    plan: Plan
    manifest_digest: str
    levels: Mapping[str, int]
    risk: RiskReport
    utility: UtilityReport
    seconds: Mapping[str, float]
