"""Rules: at which stage, when, on which fields, with what effect, under which article."""

from __future__ import annotations

from dataclasses import dataclass

from policies.format.authority import Authority, Words, read_authority, read_words
from policies.format.condition import ALWAYS, Condition, read_condition
from policies.format.effect import Effect, read_effect
from policies.source.section import Section

STAGES = ("field", "combination", "dataset", "derived", "release")

# Effects that make no sense at a stage are refused: a level falls only on measured evidence, so only when derived.
_STAGE_OF = {"lower": ("derived",), "exempt": ("field",), "require_release": ("dataset", "release")}
_FIELD_ONLY = ("set_role", "add_marker", "exempt", "require_treatment")


@dataclass(frozen=True, slots=True)
class Rule:
    """``on`` selects the fields the effects fall upon; None means the dataset as a whole.

    A rule of the field stage has no ``on``: its ``when`` is asked of every field.  ``source`` is the pack it came
    from."""

    id: str
    stage: str
    when: Condition
    on: Condition | None
    then: tuple[Effect, ...]
    words: Words
    authority: Authority
    source: str


def read_rules(root: Section, source: str) -> dict[str, Rule]:
    """Every ``[[rules]]`` table in the order of the file, by id."""
    found: dict[str, Rule] = {}
    for section in root.sections("rules"):
        rule = _rule(section, source)
        if rule.id in found:
            section.fail(f"repeats the rule '{rule.id}'", "id")
        found[rule.id] = rule
    return found


def _rule(section: Section, source: str) -> Rule:
    stage = section.choice("stage", STAGES)
    per_field = stage == "field"
    if per_field and section.has("on"):
        section.fail("does not belong in a field rule: its 'when' already chooses the fields", "on")
    on = read_condition(section, "on", field=True) if section.has("on") else None
    rule = Rule(
        id=section.text("id"),
        stage=stage,
        when=read_condition(section, "when", field=per_field) if section.has("when") else ALWAYS,
        on=on,
        then=_effects(section, stage, per_field or on is not None),
        words=read_words(section),
        authority=read_authority(section),
        source=source,
    )
    section.close()
    return rule


def _effects(section: Section, stage: str, on_field: bool) -> tuple[Effect, ...]:
    effects: list[Effect] = []
    for inner in section.sections("then"):
        effect = read_effect(inner)
        if stage not in _STAGE_OF.get(effect.kind, (stage,)):
            inner.fail(f"may stand only at the stage {' or '.join(_STAGE_OF[effect.kind])}", effect.kind)
        if effect.kind in _FIELD_ONLY and not on_field:
            inner.fail("acts on a field: add 'on' to say which fields", effect.kind)
        if effect.kind == "require_release" and on_field:
            inner.fail("acts on the dataset: leave 'on' out", effect.kind)
        effects.append(effect)
    if not effects:
        section.fail("needs at least one effect", "then")
    return tuple(effects)
