"""The whole path on one machine: examine, prepare, produce.

The command line and the service's worker both lead a table through these three functions, so that there is one
road and not two.  Nothing here reads a clock, a key file or an environment variable: they come in as arguments.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.desk.decided import NOTHING, Decision, Told
from release.desk.road import Keys
from release.ingest.settings import InputSettings
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.override import Override
from release.nouns.plan import FieldPlan, Plan
from release.nouns.refusal import Refusal
from release.nouns.report import RiskReport, UtilityReport
from release.steps.stages import Clock, Progress, Stages

if TYPE_CHECKING:
    from classifiers.finding import Finding
    from policies.facts import ReleasedBefore
    from policies.grading import Grading
    from policies.pack import Pack
    from release.job.job import Job

DEFAULT_POLICY = "cn-shanghai-open-data"
DEFAULT_LICENCE = "CC-BY-4.0"

PLAIN_INPUT = InputSettings()


@dataclass(frozen=True, slots=True)
class Examination:
    """A table as it came in, what its fields are, and what the policy says of them.

    ``decisions`` are the words of people that were applied, by field; ``ranker`` says which weights had their say;
    ``observed`` is what the ranker saw of each field, from which a correction teaches it."""

    table: Table
    findings: tuple[Finding, ...]
    pack: Pack
    grading: Grading
    attributes: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    ranker: Mapping[str, Any] = field(default_factory=dict)
    released: tuple[ReleasedBefore, ...] = ()
    observed: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """What people say of a release; what is empty is taken from the dataset."""

    title: str = ""
    publisher: str = ""
    licence: str = DEFAULT_LICENCE
    description: str = ""
    keywords: tuple[str, ...] = ()
    version: str = "1.0.0"
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Produced:
    """A package as written, with what was measured on it.  ``grading`` is that of the treated table."""

    folder: Path
    plan: Plan
    manifest_digest: str
    levels: Mapping[str, int]
    grading: Grading
    risk: RiskReport
    utility: UtilityReport
    seconds: Mapping[str, float]


def input_settings(job: Job | None, options: Mapping[str, str]) -> InputSettings:
    """How to read the input: the job's ``[input]``, overruled by ``options``."""
    return InputSettings.from_mapping({**(job.input if job is not None else {}), **options})


def open_table(source: str | Path, *, work: Path, settings: InputSettings = PLAIN_INPUT) -> Table:
    """Only ingest: the columnar copy in ``work``."""
    from release.ingest.read import ingest

    return ingest(source, work=work, settings=settings)


def examine(
    source: str | Path,
    *,
    work: Path,
    policy: str = DEFAULT_POLICY,
    settings: InputSettings = PLAIN_INPUT,
    attributes: Mapping[str, str] | None = None,
    job: Job | None = None,
    corrections: Mapping[str, str] | None = None,
    told: Told = NOTHING,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
) -> Examination:
    """Reads, classifies and grades.  What the workspace ``told`` stands above the classifiers' own findings, the job's
    categories and ``corrections`` (field to category) above that; a policy or an attribute in the job file stands
    behind what is given here."""
    from policies.facts import ReleasedBefore
    from policies.pack import load
    from release.desk.decided import applied, decided
    from release.desk.schemas import schema_of
    from release.desk.trained import ranker_of
    from release.steps.classify import examine as look
    from release.steps.grade import grade

    watch = Stages(clock, progress)
    declared = {**(job.attributes if job is not None else {}), **(attributes or {})}
    pack = load(policy)
    with watch.stage("ingest"):
        table = open_table(source, work=work, settings=settings)
    with watch.stage("classify"):
        given = _overrides(table, job, corrections or {})
        weights = ranker_of(told)
        schema = schema_of(table.dataset)
        words = told.of(schema, [f.name for f in table.dataset.fields if f.name not in given])
        found, seen = look(table, given, ranker=weights)
        findings = decided(found, words)
    with watch.stage("grade"):
        out = tuple(ReleasedBefore(one.id, one.categories) for one in told.out(schema))
        grading = grade(table, findings, pack, declared, out)
    used = {**(told.version or {"source": "shipped"}), "digest": weights.digest}
    said = applied(findings, words)
    return Examination(table, findings, pack, grading, declared, watch.seconds, said, used, out, seen)


def prepare(
    found: Examination, *, openness: Openness | None = None, job: Job | None = None
) -> Plan | tuple[Refusal, ...]:
    """The plan at the wanted openness, the most open that the policy allows when None, or every reason why not."""
    from release.desk.allowance import instead_of_rows
    from release.steps.plan import make_plan

    wanted = openness if openness is not None else (job.openness if job is not None else None)
    plan = make_plan(
        found.table,
        found.findings,
        found.pack,
        openness=wanted,
        job=job,
        attributes=found.attributes,
        released=found.released,
    )
    return _with_words(plan, found) if isinstance(plan, Plan) else instead_of_rows(plan, found.grading)


def _with_words(plan: Plan, found: Examination) -> Plan:
    """The plan, saying of every field whose category a person decided that and when.  Who it was stays with the
    examination: a plan is published."""

    def said(one: FieldPlan) -> FieldPlan:
        word = found.decisions.get(one.field)
        if word is None:
            return one
        day = word.at[:10]
        english, chinese = f"Category decided by a person on {day}.", f"类别由人工于 {day} 确定。"
        return replace(one, reason=f"{one.reason} {english}".strip(), reason_zh=f"{one.reason_zh}{chinese}")

    return replace(plan, fields=tuple(said(one) for one in plan.fields))


def upheld(found: Examination, plan: Plan) -> tuple[Refusal, ...]:
    """In what a plan from outside asks for less than its policy; to be asked before :func:`produce`."""
    from release.steps.uphold import uphold

    return uphold(found.table, found.findings, found.pack, plan, found.attributes, found.released)


def produce(
    found: Examination,
    plan: Plan,
    *,
    keys: Keys,
    out: Path,
    now: datetime,
    description: Description | None = None,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
) -> Produced | tuple[Refusal, ...]:
    """Treats, verifies what was written, and packs it into the new folder ``out``; or refuses and leaves nothing."""
    from policies.openness import exceeds
    from release.publish.about import About
    from release.publish.describe.evidence import Evidence
    from release.publish.package import beside, write_package
    from release.publish.signature import SigningKey
    from release.steps.grade import regrade
    from release.steps.judging import breaches
    from release.steps.treat import treat
    from release.steps.verify import verify

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out.name} exists already and is not an empty folder.", "Name a folder that does not exist.")
    watch, words = Stages(clock, progress, dict(found.seconds)), description or Description()
    with beside(out) as room:
        with watch.stage("treat"):
            treated = treat(
                found.table, plan, key=keys.release, out=room / "treated.parquet", spans=_spans(found.table, plan)
            )
        if isinstance(treated, tuple):
            return treated
        with watch.stage("verify"):
            risk, utility = verify(found.table, treated.path, plan, treated)
        refusals = breaches(risk)
        if refusals:
            return refusals
        with watch.stage("publish"):
            grading = regrade(
                found.table, found.findings, found.pack, plan, risk.values, found.attributes, found.released
            )
            if exceeds(grading.openness, plan.openness.value):
                return (_too_grave(grading, plan),)
            package = write_package(
                out,
                treated=treated.path,
                dataset=found.table.dataset,
                evidence=Evidence(plan, grading, found.findings, risk, utility, treated.levels),
                about=About(
                    title=words.title or found.table.dataset.name,
                    publisher=words.publisher or "not stated",
                    licence=words.licence or DEFAULT_LICENCE,
                    description=words.description,
                    keywords=words.keywords,
                    version=words.version,
                ),
                key=SigningKey(keys.signing),
                now=now,
                previous=words.previous,
            )
    return Produced(out, plan, package.digest, treated.levels, grading, risk, utility, watch.seconds)


def _too_grave(grading: Grading, plan: Plan) -> Refusal:
    """What was promised on paper was measured, and does not lower the grade far enough."""
    levels = ", ".join(f"{scale} {level}" for scale, level in grading.levels.items())
    return Refusal(
        "grade.after-treatment",
        f"By what was measured the treated table is {grading.openness} ({levels}), and the plan says {plan.openness}.",
        grading.article,
        "Plan again, or ask for a more restricted openness.",
    )


def _overrides(table: Table, job: Job | None, corrections: Mapping[str, str]) -> dict[str, Override]:
    said = {f.name: f.category for f in (job.fields.values() if job is not None else ()) if f.category}
    return {name: Override(category) for name, category in {**said, **corrections}.items()}


def _spans(table: Table, plan: Plan) -> Any:
    """What finds identifiers inside free text, where the plan asks for it; loading it takes a second."""
    if not any(f.method == "redact-text" for f in plan.fields):
        return None
    from classifiers.sentences.find import tagged
    from classifiers.sentences.tags import named
    from release.desk.known import both, finder, known_words

    known = finder(known_words(table, plan))
    return both(tagged, lambda texts: named(texts, known(texts)))
