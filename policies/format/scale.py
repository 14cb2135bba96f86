"""Scales: the levels of a guideline and their order.

The order is ``rank`` alone, higher being graver: some guidelines count upwards, some downwards, and names say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.format.authority import NOT_VERIFIED, Authority, Words, read_authority, read_words
from policies.source.section import Section


@dataclass(frozen=True, slots=True)
class Level:
    """One level.  ``official_code`` is "not verified" where no text was read that gives it."""

    id: str
    rank: int
    words: Words
    official_code: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale with its levels from the lowest rank to the gravest."""

    id: str
    words: Words
    levels: tuple[Level, ...]

    def level(self, id: str) -> Level:
        """The level called ``id``; KeyError when the scale has none."""
        for level in self.levels:
            if level.id == id:
                return level
        raise KeyError(id)

    def rank(self, id: str) -> int:
        """The rank of a level; the empty text (no level yet) ranks below all."""
        return self.level(id).rank if id else self.levels[0].rank - 1

    def max(self, one: str, other: str) -> str:
        """The graver of two levels, either of which may be empty."""
        return one if self.rank(one) >= self.rank(other) else other

    def shift(self, id: str, by: int) -> str:
        """The level ``by`` places further (negative: lower), stopping at the ends."""
        place = [level.id for level in self.levels].index(id) + by
        return self.levels[min(max(place, 0), len(self.levels) - 1)].id

    def lowest(self) -> str:
        """The id of the mildest level."""
        return self.levels[0].id


def read_scales(root: Section) -> dict[str, Scale]:
    """Every ``[[scales]]`` table."""
    found: dict[str, Scale] = {}
    for section in root.sections("scales"):
        scale = Scale(section.text("id"), read_words(section), _levels(section))
        if scale.id in found:
            section.fail(f"repeats the scale '{scale.id}'", "id")
        section.close()
        found[scale.id] = scale
    return found


def _levels(section: Section) -> tuple[Level, ...]:
    levels: list[Level] = []
    for inner in section.sections("levels"):
        level = Level(
            inner.text("id"),
            inner.integer("rank"),
            read_words(inner),
            inner.text("official_code", NOT_VERIFIED),
            read_authority(inner),
        )
        inner.close()
        for other in levels:
            if other.id == level.id:
                inner.fail(f"repeats the level '{level.id}'", "id")
            if other.rank == level.rank:
                inner.fail(f"has the same rank as '{other.id}'", "rank")
        levels.append(level)
    if len(levels) < 2:
        section.fail("needs at least two levels", "levels")
    return tuple(sorted(levels, key=lambda level: level.rank))
