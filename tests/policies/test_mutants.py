"""Would a case notice if a pack were loosened?  Packs are damaged in every way we can think of, one place at a time.

A part of the mutants, evenly spaced, is tried by default; SLUICE_ALL_MUTANTS=1 tries them all.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Iterator

import pytest

from policies.check import faults
from policies.format.condition import Condition
from policies.openness import ORDER
from policies.pack import Pack, found

NOTICED = 0.95
TRIED = 1000 if os.environ.get("SLUICE_ALL_MUTANTS") else 90


def mutants(pack: Pack) -> Iterator[tuple[str, Pack]]:
    yield from _rules(pack)
    yield from _categories(pack)
    yield from _release(pack)
    yield from _demands(pack)


def _rules(pack: Pack) -> Iterator[tuple[str, Pack]]:
    for number, rule in enumerate(pack.rules):
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


def _categories(pack: Pack) -> Iterator[tuple[str, Pack]]:
    for path, entry in pack.categories.items():
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
                yield f"category {path} base lower", dataclasses.replace(pack, categories={**others, path: changed})
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


def _release(pack: Pack) -> Iterator[tuple[str, Pack]]:
    for number, entry in enumerate(pack.release):
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
    for number in range(len(pack.floors)):
        rest = (*pack.floors[:number], *pack.floors[number + 1 :])
        yield f"floor {number} dropped", dataclasses.replace(pack, floors=rest)
    for thing, row in pack.impact.matrix.items():
        for degree, levels in row.items():
            for scale, level in levels.items():
                lower = pack.scales[scale].shift(level, -1)
                if lower != level:
                    matrix = {**pack.impact.matrix, thing: {**row, degree: {**levels, scale: lower}}}
                    impact = dataclasses.replace(pack.impact, matrix=matrix)
                    yield f"impact {thing} {degree} {scale} lower", dataclasses.replace(pack, impact=impact)


def _demands(pack: Pack) -> Iterator[tuple[str, Pack]]:
    for name in ("treatments", "models", "acceptance"):
        entries = getattr(pack, name)
        for number, entry in enumerate(entries):
            rest = (*entries[:number], *entries[number + 1 :])
            yield f"{name} {entry.id} dropped", dataclasses.replace(pack, **{name: rest})
    for number, entry in enumerate(pack.models):
        for letter, value in entry.params.items():
            changed = dataclasses.replace(entry, params={**entry.params, letter: value - 1})
            models = (*pack.models[:number], changed, *pack.models[number + 1 :])
            yield f"model {entry.id} {letter} smaller", dataclasses.replace(pack, models=models)
    for number, limit in enumerate(pack.acceptance):
        value = limit.value - 1 if limit.op == ">=" else limit.value * 1.5 + 0.01
        changed_limit = dataclasses.replace(limit, value=value)
        acceptance = (*pack.acceptance[:number], changed_limit, *pack.acceptance[number + 1 :])
        yield f"limit {limit.id} looser", dataclasses.replace(pack, acceptance=acceptance)


def survivors(pack: Pack, most: int) -> tuple[int, list[str]]:
    """How many mutants were tried, at most ``most`` of them, and the names of those that no case noticed."""
    every = list(mutants(pack))
    tried = every[:: -(-len(every) // most)]
    alive = [name for name, mutant in tried if not any(faults(mutant, case) for case in pack.cases)]
    return len(tried), alive


@pytest.mark.slow
@pytest.mark.parametrize("pack", found(), ids=lambda p: p.meta.id)
def test_the_cases_notice_a_loosened_pack(pack: Pack) -> None:
    total, alive = survivors(pack, TRIED)
    assert total > 50
    assert 1 - len(alive) / total >= NOTICED, f"{len(alive)} of {total} mutants live: {alive}"
