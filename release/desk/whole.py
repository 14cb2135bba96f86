"""The road of the service: the same examine, prepare and produce as the command line, with documents between them.

What a reader would get wrong: the grading kept in a document is for people to read.  When a plan is made the policy
grades the findings again, because a pack may have changed since, and law is read when it is applied.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from classifiers.category import tree
from classifiers.finding import Finding
from policies.pack import ids, load
from release.desk.path import DEFAULT_POLICY, Description, Examination, examine, prepare, produce
from release.desk.road import Document, Examined, Keys, Label, Made, Progress
from release.job.job import Job
from release.job.read import search_of
from release.nouns.dataset import Dataset, Table
from release.nouns.digest import plain
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.plan_json import from_document
from release.nouns.refusal import Refusal
from release.steps.grade import grade

DATASET = TypeAdapter(Dataset)
FINDINGS = TypeAdapter(tuple[Finding, ...])


class WholeRoad:
    """A :class:`release.desk.road.Road` that leads past classifiers, policies and anonymizers."""

    def policies(self) -> tuple[str, ...]:
        """Every pack that can grade, the default first."""
        return (DEFAULT_POLICY, *(name for name in ids() if name != DEFAULT_POLICY))

    def categories(self) -> frozenset[str]:
        """The whole category tree."""
        return frozenset(tree())

    def examine(
        self, source: Path, work: Path, policy: str, corrections: Mapping[str, str], progress: Progress
    ) -> Examined | tuple[Refusal, ...]:
        """Reads, classifies and grades."""
        found = examine(source, work=work, policy=policy, corrections=corrections, progress=progress)
        return Examined(_document(found), found.table.path)

    def prepare(
        self, examined: Examined, openness: Openness, search: Document, work: Path, progress: Progress
    ) -> Document | tuple[Refusal, ...]:
        """The plan at this openness, as a document."""
        progress("plan", 0.0)
        job = Job(search=search_of(search), searched=tuple(search)) if search else None
        plan = prepare(_examination(examined), openness=openness, job=job)
        progress("plan", 1.0)
        if not isinstance(plan, Plan):
            return plan
        document: dict[str, Any] = plain(plan)
        return document

    def produce(
        self, examined: Examined, plan: Document, keys: Keys, label: Label, out: Path, progress: Progress
    ) -> Made | tuple[Refusal, ...]:
        """Treats, verifies and packs."""
        done = produce(
            _examination(examined),
            from_document(plan),
            keys=keys,
            out=out,
            now=datetime.fromisoformat(label.created),
            description=Description(
                title=label.title,
                publisher=label.publisher,
                description=label.description,
                keywords=label.keywords,
                version=label.version,
                previous=label.previous,
            ),
            progress=progress,
        )
        if isinstance(done, tuple):
            return done
        report = {
            "risk": _finite(plain(done.risk)),
            "utility": _finite(plain(done.utility)),
            "levels": dict(done.levels),
            "grading": plain(done.grading),
            "seconds": {name: round(value, 3) for name, value in done.seconds.items()},
        }
        return Made(done.folder, done.manifest_digest, report, done.risk.passed())


def _document(found: Examination) -> dict[str, Any]:
    return {
        "policy": {"id": found.grading.policy, "version": found.grading.version, "digest": found.grading.digest},
        "dataset": plain(found.table.dataset),
        "findings": plain(found.findings),
        "grading": plain(found.grading),
        "attributes": dict(found.attributes),
        "seconds": {name: round(value, 3) for name, value in found.seconds.items()},
    }


def _examination(examined: Examined) -> Examination:
    document = examined.document
    table = Table(DATASET.validate_python(document["dataset"]), examined.columnar)
    findings = FINDINGS.validate_python(document["findings"])
    pack, attributes = load(document["policy"]["id"]), dict(document["attributes"])
    return Examination(table, findings, pack, grade(table, findings, pack, attributes), attributes)


def _finite(value: Any) -> Any:
    """``value`` with numbers that JSON cannot spell replaced by None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list) else value
