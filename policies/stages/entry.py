"""The first step of the field stage: what the entries of a field's plausible categories say.

The gravest plausible category decides, scale by scale; so an uncertain leaf is graded as the worst it may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policies.format.authority import Authority, Words
from policies.format.category import UNKNOWN, Category
from policies.pack import Pack
from policies.stages.effects import note
from policies.stages.state import FieldState


@dataclass(frozen=True, slots=True)
class _Saying:
    """One level that one entry gives: ``kind`` is category, impact or floor."""

    kind: str
    scale: str
    level: str
    entry: Category
    authority: Authority
    candidate: str


def grade_entries(pack: Pack, state: FieldState) -> None:
    """Sets levels and floors of ``state`` from the entries, scale by scale: a step for the base, one for the floor."""
    said = [saying for candidate in state.candidates for saying in _sayings(pack, candidate)]
    for scale in pack.scales.values():
        here = [saying for saying in said if saying.scale == scale.id]
        if not here:
            continue
        floors = [saying for saying in here if saying.kind == "floor"]
        for floor in floors:
            state.floors[scale.id] = scale.max(state.floors.get(scale.id, ""), floor.level)
        for sayings in ([saying for saying in here if saying.kind != "floor"], floors):
            if sayings:
                _say(pack, state, max(sayings, key=lambda s: (scale.rank(s.level), s.candidate == state.candidates[0])))


def _say(pack: Pack, state: FieldState, gravest: _Saying) -> None:
    """The level after ``gravest``, which may leave it as it is."""
    scale, before = pack.scales[gravest.scale], state.levels.get(gravest.scale, "")
    state.levels[scale.id] = scale.max(before, gravest.level)
    moved = (before, state.levels[scale.id])
    rule = f"{gravest.kind}:{gravest.entry.path}"
    note(state, "field", rule, scale.id, moved, gravest.authority, _words(pack, state, gravest))


def _sayings(pack: Pack, candidate: str) -> Iterator[_Saying]:
    """Per scale what the longest entry says that speaks of it, and every floor on the way up."""
    based: set[str] = set()
    for entry in pack.entries(candidate):
        spoken = [("category", scale, level) for scale, level in entry.base.items()]
        for thing, degree in entry.impact.items():
            spoken += [("impact", scale, level) for scale, level in pack.impact.matrix[thing].get(degree, {}).items()]
        for kind, scale, level in spoken:
            if scale not in based:
                yield _Saying(kind, scale, level, entry, entry.authority, candidate)
        based.update(scale for _, scale, _ in spoken)
        for scale, level in entry.floor.items():
            yield _Saying("floor", scale, level, entry, entry.authority, candidate)


def _words(pack: Pack, state: FieldState, saying: _Saying) -> Words:
    level = pack.scales[saying.scale].level(saying.level).words
    entry = saying.entry.words
    if saying.candidate == state.candidates[0] and saying.kind == "floor":
        return Words(f"{entry.zh}：至少{level.zh}", f"{entry.en}: at least {level.en}")
    if saying.candidate == state.candidates[0]:
        return Words(f"{entry.zh}：{level.zh}", f"{entry.en}: {level.en}")
    if saying.entry.path == UNKNOWN:
        return Words(f"未能可靠识别，按{entry.zh}从严：{level.zh}", f"not recognised with confidence: {level.en}")
    return Words(
        f"也可能是{entry.zh}（{saying.candidate}），就高从严：{level.zh}",
        f"may also be {entry.en} ({saying.candidate}), so the graver level: {level.en}",
    )
