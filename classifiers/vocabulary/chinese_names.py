"""Whether a short Chinese string can be a person's name: a surname, characters used in names, and no known word.

What a reader would get wrong: this is a vote about a column, not about a cell.  高峰 and 白云 are names and words; only
the share of a whole column says which.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.vocabulary.regions import is_region
from classifiers.vocabulary.words import Mask, among, matches, words

# Characters that end words for things, places, posts and bodies, and hardly ever a given name.
NEVER_LAST = (
    "的了路街号县市区局厂店司校部处所站码费税率类型件款项目量额数次期时户址宅幢楼层室间巷弄道线点面车票证卡表单据"
    "机器具设备品药病症科疗险保金币价资产权债股法规案罪判警狱员工者师长官岗职位级档等第度量尺寸吨斤"
    "镇乡村组社委会院馆厅网页版本式样色味形状况种族籍贯日年周"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, str, str]:
    surnames = words("surnames")
    single = "".join(sorted(word for word in surnames if len(word) == 1))
    double = "|".join(sorted((word for word in surnames if len(word) > 1), key=lambda word: (-len(word), word)))
    given = re.escape("".join(sorted(words("given_characters"))))
    return single, double, given


@lru_cache(maxsize=1)
def _full() -> str:
    """Surname and one or two given characters, the last one in use for names; or two surnames and a given name."""
    single, double, given = _patterns()
    any_character = "[\u4e00-\u9fff]"
    return (
        f"^(?:[{single}](?:[{given}]|[{given}]{any_character}|{any_character}[{given}])"
        f"|(?:{double}){any_character}{{1,2}}|[{single}][{single}][{given}]{{2}})$"
    )


def is_chinese_name(array: pa.Array) -> Mask:
    """Two to four characters that can be a Han name; a value that is a known word, post or place is none."""
    shaped = matches(array, _full()) & ~matches(array, f"[{NEVER_LAST}]$")
    if not shaped.any():
        return shaped
    chosen = array.filter(pa.array(shaped))
    word = among(chosen, "not_names") | among(chosen, "occupations") | among(chosen, "ethnic_groups")
    word |= among(chosen, "relations") | among(chosen, "education_levels") | is_region(chosen)
    result = shaped.copy()
    result[shaped] = ~word
    return result


def is_masked_name(array: pa.Array) -> Mask:
    """张**, 李*明, *建国: a surname or a given character left, the rest asterisks."""
    single, _, given = _patterns()
    return matches(array, f"^(?:[{single}]\\*{{1,2}}|[{single}]\\*[{given}]|\\*{{1,2}}[{given}]{{1,2}})$")


def has_surname(array: pa.Array) -> Mask:
    """Values that begin with a Chinese surname."""
    single, double, _ = _patterns()
    return matches(array, f"^(?:{double}|[{single}])")


def is_minority_name(array: pa.Array) -> Mask:
    """Names of two or three parts with a middle dot, as Uygur and Tibetan names are transcribed: 买买提·艾合买提."""
    parts = pc.count_substring_regex(array, "[·•・]")
    return np.asarray(pc.less_equal(parts, 2), dtype=np.bool_) & matches(array, "^[\u4e00-\u9fff]{1,8}[·•・]")
