"""Grading: facts and a pack in, levels, openness and every step of the derivation out.  Pure.

Stages run in this order: field, combination, derived rules upon fields, dataset (the gravest field, then its rules),
derived rules upon the dataset, release.  Grading a treated table is the same call with facts that say what was done
(``FieldFacts.treated``) and what was measured (``DatasetFacts.measures``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policies.errors import FactsError
from policies.facts import DatasetFacts, FieldFacts
from policies.format.authority import Words
from policies.grading import FieldGrade, Grading, Step
from policies.openness import UNCONDITIONAL, strictest
from policies.pack import Pack
from policies.stages.effects import fire, note
from policies.stages.entry import grade_entries
from policies.stages.release import bind
from policies.stages.state import FieldState, Scene, State, allowed, begin
from policies.stages.truth import conjunction, truth
from policies.together import IMPACT, check_attributes, known_to, together

DROP = "drop"


def grade(pack: Pack, fields: Sequence[FieldFacts], dataset: DatasetFacts) -> Grading:
    """The grades of ``fields`` and of the dataset they make up, in the order given; dropped fields get none.

    A pack that is several at once grades by each of them.  Raises FactsError on a field named twice, or on an attribute
    or value that the pack does not know."""
    if pack.parts:
        check_attributes(pack, dataset)
        return together(pack, [grade(part, fields, known_to(part, dataset)) for part in pack.parts], dataset)
    _check(pack, fields, dataset)
    scene = run(pack, fields, dataset)
    openness = [bind(pack, state) for state in scene.fields]
    grades = tuple(_field(pack, state, opened) for state, opened in zip(scene.fields, openness, strict=True))
    whole = _release(scene, strictest(openness))
    return Grading(
        policy=pack.meta.id,
        version=pack.meta.version,
        digest=pack.digest(),
        fields=grades,
        levels=dict(scene.whole.levels),
        openness=whole,
        article=_deciding(pack, scene.whole, whole).article,
        steps=tuple(scene.whole.steps),
        obligations=tuple(scene.obligations),
        flags=tuple(scene.flags),
        blocks=tuple(block.code for block in scene.stops),
        stops=tuple(scene.stops),
        instead=tuple(scene.instead),
        dataset=dataset,
    )


def regrade(
    pack: Pack,
    fields: Iterable[FieldFacts],
    dataset: DatasetFacts,
    treated: Mapping[str, str],
    measures: Mapping[str, float],
) -> Grading:
    """The grading of the table after treatment: fields whose method is ``drop`` are not in it (but still tell what the
    rows are about), the others say what was done to them, and derived rules see ``measures`` (promised by a plan, or
    measured from the written bytes)."""
    done = [replace(facts, treated=treated.get(facts.name, facts.treated)) for facts in fields]
    return grade(pack, done, replace(dataset, measures=dict(measures)))


def run(pack: Pack, fields: Sequence[FieldFacts], dataset: DatasetFacts) -> Scene:
    """All stages but the release stage; the working state, for those who ask further conditions of it."""
    states = [begin(pack, facts) for facts in fields]
    left = tuple(state for state in states if state.facts.treated != DROP)
    gone = tuple(state for state in states if state.facts.treated == DROP)
    scene = Scene(pack, dataset, left, gone, State(""))
    for state in states:
        grade_entries(pack, state)
        for rule in _rules(pack, "field"):
            certain = truth(rule.when, scene, state)
            if certain is not False:
                fire(rule, certain, scene, state)
    _apply(scene, "combination")
    _apply(scene, "derived", of_fields=True)
    _gather(scene)
    _declared_impact(scene)
    _apply(scene, "dataset")
    _apply(scene, "derived", of_fields=False)
    return scene


def _rules(pack: Pack, stage: str) -> list:  # type: ignore[type-arg]
    return [rule for rule in pack.rules if rule.stage == stage]


def _apply(scene: Scene, stage: str, of_fields: bool | None = None) -> None:
    """Runs the rules of a stage in the order of the pack.  All fields are asked before any is moved, so that the
    order of fields changes nothing."""
    for rule in _rules(scene.pack, stage):
        if of_fields is not None and (rule.on is not None) is not of_fields:
            continue
        if rule.on is None:
            certain = truth(rule.when, scene)
            if certain is not False:
                fire(rule, certain, scene, scene.whole)
            continue
        when, on = truth(rule.when, scene), rule.on
        if when is False:
            continue
        chosen = [(state, conjunction([when, truth(on, scene, state)])) for state in scene.fields]
        for state, certain in chosen:
            if certain is not False:
                fire(rule, certain, scene, state)


def _gather(scene: Scene) -> None:
    """The dataset is as grave as its gravest field, scale by scale."""
    for scale in scene.pack.scales.values():
        there = [state for state in scene.fields if scale.id in state.levels]
        if not there:
            continue
        gravest = max(there, key=lambda s: (scale.rank(s.levels[scale.id]), s.name))
        level = gravest.levels[scale.id]
        scene.whole.levels[scale.id] = level
        decided = _last(gravest.steps, scale.id)
        scene.whole.steps.append(
            Step(
                "dataset",
                "gravest-field",
                scale.id,
                "",
                level,
                decided.article,
                decided.evidence,
                text=f"the gravest field is '{gravest.name}'",
                text_zh=f"最高级别的字段是“{gravest.name}”",
            )
        )


def _declared_impact(scene: Scene) -> None:
    """``impact.OBJECT = DEGREE`` among the attributes: the matrix gives the least level of the dataset."""
    impact = scene.pack.impact
    for name, degree in sorted(scene.dataset.attributes.items()):
        thing = name.removeprefix(IMPACT)
        if thing == name or impact.authority is None:
            continue
        for id, level in impact.matrix[thing].get(degree, {}).items():
            scale, before = scene.pack.scales[id], scene.whole.levels.get(id, "")
            scene.whole.floors[id] = scale.max(scene.whole.floors.get(id, ""), level)
            scene.whole.levels[id] = scale.max(before, level)
            words = Words(f"申报的影响：{thing}，程度 {degree}", f"declared impact on {thing}: {degree}")
            moved = (before, scene.whole.levels[id])
            note(scene.whole, "dataset", f"impact:{thing}", id, moved, impact.authority, words)


def _release(scene: Scene, fields: str) -> str:
    scene.openness = bind(scene.pack, scene.whole, fields)
    _apply(scene, "release")
    return bind(scene.pack, scene.whole, fields)


def _field(pack: Pack, state: FieldState, openness: str) -> FieldGrade:
    decided = _deciding(pack, state, openness)
    return FieldGrade(
        field=state.name,
        category=state.facts.category,
        role=state.role,
        levels=dict(state.levels),
        article=decided.article,
        evidence=decided.evidence,
        openness=openness,
        steps=tuple(state.steps),
        needs_review=state.review,
        candidates=state.candidates,
        markers=state.markers(),
        required=tuple(state.required),
    )


_NOTHING = Step("release", "nothing-known", "openness", "", "closed", "", "recalled", "nothing is known", "一无所知")


def _deciding(pack: Pack, state: State, openness: str) -> Step:
    """The step to which the openness is owed: the cap where the cap is stricter, else the scale that decides."""
    by_level, _, scale = allowed(pack, state.levels.items())
    if state.cap == openness and state.cap != UNCONDITIONAL and by_level != openness:
        return _last(state.steps, "openness")
    return _last(state.steps, scale) if scale else _NOTHING


def _last(steps: Sequence[Step], scale: str) -> Step:
    """The last step that moved ``scale``, or the last that spoke of it."""
    spoken = [step for step in steps if step.scale == scale]
    moved = [step for step in spoken if step.before != step.after]
    return (moved or spoken)[-1]


def _check(pack: Pack, fields: Sequence[FieldFacts], dataset: DatasetFacts) -> None:
    names = [facts.name for facts in fields]
    if len(set(names)) != len(names):
        raise FactsError("A field is named twice: every field of a table needs a name of its own.")
    for name, value in dataset.attributes.items():
        thing = name.removeprefix(IMPACT)
        if thing != name and thing in pack.impact.matrix:
            known: tuple[str, ...] = pack.impact.degrees
        elif name in pack.attributes:
            known = pack.attributes[name].values
        else:
            raise FactsError(
                f"The policy {pack.meta.id} knows no attribute '{name}': "
                f"declare one of {', '.join(sorted(pack.attributes))}."
            )
        if value not in known:
            raise FactsError(f"The attribute '{name}' must be one of {', '.join(known)}.")
