"""Sentences with gold spans, the same for the same seed.  Nobody in them exists.

The names are lists of this file and not the lists that the detector has: some of their characters, surnames and
English names are in no list of ours, because in life they are not either.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from release.samples.people import check_digit

FILE = tomllib.loads((Path(__file__).parent / "templates.toml").read_text(encoding="utf-8"))
WORDS = FILE["words"]
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文禚冼揭逄卞战粟覃"
)
DOUBLE = ("欧阳", "上官", "司马", "诸葛", "慕容", "皇甫")
GIVEN = WORDS["given"].split()
MINORITY = (
    "买买提·艾合买提",
    "阿依古丽·吐尔逊",
    "扎西次仁",
    "洛桑·丹增",
    "巴图",
    "其其格",
    "古丽娜尔",
    "岩温罕",
    "乌兰托娅",
)
TITLES = ("先生", "女士", "小姐", "老师", "医生", "主任", "经理", "师傅", "阿姨", "科长", "大爷", "律师")
ENGLISH_FIRST = WORDS["english_first"].split()
ENGLISH_LAST = WORDS["english_last"].split()
ENGLISH_TITLES = ("Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.")
ROADS = ("文三路", "中山北路", "人民大街", "延安西路", "解放路", "学府路", "滨江大道", "胜利街", "建设三路", "紫荆花路")
DISTRICTS = (
    "杭州市西湖区",
    "上海市浦东新区",
    "浦东新区",
    "广东省深圳市南山区",
    "成都市武侯区",
    "武汉市洪山区",
    "朝阳区",
    "江苏省苏州市昆山市",
    "",
)
ESTATES = ("阳光花园", "翠苑三区", "万科城", "金域蓝湾", "幸福里小区", "龙湖家园")
VILLAGES = ("李家村", "王庄村", "东风村", "石桥村", "新华社区")
STREETS = ("Maple Street", "Oak Avenue", "2nd Street", "Sunset Blvd", "Church Road", "Elm Drive", "King's Lane")
CITIES = ("Springfield, IL 62704", "Portland, OR 97201", "London SW1A 2AA", "Boston", "Austin, TX")
PLATES = "京沪粤浙苏川鄂"
SLOT = re.compile(r"\{([a-z])\}")
KINDS = {
    "n": "name", "x": "name without a cue", "s": "surname and title", "m": "mobile", "l": "landline",
    "i": "identity number", "c": "bank card", "e": "e-mail", "a": "address", "p": "passport", "v": "number plate",
    "d": "birth date", "w": "messenger account",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and what identifies people in it: (start, end, kind)."""

    text: str
    gold: tuple[tuple[int, int, str], ...]
    language: str


class Draw:
    """One row of choices from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def of(self, values: object) -> str:
        return str(values[int(self.random.integers(0, len(values)))])  # type: ignore[arg-type,index]

    def digits(self, count: int, first: str = "0123456789") -> str:
        return self.of(first) + "".join(self.of("0123456789") for _ in range(count - 1))

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)


def sentences(part: str, language: str, count: int, seed: int) -> list[Sentence]:
    """``count`` sentences from the templates ``part`` (tuned, held or none) of a language, each template in turn."""
    templates = FILE[language][part]
    draw = Draw(seed)
    return [_filled(templates[n % len(templates)], language, draw) for n in range(count)]


def _filled(template: str, language: str, draw: Draw) -> Sentence:
    text, done, gold = "", 0, []
    for slot in SLOT.finditer(template):
        text += template[done : slot.start()]
        value = (_chinese if language == "zh" else _english)(slot.group(1), draw)
        gold.append((len(text), len(text) + len(value), KINDS[slot.group(1)]))
        text, done = text + value, slot.end()
    return Sentence(text + template[done:], tuple(gold), language)


def _chinese(kind: str, draw: Draw) -> str:
    if kind in "nx":
        if draw.chance(0.06):
            return draw.of(MINORITY)
        return (draw.of(DOUBLE) if draw.chance(0.04) else draw.of(SURNAMES)) + draw.of(GIVEN)
    if kind == "s":
        return draw.of(SURNAMES) + draw.of(TITLES) if draw.chance(0.85) else draw.of("老小") + draw.of(SURNAMES)
    if kind == "m":
        number = "1" + draw.of("3456789") + draw.digits(9)
        parts = (number[:3], number[3:7], number[7:])
        return draw.of((number, number, number, "-".join(parts), " ".join(parts), "+86 " + number))
    if kind == "l":
        return draw.of(("021", "0571", "010", "0755")) + draw.of(("-", "-", " ", "")) + draw.digits(8, "2345678")
    if kind == "a":
        return _address(draw)
    if kind == "d":
        year, month, day = (int(draw.random.integers(*r)) for r in ((1935, 2015), (1, 13), (1, 29)))
        return draw.of((f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}.{month}.{day}"))
    return _number(kind, draw)


def _address(draw: Draw) -> str:
    where = draw.of(DISTRICTS)
    form = int(draw.random.integers(0, 4))
    house, flat = draw.digits(2, "123456789"), draw.digits(3, "12345")
    if form == 0:
        return f"{where}{draw.of(ROADS)}{house}号{draw.digits(1, '12345')}幢{flat}室"
    if form == 1:
        return f"{where}{draw.of(ESTATES)}{house}栋{flat}"
    if form == 2:
        return f"{where}{draw.of(ROADS)}{house}弄{draw.digits(2, '123')}号"
    return f"{where}{draw.of(VILLAGES)}{draw.digits(1, '123456789')}组{draw.digits(2, '1234')}号"


def _number(kind: str, draw: Draw) -> str:
    """What looks the same in both languages."""
    if kind == "i":
        year, month, day = (int(draw.random.integers(*r)) for r in ((1940, 2015), (1, 13), (1, 29)))
        body = draw.of(("110105", "310115", "330106", "440305")) + f"{year}{month:02}{day:02}" + draw.digits(3)
        return body + str(check_digit(np.array([int(body)]))[0].as_py())
    if kind == "c":
        body = draw.of(("622848", "621700", "622202", "436742")) + draw.digits(12 if draw.chance(0.7) else 9)
        number = body + _luhn(body)
        return " ".join(re.findall(".{1,4}", number)) if draw.chance(0.3) else number
    if kind == "e":
        name = draw.of(("zhang", "li.na", "wang_88", "m.jones", "a.k"))
        return f"{name}{draw.digits(2)}@{draw.of(('163.com', 'stats.gov.cn', 'example.org', 'qq.com'))}"
    if kind == "p":
        return draw.of("EGP") + draw.digits(8)
    if kind == "v":
        return draw.of(PLATES) + draw.of("ABCEF") + draw.digits(4) + draw.of("ABK0123")
    return f"{draw.of(('wx_', 'lihua', 'ming'))}{draw.digits(6)}"


def _luhn(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 - place % 2), 10)) for place, c in enumerate(reversed(body)))
    return str(-total % 10)


def _english(kind: str, draw: Draw) -> str:
    first, last = draw.of(ENGLISH_FIRST), draw.of(ENGLISH_LAST)
    if kind in "nx":
        return draw.of((f"{first} {last}", f"{first} {last}", f"{first} {draw.of('ABJKM')}. {last}"))
    if kind == "s":
        return f"{draw.of(ENGLISH_TITLES)} {draw.of((last, f'{first} {last}'))}"
    if kind == "m":
        area, rest = draw.digits(3, "2345679"), (draw.digits(3, "23456789"), draw.digits(4))
        return draw.of(
            (f"({area}) {rest[0]}-{rest[1]}", f"{area}-{rest[0]}-{rest[1]}", f"+1 {area} {rest[0]} {rest[1]}")
        )
    if kind == "a":
        return f"{draw.digits(3, '123456789')} {draw.of(STREETS)}, {draw.of(CITIES)}"
    if kind == "d":
        month, day, year = draw.digits(1, "123456789"), draw.digits(1, "123456789"), f"19{draw.digits(2, '3456789')}"
        return draw.of((f"{month}/{day}/{year}", f"March {day}, {year}", f"{year}-0{month}-0{day}"))
    if kind == "i":
        return f"{draw.digits(3, '12345')}-{draw.digits(2, '123456789')}-{draw.digits(4, '123456789')}"
    return _number(kind, draw)
