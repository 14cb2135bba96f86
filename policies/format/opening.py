"""Level and openness bound both ways: which openness a level allows, and the least level that an openness implies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.format.authority import Authority, read_authority
from policies.format.effect import read_levels
from policies.openness import ORDER
from policies.source.section import Section


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """For one scale: the openness each level allows."""

    scale: str
    levels: Mapping[str, str]
    authority: Authority


@dataclass(frozen=True, slots=True)
class FloorEntry:
    """What is at least this restricted is graded at least at these levels."""

    openness: str
    levels: Mapping[str, str]
    authority: Authority


@dataclass(frozen=True, slots=True)
class Engine:
    """``plausible``: least confidence at which an alternative category still counts.  Below ``recognised`` the
    unknown counts as well."""

    plausible: float
    recognised: float
    authority: Authority


def read_release(root: Section) -> tuple[ReleaseEntry, ...]:
    """Every ``[[release]]`` table."""
    found: list[ReleaseEntry] = []
    for section in root.sections("release"):
        inner = section.section("levels")
        levels = {level: inner.choice(level, ORDER) for level in inner.keys()}  # noqa: SIM118
        entry = ReleaseEntry(section.text("scale"), levels, read_authority(section))
        if entry.scale in {other.scale for other in found}:
            section.fail(f"repeats the scale '{entry.scale}'", "scale")
        section.close()
        found.append(entry)
    return tuple(found)


def read_floors(root: Section) -> tuple[FloorEntry, ...]:
    """Every ``[[floors]]`` table."""
    found: list[FloorEntry] = []
    for section in root.sections("floors"):
        found.append(
            FloorEntry(section.choice("openness", ORDER), read_levels(section, "levels"), read_authority(section))
        )
        section.close()
    return tuple(found)


def read_engine(root: Section) -> Engine | None:
    """The ``[engine]`` table; None when the pack leaves it to what it inherits."""
    if not root.has("engine"):
        return None
    section = root.section("engine")
    engine = Engine(
        section.number("plausible", low=0, high=1),
        section.number("recognised", low=0, high=1),
        read_authority(section),
    )
    section.close()
    return engine
