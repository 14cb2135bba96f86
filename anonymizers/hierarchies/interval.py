"""Numbers into intervals of equal width, which then widen by a factor a level, and "*" at the top.

``levels`` counts the levels above the value, "*" included: width 5 and 4 levels give 5, 10, 20, "*".  Whole numbers
are written 20-24, others [20, 25) with the right end open.  Numbers from ``top`` on and below ``bottom`` are one group
at every level, and no interval crosses those two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.numbers import exact, plain, read_number
from anonymizers.params import Param, Spec

_DIGITS = 200


def _rule(params: Mapping[str, Any]) -> str:
    if params["width"] <= 0:
        return "Parameter 'width' must be above 0."
    if params["top"] is not None and params["bottom"] is not None and params["bottom"] >= params["top"]:
        return "Parameter 'bottom' must be below 'top'."
    return ""


SPEC = Spec(
    (
        Param("width", "number", "width of the intervals at level 1"),
        Param("levels", "integer", "levels above the value, the last being '*'", default=4, least=2, most=32),
        Param("factor", "integer", "how many intervals merge into one at the next level", default=2, least=2),
        Param("origin", "number", "where an interval begins", default=0),
        Param("top", "number", "numbers from here on are one group", default=None),
        Param("bottom", "number", "numbers below this are one group", default=None),
    ),
    _rule,
)


def interval(low: Decimal, high: Decimal, *, whole: bool) -> str:
    """The label of [low, high): inclusive ends where all numbers are whole."""
    if not whole:
        return f"[{plain(low)}, {plain(high)})"
    return plain(low) if high - low == 1 else f"{plain(low)}-{plain(high - 1)}"


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is a number."""
    numbers = {value: number for value in sorted(counts) if (number := read_number(value)) is not None}
    width, origin = exact(params["width"]), exact(params["origin"])
    top = None if params["top"] is None else exact(params["top"])
    bottom = None if params["bottom"] is None else exact(params["bottom"])
    marks = [width, origin, *(mark for mark in (top, bottom) if mark is not None), *numbers.values()]
    whole = all(mark == mark.to_integral_value() and mark >= 0 for mark in marks)
    widths = [width * params["factor"] ** level for level in range(params["levels"] - 1)]

    def label(number: Decimal, step: Decimal) -> str:
        if top is not None and number >= top:
            return f"{plain(top)}+"
        if bottom is not None and number < bottom:
            return f"<{plain(bottom)}"
        low = ((number - origin) / step).to_integral_value(ROUND_FLOOR) * step + origin
        high = low + step
        inside = (low if bottom is None else max(low, bottom), high if top is None else min(high, top))
        return interval(*inside, whole=whole and inside[0] >= 0)

    with localcontext() as context:
        context.prec = _DIGITS
        return [(value, *(label(number, step) for step in widths), TOP) for value, number in numbers.items()]


BUILDER = Builder(
    name="interval",
    title_zh="区间",
    title_en="intervals",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"width": 5, "levels": 4},
            {"4": 1, "17": 2, "20": 1},
            (
                ("17", "15-19", "10-19", "0-19", "*"),
                ("20", "20-24", "20-29", "20-39", "*"),
                ("4", "0-4", "0-9", "0-19", "*"),
            ),
        ),
        Worked(
            {"width": 20, "levels": 3, "top": 90, "bottom": 18},
            {"17": 1, "18": 1, "85": 1, "90": 1, "old": 1},
            (
                ("17", "<18", "<18", "*"),
                ("18", "18-19", "18-39", "*"),
                ("85", "80-89", "80-89", "*"),
                ("90", "90+", "90+", "*"),
            ),
        ),
        Worked(
            {"width": 0.5, "levels": 2}, {"-0.2": 1, "0.5": 1}, (("-0.2", "[-0.5, 0)", "*"), ("0.5", "[0.5, 1)", "*"))
        ),
    ),
)
