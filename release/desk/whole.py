"""The real road for the service: the three functions of ``path``, with their values kept as documents in between.

What a reader would get wrong: a stored examination is only good under the very pack that graded it; when the pack has
another digest by now, the dataset is examined again rather than planned by rules that nobody saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.desk.decided import Decision, Told
from release.desk.road import Document, Examined, Keys, Label, Made, Progress, Regraded
from release.nouns.digest import plain
from release.nouns.errors import ReleaseError
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal

if TYPE_CHECKING:
    from release.desk.path import Examination

STAGES = ("ingest", "classify", "grade", "treat", "verify", "publish")


class WholeRoad:
    """Ingest to package, as the command line leads it."""

    def policies(self) -> tuple[str, ...]:
        """Ids of the installed packs, the default first."""
        from policies.pack import ids
        from release.desk.path import DEFAULT_POLICY

        return (DEFAULT_POLICY, *(i for i in sorted(ids()) if i != DEFAULT_POLICY))

    def categories(self) -> frozenset[str]:
        """Every id of the category tree."""
        return _categories()

    def scales(self, policy: str) -> tuple[str, ...]:
        """Ids of the scales of a pack."""
        from policies.pack import load

        return tuple(load(policy).scales)

    def levels(self, policy: str, scale: str) -> tuple[str, ...]:
        """Ids of the levels of a scale, the mildest first."""
        from policies.pack import load

        scales = load(policy).scales
        return tuple(level.id for level in scales[scale].levels) if scale in scales else ()

    def pack(self, policy: str) -> Mapping[str, str]:
        """Version and digest of an installed pack."""
        from policies.pack import load

        found = load(policy)
        return {"version": found.meta.version, "digest": found.digest()}

    def outside(self, policy: str, on: date) -> str:
        """Why a pack is not in force on that day."""
        from policies.pack import load

        return load(policy).outside(on)

    def regrade(self, examination: Document, plan: Document | None, report: Document | None) -> Regraded:
        """The pack as it is now over what was examined, and over what was measured on the written bytes."""
        from release.desk.regraded import regrade

        return regrade(examination, plan, report)

    def examine(
        self, source: Path, work: Path, policy: str, told: Told, progress: Progress
    ) -> Examined | tuple[Refusal, ...]:
        """Reads, classifies and grades."""
        from release.desk.path import examine

        found = examine(source, work=work, policy=policy, told=told, progress=progress)
        return Examined(_document(found), found.table.path)

    def prepare(
        self, examined: Examined, openness: Openness, search: Document, work: Path, progress: Progress
    ) -> Document | tuple[Refusal, ...]:
        """The plan at this openness; ``search`` are members of a ``[search]`` table."""
        from release.desk.path import prepare
        from release.job.job import Job
        from release.job.read import search_of

        progress("plan", 0.0)
        job = Job(search=search_of(search), searched=tuple(search)) if search else None
        plan = prepare(_examination(examined), openness=openness, job=job)
        if isinstance(plan, tuple):
            return plan
        document: Document = _json(plan)
        return document

    def produce(
        self, examined: Examined, plan: Document, keys: Keys, label: Label, out: Path, progress: Progress
    ) -> Made | tuple[Refusal, ...]:
        """Treats, verifies and packs."""
        from release.desk.path import Description, produce

        made = produce(
            _examination(examined),
            typed(Plan, plan),
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
        if isinstance(made, tuple):
            return made
        report = {
            "risk": made.risk,
            "utility": made.utility,
            "levels": made.levels,
            "grading": made.grading,
            "seconds": {name: round(spent, 3) for name, spent in made.seconds.items()},
            "plan_digest": made.plan.digest(),
        }
        return Made(made.folder, made.manifest_digest, _json(report), made.risk.passed())


def _document(found: Examination) -> Document:
    pack = found.pack
    document: Document = _json(
        {
            "policy": {"id": pack.meta.id, "version": pack.meta.version, "digest": pack.digest()},
            "dataset": found.table.dataset,
            "findings": found.findings,
            "grading": found.grading,
            "attributes": found.attributes,
            "decisions": found.decisions,
            "ranker": found.ranker,
            "released": found.released,
            "observed": found.observed,
            "version": _version(),
            "seconds": {name: round(spent, 3) for name, spent in found.seconds.items()},
        }
    )
    return document


def _examination(examined: Examined) -> Examination:
    from classifiers.finding import Finding
    from policies.facts import ReleasedBefore
    from policies.grading import Grading
    from policies.pack import load
    from release.desk.path import Examination
    from release.nouns.dataset import Dataset, Table

    document = examined.document
    pack = load(document["policy"]["id"])
    if pack.digest() != document["policy"]["digest"]:
        raise ReleaseError(
            f"The policy {pack.meta.id} is not the one that graded this dataset.", "Examine the dataset again (retry)."
        )
    return Examination(
        table=Table(typed(Dataset, document["dataset"]), examined.columnar),
        findings=tuple(typed(Finding, finding) for finding in document["findings"]),
        pack=pack,
        grading=typed(Grading, document["grading"]),
        attributes=document["attributes"],
        seconds=document["seconds"],
        decisions={name: Decision(**word) for name, word in document.get("decisions", {}).items()},
        ranker=document.get("ranker", {}),
        released=tuple(typed(ReleasedBefore, one) for one in document.get("released", ())),
        observed=document.get("observed", {}),
    )


def typed(kind: type, document: Any) -> Any:
    """A frozen value from its JSON, every member checked against its type."""
    return _adapter(kind).validate_json(json.dumps(document))


@cache
def _adapter(kind: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _json(value: Any) -> Any:
    """``value`` as JSON types, as it will come back from the store."""
    return json.loads(json.dumps(plain(value), ensure_ascii=False, allow_nan=False))


def _version() -> str:
    """The version of Sluice whose classifiers spoke."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("sluice")
    except PackageNotFoundError:
        return ""


@cache
def _categories() -> frozenset[str]:
    from classifiers.category import tree

    return frozenset(tree().categories)


ROAD = WholeRoad()


ROAD = WholeRoad()
