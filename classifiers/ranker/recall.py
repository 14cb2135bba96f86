"""What the memory of corrections says of a column, as evidence like any other.

It is heard after the rules and the ranker, whose word it takes into account, and never where a check digit proved what
the column is (``classify`` does not ask then).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from classifiers.finding import Reason
from classifiers.ranker import evidence
from classifiers.ranker.column import Column
from classifiers.ranker.features import offsets
from classifiers.ranker.memory import Vector
from classifiers.ranker.weights import Weights

LEAST, MOST = -6.0, 8.0  # nats
SILENT = 0.2  # nats that are not worth a reason


def known(column: Column, weights: Weights, learned: Sequence[Reason] | None = None) -> Vector:
    """(classes,): nats for every class before the memory is asked; ``learned`` is what the ranker said, if it was
    asked already."""
    said: Vector = offsets([column], weights.classes)[0].astype(np.float64)
    place = _places(weights.classes)
    for reason in evidence.reasons(column, weights) if learned is None else learned:
        if reason.category in place:
            said[place[reason.category]] += reason.weight
    return said


def recalled(column: Column, weights: Weights, said: Vector) -> Vector:
    """``said`` with what the memory adds to it."""
    if weights.memory is None:
        return said
    found: Vector = said + np.clip(weights.memory.recall(column, said), LEAST, MOST)
    return found


def reasons(column: Column, weights: Weights, learned: Sequence[Reason] | None = None) -> list[Reason]:
    """Nats for every class that people's corrections of columns like this one make likelier, or less likely."""
    if weights.memory is None:
        return []
    said = known(column, weights, learned)
    nats = (recalled(column, weights, said) - said).tolist()
    version = f"memory:{weights.digest}"
    text = "What people decided on columns of such a name, table and values speaks {} this"
    return [
        Reason("ranker", c, w, text.format("for" if w > 0 else "against"), version)
        for c, w in zip(weights.classes, nats, strict=True)
        if abs(w) > SILENT
    ]


@lru_cache(maxsize=16)
def _places(classes: tuple[str, ...]) -> dict[str, int]:
    return {category: i for i, category in enumerate(classes)}
