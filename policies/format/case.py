"""Worked cases: facts in, grades and demands out.  They stand in the pack and are run by ``check`` and by the tests.

A field carries what must come of it on its own line: ``levels`` (level ids, one per scale), ``becomes`` (the role,
where the rules change it), ``markers``, ``article``, and at each openness the method asked for
with the entry of the treatments that asks for it (``"drop direct-identifiers"``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.facts import PLACES, TIMES, DatasetFacts, FieldFacts, ReleasedBefore
from policies.format.condition import ROLES
from policies.openness import ORDER
from policies.source.section import Section
from policies.strictness import METHODS


@dataclass(frozen=True, slots=True)
class ExpectedField:
    """``levels`` and ``markers`` are compared whole; ``role`` is the role after the rules; ``article`` is compared when
    given.  ``methods`` holds method and entry (which may be empty) by openness."""

    name: str
    levels: frozenset[str]
    role: str
    markers: frozenset[str]
    article: str
    methods: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out for the table.  ``rules`` must be exactly the ids of the rules that fired, in any order."""

    openness: str
    levels: frozenset[str]
    fields: tuple[ExpectedField, ...]
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedDemands:
    """What must be asked for at one openness: models as ``k-anonymity k=20``, limits as ``k >= 20``, codes of
    refusals, levels after treatment, ids of obligations."""

    models: tuple[str, ...]
    limits: tuple[str, ...]
    refusals: tuple[str, ...]
    after: frozenset[str]
    obligations: tuple[str, ...]
    release: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case.  ``under`` names the pack beside which a profile is tried, and is empty in a pack that grades."""

    id: str
    fields: tuple[FieldFacts, ...]
    dataset: DatasetFacts
    expect: Expected
    demands: Mapping[str, ExpectedDemands] = field(default_factory=dict)
    under: str = ""


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
    demands = {name: _demands(inner) for name, inner in section.named("demands")}
    for name in demands:
        section.member(name, ("unconditional", "conditional"), "demands")
    fields = tuple(_field(inner, tuple(demands)) for inner in section.sections("fields"))
    names = [facts.name for facts, _ in fields]
    if not names or len(set(names)) != len(names):
        section.fail("must list at least one field, each name once", "fields")
    dataset = DatasetFacts(
        rows=section.integer("rows", 1000, least=0),
        subjects=section.integer("subjects", 0, least=0),
        sources=section.integer("sources", 1, least=1),
        measures=_numbers(section, "measures"),
        attributes=_texts(section, "attributes"),
        released=tuple(_released(inner) for inner in section.sections("released")),
    )
    expected = tuple(expected for facts, expected in fields if facts.treated != "drop")
    case = Case(
        id=section.text("id"),
        fields=tuple(facts for facts, _ in fields),
        dataset=dataset,
        expect=_expected(section, expected),
        demands=demands,
        under=section.text("under", ""),
    )
    section.close()
    return case


def _field(section: Section, asked: tuple[str, ...]) -> tuple[FieldFacts, ExpectedField]:
    inner = section.section("alternatives")
    facts = FieldFacts(
        name=section.text("name"),
        category=section.text("category"),
        role=section.choice("role", ROLES),
        confidence=section.number("confidence", 1.0, low=0, high=1),
        distinct=section.integer("distinct", 0, least=0),
        alternatives=tuple((category, inner.number(category, low=0, high=1)) for category in inner.keys()),  # noqa: SIM118
        needs_review=section.flag("needs_review", False),
        overridden=section.flag("overridden", False),
        treated=section.text("treated", ""),
        top_share=section.number("top_share", 0.0, low=0, high=1),
        type=section.text("type", ""),
        precision=section.choice("precision", (*TIMES, *PLACES), ""),
        least=section.number("least") if section.has("least") else None,
    )
    expected = ExpectedField(
        name=facts.name,
        levels=_levels(section) if facts.treated != "drop" else frozenset(),
        role=section.choice("becomes", ROLES, facts.role),
        markers=frozenset(section.texts("markers", ())),
        article=section.text("article", ""),
        methods={openness: _method(section, openness) for openness in asked},
    )
    section.close()
    return facts, expected


def _released(section: Section) -> ReleasedBefore:
    value = ReleasedBefore(section.text("id"), section.texts("categories"))
    section.close()
    return value


def _method(section: Section, openness: str) -> tuple[str, str]:
    method, _, entry = section.text(openness).partition(" ")
    section.member(method, METHODS, openness)
    return method, entry.strip()


def _levels(section: Section, key: str = "levels") -> frozenset[str]:
    return frozenset(section.text(key, "").split())


def _expected(section: Section, fields: tuple[ExpectedField, ...]) -> Expected:
    inner = section.section("expect")
    value = Expected(
        openness=inner.choice("openness", ORDER),
        levels=_levels(inner),
        fields=fields,
        rules=inner.texts("rules", ()),
        flags=inner.texts("flags", ()),
        blocks=inner.texts("blocks", ()),
    )
    inner.close()
    return value


def _demands(section: Section) -> ExpectedDemands:
    value = ExpectedDemands(
        models=section.texts("models", ()),
        limits=section.texts("limits", ()),
        refusals=section.texts("refusals", ()),
        after=_levels(section, "after"),
        obligations=section.texts("obligations", ()),
        release=section.text("release", "microdata"),
    )
    section.close()
    return value


def _texts(section: Section, key: str) -> dict[str, str]:
    inner = section.section(key)
    return {name: inner.text(name) for name in inner.keys()}  # noqa: SIM118


def _numbers(section: Section, key: str) -> dict[str, float]:
    inner = section.section(key)
    return {name: inner.number(name) for name in inner.keys()}  # noqa: SIM118
