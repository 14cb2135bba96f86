"""What a guideline asks for at an openness: treatments, privacy models, limits on what is measured, duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.format.authority import Authority, Words, read_authority, read_words
from policies.format.condition import ALWAYS, Condition, read_condition
from policies.format.effect import read_openness, read_params
from policies.source.section import Section
from policies.strictness import METHODS

LIMIT_OPS = (">=", "<=", "==")


@dataclass(frozen=True, slots=True)
class TreatmentEntry:
    """For the fields ``of`` selects, at these kinds of openness, this method; the first entry that fits decides."""

    id: str
    of: Condition
    when: Condition
    openness: tuple[str, ...]
    method: str
    params: Mapping[str, Any]
    words: Words
    authority: Authority
    source: str


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A privacy model.  With ``of`` it is asked once for every released field that ``of`` selects."""

    id: str
    name: str
    params: Mapping[str, Any]
    openness: tuple[str, ...]
    when: Condition
    of: Condition | None
    authority: Authority


@dataclass(frozen=True, slots=True)
class AcceptanceEntry:
    """A limit ``metric op value``; ``{field}`` in the metric stands for each released field that ``of`` selects."""

    id: str
    metric: str
    op: str
    value: float
    openness: tuple[str, ...]
    when: Condition
    of: Condition | None
    authority: Authority


@dataclass(frozen=True, slots=True)
class Suppression:
    """The largest share of rows that may be left out to reach the models."""

    limit: float
    authority: Authority


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that goes with a release, at these kinds of openness when ``openness`` is not empty."""

    id: str
    words: Words
    openness: tuple[str, ...]
    authority: Authority


@dataclass(frozen=True, slots=True)
class AttributeEntry:
    """A fact about the dataset that a person declares, with the values it may have."""

    name: str
    values: tuple[str, ...]
    words: Words
    authority: Authority


def read_treatments(root: Section, source: str) -> tuple[TreatmentEntry, ...]:
    """Every ``[[treatments]]`` table, in order."""
    found: list[TreatmentEntry] = []
    for section in root.sections("treatments"):
        entry = TreatmentEntry(
            id=_fresh(section, {e.id for e in found}),
            of=read_condition(section, "for", field=True),
            when=_when(section),
            openness=read_openness(section),
            method=section.choice("method", METHODS),
            params=read_params(section),
            words=read_words(section),
            authority=read_authority(section),
            source=source,
        )
        section.close()
        found.append(entry)
    return tuple(found)


def read_models(root: Section) -> tuple[ModelEntry, ...]:
    """Every ``[[models]]`` table."""
    found: list[ModelEntry] = []
    for section in root.sections("models"):
        entry = ModelEntry(
            id=_fresh(section, {e.id for e in found}),
            name=section.text("name"),
            params=read_params(section),
            openness=read_openness(section),
            when=_when(section),
            of=read_condition(section, "for", field=True) if section.has("for") else None,
            authority=read_authority(section),
        )
        section.close()
        found.append(entry)
    return tuple(found)


def read_acceptance(root: Section) -> tuple[AcceptanceEntry, ...]:
    """Every ``[[acceptance]]`` table."""
    found: list[AcceptanceEntry] = []
    for section in root.sections("acceptance"):
        entry = AcceptanceEntry(
            id=_fresh(section, {e.id for e in found}),
            metric=section.text("metric"),
            op=section.choice("op", LIMIT_OPS),
            value=section.number("value"),
            openness=read_openness(section),
            when=_when(section),
            of=read_condition(section, "for", field=True) if section.has("for") else None,
            authority=read_authority(section),
        )
        if ("{field}" in entry.metric) != (entry.of is not None):
            section.fail("needs 'for' exactly when the metric holds {field}", "metric")
        section.close()
        found.append(entry)
    return tuple(found)


def read_suppression(root: Section) -> Suppression | None:
    """The ``[suppression]`` table; None when the pack has none."""
    if not root.has("suppression"):
        return None
    section = root.section("suppression")
    value = Suppression(section.number("limit", low=0, high=1), read_authority(section))
    section.close()
    return value


def read_obligations(root: Section) -> dict[str, Obligation]:
    """Every table of ``[obligations]``, by id."""
    found: dict[str, Obligation] = {}
    for name, section in root.named("obligations"):
        openness = read_openness(section) if section.has("openness") else ()
        found[name] = Obligation(name, read_words(section), openness, read_authority(section))
        section.close()
    return found


def read_attributes(root: Section) -> dict[str, AttributeEntry]:
    """Every table of ``[attributes]``, by name."""
    found: dict[str, AttributeEntry] = {}
    for name, section in root.named("attributes"):
        found[name] = AttributeEntry(name, section.texts("values"), read_words(section), read_authority(section))
        section.close()
    return found


def _fresh(section: Section, taken: set[str]) -> str:
    value = section.text("id")
    if value in taken:
        section.fail(f"repeats '{value}'", "id")
    return value


def _when(section: Section) -> Condition:
    return read_condition(section, "when", field=False) if section.has("when") else ALWAYS
