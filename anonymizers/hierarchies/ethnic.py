"""China's 56 ethnic groups: the name or its GB/T 3304 code, a size tier, Han or minority, "*".

Tiers follow the 2020 census for the large groups, and the official list of 28 groups with a small population.  Names
come with or without 族; codes are two digits.  A tier says how many there are in the country, not in the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps

LEVELS = ("name", "tier", "majority", TOP)


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# In the order of their codes, 01 to 56.
NAMES = _names(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
HAN, MINORITY, OTHER = "汉族", "少数民族", "其他"
TIERS: Mapping[str, tuple[str, ...]] = {
    "少数民族（一千万人以上）": _names("壮 维吾尔 回 苗 满"),
    "少数民族（一百万至一千万人）": _names("彝 土家 藏 蒙古 布依 侗 瑶 白 哈尼 朝鲜 黎 哈萨克 傣"),
    "少数民族（三十万至一百万人）": _names("畲 傈僳 东乡 仡佬 拉祜 佤 水 纳西 羌"),
}
SMALL = "人口较少民族"
OTHERS = ("其他", "其他民族", "外国血统中国籍人士", "外国血统", "未识别民族", "97", "98")
_TIER = {name: tier for tier, names in TIERS.items() for name in names}
_FORMER = {"毛难": "毛南", "崩龙": "德昂"}


SPEC = Spec(
    (Param("levels", "texts", "steps, fine to coarse", default=("tier", "majority", TOP)),), steps("levels", LEVELS)
)


def group_of(value: str) -> str:
    """The group's name without 族, ``OTHER`` for what the standard counts as other, '' for anything else."""
    text = value.strip()
    if text in OTHERS:
        return OTHER
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return NAMES[int(text) - 1] if 1 <= int(text) <= len(NAMES) else ""
    for name in (text, text.removesuffix("族")):
        known = _FORMER.get(name, name)
        if known in NAMES:
            return known
    return ""


def _label(name: str, level: str) -> str:
    if level == TOP:
        return TOP
    if name == OTHER:
        return OTHER
    if level == "name" or name == NAMES[0]:
        return HAN if name == NAMES[0] else f"{name}族"
    return MINORITY if level == "majority" else _TIER.get(name, SMALL)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that names one of the groups."""
    named = {value: name for value in sorted(counts) if (name := group_of(value))}
    return [(value, *(_label(name, level) for level in params["levels"])) for value, name in named.items()]


BUILDER = Builder(
    name="ethnic",
    title_zh="民族（GB/T 3304）",
    title_en="ethnic groups of China",
    build=build,
    spec=SPEC,
    source="GB/T 3304-1991 codes; tiers by the 2020 census and the official list of small groups; recalled",
    examples=(
        Worked(
            {},
            {"汉族": 9, "回": 1, "05": 1, "赫哲族": 1, "其他": 1, "Roma": 1},
            (
                ("05", "少数民族（一千万人以上）", "少数民族", "*"),
                ("其他", "其他", "其他", "*"),
                ("回", "少数民族（一千万人以上）", "少数民族", "*"),
                ("汉族", "汉族", "汉族", "*"),
                ("赫哲族", "人口较少民族", "少数民族", "*"),
            ),
        ),
        Worked({"levels": ["name", "*"]}, {"01": 1, "汉": 1}, (("01", "汉族", "*"), ("汉", "汉族", "*"))),
    ),
)
