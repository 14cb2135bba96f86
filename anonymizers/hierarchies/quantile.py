"""Numbers into groups that hold about equally many rows, neighbours merging upwards, and "*" at the top.

The outer groups are open ("<20", "55+"), so the smallest and the largest number of the column are not told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.numbers import plain, read_number
from anonymizers.params import Param, Spec

SPEC = Spec(
    (
        Param("groups", "integer", "groups at level 1", least=2, most=10_000),
        Param("levels", "integer", "levels above the value, the last being '*'", default=3, least=2, most=32),
        Param("factor", "integer", "how many groups merge into one at the next level", default=2, least=2),
    )
)


def cuts(numbers: Mapping[str, Decimal], counts: Mapping[str, int], groups: int) -> list[Decimal]:
    """Where groups 2, 3, … begin: the smallest number that has so many shares of the rows below it.

    A number that many rows hold may begin several groups at once; shares that are never reached are left out."""
    rows: dict[Decimal, int] = {}
    for value, number in numbers.items():
        rows[number] = rows.get(number, 0) + counts[value]
    total, below = sum(rows.values()), 0
    found: list[Decimal] = []
    for number in sorted(rows):
        while len(found) < groups - 1 and below * groups >= (len(found) + 1) * total:
            found.append(number)
        below += rows[number]
    return found


def label(number: Decimal, edges: Sequence[Decimal], *, whole: bool) -> str:
    """The group of ``number`` between sorted ``edges``."""
    place = bisect_right(edges, number)
    if not edges:
        return TOP
    if place == 0:
        return f"<{plain(edges[0])}"
    if place == len(edges):
        return f"{plain(edges[-1])}+"
    low, high = edges[place - 1], edges[place]
    if not whole:
        return f"[{plain(low)}, {plain(high)})"
    return plain(low) if high - low == 1 else f"{plain(low)}-{plain(high - 1)}"


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is a number."""
    numbers = {value: number for value in sorted(counts) if (number := read_number(value)) is not None}
    first = cuts(numbers, counts, params["groups"])
    whole = all(number == number.to_integral_value() and number >= 0 for number in numbers.values())
    columns = []
    for level in range(params["levels"] - 1):
        step = params["factor"] ** level
        edges = sorted(set(first[step - 1 :: step]))
        labels = {number: label(number, edges, whole=whole) for number in set(numbers.values())}
        columns.append([labels[number] for number in numbers.values()])
    return [(value, *levels, TOP) for value, *levels in zip(numbers, *columns, strict=True)]


BUILDER = Builder(
    name="quantile",
    title_zh="分位",
    title_en="equally frequent groups",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"groups": 4, "levels": 3},
            {"1": 2, "2": 2, "3": 2, "4": 2},
            (("1", "<2", "<3", "*"), ("2", "2", "<3", "*"), ("3", "3", "3+", "*"), ("4", "4+", "3+", "*")),
        ),
        Worked({"groups": 2, "levels": 2}, {"7": 9, "x": 1}, (("7", "*", "*"),)),
    ),
)
