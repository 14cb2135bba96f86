"""A Chinese person register: valid identity numbers (GB 11643) that agree with sex, birth date and home district.

Nobody in it exists.  Seed and number of rows decide every byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from release.nouns.errors import BadInput
from release.samples import words
from release.samples.draw import Draw, Ints, Mask, digit_matrix, digits, join, put, take
from release.samples.places import places

COLUMNS: Final = (
    *("姓名", "身份证号", "性别", "出生日期", "民族", "户籍地", "家庭住址", "手机号", "文化程度", "职业"),
    *("婚姻状况", "月收入", "是否低保", "诊断"),
)
TODAY: Final = np.datetime64("2026-01-01")
PIECE: Final = 131_072  # rows made at a time
_WEIGHTS: Final = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK: Final = tuple("10X98765432")
_MISSING: Final = ("", "", "不详", "-", "NULL", "N/A")
_WIDE: Final = dict(zip("0123456789", "０１２３４５６７８９", strict=True))


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of rows in which something is off: as real registers are."""

    full_width: float = 0.0  # mobile numbers in full-width digits
    missing: float = 0.0  # a missing token in 手机号, 文化程度, 职业, 月收入
    old_ids: float = 0.0  # 15-digit identity numbers, of people born before 2000
    lower_x: float = 0.0  # x for X, among those that end so


CLEAN: Final = Noise()
LIVED_IN: Final = Noise(full_width=0.01, missing=0.02, old_ids=0.01, lower_x=0.3)


def people(rows: int, seed: int = 1, noise: Noise = CLEAN, columns: Sequence[str] = COLUMNS) -> pa.Table:
    """``rows`` people as string columns (a subset of :data:`COLUMNS`, in the order given)."""
    pieces = list(pieces_of_people(rows, seed, noise, columns))
    return pa.concat_tables(pieces)


def pieces_of_people(
    rows: int, seed: int = 1, noise: Noise = CLEAN, columns: Sequence[str] = COLUMNS
) -> Iterator[pa.Table]:
    """The same people in tables of at most :data:`PIECE` rows.  BadInput for a column that does not exist."""
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise BadInput(f"The register has no column {unknown[0]!r}.", f"Columns are {', '.join(COLUMNS)}.")
    draw = Draw(seed)
    for begin in range(0, max(rows, 1), PIECE):
        yield _piece(min(PIECE, rows - begin), draw, noise).select(list(columns))


def _piece(rows: int, draw: Draw, noise: Noise) -> pa.Table:
    home, living = places(), places()
    origin = draw.below(rows, len(home.codes))
    ages = _ages(draw, rows)
    groups = np.searchsorted(np.array(words.AGE_GROUPS), ages, side="right").astype(np.int64)
    born = TODAY - (ages * 365.25).astype(np.int64) - draw.below(rows, 365) - 1
    female = draw.below(rows, 2) == 0
    # Seven of ten still live in the district where they are registered.
    lives = np.where(draw.some(rows, 0.7), origin, draw.below(rows, len(living.codes)))
    income = _income(draw, groups)
    poor = (income >= 0) & (income < 1_600) & draw.some(rows, 0.5)
    table = {
        "姓名": _names(draw, female),
        "身份证号": _identity(draw, home.codes[origin], born, female, noise),
        "性别": take(("男", "女"), female.astype(np.int64)),
        "出生日期": pa.array(born).cast(pa.string()),
        "民族": draw.words(rows, words.NATIONS, words.NATION_WEIGHTS),
        "户籍地": take(home.names, origin),
        "家庭住址": _addresses(draw, take(living.names, lives)),
        "手机号": _mobiles(draw, rows),
        "文化程度": draw.by_group(groups, words.EDUCATION),
        "职业": draw.by_group(groups, words.OCCUPATION),
        "婚姻状况": draw.by_group(groups, words.MARRIAGE),
        "月收入": put(digits(np.maximum(income, 0)), income < 0, ""),
        "是否低保": take(("否", "是"), poor.astype(np.int64)),
        "诊断": draw.by_group(groups, words.DIAGNOSES),
    }
    return pa.table(_spoilt(draw, table, rows, noise))


def _ages(draw: Draw, rows: int) -> Ints:
    decade = draw.chosen(rows, (10.5, 11.5, 12.0, 15.5, 14.5, 16.0, 11.0, 6.0, 2.5, 0.5))
    return decade * 10 + draw.below(rows, 10)


def _names(draw: Draw, female: Mask) -> pa.Array:
    rows = len(female)
    surname = draw.words(rows, words.SURNAMES, words.SURNAME_WEIGHTS)
    options = (*words.FEMALE, *words.MALE)
    start, size = np.where(female, 0, len(words.FEMALE)), np.where(female, len(words.FEMALE), len(words.MALE))
    first, second = (take(options, start + draw.below(rows, 1 << 20) % size) for _ in range(2))
    return join(surname, first, put(second, draw.some(rows, 0.2), ""))


def check_digit(numbers: Ints) -> pa.Array:
    """The 18th character of GB 11643-1999 for 17-digit ``numbers``."""
    remainder = (digit_matrix(numbers, 17) * _WEIGHTS).sum(axis=1) % 11
    return take(_CHECK, remainder)


def _identity(
    draw: Draw,
    codes: Ints,
    born: npt.NDArray[np.datetime64],
    female: Mask,
    noise: Noise,
) -> pa.Array:
    rows = len(codes)
    compact = pc.replace_substring(pa.array(born).cast(pa.string()), "-", "").cast(pa.int64()).to_numpy()
    order = draw.below(rows, 500) * 2 + ~female  # odd for men
    numbers = codes * 10**11 + compact * 10**3 + order
    check = check_digit(numbers)
    check = put(check, draw.some(rows, noise.lower_x), pc.utf8_lower(check))
    modern = join(digits(numbers), check)
    old = draw.some(rows, noise.old_ids) & (born < np.datetime64("2000-01-01"))
    return put(modern, old, digits(codes * 10**9 + compact % 10**6 * 10**3 + order))


def _addresses(draw: Draw, places_: pa.Array) -> pa.Array:
    rows = len(places_)
    number, block, unit, floor, room = (draw.between(rows, 1, last) for last in (998, 40, 6, 28, 4))
    return join(
        places_,
        draw.words(rows, words.ROADS),
        digits(number),
        "号",
        draw.words(rows, words.ESTATES),
        digits(block),
        "栋",
        digits(unit),
        "单元",
        digits(floor * 100 + room),
        "室",
    )


def _mobiles(draw: Draw, rows: int) -> pa.Array:
    return join(draw.words(rows, words.MOBILE_PREFIXES), digits(draw.below(rows, 10**8), 8))


def _income(draw: Draw, groups: Ints) -> Ints:
    """Yuan a month, in tens; -1 for those under 18, who have none."""
    middle = np.array([0.0, 0.0, 8.1, 8.7, 8.0])[groups]
    income = np.exp(middle + 0.55 * draw.normal(len(groups)))
    return np.where(groups < 2, -1, np.minimum(income, 500_000) // 10 * 10).astype(np.int64)


def _spoilt(draw: Draw, table: dict[str, pa.Array], rows: int, noise: Noise) -> dict[str, pa.Array]:
    if noise.full_width:
        wide = table["手机号"]
        for narrow, full in _WIDE.items():
            wide = pc.replace_substring(wide, narrow, full)
        table["手机号"] = put(table["手机号"], draw.some(rows, noise.full_width), wide)
    if noise.missing:
        for name in ("手机号", "文化程度", "职业", "月收入"):
            table[name] = put(table[name], draw.some(rows, noise.missing), draw.words(rows, _MISSING))
    return table
