"""What a guideline says of a kind of field.

An entry stands at a dotted category path and speaks for everything below it.  ``base`` is taken per scale from the
longest path that names the scale; floors and markers add up along the way and can never be lost further down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.format.authority import Authority, Words, read_authority, read_words
from policies.format.effect import read_levels
from policies.source.section import Section

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Category:
    """``impact`` maps an impact object to the degree of harm; the matrix turns it into levels."""

    path: str
    words: Words
    authority: Authority
    base: Mapping[str, str] = field(default_factory=dict)
    floor: Mapping[str, str] = field(default_factory=dict)
    impact: Mapping[str, str] = field(default_factory=dict)
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """Object × degree → level per scale."""

    degrees: tuple[str, ...]
    matrix: Mapping[str, Mapping[str, Mapping[str, str]]]
    authority: Authority | None


def read_categories(root: Section) -> dict[str, Category]:
    """Every table of ``[categories]``, by path."""
    found: dict[str, Category] = {}
    for path, section in root.named("categories"):
        if not all(part.strip() for part in path.split(".")):
            section.fail("is not a dotted category path")
        found[path] = Category(
            path=path,
            words=read_words(section),
            authority=read_authority(section),
            base=read_levels(section, "base") if section.has("base") else {},
            floor=read_levels(section, "floor") if section.has("floor") else {},
            impact=read_levels(section, "impact") if section.has("impact") else {},
            markers=section.texts("markers", ()),
        )
        section.close()
    return found


def read_impact(root: Section) -> Impact:
    """The ``[impact]`` table; an absent one has no objects."""
    section = root.section("impact")
    if not section.data:
        return Impact((), {}, None)
    degrees = section.texts("degrees")
    matrix: dict[str, dict[str, dict[str, str]]] = {}
    for name, inner in section.named("matrix"):
        row: dict[str, dict[str, str]] = {}
        for degree in inner.keys():  # noqa: SIM118
            inner.member(degree, degrees, degree)
            row[degree] = read_levels(inner, degree)
        matrix[name] = row
    if not matrix:
        section.fail("needs at least one object", "matrix")
    impact = Impact(degrees, matrix, read_authority(section))
    section.close()
    return impact
