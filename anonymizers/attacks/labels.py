"""What a released label can stand for: a value, an interval of numbers, a mask, anything at all.

The attacker reads labels as everybody does: ``20-29``, ``[20, 30)``, ``90+``, ``<1935``, ``2000**``, ``*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ANYTHING = ("*", "")

_NUMBER = r"[+-]?[0-9]{1,24}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9])?"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\s*({_NUMBER})\s*"), "point"),
    (re.compile(rf"\s*[\[(]?\s*({_NUMBER})\s*(?:-|–|~|,|;|\.\.|至|到)\s*({_NUMBER})\s*[\])]?\s*"), "between"),
    (re.compile(rf"\s*(?:>=|≥|>|from)\s*({_NUMBER})\s*"), "above"),
    (re.compile(rf"\s*({_NUMBER})\s*(?:\+|及以上|以上)\s*"), "above"),
    (re.compile(rf"\s*(?:<=|≤|<|to)\s*({_NUMBER})\s*"), "below"),
    (re.compile(rf"\s*({_NUMBER})\s*(?:及以下|以下)\s*"), "below"),
)


def bounds(labels: Sequence[str | None]) -> tuple[Floats, Floats, Flags]:
    """Lowest and highest number that every label stands for, and which labels are numbers at all.  Missing labels and
    ``*`` stand for every number; open ends are taken as closed, which costs the attacker nothing."""
    low, high = np.full(len(labels), -np.inf), np.full(len(labels), np.inf)
    known = np.ones(len(labels), bool)
    for place, label in enumerate(labels):
        if label is None or label in ANYTHING:
            continue
        for pattern, kind in _PATTERNS:
            found = pattern.fullmatch(label)
            if found is not None:
                numbers = [float(number) for number in found.groups()]
                low[place] = -np.inf if kind == "below" else numbers[0]
                high[place] = np.inf if kind == "above" else numbers[-1]
                break
        else:
            known[place] = False
    return low, high, known


@dataclass(frozen=True, slots=True)
class Mask:
    """A shape of labels that hide characters: ``length`` characters, ``shown`` are the places that show; ``prefix``
    when only leading characters show."""

    length: int
    shown: tuple[int, ...]
    prefix: bool

    def hide(self, value: str) -> str | None:
        """``value`` under this mask, None when it does not fit under it."""
        if len(value) != self.length and not (self.prefix and len(value) >= len(self.shown)):
            return None
        return "".join(value[place] if place in self.shown else "*" for place in range(self.length))


def masks(labels: Iterable[str | None]) -> frozenset[Mask]:
    """The shapes of all labels that hide some of their characters."""
    found = set()
    for label in labels:
        if label and "*" in label and label != "*":
            shown = tuple(place for place, sign in enumerate(label) if sign != "*")
            found.add(Mask(len(label), shown, shown == tuple(range(len(shown)))))
    return frozenset(found)


def possible(
    value: str | None,
    shapes: Iterable[Mask],
    tree: Mapping[str, Sequence[str]] | None,
    *,
    missing_is_value: bool,
) -> Iterator[str | None]:
    """Every label under which a record that holds ``value`` may have been released.

    ``tree`` has the row of the field's hierarchy by value.  ``missing_is_value``: raw cells are missing too, so a
    missing label is one of those; otherwise it was taken out and may be anybody's."""
    yield "*"
    if value is None or not missing_is_value:
        yield None
    if value is None:
        return
    yield value
    yield from (tree or {}).get(value, ())
    for shape in shapes:
        hidden = shape.hide(value)
        if hidden is not None:
            yield hidden
