"""What a pack asks of a table at one openness: treatments, models, limits, duties, or a refusal.

The asks are tried on paper: the table is graded again as it would be after them, with every limit taken as kept, and
a field that would still be too grave is dropped.  So a pack whose treatments are too mild loses fields, never opens
them.  What the paper says is a promise; the limits make somebody measure it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policies.facts import FieldFacts
from policies.format.demand import AcceptanceEntry, ModelEntry
from policies.grade import DROP, grade, run
from policies.grading import Grading
from policies.openness import CLOSED, ORDER, UNCONDITIONAL, exceeds
from policies.pack import Pack
from policies.stages.ask import ask_for
from policies.stages.state import Scene
from policies.stages.truth import conjunction, truth
from policies.strictness import merged
from policies.treatment import Acceptance, Ask, Demands, Model

Refused = tuple[str, str, str, str]


def demands(
    pack: Pack,
    grading: Grading,
    fields: Sequence[FieldFacts],
    openness: str,
    chosen: Mapping[str, Ask] | None = None,
) -> Demands:
    """Everything ``pack`` asks of the table that ``grading`` is about, to release it at ``openness``.

    ``chosen`` are asks that are already settled (a person's, or a field the plan gave up) and replace the pack's.
    Raises ValueError on an openness at which nothing is released."""
    if openness not in ORDER or openness == CLOSED:
        raise ValueError("A table is released unconditional or conditional: choose one of the two.")
    if pack.parts:
        from policies.combine import demands_of_parts  # asks each of them for its demands, so it stands above

        return demands_of_parts(pack, grading, fields, openness, chosen)
    raw = run(pack, fields, grading.dataset)
    asks = {state.name: ask_for(pack, raw, state, openness) for state in raw.fields} | dict(chosen or {})
    while True:
        models, limits = _promises(pack, fields, grading, asks, openness)
        planned = _planned(pack, fields, grading, asks, models, limits)
        grave = [g for g in planned.fields if exceeds(g.openness, openness)]
        if not grave:
            break
        for g in grave:
            levels = ", ".join(g.levels.values())
            asks[g.field] = Ask(
                g.field,
                DROP,
                {},
                g.article,
                g.evidence,
                f"still {levels} ({g.openness}) after '{asks[g.field].method}', so it is left out",
                f"采用“{asks[g.field].method}”后仍为 {levels}（{g.openness}），故删除",
                "too-grave",
            )
    duties = _duties(pack, (*_lasting(grading), *planned.obligations), openness)
    instead = next((i for i in grading.instead if openness in i.openness), None)
    return Demands(
        openness=openness,
        asks=tuple(asks[facts.name] for facts in fields if facts.name in asks),
        models=models,
        acceptance=limits,
        suppression_limit=pack.suppression.limit if pack.suppression else 0.0,
        obligations=tuple(pack.obligations[id].words.both() for id in duties),
        obligation_ids=duties,
        refusals=_refusals(grading, planned, openness),
        planned=planned,
        release=instead.kind if instead else "microdata",
        release_params=instead.params if instead else {},
    )


def _treated(fields: Sequence[FieldFacts], asks: Mapping[str, Ask]) -> list[FieldFacts]:
    return [replace(f, treated=asks[f.name].method if f.name in asks else f.treated) for f in fields]


def _promises(
    pack: Pack, fields: Sequence[FieldFacts], grading: Grading, asks: Mapping[str, Ask], openness: str
) -> tuple[tuple[Model, ...], tuple[Acceptance, ...]]:
    scene = run(pack, _treated(fields, asks), replace(grading.dataset, measures={}))
    models: dict[tuple[str, str], Model] = {}
    for entry in pack.models:
        for name in _asked(entry, scene, openness):
            params = {**entry.params, **({"field": name} if name else {})}
            model = Model(entry.name, params, entry.authority.article, entry.authority.evidence)
            other = models.get((entry.name, name))
            models[entry.name, name] = replace(model, params=merged(params, other.params)) if other else model
    limits: dict[tuple[str, str], Acceptance] = {}
    for limit in pack.acceptance:
        for name in _asked(limit, scene, openness):
            metric = limit.metric.replace("{field}", name)
            one = Acceptance(metric, limit.op, limit.value, limit.authority.article, limit.authority.evidence)
            limits[metric, limit.op] = stricter(one, limits.get((metric, limit.op)))
    return tuple(models.values()), tuple(limits.values())


def _asked(entry: ModelEntry | AcceptanceEntry, scene: Scene, openness: str) -> list[str]:
    """The fields an entry is asked for, the empty name standing for the table; nothing where it does not apply."""
    when = truth(entry.when, scene) if openness in entry.openness else False
    if when is False:
        return []
    if entry.of is None:
        return [""]
    return [s.name for s in scene.fields if conjunction([when, truth(entry.of, scene, s)]) is not False]


def stricter(one: Acceptance, other: Acceptance | None) -> Acceptance:
    """The harder of two limits on one metric with one comparison."""
    if other is None:
        return one
    return max(one, other, key=lambda limit: limit.value if one.op == ">=" else -limit.value)


def _planned(
    pack: Pack,
    fields: Sequence[FieldFacts],
    grading: Grading,
    asks: Mapping[str, Ask],
    models: Sequence[Model],
    limits: Sequence[Acceptance],
) -> Grading:
    return grade(pack, _treated(fields, asks), replace(grading.dataset, measures={**promised(models), **_kept(limits)}))


def _kept(limits: Sequence[Acceptance]) -> dict[str, float]:
    return {limit.metric: limit.value for limit in limits}


def promised(models: Sequence[Model]) -> dict[str, float]:
    """The measures that follow from the models alone: k, the risk 1/k of the smallest class, l of a field."""
    measures: dict[str, float] = {}
    for model in models:
        if model.name == "k-anonymity":
            measures["k"] = float(model.params["k"])
            measures["max-risk"] = 1.0 / float(model.params["k"])
        elif model.name == "distinct-l-diversity":
            measures[f"l:{model.params['field']}"] = float(model.params["l"])
    return measures


def _lasting(grading: Grading) -> tuple[str, ...]:
    """The duties that the raw table brings with it; those of the release stage are about what is released."""
    steps = (*grading.steps, *(step for field in grading.fields for step in field.steps))
    released = {step.after for step in steps if step.scale == "obligation" and step.stage == "release"}
    lasting = {step.after for step in steps if step.scale == "obligation" and step.stage != "release"}
    return tuple(id for id in grading.obligations if id in lasting or id not in released)


def _duties(pack: Pack, ids: Sequence[str], openness: str) -> tuple[str, ...]:
    return tuple(id for id, entry in pack.obligations.items() if id in ids or openness in entry.openness)


def _refusals(grading: Grading, planned: Grading, openness: str) -> tuple[Refused, ...]:
    found: list[Refused] = [(stop.code, stop.text, stop.article, stop.remedy) for stop in grading.stops]
    found += [
        (
            f"release.{instead.kind}",
            f"The policy asks for {instead.kind} in place of microdata: {instead.text}.",
            instead.article,
            "Prepare protected aggregates of this table with those parameters instead of releasing its rows.",
        )
        for instead in grading.instead
        if openness in instead.openness
    ]
    if not planned.fields:
        found.append(
            (
                "plan.nothing-left",
                _nothing(grading, openness),
                grading.article,
                "Have the uncertain fields looked at by a person, or keep the table closed."
                if openness != UNCONDITIONAL
                else "Have the uncertain fields looked at by a person, or ask for a more restricted openness.",
            )
        )
    elif exceeds(planned.openness, openness):
        levels = ", ".join(f"{scale} {level}" for scale, level in planned.levels.items())
        found.append(
            (
                f"grade.{planned.openness}",
                f"The table stays {planned.openness} ({levels}) after every treatment, so it cannot be {openness}.",
                planned.article,
                _remedy(planned, openness),
            )
        )
    return tuple(found)


def _nothing(grading: Grading, openness: str) -> str:
    if len(grading.fields) == 1:
        name = grading.fields[0].field
        return f"The table has one column, '{name}', which may not be released {openness}: nothing would be left."
    return f"None of the {len(grading.fields)} fields of the table may be released {openness}."


def _remedy(planned: Grading, openness: str) -> str:
    if openness == UNCONDITIONAL and planned.openness != CLOSED:
        return "Ask for conditional openness, or correct the declared attributes if they are wrong."
    return "Correct the declared attributes if they are wrong, or keep the table closed."
