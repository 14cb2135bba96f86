"""Conditions: a closed vocabulary, no code.

A table with several keys means all of them.  Atoms about a field may stand only where a field is being looked at
(field rules, ``on``, ``for``, inside ``has_any``, ``has_all``, ``count_ge``); in a rule about the whole dataset they
are refused, because "which field?" would have no answer.  ``has_any``, ``has_all`` and ``count_ge`` look at the fields
that are (or will be) in the output; ``source_has`` and ``source_count_ge`` also at those that were dropped: rows stay
rows about persons when the names are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policies.facts import PLACES, TIMES
from policies.openness import ORDER
from policies.source.section import Section

OPS = (">=", "<=", "==", ">", "<")
ROLES = ("direct-identifier", "quasi-identifier", "sensitive", "insensitive")


@dataclass(frozen=True, slots=True)
class Condition:
    """One node: ``value`` holds an atom's parameters (texts, numbers, tuples), ``parts`` the conditions inside."""

    kind: str
    value: Any = None
    parts: tuple[Condition, ...] = ()


ALWAYS = Condition("all")


def read_condition(parent: Section, key: str, *, field: bool) -> Condition:
    """The condition table at ``key`` of ``parent``; ``field`` says whether a field is being looked at."""
    return _table(parent.section(key), field)


def _table(section: Section, field: bool) -> Condition:
    if not section.data:
        section.fail("is an empty condition: leave the key out instead")
    nodes = tuple(_atom(section, key, field) for key in section.keys())  # noqa: SIM118
    return nodes[0] if len(nodes) == 1 else Condition("all", None, nodes)


def _atom(section: Section, key: str, field: bool) -> Condition:
    section.member(key, (*FIELD_ATOMS, *DATASET_ATOMS, *COMBINERS), key)
    if key in COMBINERS:
        return COMBINERS[key](section, key, field)
    if key in FIELD_ATOMS:
        if not field:
            section.fail("asks about one field where the whole dataset is looked at: use has_any or has_all", key)
        if key == "likely":
            return Condition(key, None, (_likely(section, key),))
        return Condition(key, FIELD_ATOMS[key](section, key))
    return DATASET_ATOMS[key](section, key)


def _list(section: Section, key: str, field: bool) -> Condition:
    parts = tuple(_table(part, field) for part in section.sections(key))
    if not parts:
        section.fail("must list at least one condition", key)
    return Condition(key, None, parts)


def _not(section: Section, key: str, field: bool) -> Condition:
    """``not``, and ``surely``, which takes what cannot be decided as false."""
    return Condition(key, None, (_table(section.section(key), field),))


def _likely(section: Section, key: str) -> Condition:
    return _table(section.section(key), True)


def _is(section: Section, key: str, field: bool) -> Condition:
    return Condition(key, section.text(key))


def _selectors(section: Section, key: str) -> Condition:
    """Each member is a category prefix, or a table of field atoms."""
    members = section.take(key)
    if not isinstance(members, list) or not members:
        section.fail("must list category prefixes or tables of field conditions", key)
    here = (*section.path, key)
    parts: list[Condition] = []
    for position, member in enumerate(members):
        if isinstance(member, str) and member:
            parts.append(Condition("category_under", (member + ".",)))
        elif isinstance(member, dict):
            parts.append(_table(Section(section.source, member, (*here, position)), True))
        else:
            Section(section.source, {}, here).fail("must be a category prefix or a table of field conditions", position)
    return Condition(key, None, tuple(parts))


def _count(section: Section, key: str) -> Condition:
    inner = section.section(key)
    node = Condition(key, inner.integer("n", least=1), (read_condition(inner, "of", field=True),))
    inner.close()
    return node


def _metric(section: Section, key: str) -> Condition:
    inner = section.section(key)
    node = Condition(key, (inner.text("name"), inner.choice("op", OPS), inner.number("value")))
    inner.close()
    return node


def _attribute(section: Section, key: str) -> Condition:
    inner = section.section(key)
    node = Condition(key, (inner.text("name"), inner.texts("value")))
    inner.close()
    return node


def _level(section: Section, key: str) -> Condition:
    inner = section.section(key)
    node = Condition(key, (inner.text("scale"), inner.text("level")))
    inner.close()
    return node


def _whole(section: Section, key: str) -> Condition:
    return Condition(key, section.integer(key, least=1))


def _openness(section: Section, key: str) -> Condition:
    values = section.texts(key)
    for value in values:
        section.member(value, ORDER, key)
    return Condition(key, values)


def _roles(section: Section, key: str) -> tuple[str, ...]:
    roles = section.texts(key)
    for role in roles:
        section.member(role, ROLES, key)
    return roles


def _treated(section: Section, key: str) -> bool | tuple[str, ...]:
    return section.flag(key) if isinstance(section.take(key), bool) else section.texts(key)


def _prefixes(section: Section, key: str) -> tuple[str, ...]:
    """With a dot at the end, so that ``person.name`` does not fit ``person.names``."""
    return tuple(prefix + "." for prefix in section.texts(key))


def _precision(section: Section, key: str) -> str:
    return section.choice(key, (*TIMES, *PLACES))


def _share(section: Section, key: str) -> float:
    return section.number(key, low=0, high=1)


SELECTING = ("has_all", "has_any", "source_has", "count_ge", "source_count_ge")
COMBINERS: dict[str, Callable[[Section, str, bool], Condition]] = {
    "all": _list,
    "any": _list,
    "not": _not,
    "surely": _not,
    "is": _is,
}
FIELD_ATOMS: dict[str, Callable[[Section, str], Any]] = {
    "category_under": _prefixes,
    "role": _roles,
    "marker": Section.text,
    "needs_review": Section.flag,
    "confidence_lt": _share,
    "likely": _likely,
    "treated": _treated,
    "distinct_ge": lambda section, key: section.integer(key, least=1),
    "distinct_share_ge": _share,
    "top_share_le": _share,
    "type": Section.texts,
    "finer_than": _precision,
    "least_lt": Section.number,
}
DATASET_ATOMS: dict[str, Callable[[Section, str], Condition]] = {
    "has_all": _selectors,
    "has_any": _selectors,
    "source_has": _selectors,
    "count_ge": _count,
    "source_count_ge": _count,
    "rows_ge": _whole,
    "subjects_ge": _whole,
    "sources_ge": _whole,
    "released_ge": _whole,
    "released_has": lambda section, key: Condition(key, _prefixes(section, key)),
    "released_shares_ge": _whole,
    "metric": _metric,
    "attribute": _attribute,
    "level_ge": _level,
    "openness": _openness,
}
