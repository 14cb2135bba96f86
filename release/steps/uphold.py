"""Whether a plan that comes from outside still asks for everything that its policy asks for.

A plan is a file that people may edit.  It may say what a job file may say (categories, roles, parameters, stricter
treatments, more models), because a person answers for that; it may not say less than the pack does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from classifiers.finding import Finding
from policies.demand import demands
from policies.facts import FieldFacts, ReleasedBefore
from policies.pack import Pack
from policies.strictness import METHODS, merged, weaker
from policies.treatment import Ask, Demands
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal
from release.steps.grade import about, facts, judged
from release.steps.judging import COMPARE
from release.steps.plan import with_top_shares

CODE = "plan.weaker-than-policy"
STRICTER = {">=": ">=", ">": ">=", "<=": "<=", "<": "<="}
REMEDY = "Plan again; what was declared when planning (--attribute) must be declared here as well."


def uphold(
    table: Table,
    findings: Sequence[Finding],
    pack: Pack,
    plan: Plan,
    attributes: Mapping[str, str] | None = None,
    released: Sequence[ReleasedBefore] = (),
) -> tuple[Refusal, ...]:
    """Every point in which ``plan`` asks for less than ``pack``; none when the plan may be followed.

    Raises BadInput where the plan was made under another pack, or for other fields than the table has."""
    if (plan.policy.version, plan.policy.digest) != (pack.meta.version, pack.digest()):
        raise BadInput(f"The policy {pack.meta.id} is not the one that the plan was made under.", "Plan again.")
    if plan.openness is Openness.CLOSED:
        raise BadInput("A closed table is not released.", "Plan for unconditional or conditional.")
    told = _told(facts(table, findings), plan)
    whole = about(table, findings, attributes, released)
    told = with_top_shares(table, told, judged(pack, told, whole))
    grading = judged(pack, told, whole)
    bare = demands(pack, grading, told, plan.openness.value)
    chosen = {f.field: Ask(f.field, f.method, f.params, f.article, f.evidence, f.reason) for f in plan.fields}
    asked = demands(pack, grading, told, plan.openness.value, chosen)
    found = (*_fields(plan, bare, asked), *_models(plan, asked), *_limits(plan, asked), *_rest(plan, asked))
    return tuple(dict.fromkeys(found))


def _told(found: Sequence[FieldFacts], plan: Plan) -> tuple[FieldFacts, ...]:
    """The facts as the plan has them: who hands in a plan stands for every category and role in it."""
    planned = {one.field: one for one in plan.fields}
    missing = [fact.name for fact in found if fact.name not in planned]
    if missing:
        raise BadInput(f"The plan says nothing of field '{missing[0]}'.", "Plan again for this table.")
    return tuple(
        replace(
            fact,
            category=planned[fact.name].category,
            role=planned[fact.name].role,
            confidence=1.0,
            alternatives=(),
            needs_review=False,
            overridden=True,
        )
        for fact in found
    )


def _fields(plan: Plan, bare: Demands, asked: Demands) -> Iterator[Refusal]:
    wanted, after = {a.field: a for a in bare.asks}, {a.field: a for a in asked.asks}
    for one in plan.fields:
        if one.field not in wanted:
            raise BadInput(f"The plan speaks of the field '{one.field}', which the table does not have.", "Plan again.")
        if one.method not in METHODS:
            raise BadInput(f"The plan asks for the unknown treatment '{one.method}'.", "Plan again.")
        ask = wanted[one.field] if weaker(one.method, wanted[one.field].method) else after[one.field]
        if weaker(one.method, ask.method):
            what = f"The plan asks for '{one.method}' of field '{one.field}', and the policy for '{ask.method}'."
            yield Refusal(CODE, what, ask.article, REMEDY)


def _models(plan: Plan, asked: Demands) -> Iterator[Refusal]:
    has = {(m.name, str(m.params.get("field", ""))): m.params for m in plan.models}
    for model in asked.models:
        params = has.get((model.name, str(model.params.get("field", ""))))
        if params is None or not _as_strict(params, model.params):
            letters = " ".join(f"{k}={v}" for k, v in model.params.items())
            yield Refusal(
                CODE, f"The policy asks for {model.name} {letters}, and the plan does not.", model.article, REMEDY
            )


def _as_strict(params: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    try:
        return merged(params, wanted) == dict(params)
    except TypeError:  # a letter that is no number
        return False


def _limits(plan: Plan, asked: Demands) -> Iterator[Refusal]:
    for limit in asked.acceptance:
        kept = [one.value for one in plan.limits if (one.metric, one.op) == (limit.metric, limit.op)]
        if not any(COMPARE[STRICTER.get(limit.op, "==")](value, limit.value) for value in kept):
            what = f"The policy asks for {limit.metric} {limit.op} {limit.value:g}, and the plan does not."
            yield Refusal(CODE, what, limit.article, REMEDY)


def _rest(plan: Plan, asked: Demands) -> Iterator[Refusal]:
    yield from (Refusal(*refused) for refused in asked.refusals)
    share, allowed = plan.search.suppression_limit, asked.suppression_limit
    if share > allowed:
        what = f"The plan may suppress a share of {share:g} of the rows, and the policy allows {allowed:g}."
        yield Refusal(CODE, what, remedy=REMEDY)
    for duty in asked.obligations:
        if duty not in plan.obligations:
            yield Refusal(CODE, f"The plan leaves out a duty of the policy: {duty}.", remedy=REMEDY)
