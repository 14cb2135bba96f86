"""Whether a string is a postal address: a place and something narrower, in Chinese or in English order."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from classifiers.vocabulary.regions import starts_with_region
from classifiers.vocabulary.words import Mask, matches, words

HAN = "\u4e00-\u9fff"
# From the street down: each of these after at least one character makes a string more than a place name.
STREET = "路|街|大道|巷|弄|胡同|里弄|大街|公路|国道|省道|道|段"
NARROW = "[0-9一二三四五六七八九十甲乙丙A-Za-z]+(?:号|號|弄|巷|栋|棟|幢|座|单元|室|楼|樓|层|組|组|队|社|户|房|之)"
ESTATE = "小区|花园|新村|公寓|大厦|广场|家园|苑|园区|工业园|开发区|市场|村委会|社区|宿舍|里"
VILLAGE = f"[{HAN}]{{1,12}}(?:镇|乡|街道|鄉|鎮)[{HAN}0-9]{{1,16}}(?:村|社区|里)"
SUITE = r"(?:,? +(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|#)\.? *[0-9A-Z-]+)"
BOX = r"(?i)^(?:P\.? ?O\.? Box [0-9]+|(?:PSC|Unit|APO|FPO|DPO|USNS|USS) +[0-9A-Z]+)"
UNIT = r"(?i)^(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|Rm|#)\.? *[0-9A-Z-]+$"


def is_chinese_address(array: pa.Array) -> Mask:
    """Six characters or more with a street, estate or village and a number, or a region and one of them."""
    number = matches(array, NARROW)
    street = matches(array, f"[{HAN}](?:{STREET})")
    estate = matches(array, f"[{HAN}](?:{ESTATE})")
    region = starts_with_region(array) | matches(array, f"^[{HAN}X]{{2,8}}[省市县區区縣州盟旗镇乡鄉鎮]")
    return (
        (number & (street | estate | region))
        | (region & (street | estate) & matches(array, "^.{8,}$"))
        | matches(array, VILLAGE)
    )


@lru_cache(maxsize=1)
def _street() -> str:
    """House number, words, and a word for a street; or house number, words and a flat."""
    kinds = "|".join(sorted(words("street_suffixes"), key=lambda word: (-len(word), word)))
    number = r"^[0-9]+[A-Z]?(?:[-/][0-9]+)? +"
    return rf"(?i){number}(?:[\w.'-]+ +){{0,5}}(?:(?:{kinds})\b|[\w.'-]+{SUITE}$)"


def is_english_address(array: pa.Array) -> Mask:
    """House number and street, post-office box, military address, or the second line with a flat."""
    return matches(array, _street()) | matches(array, BOX) | matches(array, UNIT)
