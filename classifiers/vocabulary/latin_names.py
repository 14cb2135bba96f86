"""Whether a Latin string can be a person's name: common given names and surnames, initials and the usual titles.

What a reader would get wrong: Washington, Paris, Hunter and Grace are names and other things; a column decides.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.vocabulary.words import Mask, among, words

TITLE = r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Hon|Rev)\.? +"
SUFFIX = r",? +(?:Jr|Sr|II|III|IV|MD|PhD|Esq)\.?$"


@lru_cache(maxsize=1)
def _known() -> tuple[pa.Array, pa.Array]:
    given = {word.upper() for word in words("english_given")}
    family = {word.upper() for word in words("english_surnames") | words("chinese_surnames_latin")}
    return pa.array(sorted(given), pa.string()), pa.array(sorted(family), pa.string())


def _bare(array: pa.Array) -> pa.Array:
    """Upper case without titles, suffixes and full stops."""
    return pc.utf8_upper(pc.replace_substring(_untitled(array), ".", ""))


def _untitled(array: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.replace_substring_regex(array, TITLE, ""), SUFFIX, "")


def is_given_name(array: pa.Array) -> Mask:
    """One word that is a common given name."""
    return np.asarray(pc.is_in(_bare(array), value_set=_known()[0]), dtype=np.bool_)


def is_surname(array: pa.Array) -> Mask:
    """One word that is a common surname of the English-speaking world or a Chinese one in Latin letters."""
    return np.asarray(pc.is_in(_bare(array), value_set=_known()[1]), dtype=np.bool_)


def is_one_name(array: pa.Array) -> Mask:
    """A given name or a surname on its own."""
    return is_given_name(array) | is_surname(array)


def is_full_name(array: pa.Array) -> Mask:
    """Two to four words of which the first is a given name or the last a surname (also turned: Brown, Ann)."""
    turned = pc.replace_substring_regex(_untitled(array), r"^([^,]+), *([^,]+)$", r"\2 \1")
    bare = pc.utf8_upper(pc.replace_substring(turned, ".", ""))
    given, family = _known()
    first = pc.replace_substring_regex(bare, " .*$", "")
    last = pc.replace_substring_regex(bare, "^.* ", "")
    starts = np.asarray(pc.is_in(first, value_set=given), dtype=np.bool_)
    ends = np.asarray(pc.is_in(last, value_set=family), dtype=np.bool_)
    chinese = np.asarray(pc.is_in(first, value_set=family), dtype=np.bool_) & ~np.asarray(
        pc.match_substring_regex(bare, r"\b(?:STREET|ROAD|AVENUE|COUNTY|CITY|SCHOOL|HOSPITAL|COMPANY|UNIVERSITY)\b")
    )
    sure: Mask = starts | (ends & ~among(array, "countries") & ~among(array, "us_states")) | (chinese & ends)
    return sure
