"""Grading → plan: what is done to every field, what must then hold, or every reason why not.

The pack asks, the job file may ask for more, and both are tried on paper (``policies.demand``).  Nothing here opens
a field further than the pack does: a job file that tries is refused.  The same table, findings, pack and job give
the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from classifiers.category import tree
from classifiers.finding import Finding
from policies.facts import FieldFacts, ReleasedBefore
from policies.grading import Grading
from policies.pack import Pack
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal
from release.steps.drafting import Question, draft
from release.steps.grade import about, facts, judged
from release.steps.reading import count_values
from release.steps.separating import remarks

OFFERED = (Openness.UNCONDITIONAL, Openness.CONDITIONAL)
COUNTED = 1_000_000  # a column with more distinct values has no value that fills half of its rows worth counting


def make_plan(
    table: Table,
    findings: Sequence[Finding],
    pack: Pack,
    *,
    openness: Openness | None = None,
    job: Job | None = None,
    attributes: Mapping[str, str] | None = None,
    released: Sequence[ReleasedBefore] = (),
) -> Plan | tuple[Refusal, ...]:
    """The plan for releasing ``table`` at ``openness``; None means the most open kind that the pack allows.

    ``attributes`` are declared facts and stand above those of the job file; ``released`` is what of the same people is
    out already.  Refusals come all at once.  Raises BadInput where the job file speaks of fields that are not there, or
    an attribute is not known."""
    job = job or Job()
    _check(table, job)
    declared = {**job.attributes, **(attributes or {})}
    wanted = openness or job.openness
    told = decided(facts(table, findings), job)
    whole = about(table, findings, declared, released)
    grading = judged(pack, told, whole)
    told = with_top_shares(table, told, grading)
    grading = judged(pack, told, whole)
    refused: dict[Openness, tuple[Refusal, ...]] = {}
    counted: dict[str, dict[str, int]] = {}
    for kind in OFFERED if wanted is None else (wanted,):
        if kind is Openness.CLOSED:
            raise BadInput("A closed table is not released.", "Ask for unconditional or conditional.")
        answer = draft(Question(table, told, whole, grading, pack, kind, job, counted))
        if isinstance(answer, Plan):
            answer = replace(answer, reasons=(*answer.reasons, *remarks(findings)))
            return answer if wanted is not None else _said(answer, (no for one in refused.values() for no in one))
        refused[kind] = answer
    return _named(refused)


def decided(told: Sequence[FieldFacts], job: Job) -> tuple[FieldFacts, ...]:
    """The facts with what the job file says of categories and roles on top."""
    return tuple(_decide(fact, job) for fact in told)


def _decide(fact: FieldFacts, job: Job) -> FieldFacts:
    said = job.fields.get(fact.name)
    if said is None:
        return fact
    if said.category:
        role = said.role or tree()[said.category].role
        return replace(
            fact,
            category=said.category,
            role=role,
            confidence=1.0,
            alternatives=(),
            needs_review=False,
            overridden=True,
        )
    return replace(fact, role=said.role) if said.role else fact


def _check(table: Table, job: Job) -> None:
    names = {field.name for field in table.dataset.fields}
    weighted = job.search.weights if job.search else {}
    modelled = [str(spec.params["field"]) for spec in job.models if "field" in spec.params]
    for name in (*job.fields, *weighted, *modelled):
        if name not in names:
            raise BadInput(
                f"The job file {job.name or ''} speaks of the field '{name}', which the table does not have.".replace(
                    "  ", " "
                ),
                f"Fields: {', '.join(sorted(names))}.",
            )


def with_top_shares(table: Table, told: Sequence[FieldFacts], grading: Grading) -> tuple[FieldFacts, ...]:
    """The facts with ``top_share`` for sensitive fields: an uneven field cannot be diverse in every class."""
    sensitive = {g.field for g in grading.fields if g.role == "sensitive"}
    names = [fact.name for fact in told if fact.name in sensitive and 0 < fact.distinct <= COUNTED]
    shares: dict[str, float] = {}
    for name in names:
        counts = count_values(table.path, [name])[name]
        shares[name] = max(counts.values(), default=0) / max(table.dataset.rows, 1)
    return tuple(replace(fact, top_share=shares.get(fact.name, fact.top_share)) for fact in told)


def _named(refused: Mapping[Openness, tuple[Refusal, ...]]) -> tuple[Refusal, ...]:
    """Every refusal once.  One that does not stand against every openness tried says which one it stands against."""
    found: dict[Refusal, None] = {}
    for kind, answer in refused.items():
        for refusal in answer:
            everywhere = all(refusal in other for other in refused.values())
            named = refusal if everywhere else replace(refusal, message=f"For {kind} release: {refusal.message}")
            found[named] = None
    return tuple(found)


def _said(plan: Plan, refusals: Iterable[Refusal]) -> Plan:
    """The plan, with why it is no more open than it is."""
    why = tuple(f"Not unconditional: {refusal.message}" for refusal in refusals)
    return replace(plan, reasons=(*plan.reasons, *why))
