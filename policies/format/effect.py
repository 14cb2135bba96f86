"""Effects: what a rule does when its condition holds.

Each effect is either restricting (it fires when the condition holds or cannot be decided) or loosening (only when it
surely holds): what is not known never opens anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.format.condition import ROLES
from policies.openness import ORDER
from policies.source.section import Section
from policies.strictness import METHODS

RELEASE_KINDS = ("differential-privacy", "aggregate", "synthetic")
LOOSENING = frozenset({"lower", "exempt"})


@dataclass(frozen=True, slots=True)
class Effect:
    """``kind`` of the closed vocabulary; ``levels`` for those that move levels, ``params`` for the others."""

    kind: str
    levels: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)


def read_effect(section: Section) -> Effect:
    """One ``{ effect = … }`` table of a rule's ``then``."""
    keys = list(section.keys())
    if len(keys) != 1:
        section.fail("must be a table with exactly one effect")
    section.member(keys[0], EFFECTS, keys[0])
    return EFFECTS[keys[0]](section, keys[0])


def read_levels(parent: Section, key: str) -> dict[str, str]:
    """A table of scale = level; the names are checked when the whole pack stands."""
    inner = parent.section(key)
    if not inner.data:
        parent.fail("must name a level for at least one scale", key)
    return {scale: inner.text(scale) for scale in inner.keys()}  # noqa: SIM118


def _levels(section: Section, key: str) -> Effect:
    return Effect(key, read_levels(section, key))


def _move(section: Section, key: str) -> Effect:
    """``{ scale, to }`` or ``{ scale, by, max }`` (``min`` when lowering)."""
    inner = section.section(key)
    scale, bound = inner.text("scale"), "max" if key == "raise" else "min"
    if inner.has("to"):
        effect = Effect(key, {scale: inner.text("to")})
    else:
        params: dict[str, Any] = {"scale": scale, "by": inner.integer("by", least=1)}
        if inner.has(bound):
            params["bound"] = inner.text(bound)
        effect = Effect(key, {}, params)
    inner.close()
    return effect


def _cap(section: Section, key: str) -> Effect:
    return Effect(key, params={"openness": section.choice(key, ORDER)})


def _treatment(section: Section, key: str) -> Effect:
    inner = section.section(key)
    params = {
        "method": inner.choice("method", METHODS),
        "params": read_params(inner),
        "openness": read_openness(inner),
    }
    inner.close()
    return Effect(key, params=params)


def _release(section: Section, key: str) -> Effect:
    inner = section.section(key)
    params = {"kind": inner.choice("kind", RELEASE_KINDS), "params": read_params(inner)}
    params["openness"] = read_openness(inner)
    inner.close()
    return Effect(key, params=params)


def _text(section: Section, key: str) -> Effect:
    return Effect(key, params={"id": section.text(key)})


def _role(section: Section, key: str) -> Effect:
    return Effect(key, params={"role": section.choice(key, ROLES)})


def _block(section: Section, key: str) -> Effect:
    inner = section.section(key)
    params = {"code": inner.text("code"), "zh": inner.text("zh"), "en": inner.text("en")}
    inner.close()
    return Effect(key, params=params)


def read_openness(section: Section) -> tuple[str, ...]:
    """The kinds of openness an entry speaks of; absent means both kinds that can be released."""
    values = section.texts("openness", ("unconditional", "conditional"))
    for value in values:
        section.member(value, ("unconditional", "conditional"), "openness")
    return values


def read_params(section: Section) -> dict[str, Any]:
    """Parameters of a treatment, a model or a release: texts, numbers, booleans and lists of them."""
    inner = section.section("params")
    params: dict[str, Any] = {}
    for key in inner.keys():  # noqa: SIM118
        value = inner.take(key)
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, (str, int, float, bool)) for item in items):
            inner.fail("must be a text, a number, a boolean or a list of them", key)
        params[key] = tuple(value) if isinstance(value, list) else value
    return params


EFFECTS: dict[str, Callable[[Section, str], Effect]] = {
    "set_floor": _levels,
    "raise": _move,
    "lower": _move,
    "exempt": _levels,
    "set_role": _role,
    "add_marker": _text,
    "cap_openness": _cap,
    "require_treatment": _treatment,
    "require_release": _release,
    "add_obligation": _text,
    "flag_review": _text,
    "block": _block,
}
