"""Two levels: the value, and nothing.  For categories that have no order and no tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import NONE


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """(value, "*") for every value."""
    return [(value, TOP) for value in sorted(counts)]


BUILDER = Builder(
    name="redact",
    title_zh="抹去",
    title_en="value or nothing",
    build=build,
    spec=NONE,
    closed=True,
    examples=(Worked({}, {"b": 1, "a": 2}, (("a", "*"), ("b", "*"))),),
)
