"""Where a Chinese place name, address or GB/T 2260 code lies: county, city, province.

Names are matched from the beginning of the text, full names first (浙江省杭州市西湖区), then the short ones people use
(浙江杭州).  A short name counts only when the text ends there or goes on with a place inside it: 北京东路 is no place
in Beijing.  What is not found stays unplaced; nothing is guessed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

_CODE = re.compile(r"(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})")
_VIRTUAL = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_COUNTRY = re.compile(r"^(?:中华人民共和国|中国)")
_PROVINCE_END = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_CITY_END = re.compile(
    r"(?:市|地区|盟|(?:土家族|苗族|朝鲜族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|景颇族|白族|傈僳族|回族|蒙古族|蒙古|哈萨克|柯尔克孜)+自治州)$"
)
_AREA_END = re.compile(r"(?:市|区|县|旗)$")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place by the labels of its county, city and province; a place known only as a province has that one thrice."""

    county: str
    city: str
    province: str


class Names:
    """Names to codes, to be found at the beginning of a text.

    A name given to two places names neither, unless one lies in the other: then it names the larger."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        seen: dict[str, set[str]] = {}
        for name, code in pairs:
            if len(name) >= _SHORTEST:
                seen.setdefault(name, set()).add(code)
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(seen, key=len, reverse=True):
            code = min(seen[name], key=len)
            if all(other.startswith(code) for other in seen[name]):
                self._by_start.setdefault(name[:_SHORTEST], []).append((name, code))

    def find(self, text: str) -> tuple[str, int]:
        """The code of the longest name that ``text`` begins with, and its length; ("", 0) when there is none."""
        for name, code in self._by_start.get(text[:_SHORTEST], ()):
            if text.startswith(name):
                return code, len(name)
        return "", 0


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names, arranged for reading from the left.  ``inside`` holds, by the code of the province and of the city,
    the full and the short names of the places in it; ``settled`` the full names of counties with which no other
    county's full name begins, so that whatever follows them the place is the same."""

    names: Mapping[str, str]
    provinces: Names
    short_provinces: Names
    cities: Names
    short_cities: Names
    counties: Names
    inside: Mapping[str, tuple[Names, Names]]
    settled: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """The table that ships with this library, read once."""
    table = (files("anonymizers.hierarchies") / "cn_places.csv").read_text(encoding="utf-8")
    names = {row["code"]: row["name"] for row in csv.DictReader(table.splitlines())}
    provinces = [(name, code) for code, name in names.items() if len(code) == 2]
    cities = [(name, code) for code, name in names.items() if len(code) == 4 and name not in _VIRTUAL]
    counties = [(name, code) for code, name in names.items() if len(code) == 6]
    taken = {_PROVINCE_END.sub("", name) for name, _ in provinces}
    held: dict[str, list[tuple[str, str]]] = {}
    for name, code in cities + counties:
        held.setdefault(code[:2], []).append((name, code))
    for name, code in counties:
        held.setdefault(code[:4], []).append((name, code))
    return Gazetteer(
        names,
        Names(provinces),
        Names((_PROVINCE_END.sub("", name), code) for name, code in provinces),
        Names(cities),
        Names((short, code) for name, code in cities if (short := _CITY_END.sub("", name)) not in taken),
        Names(counties),
        {code: (Names(pairs), Names((_shorten(*pair), pair[1]) for pair in pairs)) for code, pairs in held.items()},
        _settled(names),
    )


def _settled(names: Mapping[str, str]) -> frozenset[str]:
    full = sorted(_labels(code, names).county for code in names if len(code) == 6)
    return frozenset(name for name, following in pairwise([*full, ""]) if not following.startswith(name))


def _shorten(name: str, code: str) -> str:
    return (_CITY_END if len(code) == 4 else _AREA_END).sub("", name)


def find_place(text: str) -> Place | None:
    """The place of a code, a place name or an address, or None when it is not known."""
    cleaned = _COUNTRY.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    if cleaned.isascii():
        return _by_code(cleaned)
    code = _by_name(cleaned)
    return _labels(code, gazetteer().names) if code else None


def find_places(texts: Iterable[str]) -> dict[str, Place]:
    """The places of all ``texts`` that are known, in order of the texts.

    Sorted texts that begin with one county's full name stand together: only the first of them is looked up."""
    found: dict[str, Place] = {}
    begun, place = "", None
    for text in sorted(texts):
        if not begun or not text.startswith(begun):
            place = find_place(text)
            full = place is not None and place.county in gazetteer().settled and text.startswith(place.county)
            begun = place.county if place is not None and full else ""
        if place is not None:
            found[text] = place
    return found


def _by_code(text: str) -> Place | None:
    if not _CODE.fullmatch(text) or text[:2] not in gazetteer().names:
        return None
    county = text[:6]
    while len(county) > 2 and county.endswith("00"):
        county = county[:-2]
    return Place(county, county[:4], county[:2])


def named(place: Place) -> Place:
    """``place`` with names for codes, as far as the table has them: a former county keeps its code."""
    names = gazetteer().names
    code = place.county
    if not _CODE.fullmatch(code):
        return place
    known = code
    while len(known) > 2 and known not in names:
        known = known[:-2]
    labels = _labels(known, names)
    if known == code:
        return labels
    city = labels.city if len(known) == 4 else place.city if len(code) > 2 else labels.province
    return Place(code, city, labels.province)


def _by_name(text: str) -> str:
    """The code of the finest place that the beginning of ``text`` names; '' when it names none."""
    book = gazetteer()
    for full, short in ((book.provinces, book.short_provinces), (book.cities, book.short_cities)):
        code, length = full.find(text)
        if code:
            return _narrow(code, text[length:]) or code
        code, length = short.find(text)
        if code:
            finer = _narrow(code, text[length:])
            if finer or length == len(text):
                return finer or code
    return book.counties.find(text)[0]


def _narrow(code: str, rest: str) -> str:
    """The code of the place inside ``code`` that ``rest`` goes on with; '' when it goes on with none."""
    book = gazetteer()
    for filler in (book.names[code], "市辖区"):
        rest = rest.removeprefix(filler)
    if code not in book.inside or not rest:
        return ""
    full, short = book.inside[code]
    found, length = full.find(rest)
    if found:
        return found if len(found) == 6 else _narrow(found, rest[length:]) or found
    found, length = short.find(rest)
    if not found:
        return ""
    if length == len(rest):
        return found
    return _narrow(found, rest[length:]) if len(found) == 4 else ""


def _labels(code: str, names: Mapping[str, str]) -> Place:
    province = names[code[:2]]
    if len(code) == 2:
        return Place(province, province, province)
    middle = names[code[:4]]
    city = province if middle in _VIRTUAL else province + middle
    if len(code) == 4:
        return Place(city, city, province)
    county = city + names[code]
    straight = middle in _VIRTUAL and middle not in ("市辖区", "县")
    return Place(county, county if straight else city, province)
