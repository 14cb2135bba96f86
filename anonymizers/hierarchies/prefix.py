"""Codes by their first characters: 200433, 2004*, 20*, "*".  For postcodes, classification codes, account heads.

``keep`` lists how many characters each level keeps, falling; 0 is "*".  Left out, every level drops one character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, strictly

_LONGEST = 64


def _rule(params: Mapping[str, Any]) -> str:
    keep = params["keep"]
    if keep is not None and (not keep or not strictly(keep, rising=False) or keep[-1] < 0):
        return "Parameter 'keep' must list falling numbers of characters, none below 0."
    return ""


SPEC = Spec((Param("keep", "integers", "characters that each level keeps", default=None),), _rule)


def cut(value: str, keep: int) -> str:
    """The group of ``value`` among those with the same first ``keep`` characters; shorter values are their own."""
    if keep == 0:
        return TOP
    return value[:keep] + TOP if len(value) >= keep else value


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value.  Raises AnonymizerError when ``keep`` is left out and values are very long."""
    keep = params["keep"]
    if keep is None:
        longest = max((len(value) for value in counts), default=1)
        if longest > _LONGEST:
            raise AnonymizerError(f"Values of up to {longest} characters need parameter 'keep', the lengths to keep.")
        keep = range(longest - 1, -1, -1)
    return [(value, *(cut(value, length) for length in keep)) for value in sorted(counts)]


BUILDER = Builder(
    name="prefix",
    title_zh="前缀",
    title_en="first characters",
    build=build,
    spec=SPEC,
    closed=True,
    examples=(
        Worked(
            {"keep": [4, 2, 0]}, {"200433": 1, "20": 1}, (("20", "20", "20*", "*"), ("200433", "2004*", "20*", "*"))
        ),
        Worked({}, {"E11": 1, "E1": 1}, (("E1", "E1*", "E*", "*"), ("E11", "E1*", "E*", "*"))),
    ),
)
