"""Known ordered scales (低 中 高; good fair poor; never … always): neighbours merge level by level, "*" at the top.

The scales stand here, so that a plan need not list the values of a column.  A column counts as one scale: the one that
places most of its rows; other values have no place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec

# Each in order; what has no neighbours of its own stays alone one level longer.
SCALES: tuple[tuple[str, ...], ...] = tuple(
    tuple(scale.split())
    for scale in (
        "极低 很低 较低 低 中 高 较高 很高 极高",
        "低 中等 高",
        "小 中 大",
        "微型 小型 中型 大型 特大型",
        "差 中 良 优",
        "不合格 合格 良好 优秀",
        "不及格 及格 中等 良好 优秀",
        "很差 较差 一般 较好 很好",
        "非常不满意 不满意 一般 满意 非常满意",
        "非常不同意 不同意 一般 同意 非常同意",
        "从不 很少 有时 经常 总是",
        "轻度 中度 重度 极重度",
        "一级 二级 三级 四级 五级 六级 七级 八级 九级 十级",
        "low medium high",
        "low mid high",
        "verylow low moderate high veryhigh",
        "small medium large",
        "mild moderate severe critical",
        "poor fair good verygood excellent",
        "never rarely sometimes often always",
        "stronglydisagree disagree neutral agree stronglyagree",
        "verydissatisfied dissatisfied neutral satisfied verysatisfied",
    )
)

SPEC = Spec((Param("fan_out", "integer", "how many neighbours merge at a level", default=2, least=2),))


def _word(value: str) -> str:
    return "".join(sign for sign in value.lower() if sign.isalnum())


def scale_of(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The scale that places most rows, the shorter where two do; () when none places any."""
    rows: dict[str, int] = {}
    for value, count in counts.items():
        rows[_word(value)] = rows.get(_word(value), 0) + count
    held = [(sum(rows.get(step, 0) for step in scale), -len(scale), -place) for place, scale in enumerate(SCALES)]
    placed, _, place = max(held)
    return SCALES[-place] if placed else ()


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value of the scale that the column is on."""
    scale = scale_of(counts)
    columns: list[list[str]] = []
    size = params["fan_out"]
    while size < len(scale):
        groups = [scale[start : start + size] for start in range(0, len(scale), size)]
        columns.append([group[0] if len(group) == 1 else f"{group[0]}–{group[-1]}" for group in groups for _ in group])
        size *= params["fan_out"]
    place = {step: number for number, step in enumerate(scale)}
    return [
        (value, *(column[place[_word(value)]] for column in columns), TOP)
        for value in sorted(counts)
        if _word(value) in place
    ]


BUILDER = Builder(
    name="scale",
    title_zh="常见等级",
    title_en="known ordered scales",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {},
            {"低": 3, "中等": 5, "高": 1, "不详": 1},
            (("中等", "低–中等", "*"), ("低", "低–中等", "*"), ("高", "高", "*")),
        ),
        Worked(
            {},
            {"Very good": 2, "poor": 1},
            (("Very good", "good–verygood", "poor–verygood", "*"), ("poor", "poor–fair", "poor–verygood", "*")),
        ),
    ),
)
