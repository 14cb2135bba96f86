"""One plan for one openness: the pack's asks, what a person said, hierarchies, models, limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymizers.errors import AnonymizerError, Unplaced
from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts
from policies.grading import FieldGrade, Grading
from policies.pack import Pack
from policies.strictness import merged, weaker
from policies.treatment import Ask, Demands
from release.job.job import Job, JobField
from release.job.tables import tightened
from release.nouns.dataset import FieldType, Table
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import FieldPlan, Limit, ModelSpec, Plan, PolicyRef, SearchSpec
from release.nouns.plan_json import frozen
from release.nouns.refusal import Refusal
from release.steps import hierarchy, quasi, remarks, texts
from release.steps.reading import count_values, first_row

DROP, GENERALIZE, QUASI = "drop", "generalize", "quasi-identifier"
BANDS = 20
USCC = "organisation.uscc"
LIMITED = {"k-anonymity": ("k", "k", ">="), "distinct-l-diversity": ("l", "l", ">="), "t-closeness": ("t", "t", "<=")}


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a draft is made from.  ``counted`` keeps value counts from one draft to the next."""

    table: Table
    told: tuple[FieldFacts, ...]
    whole: DatasetFacts
    grading: Grading
    pack: Pack
    openness: Openness
    job: Job
    counted: dict[str, dict[str, int]] = field(default_factory=dict)

    def grade(self, name: str) -> FieldGrade:
        """The raw grade of a field."""
        return next(grade for grade in self.grading.fields if grade.field == name)

    def counts(self, name: str) -> dict[str, int]:
        """Distinct values of a field with their counts, missing under the empty text."""
        if name not in self.counted:
            self.counted[name] = count_values(self.table.path, [name])[name]
        return self.counted[name]


def draft(question: Question) -> Plan | tuple[Refusal, ...]:
    """The plan for ``question.openness``, or every reason why there is none."""
    asked = _demands(question, {})
    chosen, refusals = _chosen(question, asked)
    asked = _demands(question, chosen)
    few = _too_few(question, _models(question, asked), asked)
    hierarchies, given_up = ({}, {}) if few else _quasi(question, asked)
    if given_up:
        asked = _demands(question, {**chosen, **given_up})
    models = _models(question, asked)
    refusals += [Refusal(*refused) for refused in asked.refusals] + few + _modelled(asked, models)
    refusals += texts.unconditional(asked.asks, _categories(question), question.openness)
    if refusals:
        return tuple(dict.fromkeys(refusals))
    pack, dataset = question.pack, question.table.dataset
    return Plan(
        policy=PolicyRef(pack.meta.id, pack.meta.version, pack.digest()),
        dataset_digest=dataset.digest,
        dataset_name=dataset.name,
        openness=question.openness,
        fields=tuple(_field(question, ask, hierarchies) for ask in asked.asks),
        models=models,
        search=_search(question, asked),
        limits=_limits(asked, models),
        obligations=asked.obligations,
        reasons=_reasons(question, asked),
    )


def _categories(question: Question) -> dict[str, str]:
    return {grade.field: grade.category for grade in question.grading.fields}


def _demands(question: Question, chosen: Mapping[str, Ask]) -> Demands:
    return demands(question.pack, question.grading, question.told, question.openness.value, chosen)


# -- what a person said ------------------------------------------------------------------------------------------


def _chosen(question: Question, asked: Demands) -> tuple[dict[str, Ask], list[Refusal]]:
    """The asks of the job file.  One that protects less than the pack's is refused, not followed."""
    chosen: dict[str, Ask] = {}
    refusals: list[Refusal] = []
    by_field = {ask.field: ask for ask in asked.asks}
    for name, said in question.job.fields.items():
        method = DROP if said.drop else said.treatment
        if not method:
            continue
        pack_ask = by_field[name]
        if weaker(method, pack_ask.method):
            refusals.append(
                Refusal(
                    "plan.weaker-than-policy",
                    f"The job file asks for '{method}' of field '{name}', and the policy for '{pack_ask.method}'.",
                    pack_ask.article,
                    "Correct the field's category if it is wrong, or leave the treatment to the policy.",
                )
            )
            continue
        params = said.params if method == said.treatment else {}
        chosen[name] = Ask(name, method, params, pack_ask.article, pack_ask.evidence, *_by_person(said))
    return chosen, refusals


def _by_person(said: JobField) -> tuple[str, str]:
    why = f": {said.reason}" if said.reason else ""
    return f"decided in the job file{why}", f"由作业文件指定{why}"


# -- quasi-identifiers -------------------------------------------------------------------------------------------


def _quasi(question: Question, asked: Demands) -> tuple[dict[str, dict[str, Any]], dict[str, Ask]]:
    """Hierarchies by field for what is generalised, and drops for what is given up."""
    hierarchies: dict[str, dict[str, Any]] = {}
    given_up: dict[str, Ask] = {}
    candidates: list[quasi.Candidate] = []
    least = max((int(model.params["k"]) for model in asked.models if model.name == "k-anonymity"), default=2)
    for ask in asked.asks:
        if ask.method != GENERALIZE:
            continue
        spec, (height, spread), why = _hierarchy(question, ask, least)
        if spec is None:
            given_up[ask.field] = _give_up(ask, *why)
            continue
        hierarchies[ask.field] = spec
        if question.grade(ask.field).role == QUASI:
            candidates.append(_candidate(question, ask.field, spec, height, spread))
    groups = question.table.dataset.rows / least
    english, chinese = quasi.choose(candidates, groups, question.job.max_quasi_identifiers)
    for ask in asked.asks:
        if ask.field in english:
            given_up[ask.field] = _give_up(ask, english[ask.field], chinese[ask.field])
    return hierarchies, given_up


def _candidate(question: Question, field: str, spec: Mapping[str, Any], height: int, spread: float) -> quasi.Candidate:
    said = question.job.fields.get(field)
    weighted = question.job.search is not None and field in question.job.search.weights
    named = said is not None and bool(said.role or said.hierarchy or said.treatment)
    return quasi.Candidate(field, question.grade(field).category, spread, height, spec, named or weighted)


def _hierarchy(
    question: Question, ask: Ask, least: int
) -> tuple[dict[str, Any] | None, tuple[int, float], tuple[str, str]]:
    """The hierarchy of one field with its height and spread; None with the reason where there is none."""
    name = ask.field
    said = question.job.fields.get(name)
    type = question.table.dataset.field(name).type
    counts = question.counts(name)
    if said is not None and said.hierarchy is not None:
        try:
            return dict(said.hierarchy), hierarchy.measure(name, dict(said.hierarchy), counts), ("", "")
        except Unplaced as error:
            first = first_row(question.table.path, name, error.values)
            raise BadInput(str(error.located(name, first)), "Set it beside the field's hierarchy in the job.") from None
        except AnonymizerError as error:
            raise BadInput(str(error), "Correct the hierarchy that the job file names.") from None
    if "level" in ask.params and question.grade(name).role != QUASI:
        spec = hierarchy.bands(type, counts, int(ask.params.get("bands", BANDS)))
        return spec, (2, 1.0), ("it has no bands to be put into, so it is left out", "无法划分区间，故删除")
    spec = hierarchy.choose(question.grade(name).category, type, counts, least)
    return (
        spec,
        hierarchy.measure(name, spec, counts) if spec is not None else (0, 1.0),
        ("its values have no coarser form and too few rows share one, so it is left out", "取值过细且无法泛化，故删除"),
    )


def _give_up(ask: Ask, english: str, chinese: str) -> Ask:
    return Ask(ask.field, DROP, {}, ask.article, ask.evidence, english, chinese)


# -- the parts of a plan -----------------------------------------------------------------------------------------


def _field(question: Question, ask: Ask, hierarchies: Mapping[str, dict[str, Any]]) -> FieldPlan:
    grade, said = question.grade(ask.field), question.job.fields.get(ask.field)
    params = {key: value for key, value in ask.params.items() if key != "bands"}
    if ask.method == GENERALIZE:
        params["hierarchy"] = hierarchies[ask.field]
        if said is not None:
            bounds = {"min_level": said.min_level, "max_level": said.max_level}
            params |= {key: value for key, value in bounds.items() if value is not None}
    return FieldPlan(
        field=ask.field,
        category=grade.category,
        role=grade.role,
        grade=dict(grade.levels),
        method=ask.method,
        params=frozen(params),
        article=ask.article or grade.article,
        evidence=ask.evidence if ask.article else grade.evidence,
        reason=ask.reason,
        reason_zh=ask.reason_zh,
    )


def _models(question: Question, asked: Demands) -> tuple[ModelSpec, ...]:
    """The pack's models and the job file's; where both ask for one, each letter takes its stricter value."""
    found = {(m.name, str(m.params.get("field", ""))): ModelSpec(m.name, frozen(dict(m.params))) for m in asked.models}
    for spec in question.job.models:
        key = (spec.name, str(spec.params.get("field", "")))
        params = merged(spec.params, found[key].params) if key in found else dict(spec.params)
        found[key] = ModelSpec(spec.name, frozen(params))
    return tuple(found.values())


def _search(question: Question, asked: Demands) -> SearchSpec:
    """The job file's search within the pack's limit; without weights the core counts more."""
    search = tightened(question.job.search or SearchSpec(), asked.suppression_limit)
    if search.weights:
        return search
    searched = [ask.field for ask in asked.asks if ask.method == GENERALIZE]
    core = {name for name in searched if question.grade(name).category in quasi.CORE}
    return replace(search, weights={name: quasi.WEIGHT for name in searched if name in core})


def _limits(asked: Demands, models: Iterable[ModelSpec]) -> tuple[Limit, ...]:
    """The pack's limits, and one for every model of the job file that is measured under a letter of its own."""
    limits = {(a.metric, a.op): Limit(a.metric, a.op, a.value, a.article) for a in asked.acceptance}
    for model in models:
        if model.name not in LIMITED:
            continue
        letter, metric, op = LIMITED[model.name]
        field = model.params.get("field")
        name, value = (f"{metric}:{field}" if field else metric), float(model.params[letter])
        known = limits.get((name, op))
        if known is None or (value > known.value if op == ">=" else value < known.value):
            limits[name, op] = Limit(name, op, value, known.article if known else "")
    return tuple(limits.values())


def _too_few(question: Question, models: Iterable[ModelSpec], asked: Demands) -> list[Refusal]:
    """The refusal of a table that has fewer rows than must look alike."""
    rows = question.table.dataset.rows
    k = max((int(model.params["k"]) for model in models if model.name == "k-anonymity"), default=0)
    if k <= rows:
        return []
    return [
        Refusal(
            "plan.too-few-rows",
            f"The table has {rows} rows, and groups of at least {k} rows must look alike.",
            next((model.article for model in asked.models if model.name == "k-anonymity"), ""),
            "Release aggregates of it, or join it with more rows.",
        )
    ]


def _modelled(asked: Demands, models: Iterable[ModelSpec]) -> list[Refusal]:
    """Models that the job file asks of fields which are not released."""
    released = {ask.field for ask in asked.asks if ask.method != DROP}
    return [
        Refusal(
            "plan.model-of-dropped-field",
            f"The job file asks for {model.name} of field '{model.params['field']}', which is left out.",
            remedy="Remove the model, or ask for conditional openness.",
        )
        for model in models
        if "field" in model.params and model.params["field"] not in released
    ]


def _reasons(question: Question, asked: Demands) -> tuple[str, ...]:
    """What a reader of the plan should know besides the fields."""
    grading, planned = question.grading, asked.planned
    raw = ", ".join(f"{scale} {level}" for scale, level in grading.levels.items())
    lines = [f"As it is the table is {grading.openness} ({raw}; {grading.article})."]
    if planned is not None:
        after = ", ".join(f"{scale} {level}" for scale, level in planned.levels.items())
        lines.append(f"After the plan it is {planned.openness} ({after}), if every limit is measured and holds.")
    dropped = [ask.field for ask in asked.asks if ask.method == DROP]
    if dropped:
        lines.append(f"{len(dropped)} of {len(asked.asks)} fields are left out: {', '.join(dropped)}.")
    review = [grade.field for grade in grading.fields if grade.needs_review]
    if review:
        lines.append(f"{len(review)} fields need a person's look: {', '.join(review)}.")
    lines += remarks.flags(grading)
    lines += texts.limits(asked.asks)
    lines += remarks.to_decide(dropped, review, len(asked.asks))
    dates = [ask.field for ask in asked.asks if ask.method == GENERALIZE and _dated(question, ask.field)]
    if not any(g.category.startswith("person.") and not g.needs_review for g in grading.fields):
        lines += remarks.coarse_dates(dates, review)
    for ask in asked.asks:
        if ask.method != DROP and question.grade(ask.field).category == USCC:
            lines += remarks.sole_traders(ask.field, question.counts(ask.field))
    if question.openness is Openness.UNCONDITIONAL and dropped:
        lines += _wider(question, dropped)
    return tuple(lines)


def _dated(question: Question, name: str) -> bool:
    return question.table.dataset.field(name).type in (FieldType.DATE, FieldType.DATETIME)


def _wider(question: Question, dropped: list[str]) -> list[str]:
    """Which fields a conditional release could still show."""
    conditional = _demands(replace(question, openness=Openness.CONDITIONAL), {})
    shown = {ask.field for ask in conditional.asks if ask.method != DROP}
    more = [name for name in dropped if name in shown]
    return [f"A conditional release could show {len(more)} fields more: {', '.join(more)}."] if more else []
