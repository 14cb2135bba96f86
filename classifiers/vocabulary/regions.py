"""Administrative divisions: names and codes of GB/T 2260 down to counties, and the Chinese and English places beyond.

What a reader would get wrong: codes of abolished counties stand in millions of records and not in this list, so a
column of codes rarely reaches a hundred per cent.
"""

from __future__ import annotations

import csv
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.vocabulary.words import HERE, Mask, matches, spaced, words

SUFFIXES = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "地区",
    "新区",
    "林区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "旗",
)
UNITS = "省市县区旗盟镇乡州"


@lru_cache(maxsize=1)
def divisions() -> tuple[tuple[str, str], ...]:
    """(code, name) of every division."""
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(file))


def _short(name: str) -> str:
    """上海市 → 上海; 西湖区 stays, for 西湖 is a lake."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Full names, short names of provinces and cities, and full paths of province + city (+ county)."""
    full = {code: name for code, name in divisions() if name not in {"市辖区", "县"}}
    upper = {_short(name) for code, name in full.items() if code.endswith("00")}
    paths: set[str] = set()
    for code, name in full.items():
        province, city = full.get(code[:2] + "0000", ""), full.get(code[:4] + "00", "")
        if not code.endswith("00"):
            paths |= {province + city + name, city + name, _short(city) + name, province + name}
        elif not code.endswith("0000"):
            paths.add(province + name)
    return frozenset((paths | upper | set(full.values()) | words("regions_other")) - {""})


@lru_cache(maxsize=1)
def latin_names() -> frozenset[str]:
    """States of the United States and of Austria in Latin letters, blanks or hyphens between their words."""
    return spaced("us_states") | frozenset(name for name in spaced("regions_other") if name.isascii())


@lru_cache(maxsize=1)
def _names() -> pa.Array:
    return pa.array(sorted(names()), pa.string())


@lru_cache(maxsize=1)
def _codes() -> pa.Array:
    return pa.array(sorted(code for code, _ in divisions()), pa.string())


@lru_cache(maxsize=1)
def _starts() -> str:
    """A regular expression of the short names of provinces and cities, longest first."""
    upper = {_short(name) for code, name in divisions() if code.endswith("00") and name not in {"市辖区", "县"}}
    return "^(?:" + "|".join(sorted(upper, key=lambda name: (-len(name), name))) + ")"


def is_region(array: pa.Array) -> Mask:
    """Values that are the name of a division, whole, blanks and separators between the parts allowed."""
    packed = pc.replace_substring_regex(array, "[ /,>·-]", "")
    return np.asarray(pc.is_in(packed, value_set=_names()), dtype=np.bool_)


def is_region_code(array: pa.Array) -> Mask:
    """6, 9 or 12 digits that begin with a division of GB/T 2260."""
    return np.asarray(pc.is_in(pc.utf8_slice_codeunits(array, 0, 6), value_set=_codes()), dtype=np.bool_)


def starts_with_region(array: pa.Array) -> Mask:
    """Values that begin with a province or a city, long or short name (上海市…, 上海…)."""
    return matches(array, _starts())
