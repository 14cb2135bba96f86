"""Which treatment a pack asks of one field at one openness.

Each pack that took part (own and inherited) has its say: what rules require, and the first of its entries that fits.
The strictest method wins.  Where nobody says anything the field is dropped.
"""

from __future__ import annotations

from policies.grading import Required
from policies.openness import UNCONDITIONAL
from policies.pack import Pack
from policies.stages.state import FieldState, Scene
from policies.stages.truth import conjunction, truth
from policies.strictness import METHODS
from policies.treatment import Ask


def ask_for(pack: Pack, scene: Scene, state: FieldState, openness: str) -> Ask:
    """The ask for ``state``.  A field that needs a person is dropped from an unconditional release: until somebody has
    looked, it is what it may at worst be."""
    if state.review and openness == UNCONDITIONAL:
        return Ask(
            state.name,
            "drop",
            {},
            "",
            "recalled",
            "needs a person's look before it can be open to everyone, so it is left out",
            "未经人工复核，不得无条件开放，故删除",
            "review",
        )
    said = [_required(state, required) for required in state.required if openness in required.openness]
    said += _entries(pack, scene, state, openness)
    if not said:
        return Ask(
            state.name,
            "drop",
            {},
            "",
            "recalled",
            f"the policy names no treatment for such a field at {openness} openness, so it is left out",
            "规则未规定该类字段在此开放类型下的处理方式，故删除",
            "not-named",
        )
    return max(said, key=lambda ask: METHODS.index(ask.method))


def _required(state: FieldState, required: Required) -> Ask:
    return Ask(
        state.name,
        required.method,
        required.params,
        required.article,
        required.evidence,
        required.text,
        required.text_zh,
        required.rule,
    )


def _entries(pack: Pack, scene: Scene, state: FieldState, openness: str) -> list[Ask]:
    """The first entry that fits, pack by pack.  "Cannot be decided" fits as well where the entry drops the field, and
    does not fit where it keeps it."""
    said: dict[str, Ask] = {}
    for entry in pack.treatments:
        if entry.source in said or openness not in entry.openness:
            continue
        fits = conjunction([truth(entry.when, scene), truth(entry.of, scene, state)])
        if fits is False or (fits is None and entry.method != "drop"):
            continue
        said[entry.source] = Ask(
            state.name,
            entry.method,
            entry.params,
            entry.authority.article,
            entry.authority.evidence,
            entry.words.en,
            entry.words.zh,
            entry.id,
        )
    return list(said.values())
