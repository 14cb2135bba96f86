"""Which of two treatments, or of two parameters of a model, protects more.

The order of methods is ours (no guideline ranks them) and only breaks ties between packs that both speak: further
down says less about a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

METHODS = (
    "keep",
    "round",
    "random-round",
    "controlled-round",
    "additive-noise",
    "multiplicative-noise",
    "correlated-noise",
    "rank-swap",
    "record-swap",
    "data-shuffle",
    "pram",
    "bottom-code",
    "top-code",
    "date-shift",
    "group-rare",
    "generalize",
    "year-only",
    "zip3",
    "redact-text",
    "fpe",
    "pseudonym",
    "mask",
    "suppress",
    "drop",
)

# Which value of a parameter is the stricter one; letters as in the papers.
LETTERS: Mapping[str, str] = {
    "k": "max",
    "l": "max",
    "c": "min",
    "t": "min",
    "beta": "min",
    "delta": "min",
    "delta_max": "min",
    "epsilon": "min",
    "threshold": "min",
}


def weaker(method: str, than: str) -> bool:
    """Whether ``method`` protects less than another."""
    return METHODS.index(method) < METHODS.index(than)


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two parameter tables of one model: each letter takes its stricter value, the first table wins elsewhere."""
    result = {**other, **one}
    for letter, pick in LETTERS.items():
        if letter in one and letter in other:
            result[letter] = max(one[letter], other[letter]) if pick == "max" else min(one[letter], other[letter])
    return result
