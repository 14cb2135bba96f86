"""Would a case notice if a pack were loosened?  Packs are damaged in every way we can think of, one place at a time.

A pack answers for what it says itself; what an abstract pack says, the packs that inherit it answer for together.
A part of the mutants, evenly spaced, is tried by default; SLUICE_ALL_MUTANTS=1 tries them all.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from policies.check import faults
from policies.compose import with_profiles
from policies.format.case import Case
from policies.format.condition import Condition
from policies.openness import ORDER
from policies.pack import PACKS, Pack, found, load_file, load_shipped, profiles

NOTICED = 0.95
TRIED = 1000 if os.environ.get("SLUICE_ALL_MUTANTS") else 45
ABSTRACT = [p for p in map(load_file, sorted(PACKS.glob("*.toml"))) if p.meta.abstract and not p.meta.profile]


def mutants(pack: Pack, of: Pack) -> Iterator[tuple[str, Pack]]:
    """``pack`` with one thing changed that ``of``, itself or one that it inherits, says of its own."""
    yield from _rules(pack, of)
    yield from _categories(pack, of)
    yield from _release(pack, of)
    yield from _demands(pack, of)


@cache
def parents(pack: Pack) -> tuple[Pack, ...]:
    return tuple(load_file(PACKS / f"{name}.toml") for name in pack.meta.extends)


def _says(of: Pack, part: str, id: str, there: object) -> bool:
    """Whether ``there``, found in a pack, is what ``of`` itself says, and not what it only passes on."""
    return _entries(of, part).get(id) == there and all(_entries(p, part).get(id) != there for p in parents(of))


@cache
def _entries(pack: Pack, part: str) -> dict[str, object]:
    entries = getattr(pack, part)
    if isinstance(entries, dict):
        return dict(entries)
    return {str(_name(entry)): entry for entry in entries}


def _name(entry: object) -> object:
    return next((getattr(entry, key) for key in ("id", "scale", "openness") if hasattr(entry, key)), "")


def _rules(pack: Pack, of: Pack) -> Iterator[tuple[str, Pack]]:
    for number, rule in enumerate(pack.rules):
        if rule.source != of.meta.id:
            continue
        rest = (*pack.rules[:number], *pack.rules[number + 1 :])
        yield f"rule {rule.id} dropped", dataclasses.replace(pack, rules=rest)
        for place in range(len(rule.then)):
            if len(rule.then) > 1:
                then = (*rule.then[:place], *rule.then[place + 1 :])
                changed = dataclasses.replace(rule, then=then)
                rules = (*pack.rules[:number], changed, *pack.rules[number + 1 :])
                yield f"rule {rule.id} loses effect {place}", dataclasses.replace(pack, rules=rules)
        for name, when in _loosened(rule.when):
            rules = (*pack.rules[:number], dataclasses.replace(rule, when=when), *pack.rules[number + 1 :])
            yield f"rule {rule.id} when {name}", dataclasses.replace(pack, rules=rules)


def _loosened(node: Condition) -> Iterator[tuple[str, Condition]]:
    """Numbers moved past their threshold by the least step."""
    if node.kind in ("rows_ge", "subjects_ge", "sources_ge"):
        yield f"{node.kind} + 1", dataclasses.replace(node, value=node.value + 1)
    for place, part in enumerate(node.parts):
        for name, changed in _loosened(part):
            yield name, dataclasses.replace(node, parts=(*node.parts[:place], changed, *node.parts[place + 1 :]))


def _categories(pack: Pack, of: Pack) -> Iterator[tuple[str, Pack]]:
    for path, entry in pack.categories.items():
        if not _says(of, "categories", path, entry):
            continue
        others = {p: e for p, e in pack.categories.items() if p != path}
        above = next(iter(pack.entries(path.rpartition(".")[0])), None)
        if path != "unknown" and not _same(entry, above):
            yield f"category {path} dropped", dataclasses.replace(pack, categories=others)
        for marker in entry.markers:
            kept = tuple(m for m in entry.markers if m != marker)
            changed = dataclasses.replace(entry, markers=kept)
            yield f"category {path} loses {marker}", dataclasses.replace(pack, categories={**others, path: changed})
        for scale, level in entry.base.items():
            lower = pack.scales[scale].shift(level, -1)
            if lower != level:
                changed = dataclasses.replace(entry, base={**entry.base, scale: lower})
                yield (
                    f"category {path} base {scale} lower",
                    dataclasses.replace(pack, categories={**others, path: changed}),
                )
        for thing, degree in entry.impact.items():
            place = pack.impact.degrees.index(degree)
            if place:
                changed = dataclasses.replace(entry, impact={thing: pack.impact.degrees[place - 1]})
                yield f"category {path} impact lower", dataclasses.replace(pack, categories={**others, path: changed})
        if entry.floor:
            changed = dataclasses.replace(entry, floor={})
            yield f"category {path} floor dropped", dataclasses.replace(pack, categories={**others, path: changed})


def _same(entry: object, above: object) -> bool:
    return above is not None and all(
        getattr(entry, name) == getattr(above, name) for name in ("base", "floor", "impact", "markers")
    )


def _release(pack: Pack, of: Pack) -> Iterator[tuple[str, Pack]]:
    for number, entry in enumerate(pack.release):
        if not _says(of, "release", entry.scale, entry):
            continue
        levels = list(entry.levels)
        for one, other in itertools.pairwise(levels):
            if entry.levels[one] == entry.levels[other]:
                continue
            swapped = {**entry.levels, one: entry.levels[other], other: entry.levels[one]}
            changed = dataclasses.replace(entry, levels=swapped)
            release = (*pack.release[:number], changed, *pack.release[number + 1 :])
            yield f"release {entry.scale} {one} and {other} swapped", dataclasses.replace(pack, release=release)
        for level, openness in entry.levels.items():
            wider = next((o for o, rank in ORDER.items() if rank == ORDER[openness] - 1), None)
            if wider:
                changed = dataclasses.replace(entry, levels={**entry.levels, level: wider})
                release = (*pack.release[:number], changed, *pack.release[number + 1 :])
                yield f"release {entry.scale} {level} wider", dataclasses.replace(pack, release=release)
    for number, floor in enumerate(pack.floors):
        if not _says(of, "floors", floor.openness, floor):
            continue
        rest = (*pack.floors[:number], *pack.floors[number + 1 :])
        yield f"floor {number} dropped", dataclasses.replace(pack, floors=rest)
    own = pack.impact == of.impact and all(pack.impact != p.impact for p in parents(of))
    for thing, ranks in (pack.impact.matrix if own else {}).items():
        for degree, given in ranks.items():
            for scale, level in given.items():
                lower = pack.scales[scale].shift(level, -1)
                if lower != level:
                    matrix = {**pack.impact.matrix, thing: {**ranks, degree: {**given, scale: lower}}}
                    impact = dataclasses.replace(pack.impact, matrix=matrix)
                    yield f"impact {thing} {degree} {scale} lower", dataclasses.replace(pack, impact=impact)


def _demands(pack: Pack, of: Pack) -> Iterator[tuple[str, Pack]]:
    for name in ("treatments", "models", "acceptance"):
        entries = getattr(pack, name)
        for number, entry in enumerate(entries):
            if not _says(of, name, entry.id, entry):
                continue
            without: dict[str, Any] = {name: (*entries[:number], *entries[number + 1 :])}
            yield f"{name} {entry.id} dropped", dataclasses.replace(pack, **without)
            for what, changed in _milder(name, entry):
                there: dict[str, Any] = {name: (*entries[:number], changed, *entries[number + 1 :])}
                yield f"{name} {entry.id} {what}", dataclasses.replace(pack, **there)


def _milder(kind: str, entry: Any) -> Iterator[tuple[str, Any]]:
    """A model with a smaller parameter, a limit that is looser."""
    if kind == "models":
        for letter, value in entry.params.items():
            yield f"{letter} smaller", dataclasses.replace(entry, params={**entry.params, letter: value - 1})
    if kind == "acceptance":
        value = entry.value - 1 if entry.op == ">=" else entry.value * 1.5 + 0.01
        yield "looser", dataclasses.replace(entry, value=value)


def tried(pack: Pack, of: Pack, most: int) -> dict[str, Pack]:
    """At most ``most`` of the mutants, evenly spaced, by name."""
    every = list(mutants(pack, of))
    return dict(every[:: -(-len(every) // most)]) if every else {}


def unnoticed(pack: Pack, damaged: dict[str, Pack]) -> list[str]:
    """The names of the mutants that no case of ``pack`` notices.

    Grades are compared first, demands (five times the work) only where the grades are the same; and the case that
    noticed the last one is asked first, for neighbouring mutants are mostly noticed by the same case."""
    grades = [dataclasses.replace(case, demands={}) for case in pack.cases]
    whole = [case for case in pack.cases if case.demands]
    return [name for name, mutant in damaged.items() if not (_notice(grades, mutant) or _notice(whole, mutant))]


def _notice(cases: list[Case], mutant: Pack) -> bool:
    for place, case in enumerate(cases):
        if faults(mutant, case):
            cases.insert(0, cases.pop(place))
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("pack", found(), ids=lambda p: p.meta.id)
def test_the_cases_notice_a_loosened_pack(pack: Pack) -> None:
    damaged = tried(pack, pack, TRIED)
    alive = unnoticed(pack, damaged)
    assert damaged
    assert 1 - len(alive) / len(damaged) >= NOTICED, f"{len(alive)} of {len(damaged)} mutants live: {alive}"


@pytest.mark.slow
@pytest.mark.parametrize("of", ABSTRACT, ids=lambda p: p.meta.id)
def test_the_heirs_notice_a_loosened_parent(of: Pack) -> None:
    """Heirs with many cases are asked first."""
    heirs = [p for p in found() if of.meta.id in {name.split()[0] for name in p.lineage}]
    alive: list[str] | None = None
    total = 0
    for heir in sorted(heirs, key=lambda p: -len(p.cases)):
        damaged = tried(heir, of, TRIED)
        total = max(total, len(damaged))
        left = damaged if alive is None else {name: damaged[name] for name in alive if name in damaged}
        alive = unnoticed(heir, left)
    assert alive is not None and total > 20
    assert 1 - len(alive) / total >= NOTICED, f"{len(alive)} of {total} mutants live: {alive}"


@pytest.mark.slow
@pytest.mark.parametrize("profile", profiles(), ids=lambda p: p.meta.id)
def test_the_cases_notice_a_loosened_profile(profile: Pack) -> None:
    """A profile is tried beside the packs that its cases name."""
    damaged = tried(profile, profile, TRIED)
    alive = [
        name
        for name, mutant in damaged.items()
        if not any(faults(with_profiles(load_shipped(case.under), [mutant]), case) for case in profile.cases)
    ]
    assert damaged
    assert 1 - len(alive) / len(damaged) >= NOTICED, f"{len(alive)} of {len(damaged)} mutants live: {alive}"
