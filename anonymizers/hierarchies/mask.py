"""Star one more character a level, from the right or from the left: 81667, 8166*, 816**, …, *****.

Values of different length are filled up to the longest, so a length does not tell more than the level does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec

_LONGEST = 64

SPEC = Spec(
    (
        Param(
            "direction",
            "text",
            "where the stars begin",
            default="right-to-left",
            choices=("right-to-left", "left-to-right"),
        ),
        Param("step", "integer", "characters starred a level", default=1, least=1),
    )
)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value; the top is "*".  Raises AnonymizerError when values are very long."""
    longest = max((len(value) for value in counts), default=1)
    if longest > _LONGEST:
        raise AnonymizerError(f"Values of up to {longest} characters are too long to star: use kind prefix or redact.")
    stars = range(params["step"], longest, params["step"])
    right = params["direction"] == "right-to-left"

    def starred(value: str, number: int) -> str:
        left = longest - number
        return value[:left] + "*" * number if right else "*" * number + value[max(len(value) - left, 0) :]

    return [(value, *(starred(value, number) for number in stars), TOP) for value in sorted(counts)]


BUILDER = Builder(
    name="mask",
    title_zh="逐位遮盖",
    title_en="star by star",
    build=build,
    spec=SPEC,
    closed=True,
    examples=(
        Worked({}, {"816": 1, "81": 1}, (("81", "81*", "8**", "*"), ("816", "81*", "8**", "*"))),
        Worked({"direction": "left-to-right", "step": 2}, {"81667": 1}, (("81667", "**667", "****7", "*"),)),
    ),
)
