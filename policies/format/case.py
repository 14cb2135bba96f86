"""Worked cases: facts in, grades and demands out.  They stand in the pack and are run by ``check`` and by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.facts import DatasetFacts, FieldFacts
from policies.format.condition import ROLES
from policies.openness import ORDER
from policies.source.section import Section


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out.  Mappings that are given are compared whole for every field they name; None is not compared.

    ``rules`` must be exactly the ids of the rules that fired, in any order."""

    openness: str
    levels: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    articles: Mapping[str, str]
    roles: Mapping[str, str]
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedDemands:
    """What must be asked for at one openness: method by field, ``name k=…`` models, limits and refusal codes."""

    methods: Mapping[str, str]
    models: tuple[str, ...]
    limits: tuple[str, ...]
    refusals: tuple[str, ...]
    after: Mapping[str, str]
    obligations: tuple[str, ...] | None
    release: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case."""

    id: str
    fields: tuple[FieldFacts, ...]
    dataset: DatasetFacts
    expect: Expected
    demands: Mapping[str, ExpectedDemands] = field(default_factory=dict)


def read_cases(root: Section) -> tuple[Case, ...]:
    """Every ``[[cases]]`` table."""
    found: list[Case] = []
    for section in root.sections("cases"):
        case = _case(section)
        if case.id in {other.id for other in found}:
            section.fail(f"repeats the case '{case.id}'", "id")
        found.append(case)
    return tuple(found)


def _case(section: Section) -> Case:
    fields = tuple(_field(inner) for inner in section.sections("fields"))
    names = [f.name for f in fields]
    if not names or len(set(names)) != len(names):
        section.fail("must list at least one field, each name once", "fields")
    dataset = DatasetFacts(
        rows=section.integer("rows", 1000, least=0),
        subjects=section.integer("subjects", 0, least=0),
        sources=section.integer("sources", 1, least=1),
        measures=_numbers(section, "measures"),
        attributes=_texts(section, "attributes"),
    )
    demands = {name: _demands(inner, names) for name, inner in section.named("demands")}
    for name in demands:
        section.member(name, ("unconditional", "conditional"), "demands")
    case = Case(section.text("id"), fields, dataset, _expected(section.section("expect"), names), demands)
    section.close()
    return case


def _field(section: Section) -> FieldFacts:
    alternatives: list[tuple[str, float]] = []
    inner = section.section("alternatives")
    for category in inner.keys():  # noqa: SIM118
        alternatives.append((category, inner.number(category, low=0, high=1)))
    value = FieldFacts(
        name=section.text("name"),
        category=section.text("category"),
        role=section.choice("role", ROLES),
        confidence=section.number("confidence", 1.0, low=0, high=1),
        distinct=section.integer("distinct", 0, least=0),
        alternatives=tuple(alternatives),
        needs_review=section.flag("needs_review", False),
        overridden=section.flag("overridden", False),
        treated=section.text("treated", ""),
        top_share=section.number("top_share", 0.0, low=0, high=1),
        type=section.text("type", ""),
    )
    section.close()
    return value


def _expected(section: Section, names: list[str]) -> Expected:
    fields: dict[str, dict[str, str]] = {}
    for name, inner in section.named("fields"):
        section.member(name, names, "fields")
        fields[name] = {scale: inner.text(scale) for scale in inner.keys()}  # noqa: SIM118
    value = Expected(
        openness=section.choice("openness", ORDER),
        levels=_texts(section, "levels"),
        fields=fields,
        articles=_texts(section, "articles", names),
        roles=_texts(section, "roles", names),
        rules=section.texts("rules", ()),
        flags=section.texts("flags", ()),
        blocks=section.texts("blocks", ()),
    )
    section.close()
    return value


def _demands(section: Section, names: list[str]) -> ExpectedDemands:
    value = ExpectedDemands(
        methods=_texts(section, "methods", names),
        models=section.texts("models", ()),
        limits=section.texts("limits", ()),
        refusals=section.texts("refusals", ()),
        after=_texts(section, "after"),
        obligations=section.texts("obligations") if section.has("obligations") else None,
        release=section.text("release", "microdata"),
    )
    section.close()
    return value


def _texts(section: Section, key: str, names: list[str] | None = None) -> dict[str, str]:
    inner = section.section(key)
    for name in inner.keys():  # noqa: SIM118
        if names is not None:
            inner.member(name, names, name)
    return {name: inner.text(name) for name in inner.keys()}  # noqa: SIM118


def _numbers(section: Section, key: str) -> dict[str, Any]:
    inner = section.section(key)
    return {name: inner.number(name) for name in inner.keys()}  # noqa: SIM118
