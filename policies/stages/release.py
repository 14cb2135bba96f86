"""The release stage: level and openness bound both ways, until both agree."""

from __future__ import annotations

from policies.format.authority import Words
from policies.openness import ORDER, strictest
from policies.pack import Pack
from policies.stages.effects import note
from policies.stages.state import State, allowed


def bind(pack: Pack, state: State, wide: str = "unconditional") -> str:
    """The openness of ``state``: what its levels allow, its cap and ``wide`` together; levels rise to what that
    openness implies.  Ends because levels and openness only ever rise."""
    while True:
        openness = strictest([allowed(pack, state.levels.items())[0], state.cap, wide])
        if not _rise(pack, state, openness):
            return openness


def _rise(pack: Pack, state: State, openness: str) -> bool:
    risen = False
    for entry in pack.floors:
        if ORDER[entry.openness] > ORDER[openness]:
            continue
        for id, level in entry.levels.items():
            scale, before = pack.scales[id], state.levels.get(id, "")
            if scale.rank(before) < scale.rank(level):
                state.levels[id] = level
                words = Words(f"{entry.openness} 的数据至少为 {level}", f"what is {entry.openness} is at least {level}")
                note(state, "release", f"floor:{entry.openness}", id, (before, level), entry.authority, words)
                risen = True
    return risen
