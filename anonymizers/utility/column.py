"""One column before and after, as codes over one domain, with the meaning of every released label.

What a reader would get wrong: the domain is what the hierarchy lists, or where there is none what the raw table holds
(and whatever new values the treatment made up); missing cells are not part of it, their code is -1.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from anonymizers.attacks.labels import ANYTHING, bounds, masks
from anonymizers.hierarchy import MISSING, TOP, Hierarchy
from anonymizers.utility.reach import Reach

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
NOTHING = -1

_YEARS = re.compile(r"[0-9]{4}-[0-9]{4}")
_DATED = re.compile(r"[0-9]{4}(-[0-9]{2}|-[0-9]{4})?$")


@dataclass(frozen=True, slots=True)
class Column:
    """``before`` are places in the domain (int32[raw rows]), ``after`` numbers of ``labels`` (int32[treated rows]).

    ``numbers`` are the worth of every place where all of them are numbers or days, else None; ``rank`` is the level of
    each label over the height of its hierarchy, ``share`` the part of the domain that it may be, ``low`` and ``high``
    the outermost numbers; ``rows_of`` raw rows below each label."""

    name: str
    domain: tuple[str, ...]
    labels: tuple[str, ...]
    before: Codes
    after: Codes
    numbers: Floats | None
    reach: Reach
    share: Floats
    rank: Floats
    low: Floats
    high: Floats
    tree: Hierarchy | None

    @property
    def starred(self) -> NDArray[np.bool_]:
        """Which labels say nothing: bool[labels]."""
        return np.array([label == TOP for label in self.labels], dtype=bool)

    def counts_before(self) -> Floats:
        """Raw rows of every place, float[domain]."""
        return np.bincount(self.before[self.before >= 0], minlength=len(self.domain)).astype(float)

    def counts_after(self) -> Floats:
        """Treated rows of every label, float[labels]."""
        return np.bincount(self.after[self.after >= 0], minlength=len(self.labels)).astype(float)

    def missing(self) -> tuple[int, int]:
        """Missing cells before and after."""
        return int((self.before < 0).sum()), int((self.after < 0).sum())

    def masses(self) -> tuple[Floats, Floats]:
        """Shares of rows before and after over the domain and, last, missing: both float[domain + 1]; each sums to 1
        (to 0 for no rows)."""
        gone, blank = self.missing()
        first = np.append(self.counts_before(), float(gone)) / max(self.before.size, 1)
        second = np.append(self.reach.spread(self.counts_after()), float(blank)) / max(self.after.size, 1)
        return first, second

    def present(self) -> tuple[Floats, Floats] | None:
        """Shares among cells that are not missing, float[domain] each; None where a side has none."""
        first, second = self.counts_before(), self.reach.spread(self.counts_after())
        if not first.sum() or not second.sum():
            return None
        return first / first.sum(), second / second.sum()


def column(name: str, before: pa.Array, after: pa.Array, tree: Hierarchy | None) -> Column:
    """Puts a raw and a treated text column on one domain.  Empty text counts as missing, as in the columnar copy."""
    raw, first = _coded(before)
    labels, second = _coded(after)
    rows = {row[0]: row for row in tree.rows} if tree is not None else {}
    known = dict.fromkeys([*raw, *(value for value in rows if value != MISSING)])
    meant = _by_tree(rows.values())
    strange = [text for text in labels if text not in known and text != TOP and text not in meant]
    known |= dict.fromkeys(_new(strange, list(known)))
    order, worth = _ordered(list(known), raw, first)
    place = {value: number for number, value in enumerate(order)}
    reach = _reach(labels, order, place, meant, worth)
    old = np.array([place[value] for value in raw], dtype=np.int32) if raw else np.zeros(0, np.int32)
    outer = _outer(labels, reach, worth)
    size = len(rows) if rows else max(len(order), 1)
    share = np.clip(_leaves(labels, rows, reach) / max(size, 1), 0.0, 1.0)
    return Column(
        name=name,
        domain=tuple(order),
        labels=tuple(labels),
        before=np.where(first >= 0, old[first] if old.size else NOTHING, NOTHING).astype(np.int32),
        after=second,
        numbers=worth,
        reach=reach,
        share=share,
        rank=_ranks(labels, rows, reach),
        low=outer[0],
        high=outer[1],
        tree=tree,
    )


def _new(strange: Sequence[str], known: Sequence[str]) -> list[str]:
    """Labels that are values of their own: numbers among numbers, days among days, words that mask no word."""
    if not strange:
        return []
    if _worth(known) is not None:
        return [text for text in strange if _worth([known[0], text]) is not None]
    fits = {shape.hide(value) for shape in masks(strange) for value in known}
    return [text for text in strange if text not in fits]


def _coded(array: pa.Array) -> tuple[list[str], Codes]:
    """Distinct present values and a code a row, -1 for missing."""
    one = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    if isinstance(one, pa.ChunkedArray):
        one = pa.concat_arrays(one.chunks) if one.num_chunks else pa.array([], pa.string())
    if pa.types.is_dictionary(one.type):
        one = one.cast(pa.string())
    made = one.cast(pa.string()).dictionary_encode()
    values = made.dictionary.to_pylist()
    codes = made.indices.fill_null(NOTHING).to_numpy(zero_copy_only=False).astype(np.int32)
    if MISSING in values:
        empty = values.index(MISSING)
        values.pop(empty)
        codes = np.where(codes == empty, NOTHING, np.where(codes > empty, codes - 1, codes)).astype(np.int32)
    return values, codes


def _floats(texts: Sequence[str]) -> Floats:
    """Numbers, or days since 1970, nan where a text is neither."""
    made = np.full(len(texts), np.nan)
    if not texts:
        return made
    array = pa.array(texts, pa.string())
    plain = pc.match_substring_regex(array, r"^\s*[+-]?[0-9]{1,40}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?\s*$")
    some = plain.to_numpy(zero_copy_only=False)
    if some.any():
        trimmed = pc.utf8_trim_whitespace(array.filter(plain))
        made[some] = pc.cast(pc.replace_substring_regex(trimmed, r"^\+", ""), pa.float64()).to_numpy()
    days = pc.match_substring_regex(array, r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$").to_numpy(
        zero_copy_only=False
    )
    if days.any():
        made[days] = pc.cast(array.filter(pa.array(days)), pa.date32()).cast(pa.int32()).to_numpy().astype(float)
    late = pc.match_substring_regex(array, r"^[0-9]{4}-(0[1-9]|1[0-2])-(29|3[01])$").to_numpy(zero_copy_only=False)
    for number in np.flatnonzero(late).tolist():
        made[number] = _day(texts[number])
    return made


def _day(text: str) -> float:
    try:
        return float(np.datetime64(text, "D").astype(int))
    except ValueError:
        return float("nan")


def _worth(values: Sequence[str]) -> Floats | None:
    """The numbers of all values, None where some value is none, or where numbers and days are mixed."""
    days = sum(_is_day(text) for text in (values[0], values[-1])) if values else 0
    if not values or days == 1:
        return None
    made = _floats(values)
    if np.isnan(made).any() or (len(values) > 2 and len({_is_day(text) for text in values}) > 1):
        return None
    return made


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == "-" and text[7] == "-"


def _ordered(values: list[str], raw: Sequence[str], codes: Codes) -> tuple[list[str], Floats | None]:
    """The domain by number, or else the most frequent first."""
    worth = _worth(values)
    if worth is not None:
        order = sorted(range(len(values)), key=lambda number: (worth[number], values[number]))
        return [values[number] for number in order], np.array([worth[number] for number in order])
    rows = dict(zip(raw, np.bincount(codes[codes >= 0], minlength=len(raw)).tolist(), strict=True))
    return sorted(values, key=lambda value: (-rows.get(value, 0), value)), None


def _by_tree(rows: Any) -> dict[str, list[str]]:
    """Leaves below every label that is not a leaf."""
    below: dict[str, dict[str, None]] = {}
    leaves = {row[0] for row in rows}
    for row in rows:
        for label in row[1:]:
            if label not in leaves:
                below.setdefault(label, {})[row[0]] = None
    return {label: [leaf for leaf in found if leaf != MISSING] for label, found in below.items()}


def _reach(
    labels: Sequence[str],
    order: Sequence[str],
    place: Mapping[str, int],
    meant: Mapping[str, Sequence[str]],
    worth: Floats | None,
) -> Reach:
    found: list[tuple[int, int, int]] = []
    rest: list[int] = []
    for number, label in enumerate(labels):
        if label in place:
            found.append((number, place[label], place[label] + 1))
        elif meant.get(label):
            found += [(number, place[leaf], place[leaf] + 1) for leaf in meant[label]]
        elif label in ANYTHING:
            found.append((number, 0, len(order)))
        else:
            rest.append(number)
    for number, start, end in _by_form([labels[number] for number in rest], order, worth):
        found.append((rest[number], start, end))
    made = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Reach.made(made[:, 0], made[:, 1], made[:, 2], len(labels), len(order))


def _by_form(labels: Sequence[str], order: Sequence[str], worth: Floats | None) -> list[tuple[int, int, int]]:
    """Intervals, masks and parts of dates; a label that fits nothing may be anything."""
    found: list[tuple[int, int, int]] = []
    shapes = masks(labels)
    hidden: dict[str, list[int]] = {}
    for shape in shapes:
        for number, value in enumerate(order):
            text = shape.hide(value)
            if text is not None:
                hidden.setdefault(text, []).append(number)
    least, most, known = bounds(labels)
    days = worth is not None and bool(order) and _is_day(order[0])
    for number, label in enumerate(labels):
        if label in hidden:
            found += [(number, one, one + 1) for one in hidden[label]]
            continue
        start, end = 0, len(order)
        if days:
            first, last = (label[:4], label[5:]) if _YEARS.fullmatch(label) else (label, label)
            start = bisect_left(order, first)
            end = bisect_left(order, last + "~") if _DATED.match(label) else 0
        elif worth is not None and known[number]:
            start = int(np.searchsorted(worth, least[number], side="left"))
            end = int(np.searchsorted(worth, most[number], side="right"))
        found.append((number, start, end) if end > start else (number, 0, len(order)))
    return [one for one in found if one[2] > one[1]]


def _leaves(labels: Sequence[str], rows: Mapping[str, Sequence[str]], reach: Reach) -> Floats:
    """How many rows of the hierarchy each label covers, the row of missing cells included; else what it reaches."""
    if not rows:
        return reach.size
    below: dict[str, int] = {}
    for row in rows.values():
        for label in dict.fromkeys(row):
            below[label] = below.get(label, 0) + 1
    return np.array([1 if label in rows else below.get(label, len(rows)) for label in labels], dtype=float)


def _ranks(labels: Sequence[str], rows: Mapping[str, Sequence[str]], reach: Reach) -> Floats:
    """Level over height.  A label that stands on several levels has the lowest on which all labels together stand,
    else its own lowest; 1 for what the hierarchy does not know.  Without a hierarchy a label of several
    values is half way to ``*``."""
    if not rows:
        return np.where([label == TOP for label in labels], 1.0, np.where(reach.size > 1, 0.5, 0.0))
    height = len(next(iter(rows.values())))
    at = [{row[level] for row in rows.values()} for level in range(height)]
    some = {label for label in labels if label != TOP}
    whole = next((level for level in range(height) if some and some <= at[level]), None)
    made = []
    for label in labels:
        own = next((level for level in range(height) if label in at[level]), height - 1)
        made.append((whole if whole is not None and label in at[whole] else own) / max(height - 1, 1))
    return np.array(made, dtype=float)


def _outer(labels: Sequence[str], reach: Reach, worth: Floats | None) -> tuple[Floats, Floats]:
    """The smallest and the largest number that each label may be, nan where there are none."""
    low, high = np.full(len(labels), np.inf), np.full(len(labels), -np.inf)
    if worth is None or not worth.size:
        return np.full(len(labels), np.nan), np.full(len(labels), np.nan)
    np.minimum.at(low, reach.of, worth[reach.low])
    np.maximum.at(high, reach.of, worth[reach.high - 1])
    none = reach.size == 0
    low[none] = high[none] = np.nan
    return low, high
