"""Addresses in sentences.  Chinese: a house number with its road, estate or village, and what stands before it as far
as the divisions of the country (a trie of their names) and the words for places reach.  English: number, street, town.

What a reader would get wrong: a district alone (浦东新区) is no address here; only what leads to a door is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classifiers.inside import Shape
from classifiers.vocabulary.regions import names
from classifiers.vocabulary.words import words

ADDRESS = "person.contact.address"
H = "[一-鿿]"
DIGITS = "[0-9０-９一二三四五六七八九十百]"
PLACE = "[路街道巷弄同村庄屯寨区园苑家寓厦场里湾城庭府坊队镇乡组堡坝湖院]"  # last characters of words for places
UNIT = "号楼|号院|号|弄|栋|幢|座|组|单元|室|户|层|楼"
# A number with a unit that leads to a door by itself, and one that does so only behind a word for a place.
DOOR = f"(?:{DIGITS}{{1,5}}(?:栋|幢|弄|号楼|单元|室)|(?<={PLACE}){DIGITS}{{1,5}}(?:号|组|座|队))"
TAIL = (
    f"(?:[-－]?[0-9A-Za-z０-９一二三四五六七八九十]{{1,5}}(?:{UNIT}))*"
    "(?:[-－]?[0-9０-９]{1,5}(?![0-9年月日元个人次]))?"
)
CORE = re.compile(f"{DOOR}{TAIL}")
REACH = 32
# Words after which an address begins; none of them is part of one.
STOP = re.compile(
    "家住|现住|居住|住在|住于|位于|地址是|地址为|地址|住址|户籍地|户籍|房屋|搬到|搬至|送到|送至|寄到|寄至|前往|来到|反映|走访|查看|说|住|在|到|至|系|去|是|由|的|[^一-鿿0-9A-Za-z]"
)
NUMBERED = f"{DIGITS}(?:号|弄|栋|幢|组|座|队|单元|室)"


@lru_cache(maxsize=1)
def _trie() -> dict[str, object]:
    """Names of divisions with a suffix (浦东新区, 浙江省), character by character; the empty key ends one."""
    root: dict[str, object] = {}
    for name in names():
        if len(name) < 3 or name.isascii():
            continue
        node = root
        for character in name:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return root


def _division(text: str, start: int, end: int) -> bool:
    """Whether a division's name begins at ``start`` and ends by ``end``."""
    node: dict[str, object] = _trie()
    for place in range(start, end):
        if "" in node:
            return True
        below = node.get(text[place])
        if not isinstance(below, dict):
            return False
        node = below
    return "" in node


def chinese(text: str) -> list[tuple[int, int]]:
    """Where addresses stand in a text, from left to right."""
    found: list[tuple[int, int]] = []
    done = 0
    for core in CORE.finditer(text):
        if core.start() < done:
            continue
        start = _begin(text, core.start(), done)
        if core.start() - start >= 2:
            found.append((start, core.end()))
            done = core.end()
    return found


def _begin(text: str, core: int, least: int) -> int:
    """The first division's name before ``core`` without a stop between, else what follows the last stop."""
    low = max(least, core - REACH)
    stops = [match.end() for match in STOP.finditer(text, low, core)]
    after = stops[-1] if stops else low
    for start in range(low, core):
        if _division(text, start, core) and not re.search("[^一-鿿0-9A-Za-z·-]", text[start:core]):
            return start
    return max(after, core - 20)


def shapes() -> list[Shape]:
    """The Chinese finder and the English shape."""
    suffixes = "|".join(sorted(words("street_suffixes"), key=lambda w: (-len(w), w)))
    word = "[A-Z0-9][A-Za-z0-9'’]*"
    street = rf"[0-9]{{1,5}}[A-Za-z]? (?:[NSEW]\.? )?(?:{word} ){{1,3}}(?:{suffixes})(?![A-Za-z])\.?"
    flat = r"(?:,? (?:Apt|Apartment|Unit|Suite|Flat|#)\.? ?[0-9A-Za-z]+)?"
    town = "(?:, (?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}))?"
    code = "(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|,? [A-Z]{2}(?: [0-9]{5}(?:-[0-9]{4})?)?(?![0-9A-Za-z]))?"
    box = r"P\.?O\.? Box [0-9]+"
    return [
        Shape(ADDRESS, "door", "", NUMBERED, 0.78, None, chinese),
        Shape(
            ADDRESS,
            "street and number",
            rf"(?<![0-9A-Za-z])(?:{street}{flat}|{box}){town}{code}",
            rf"[0-9]{{1,5}}[A-Za-z]? (?:[NSEW]\.? )?[A-Z0-9]|{box}",
            0.82,
        ),
    ]
