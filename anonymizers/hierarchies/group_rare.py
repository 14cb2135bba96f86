"""Free categories by how often they occur: at every level the rarer ones join one group, 其他, and "*" at the top.

Thresholds rise: rows (``below``) or shares of the present rows (``shares``).  A group that stays below its threshold
takes in the next rarest value, so no label above level 0 is said of fewer rows than that.  What is kept depends on the
column: another column gives another hierarchy.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, strictly


def _rule(params: Mapping[str, Any]) -> str:
    below, shares = params["below"], params["shares"]
    if (below is None) == (shares is None):
        return "Grouping takes either 'below' or 'shares'."
    if below is not None and (not below or below[0] < 2 or not strictly(below, rising=True)):
        return "Parameter 'below' must list rising numbers of rows, from 2."
    if shares is not None:
        rising = bool(shares) and strictly(shares, rising=True)
        if not rising or shares[0] <= 0 or shares[-1] > 1:
            return "Parameter 'shares' must list rising shares above 0, up to 1."
    return "" if params["label"] not in ("", TOP) else "Parameter 'label' must be a text other than '*'."


SPEC = Spec(
    (
        Param("below", "integers", "values with fewer rows than this are grouped, one number a level", default=None),
        Param("shares", "numbers", "the same as shares of the rows", default=None),
        Param("least", "integer", "with 'shares': no group is left below so many rows", default=2, least=2),
        Param("label", "text", "name of the group", default="其他"),
    ),
    _rule,
)


def thresholds(rows: int, params: Mapping[str, Any]) -> list[int]:
    """Rows below which a value is grouped, one number a level, not falling."""
    if params["below"] is not None:
        return list(params["below"])
    return [max(params["least"], math.ceil(share * rows)) for share in params["shares"]]


def rare(order: Sequence[tuple[int, str]], held: int, below: int) -> int:
    """How many of ``order`` (count, value; rarest first) join a group that ``held`` rows are in already."""
    for place, (count, _) in enumerate(order):
        if count >= below and (held == 0 or held >= below):
            return place
        held += count
    return len(order)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value."""
    label = params["label"]
    order = sorted((count, value) for value, count in counts.items() if value != label)
    limits = thresholds(sum(counts.values()), params)
    ends = [rare(order, counts.get(label, 0), below) for below in limits]
    place = {value: number for number, (_, value) in enumerate(order)}
    return [(value, *(label if place.get(value, -1) < end else value for end in ends), TOP) for value in sorted(counts)]


BUILDER = Builder(
    name="group-rare",
    title_zh="罕见值归并",
    title_en="rare values grouped",
    build=build,
    spec=SPEC,
    closed=True,
    examples=(
        Worked(
            {"below": [3, 6]},
            {"工人": 9, "教师": 5, "画家": 2, "演员": 1},
            (
                ("工人", "工人", "工人", "*"),
                ("教师", "教师", "其他", "*"),
                ("演员", "其他", "其他", "*"),
                ("画家", "其他", "其他", "*"),
            ),
        ),
        Worked(
            {"shares": [0.1], "label": "other"},
            {"a": 15, "b": 4, "c": 1, "other": 0},
            (("a", "a", "*"), ("b", "other", "*"), ("c", "other", "*"), ("other", "other", "*")),
        ),
    ),
)
