"""Check digits and built-in rules of identifiers, vectorised: a string array in, a boolean mask out.

Every function takes any pyarrow string array (chunked too, nulls allowed) and returns numpy bool of the same length.  A
value of the wrong shape is simply False, so a check may be used without its regex.  What a reader would get wrong: the
checks say that a number *can* be what it claims, never that it was issued; random digits
pass a mod-10 test one time in ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
Matrix = npt.NDArray[np.int16]  # one row a position, one column a value: work on a position is contiguous
Strings: TypeAlias = "pa.Array | pa.ChunkedArray"

NONE = -1  # what a byte stands for when the alphabet does not have it


def _alphabet(*groups: tuple[str, int]) -> npt.NDArray[np.int16]:
    """A 256-entry table from byte to value: each group is (characters, value of the first), letters in either case."""
    table = np.full(256, NONE, dtype=np.int16)
    for characters, first in groups:
        for offset, character in enumerate(characters):
            table[ord(character)] = table[ord(character.lower())] = first + offset
    return table


DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DECIMAL = _alphabet((DIGITS, 0))
DECIMAL_X = _alphabet((DIGITS, 0), ("X", 10))
BASE_36 = _alphabet((DIGITS, 0), (LETTERS, 10))
BASE_31 = _alphabet(("0123456789ABCDEFGHJKLMNPQRTUWXY", 0))
VIN_VALUES = _alphabet((DIGITS, 0), ("ABCDEFGH", 1), ("JKLMN", 1), ("P", 7), ("R", 9), ("STUVWXYZ", 2))
TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # in the order of their numbers 10 to 35
TAIWAN = _alphabet((DIGITS, 0), (TAIWAN_LETTERS, 10))

# Provinces of GB/T 2260; 81, 82 and 83 are the residence permits of Hong Kong, Macau and Taiwan people.
PROVINCES = np.zeros(100, dtype=np.bool_)
PROVINCES[[11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54]] = (
    True
)
PROVINCES[[61, 62, 63, 64, 65, 71, 81, 82, 83]] = True
MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)

# Country and length of the SWIFT IBAN registry.
IBAN_COUNTRIES = """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27
GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27
MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23
TN24 TR26 UA29 VA22 VG24 XK20
"""
IBAN_LENGTHS: dict[str, int] = {pair[:2]: int(pair[2:]) for pair in IBAN_COUNTRIES.split()}


def _flat(array: Strings) -> pa.Array:
    """One plain string array, nulls as the empty string (which passes no check)."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if not pa.types.is_string(array.type):
        array = array.cast(pa.string())
    return pc.fill_null(array, "") if array.null_count else array


def byte_matrix(array: pa.Array, width: int) -> tuple[Mask, npt.NDArray[np.uint8]]:
    """Rows of exactly ``width`` bytes as a matrix (rows kept, width), and the mask of the rows kept."""
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    buffer = array.buffers()[2]
    data = np.frombuffer(buffer, dtype=np.uint8) if buffer is not None else np.zeros(0, dtype=np.uint8)
    kept = np.diff(offsets) == width
    if kept.all() and len(array):
        return kept, data[offsets[0] : offsets[-1]].reshape(len(array), width)
    return kept, data[offsets[:-1][kept, None] + np.arange(width)]


def values(array: Strings, width: int, *alphabets: tuple[slice, npt.NDArray[np.int16]]) -> tuple[Mask, Matrix]:
    """Character values (width, kept) of the values of ``width`` bytes whose characters all are in their alphabets."""
    kept, raw = byte_matrix(_flat(array), width)
    turned = np.ascontiguousarray(raw.T)
    decoded = np.empty(turned.shape, dtype=np.int16)
    for where, table in alphabets:
        np.take(table, turned[where], out=decoded[where])
    legal = decoded.min(axis=0, initial=0) != NONE
    if legal.all():
        return kept, decoded
    return _scatter(kept, legal), decoded[:, legal]


def _scatter(kept: Mask, verdict: Mask) -> Mask:
    """``verdict`` on the kept values, False elsewhere."""
    result = np.zeros(len(kept), dtype=np.bool_)
    result[kept] = verdict
    return result


def _number(rows: Matrix) -> Numbers:
    """Digits read as one number (at most nine of them)."""
    number = np.zeros(rows.shape[1], dtype=np.int32)
    for row in rows:
        number *= 10
        number += row
    return number


def _weighted(rows: Matrix, weights: Sequence[int]) -> Numbers:
    """Sum of the positions times their weights."""
    total = np.zeros(rows.shape[1], dtype=np.int32)
    for row, weight in zip(rows, weights, strict=True):
        total += row * np.int32(weight)
    return total


def real_date(year: Numbers, month: Numbers, day: Numbers) -> Mask:
    """Days that exist in the Gregorian calendar; shapes are equal, any integer is allowed."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    inside = (month >= 1) & (month <= 12)
    last = MONTH_DAYS[np.where(inside, month, 0)] + (leap & (month == 2))
    return np.asarray(inside & (day >= 1) & (day <= last), dtype=np.bool_)


def _born(number: Numbers) -> Mask:
    """yyyymmdd that exists and in which a living person may have been born."""
    year = number // 10000
    return real_date(year, number // 100 % 100, number % 100) & (year >= 1850) & (year <= 2049)


def resident_id(array: Strings) -> Mask:
    """18-character citizen number, GB 11643-1999: province, birth date, ISO 7064 MOD 11-2 check character.

    Numbers that begin with 9 are those of the foreign permanent resident card of 2023.
    """
    kept, v = values(array, 18, (slice(0, 17), DECIMAL), (slice(17, 18), DECIMAL_X))
    province = np.where(v[0] == 9, v[1] * 10 + v[2], v[0] * 10 + v[1])
    check = (12 - _weighted(v[:17], RESIDENT_WEIGHTS) % 11) % 11
    return _scatter(kept, PROVINCES[province] & _born(_number(v[6:14])) & (check == v[17]))


def resident_id_15(array: Strings) -> Mask:
    """15-digit citizen number, GB 11643-1989 (withdrawn, without check digit): province and a birth date in 19yy."""
    kept, v = values(array, 15, (slice(0, 15), DECIMAL))
    return _scatter(kept, PROVINCES[_number(v[:2])] & _born(19_000_000 + _number(v[6:12])))


def uscc(array: Strings) -> Mask:
    """18-character unified social credit code, GB 32100-2015: MOD 31 check character over 17."""
    kept, v = values(array, 18, (slice(0, 18), BASE_31))
    check = (31 - _weighted(v[:17], USCC_WEIGHTS) % 31) % 31
    return _scatter(kept, check == v[17])


def organisation_code(array: Strings) -> Mask:
    """Organisation code, GB 11714-1997: eight characters, an optional hyphen, a MOD 11 check character."""
    kept, v = values(pc.replace_substring(_flat(array), "-", ""), 9, (slice(0, 8), BASE_36), (slice(8, 9), DECIMAL_X))
    check = (11 - _weighted(v[:8], ORGANISATION_WEIGHTS) % 11) % 11
    return _scatter(kept, check == v[8])


def luhn(array: Strings) -> Mask:
    """12 to 19 digits with the mod-10 check digit of ISO/IEC 7812-1, blanks and hyphens between them allowed."""
    flat = pc.replace_substring_regex(_flat(array), "[ -]", "")
    result = np.zeros(len(flat), dtype=np.bool_)
    for width in range(12, 20):
        kept, v = values(flat, width, (slice(0, width), DECIMAL))
        if not kept.any():
            continue
        weights = [2 - (width - position) % 2 for position in range(width)]
        total = _weighted(v, weights) - 9 * (v[width - 2 :: -2] > 4).sum(axis=0)
        result |= _scatter(kept, (total % 10 == 0) & v.any(axis=0))
    return result


def imei(array: Strings) -> Mask:
    """15-digit equipment identity of 3GPP TS 23.003: Luhn, and a type allocation code that is not all zeros."""
    kept, v = values(array, 15, (slice(0, 15), DECIMAL))
    return luhn(array) & _scatter(kept, np.asarray(v[:8].any(axis=0)))


def iban(array: Strings) -> Mask:
    """International bank account number, ISO 13616: length of its country, ISO 7064 MOD 97-10; blanks allowed."""
    flat = pc.utf8_upper(pc.replace_substring(_flat(array), " ", ""))
    country = pc.utf8_slice_codeunits(flat, 0, 2)
    result = np.zeros(len(flat), dtype=np.bool_)
    for width in sorted(set(IBAN_LENGTHS.values())):
        names = pa.array([name for name, length in IBAN_LENGTHS.items() if length == width])
        here = np.asarray(pc.is_in(country, names)) & (np.asarray(pc.binary_length(flat)) == width)
        if not here.any():
            continue
        kept, v = values(flat, width, (slice(0, width), BASE_36))
        remainder = np.zeros(v.shape[1], dtype=np.int32)
        for position in (*range(4, width), 0, 1, 2, 3):
            remainder = (remainder * np.where(v[position] > 9, 100, 10) + v[position]) % 97
        result |= here & _scatter(kept, remainder == 1)
    return result


def vin(array: Strings) -> Mask:
    """17-character vehicle number, ISO 3779; check digit in position 9 by 49 CFR 565.15 and GB 16735-2019."""
    kept, v = values(array, 17, (slice(0, 17), VIN_VALUES))
    position, raw = byte_matrix(_flat(array), 17)
    printed = DECIMAL_X[raw[kept[position], 8]]
    return _scatter(kept, _weighted(v, VIN_WEIGHTS) % 11 == printed)


def nhs(array: Strings) -> Mask:
    """10-digit NHS number of England and Wales: MOD 11 with weights 10 to 2; blanks and hyphens allowed."""
    flat = pc.replace_substring_regex(_flat(array), "[ -]", "")
    kept, v = values(flat, 10, (slice(0, 10), DECIMAL))
    check = (11 - _weighted(v[:9], range(10, 1, -1)) % 11) % 11
    return _scatter(kept, check == v[9])


def _ssn_parts(array: Strings) -> tuple[Mask, Matrix]:
    flat = pc.replace_substring_regex(_flat(array), "[ -]", "")
    return values(flat, 9, (slice(0, 9), DECIMAL))


def ssn(array: Strings) -> Mask:
    """US social security number: area, group and serial rules of the SSA since 2011; there is no check digit."""
    kept, v = _ssn_parts(array)
    area = _number(v[:3])
    return _scatter(kept, (area > 0) & (area != 666) & (area < 900) & (_number(v[3:5]) > 0) & (_number(v[5:]) > 0))


def itin(array: Strings) -> Mask:
    """US taxpayer number of the IRS: area 9xx, group 50-65, 70-88, 90-92 or 94-99; there is no check digit."""
    kept, v = _ssn_parts(array)
    group = _number(v[3:5])
    inside = ((group >= 50) & (group <= 65)) | ((group >= 70) & (group <= 99) & (group != 89) & (group != 93))
    return _scatter(kept, (v[0] == 9) & inside)


def hkid(array: Strings) -> Mask:
    """Hong Kong identity card: one or two letters, six digits, MOD 11 check character, brackets optional."""
    flat = pc.replace_substring_regex(_flat(array), "[() ]", "")
    result = np.zeros(len(flat), dtype=np.bool_)
    for letters in (1, 2):
        width = letters + 7
        kept, v = values(
            flat,
            width,
            (slice(0, letters), BASE_36),
            (slice(letters, width - 1), DECIMAL),
            (slice(width - 1, width), _alphabet((DIGITS, 0), ("A", 10))),
        )
        total = _weighted(v, range(width, 0, -1)) + (36 * 9 if letters == 1 else 0)
        result |= _scatter(kept, (total % 11 == 0) & (v[:letters] > 9).all(axis=0))
    return result


def taiwan_id(array: Strings) -> Mask:
    """Taiwan identity card or resident certificate: a letter, 1, 2, 8 or 9, eight digits, MOD 10."""
    kept, v = values(array, 10, (slice(0, 1), TAIWAN), (slice(1, 10), DECIMAL))
    total = v[0] // 10 + v[0] % 10 * 9 + _weighted(v[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1))
    return _scatter(kept, (v[0] > 9) & np.isin(v[1], (1, 2, 8, 9)) & (total % 10 == 0))


def taiwan_business(array: Strings) -> Mask:
    """8-digit Taiwan business number (統一編號) by the rule of 2023: weighted digit sum divisible by 5."""
    kept, v = values(array, 8, (slice(0, 8), DECIMAL))
    product = v * np.array([[1], [2], [1], [2], [1], [2], [4], [1]], dtype=np.int16)
    total = (product // 10 + product % 10).sum(axis=0)
    return _scatter(kept, (total % 5 == 0) | ((v[6] == 7) & ((total + 1) % 5 == 0)))


def _matches(array: Strings, regex: str) -> Mask:
    return np.asarray(pc.match_substring_regex(_flat(array), f"^(?:{regex})$"), dtype=np.bool_)


OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
IPV4 = rf"(?:{OCTET}\.){{3}}{OCTET}"
_H = "[0-9A-Fa-f]{1,4}"
IPV6 = "|".join(
    [f"(?:{_H}:){{7}}{_H}", f"(?:{_H}:){{1,7}}:", f":(?::{_H}){{1,7}}", "::", rf"::(?:[Ff]{{4}}:)?{IPV4}"]
    + [f"(?:{_H}:){{1,{7 - n}}}(?::{_H}){{1,{n}}}" for n in range(1, 7)]
)


def ipv4(array: Strings) -> Mask:
    """Dotted quad of RFC 791 without leading zeros."""
    return _matches(array, IPV4)


def ipv6(array: Strings) -> Mask:
    """Text form of RFC 4291 section 2.2, one ``::`` at most."""
    return _matches(array, IPV6)


def mac(array: Strings) -> Mask:
    """EUI-48 of IEEE 802: six octets with one kind of separator, neither all zeros nor all ones."""
    shape = "|".join(f"[0-9A-Fa-f]{{2}}(?:{mark}[0-9A-Fa-f]{{2}}){{5}}" for mark in (":", "-"))
    dotted = r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
    return _matches(array, f"{shape}|{dotted}") & ~_matches(array, "[0:.-]+|[Ff:.-]+")
