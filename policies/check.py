"""Does a pack say what its own cases expect?  ``sluice policies check FILE`` and the tests ask this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policies.compose import with_profiles
from policies.demand import demands
from policies.errors import FactsError, PackError
from policies.format.case import Case, Expected, ExpectedDemands
from policies.grade import grade
from policies.grading import Grading
from policies.pack import Pack, load_file, load_shipped
from policies.treatment import Demands


def check(path: str | Path) -> tuple[str, ...]:
    """What is wrong with the pack file: the line it cannot be understood at, or every case that comes out otherwise.

    Empty when the pack is understood and all its cases pass.  A pack that grades must have at least one case."""
    try:
        pack = load_file(path)
    except PackError as error:
        return (str(error),)
    if not pack.cases and (pack.meta.profile or not pack.meta.abstract):
        return (f"{Path(path).name}: the pack has no cases: add at least one, so that it can be trusted.",)
    return tuple(fault for case in pack.cases for fault in _tried(pack, case))


def _tried(pack: Pack, case: Case) -> tuple[str, ...]:
    """The faults of a case, tried beside the pack that it names where ``pack`` is one that cannot grade alone."""
    if not pack.meta.abstract:
        return faults(pack, case) if not case.under else (_clause(case, "names 'under', which is for profiles only"),)
    if not case.under:
        return (_clause(case, "lacks 'under': name the pack that the profile is to be added to"),)
    try:
        return faults(with_profiles(load_shipped(case.under), [pack]), case)
    except PackError as error:
        return (f"Case '{case.id}': {error}",)


def _clause(case: Case, words: str) -> str:
    return f"Case '{case.id}' {words}."


def faults(pack: Pack, case: Case) -> tuple[str, ...]:
    """Where ``case`` comes out otherwise than it expects, one sentence each."""
    try:
        grading = grade(pack, case.fields, case.dataset)
    except FactsError as error:
        return (f"Case '{case.id}': {error}",)
    found = list(_grades(case.expect, grading))
    for openness, expected in case.demands.items():
        asked = demands(pack, grading, case.fields, openness)
        found += [f"{openness}: {fault}" for fault in _asked(case, openness, expected, asked)]
    return tuple(f"Case '{case.id}': {fault}" for fault in found)


def fired(grading: Grading) -> set[str]:
    """The ids of all rules that left a step; entries, floors and the like are named with a colon or by the engine."""
    steps = [*grading.steps, *(step for field in grading.fields for step in field.steps)]
    return {step.rule for step in steps if ":" not in step.rule} - {"gravest-field", "nothing-known"}


def spelled_models(asked: Demands) -> list[str]:
    """Models as cases write them: ``k-anonymity k=20``, ``distinct-l-diversity field=income l=3``."""
    return [" ".join([m.name, *(f"{k}={v}" for k, v in sorted(m.params.items()))]) for m in asked.models]


def spelled_limits(asked: Demands) -> list[str]:
    """Limits as cases write them: ``k >= 20``."""
    return [f"{limit.metric} {limit.op} {limit.value:g}" for limit in asked.acceptance]


def _grades(expect: Expected, grading: Grading) -> Iterator[str]:
    yield from _same("openness", expect.openness, grading.openness)
    yield from _set("levels of the dataset", expect.levels, grading.levels.values())
    for field, found in zip(expect.fields, grading.fields, strict=True):
        yield from _set(f"levels of {field.name}", field.levels, found.levels.values())
        yield from _same(f"role of {field.name}", field.role, found.role)
        yield from _set(f"markers of {field.name}", field.markers, found.markers)
        if field.article:
            yield from _same(f"article of {field.name}", field.article, found.article)
    yield from _set("rules", expect.rules, fired(grading))
    yield from _set("flags", expect.flags, grading.flags)
    yield from _set("blocks", expect.blocks, grading.blocks)


def _asked(case: Case, openness: str, expect: ExpectedDemands, asked: Demands) -> Iterator[str]:
    asks = {ask.field: ask for ask in asked.asks}
    for field in case.expect.fields:
        method, entry = field.methods[openness]
        yield from _same(f"method for {field.name}", method, asks[field.name].method)
        if entry:
            yield from _same(f"entry that decides for {field.name}", entry, asks[field.name].entry)
    yield from _set("models", expect.models, spelled_models(asked))
    yield from _set("limits", expect.limits, spelled_limits(asked))
    yield from _set("refusals", expect.refusals, (refusal[0] for refusal in asked.refusals))
    yield from _set("levels after treatment", expect.after, asked.planned.levels.values() if asked.planned else ())
    yield from _set("obligations", expect.obligations, asked.obligation_ids)
    yield from _same("release", expect.release, asked.release)


def _same(what: str, expected: str, found: str) -> Iterator[str]:
    if expected != found:
        yield f"{what} should be {expected} and is {found}."


def _set(what: str, expected: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    wanted, there = set(expected), set(found)
    missing, extra = sorted(wanted - there), sorted(there - wanted)
    if missing:
        yield f"{what} should include {', '.join(missing)}."
    if extra:
        yield f"{what} should not include {', '.join(extra)}."
