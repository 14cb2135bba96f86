"""Which quasi-identifiers a plan keeps.

With many of them every row is alone, and no generalisation leaves anything worth having (Aggarwal, VLDB 2005).  So a
plan keeps at most ``MOST``, a lattice of at most ``LATTICE`` nodes, and no more groups than rows can fill: the product
of the fields' spreads stays below rows / k.  First come those a person asked for, then the core that nearly every
reuse needs (age, sex, place), then those with the smallest spread.  The choice is the same for the same table, is
written into the plan, and a job file overrules it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 8
LATTICE = 50_000
WEIGHT = 2.0  # what the core counts in the search where nobody gave weights: losing all of it costs twice as much

# What says the same of a person: the first that is there is kept.
SAME = (("person.basic.age", "person.basic.birth-date"),)
CORE = (
    "person.basic.age",
    "person.basic.birth-date",
    "person.basic.sex",
    "person.location.place",
    "thing.region",
    "thing.region-code",
    "person.contact.postcode",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quasi-identifier with its hierarchy.  ``spread`` is how many equally large groups would be as uneven as its
    values two thirds up the hierarchy.  ``asked``: a person named its role, hierarchy or weight."""

    field: str
    category: str
    spread: float
    height: int
    hierarchy: Mapping[str, Any]
    asked: bool = False


def choose(
    candidates: Sequence[Candidate], groups: float, most: int | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """The reasons (English, Chinese) by field for every candidate that is given up; the others are kept.

    ``groups`` is how many groups of the size that is asked for the rows can fill.  What a person asked for is given up
    only where the search could not be done.  ``most`` overrules ``MOST``, and then ``groups`` does not count."""
    limit = MOST if most is None else most
    room = math.inf if most is not None else max(groups, 1.0)
    english: dict[str, str] = {}
    chinese: dict[str, str] = {}
    kept: list[Candidate] = []
    for one in _order(candidates):
        twin = None if one.asked else next((k for k in kept if _same(k.category, one.category)), None)
        if twin is not None:
            english[one.field] = f"says the same as '{twin.field}', which is kept, so it is left out"
            chinese[one.field] = f"与保留的“{twin.field}”含义重复，故删除"
        elif len(kept) >= limit:
            english[one.field] = f"{limit} quasi-identifiers are kept already; one more would blur all of them"
            chinese[one.field] = f"已保留 {limit} 个准标识符，再多会使全部字段失真，故删除"
        elif not one.asked and math.prod(k.spread for k in kept) * one.spread > room:
            english[one.field] = "with it too few rows would share a group, and every field would be blurred"
            chinese[one.field] = "保留后每组记录过少，全部字段都会失真，故删除"
        elif _lattice([*kept, one]) > LATTICE:
            english[one.field] = "one more quasi-identifier would make the search too large, so it is left out"
            chinese[one.field] = "再增加准标识符会使搜索规模过大，故删除"
        else:
            kept.append(one)
    return english, chinese


def _order(candidates: Sequence[Candidate]) -> list[Candidate]:
    place = {one.field: number for number, one in enumerate(candidates)}
    return sorted(candidates, key=lambda c: (not c.asked, _rank(c.category), c.spread, place[c.field]))


def _rank(category: str) -> int:
    return CORE.index(category) if category in CORE else len(CORE)


def _same(one: str, other: str) -> bool:
    return any(one in group and other in group for group in SAME)


def _lattice(kept: Iterable[Candidate]) -> int:
    return math.prod(one.height for one in kept)
