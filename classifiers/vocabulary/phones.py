"""Telephone numbers of other countries, by the numbering plans of the phonenumbers library.

The library's own parser takes 30 µs a number.  Its plans are regular expressions, so they are run vectorised here
instead; the library is imported when the first value asks for it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.vocabulary.words import Mask, matches

NEVER = "[^\\x00-\\x{10FFFF}]"


@lru_cache(maxsize=256)
def _plan(region: str) -> tuple[int, str, str]:
    """(country code, national prefix, RE2 of the national number) of one region; fits nothing when unknown."""
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(region)
    number = metadata.general_desc.national_number_pattern if metadata and metadata.general_desc else None
    if metadata is None or number is None:
        return 0, "", NEVER
    return metadata.country_code or 0, metadata.national_prefix or "", number


@lru_cache(maxsize=1)
def _regions() -> dict[int, tuple[str, ...]]:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {code: tuple(regions) for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}


def _digits(array: pa.Array) -> pa.Array:
    """Without separators, brackets, extension and trunk zero in brackets; a leading plus stays."""
    bare = pc.replace_substring_regex(array, r"(?i) *(?:ext\.?|x|转|#) *[0-9]{1,6}$", "")
    bare = pc.replace_substring_regex(bare, r"^00", "+")
    return pc.replace_substring_regex(pc.replace_substring(bare, "(0)", ""), r"[ ()./\-]", "")


def is_national(array: pa.Array, region: str) -> Mask:
    """Numbers of one region as written at home, with its national prefix or country code or without."""
    code, prefix, number = _plan(region)
    return matches(_digits(array), f"^(?:\\+?{code}|{prefix})?(?:{number})$")


def is_international(array: pa.Array) -> Mask:
    """Numbers that begin with + or 00 and fit the plan of the country they name."""
    bare = _digits(array)
    result = np.zeros(len(bare), dtype=np.bool_)
    for width in (1, 2, 3):
        codes = pc.utf8_slice_codeunits(bare, 1, 1 + width)
        for code in pc.unique(codes).to_pylist():
            regions = _regions().get(int(code)) if code.isascii() and code.isdigit() else None
            for region in regions or ():
                if region != "001":
                    result |= matches(bare, f"^\\+{code}(?:{_plan(region)[2]})$")
    return result


def is_us(array: pa.Array) -> Mask:
    """North American numbers, ten digits or with a leading 1."""
    return is_national(array, "US") | is_national(array, "CA")


def is_hong_kong(array: pa.Array) -> Mask:
    """Eight digits of the Hong Kong plan."""
    return is_national(array, "HK")


def is_taiwan(array: pa.Array) -> Mask:
    """Numbers of the Taiwan plan with the trunk zero."""
    return is_national(array, "TW")


def is_british(array: pa.Array) -> Mask:
    """Numbers of the United Kingdom plan."""
    return is_national(array, "GB")
