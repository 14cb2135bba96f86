"""What an effect does to a state, and the step it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policies.format.authority import Authority, Words
from policies.format.effect import LOOSENING, Effect
from policies.format.rule import Rule
from policies.grading import Block, Instead, Required, Step
from policies.openness import strictest
from policies.stages.state import FieldState, Scene, State
from policies.stages.truth import Truth


def fire(rule: Rule, certain: Truth, scene: Scene, state: State) -> None:
    """Does every effect of ``rule`` to ``state``; ``certain`` is True, or None where it could not be decided."""
    for effect in rule.then:
        if effect.kind in LOOSENING and certain is not True:
            continue
        _EFFECTS[effect.kind](effect, rule, scene, state, certain)


def note(
    state: State, stage: str, rule: str, scale: str, moved: tuple[str, str], authority: Authority, words: Words
) -> None:
    """Writes a step down; ``moved`` is (before, after)."""
    state.steps.append(
        Step(stage, rule, scale, *moved, authority.article, authority.evidence, text=words.en, text_zh=words.zh)
    )


def _moved(rule: Rule, state: State, scale: str, before: str, after: str) -> None:
    note(state, rule.stage, rule.id, scale, (before, after), rule.authority, rule.words)


def _raise_to(scene: Scene, rule: Rule, state: State, scale: str, level: str) -> None:
    before = state.levels.get(scale, "")
    state.levels[scale] = scene.scale(scale).max(before, level)
    _moved(rule, state, scale, before, state.levels[scale])


def _set_floor(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    for scale, level in effect.levels.items():
        state.floors[scale] = scene.scale(scale).max(state.floors.get(scale, ""), level)
        _raise_to(scene, rule, state, scale, level)


def _raise(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    for name, level in effect.levels.items():
        _raise_to(scene, rule, state, name, level)
    if "by" in effect.params:
        id = effect.params["scale"]
        scale, before = scene.scale(id), state.levels.get(id, "")
        if not before:
            return
        target = scale.shift(before, effect.params["by"])
        bound = effect.params.get("bound")
        if bound and scale.rank(target) > scale.rank(bound):
            target = bound
        _raise_to(scene, rule, state, id, target)


def _lower(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    """Only on measured evidence, and never below the floor."""
    if not scene.dataset.measures:
        return
    wanted: Mapping[str, str] = effect.levels
    if "by" in effect.params:
        id = effect.params["scale"]
        if state.levels.get(id):
            lower = scene.scale(id).shift(state.levels[id], -effect.params["by"])
            wanted = {id: scene.scale(id).max(lower, effect.params.get("bound", ""))}
    _sink(scene, rule, state, wanted)


def _exempt(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    _sink(scene, rule, state, effect.levels)


def _sink(scene: Scene, rule: Rule, state: State, levels: Mapping[str, str]) -> None:
    for id, level in levels.items():
        before = state.levels.get(id, "")
        if not before:
            continue
        scale = scene.scale(id)
        target = scale.max(level, state.floors.get(id, ""))
        if scale.rank(target) < scale.rank(before):
            state.levels[id] = target
        _moved(rule, state, id, before, state.levels[id])


def _set_role(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    """Taking the role of an identifier away is a relaxation and needs certainty."""
    assert isinstance(state, FieldState)
    role = effect.params["role"]
    relaxes = role == "insensitive" or state.role == "direct-identifier"
    if state.role != role and not (relaxes and certain is not True):
        _moved(rule, state, "role", state.role, role)
        state.role = role


def _add_marker(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    assert isinstance(state, FieldState)
    marker = effect.params["id"]
    _moved(rule, state, "marker", "", marker)
    (state.sure if certain is True else state.maybe).add(marker)


def _cap(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    before = state.cap
    state.cap = strictest([before, effect.params["openness"]])
    _moved(rule, state, "openness", before, state.cap)


def _require(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    assert isinstance(state, FieldState)
    state.required.append(
        Required(
            method=effect.params["method"],
            params=effect.params["params"],
            openness=effect.params["openness"],
            rule=rule.id,
            article=rule.authority.article,
            evidence=rule.authority.evidence,
            text=rule.words.en,
            text_zh=rule.words.zh,
        )
    )
    _moved(rule, state, "treatment", "", effect.params["method"])


def _instead(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    scene.instead.append(
        Instead(
            kind=effect.params["kind"],
            params=effect.params["params"],
            openness=effect.params["openness"],
            rule=rule.id,
            article=rule.authority.article,
            evidence=rule.authority.evidence,
            text=rule.words.en,
            text_zh=rule.words.zh,
        )
    )
    _moved(rule, state, "release", "microdata", effect.params["kind"])


def _obligation(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    _moved(rule, state, "obligation", "", effect.params["id"])
    if effect.params["id"] not in scene.obligations:
        scene.obligations.append(effect.params["id"])


def _flag(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    _moved(rule, state, "review", "", effect.params["id"])
    if isinstance(state, FieldState):
        state.review = True
    if effect.params["id"] not in scene.flags:
        scene.flags.append(effect.params["id"])


def _block(effect: Effect, rule: Rule, scene: Scene, state: State, certain: Truth) -> None:
    block = Block(
        code=effect.params["code"],
        rule=rule.id,
        article=rule.authority.article,
        text=rule.words.en,
        text_zh=rule.words.zh,
        remedy=effect.params["en"],
        remedy_zh=effect.params["zh"],
    )
    _moved(rule, state, "block", "", block.code)
    if block not in scene.stops:
        scene.stops.append(block)


_EFFECTS: dict[str, Callable[[Effect, Rule, Scene, State, Truth], None]] = {
    "set_floor": _set_floor,
    "raise": _raise,
    "lower": _lower,
    "exempt": _exempt,
    "set_role": _set_role,
    "add_marker": _add_marker,
    "cap_openness": _cap,
    "require_treatment": _require,
    "require_release": _instead,
    "add_obligation": _obligation,
    "flag_review": _flag,
    "block": _block,
}
