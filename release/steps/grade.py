"""Table and findings → grading: the classifiers' words become facts, and the policy engine judges them.

Nothing is decided here.  Grading a treated table is ``regrade``: the same facts, what was done to each field, and
what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from classifiers.finding import Finding
from policies import grade as engine
from policies.errors import FactsError
from policies.facts import DatasetFacts, FieldFacts, ReleasedBefore
from policies.grading import Grading
from policies.pack import Pack
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.openness import RANK, Openness
from release.nouns.plan import FieldPlan, Plan
from release.nouns.refusal import Refusal
from release.steps.fineness import Fineness, fineness

IDENTITY = "person.identity."


def grade(
    table: Table,
    findings: Sequence[Finding],
    pack: Pack,
    attributes: Mapping[str, str] | None = None,
    released: Sequence[ReleasedBefore] = (),
) -> Grading:
    """The grades of the raw table, beside what of the same people is ``released`` already.  Raises BadInput on an
    attribute or a value that the pack does not know."""
    return judged(pack, facts(table, findings), about(table, findings, attributes, released))


def regrade(
    table: Table,
    findings: Sequence[Finding],
    pack: Pack,
    plan: Plan,
    measures: Mapping[str, float],
    attributes: Mapping[str, str] | None = None,
    released: Sequence[ReleasedBefore] = (),
) -> Grading:
    """The grades after ``plan``, on what was measured from the written bytes.  The plan's categories and roles stand
    for what a person or the job file decided."""
    planned = {one.field: one for one in plan.fields}
    done = [_done(fact, planned[fact.name]) for fact in facts(table, findings) if fact.name in planned]
    return judged(pack, done, replace(about(table, findings, attributes, released), measures=dict(measures)))


def outgrown(grading: Grading, plan: Plan) -> tuple[Refusal, ...]:
    """The refusal of a treated table that is graded more restricted than its plan promised; empty when it keeps it."""
    if RANK[Openness(grading.openness)] <= RANK[plan.openness]:
        return ()
    levels = ", ".join(f"{scale} {level}" for scale, level in grading.levels.items())
    return (
        Refusal(
            "grade.outgrown",
            f"As measured the table is {grading.openness} ({levels}), and the plan is for {plan.openness}.",
            grading.article,
            "Treat it more strictly, or plan for a more restricted openness.",
        ),
    )


def judged(pack: Pack, fields: Sequence[FieldFacts], dataset: DatasetFacts) -> Grading:
    """``policies.grade.grade`` with its complaint turned into BadInput."""
    try:
        return engine.grade(pack, fields, dataset)
    except FactsError as error:
        raise BadInput(str(error), "See: sluice policies show.") from None


def facts(table: Table, findings: Sequence[Finding]) -> tuple[FieldFacts, ...]:
    """What the engine is told of every field, in the order of the findings."""
    fine = fineness(table, findings)
    return tuple(_fact(table, finding, fine.get(finding.field, Fineness())) for finding in findings)


def about(
    table: Table,
    findings: Sequence[Finding],
    attributes: Mapping[str, str] | None = None,
    released: Sequence[ReleasedBefore] = (),
) -> DatasetFacts:
    """What the engine is told of the table as a whole."""
    return DatasetFacts(
        rows=table.dataset.rows,
        subjects=_subjects(table, findings),
        attributes=dict(attributes or {}),
        released=tuple(released),
    )


def _fact(table: Table, finding: Finding, fine: Fineness) -> FieldFacts:
    field = table.dataset.field(finding.field)
    return FieldFacts(
        name=finding.field,
        category=finding.category,
        role=finding.role,
        confidence=finding.confidence,
        distinct=field.distinct,
        alternatives=tuple((a.category, a.confidence) for a in finding.alternatives),
        needs_review=finding.needs_review,
        overridden=any(r.rule == "override" for r in finding.reasons),
        type=field.type.value,
        precision=fine.precision,
        least=fine.least,
    )


def _done(fact: FieldFacts, plan: FieldPlan) -> FieldFacts:
    decided = fact.overridden or fact.category != plan.category
    return replace(
        fact,
        category=plan.category,
        role=plan.role,
        alternatives=() if decided else fact.alternatives,
        confidence=1.0 if decided else fact.confidence,
        overridden=decided,
        treated=plan.method,
    )


def _subjects(table: Table, findings: Sequence[Finding]) -> int:
    """How many persons the rows are about: the distinct identity numbers where every row has one, else every row."""
    numbers = [table.dataset.field(f.field) for f in findings if f.category.startswith(IDENTITY)]
    whole = [field.distinct for field in numbers if not field.missing]
    return max(whole, default=table.dataset.rows)
