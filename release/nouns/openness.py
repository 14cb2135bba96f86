"""How open a release is.  Order matters: further down is more restricted, and the most restrictive wins."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Openness(StrEnum):
    """无条件开放, 有条件开放, 不予开放."""

    UNCONDITIONAL = "unconditional"
    CONDITIONAL = "conditional"
    CLOSED = "closed"


RANK = {Openness.UNCONDITIONAL: 0, Openness.CONDITIONAL: 1, Openness.CLOSED: 2}


def most_restrictive(values: Iterable[Openness]) -> Openness:
    """The strictest of ``values``; nothing known means closed."""
    return max(values, key=RANK.__getitem__, default=Openness.CLOSED)
