"""An ordered list of values, neighbours merging level by level: low, middle, high become low–middle, high.

``fan_out`` says how many groups merge at each level; the last level is "*".  Values that are not in the list have no
place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec


def _rule(params: Mapping[str, Any]) -> str:
    if not params["values"] or len(set(params["values"])) != len(params["values"]):
        return "Parameter 'values' must list every value once, in order."
    if any(number < 2 for number in params["fan_out"]):
        return "Parameter 'fan_out' must hold numbers of at least 2."
    return ""


SPEC = Spec(
    (
        Param("values", "texts", "all values in order"),
        Param("fan_out", "integers", "how many groups merge at each level below '*'", default=(2,)),
    ),
    _rule,
)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value of the list, in its order, whether the column holds it or not."""
    values = params["values"]
    columns = []
    size = 1
    for fan_out in params["fan_out"]:
        size *= fan_out
        groups = [values[start : start + size] for start in range(0, len(values), size)]
        names = [group[0] if len(group) == 1 else f"{group[0]}–{group[-1]}" for group in groups]
        columns.append([names[position // size] for position in range(len(values))])
    return [(value, *levels, TOP) for value, *levels in zip(values, *columns, strict=True)]


BUILDER = Builder(
    name="order",
    title_zh="有序列表",
    title_en="ordered list",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"values": ["小学", "初中", "高中", "本科", "硕士"], "fan_out": [2, 2]},
            {"本科": 3, "其他": 1},
            (
                ("小学", "小学–初中", "小学–本科", "*"),
                ("初中", "小学–初中", "小学–本科", "*"),
                ("高中", "高中–本科", "小学–本科", "*"),
                ("本科", "高中–本科", "小学–本科", "*"),
                ("硕士", "硕士", "硕士", "*"),
            ),
        ),
    ),
)
