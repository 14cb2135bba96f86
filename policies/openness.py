"""The three kinds of openness as plain words, and which of two is stricter."""

from __future__ import annotations

from collections.abc import Iterable

UNCONDITIONAL = "unconditional"
CONDITIONAL = "conditional"
CLOSED = "closed"
ORDER = {UNCONDITIONAL: 0, CONDITIONAL: 1, CLOSED: 2}


def strictest(values: Iterable[str]) -> str:
    """The most restrictive of ``values``; nothing known means closed."""
    return max(values, key=ORDER.__getitem__, default=CLOSED)


def exceeds(value: str, wanted: str) -> bool:
    """Whether ``value`` is more restrictive than ``wanted`` allows."""
    return ORDER[value] > ORDER[wanted]
