"""Runs of digits inside cells that are identity, bank card or mobile numbers, whatever letters stand beside them.

What a reader would get wrong: a run is judged with its column.  Serial numbers, timestamps and amounts make valid
numbers by chance, so a shape counts when so many different runs pass that chance does not do it; the decimals of a
number are no run at all.  Nothing here walks over cells in Python: bytes of a whole batch are looked at together.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.checksums import PROVINCES, luhn, real_date, resident_id, resident_id_15, uscc
from release.steps.chance import CHANCE, poisson_tail

RESIDENT = "person.identity.resident-id"
CARD = "person.finance.bank-card"
MOBILE = "person.contact.mobile"
WIDTHS = (11, 15, 16, 17, 18, 19)
RESIDENT_NULL = 2.4e-5  # province, birth date and check digit of 18 random digits
RESIDENT_15_NULL = 0.0128  # province and birth date of 15 random digits
CARD_NULL = 0.1
MOBILE_NULL = 0.07
MOBILE_TIMES = 5  # so many times what random runs give
LEAST = 3
FULL_WIDTH = 0xEF  # first UTF-8 byte of full-width digits
Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]


class Runs:
    """The different runs of digits of a column, by width (18 includes 17 digits and an X)."""

    def __init__(self) -> None:
        self._found: dict[int, list[pa.Array]] = {width: [] for width in WIDTHS}

    def add(self, cells: pa.Array) -> None:
        """Takes the cells of one batch (strings, nulls allowed)."""
        data, offsets = _bytes(cells)
        if (data == FULL_WIDTH).any():
            data, offsets = _bytes(pc.utf8_normalize(cells, "NFKC"))
        starts, ends = _bounds(data, offsets)
        widths = ends - starts
        tailed = (widths == 17) & _tail(data, offsets, ends)
        for width in WIDTHS:
            chosen = starts[(widths == width) & ~tailed]
            if width == 18:
                chosen = np.concatenate([chosen, starts[tailed]])
            if len(chosen):
                self._found[width].append(pc.unique(_strings(data, chosen, width)))

    def of(self, *widths: int) -> pa.Array:
        """The different runs of these widths."""
        parts = [part for width in widths for part in self._found[width]]
        return pc.unique(pa.concat_arrays(parts)) if parts else pa.array([], pa.string())


def _bytes(cells: pa.Array) -> tuple[Bytes, Rows]:
    """All cells as one row of bytes, and where each begins and ends in it."""
    array = pa.concat_arrays([pc.fill_null(cells.cast(pa.string()), "")])
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    body = array.buffers()[2]
    data = np.frombuffer(body, dtype=np.uint8) if body is not None else np.zeros(0, dtype=np.uint8)
    return data[offsets[0] : offsets[-1]], (offsets - offsets[0]).astype(np.intp)


def _bounds(data: Bytes, offsets: Rows) -> tuple[Rows, Rows]:
    """First byte and end of every run of 11 to 19 digits that is no part of a decimal number."""
    digit = (data >= 48) & (data <= 57)
    if not digit.any():
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    first = digit.copy()
    first[1:] &= ~digit[:-1]
    last = digit.copy()
    last[:-1] &= ~digit[1:]
    inner = offsets[(offsets > 0) & (offsets < len(data))]
    first[inner] = digit[inner]
    last[inner - 1] = digit[inner - 1]
    starts, ends = np.flatnonzero(first), np.flatnonzero(last) + 1
    long = (ends - starts >= min(WIDTHS)) & (ends - starts <= max(WIDTHS))
    starts, ends = starts[long], ends[long]
    padded = np.concatenate([np.zeros(2, np.uint8), data, np.zeros(2, np.uint8)])
    limits = np.zeros(len(data) + 1, dtype=np.bool_)
    limits[offsets] = True
    number = np.concatenate([np.zeros(2, np.bool_), digit, np.zeros(2, np.bool_)])
    decimals = (padded[starts + 1] == ord(".")) & number[starts] & ~limits[starts]
    whole = (padded[ends + 2] == ord(".")) & number[ends + 3] & ~limits[ends]
    kept = ~decimals & ~whole
    return starts[kept], ends[kept]


def _tail(data: Bytes, offsets: Rows, ends: Rows) -> npt.NDArray[np.bool_]:
    """Whether an X that is no part of a word follows."""
    limits = np.zeros(len(data) + 1, dtype=np.bool_)
    limits[offsets] = True
    padded = np.concatenate([data, np.zeros(2, np.uint8)])
    after = padded[ends + 1] | 32
    word = (after >= 97) & (after <= 122) & ~limits[np.minimum(ends + 1, len(data))]
    return np.asarray(((padded[ends] | 32) == ord("x")) & ~limits[ends] & ~word)


def _strings(data: Bytes, starts: Rows, width: int) -> pa.Array:
    body = np.ascontiguousarray(data[starts[:, None] + np.arange(width)])
    offsets = np.arange(0, (len(starts) + 1) * width, width, dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(starts), [None, pa.py_buffer(offsets), pa.py_buffer(body)])


def numbered(runs: Runs, organisation: bool) -> Iterable[str]:
    """The categories of direct identifiers whose numbers the runs are, beyond chance."""
    if _residents(runs.of(18), organisation) or _old_residents(runs.of(15)):
        yield RESIDENT
    if _mobiles(runs.of(11)):
        yield MOBILE
    if _cards(runs.of(16, 17, 18, 19)):
        yield CARD


def _residents(runs: pa.Array, organisation: bool) -> bool:
    if not len(runs):
        return False
    passed = resident_id(runs)
    nine = np.asarray(pc.starts_with(runs, "9"))
    passed &= ~(uscc(runs) & (nine | organisation))
    count = int(passed.sum())
    return poisson_tail(count, RESIDENT_NULL * len(runs)) < CHANCE and 2 * count >= _born_shaped(runs)


def _born_shaped(runs: pa.Array) -> int:
    """How many begin as a citizen's number does: with a province, a county and a day of birth."""
    year, month, day = (_digits(runs, a, b) for a, b in ((6, 10), (10, 12), (12, 14)))
    born = real_date(year, month, day) & (year >= 1850) & (year <= 2049)
    return int((PROVINCES[_digits(runs, 0, 2)] & born).sum())


def _digits(runs: pa.Array, start: int, stop: int) -> npt.NDArray[np.int32]:
    return np.asarray(pc.utf8_slice_codeunits(runs, start, stop).cast(pa.int32()))


def _old_residents(runs: pa.Array) -> bool:
    """Without a check digit, a region, a day and a serial number look the same; but people are born in many years."""
    passed = runs.filter(pa.array(resident_id_15(runs))) if len(runs) else runs
    if len(passed) < LEAST or poisson_tail(len(passed), RESIDENT_15_NULL * len(runs)) >= CHANCE:
        return False
    years = np.bincount(_digits(passed, 6, 8))
    return 2 * len(passed) >= len(runs) and int((years > 0).sum()) >= LEAST and 2 * int(years.max()) <= len(passed)


def _cards(runs: pa.Array) -> bool:
    shaped = runs.filter(pc.match_substring_regex(runs, "^(?:62|4|5)[0-9]+$")) if len(runs) else runs
    if not len(shaped):
        return False
    count = int(luhn(shaped).sum())
    return 2 * count >= len(shaped) and poisson_tail(count, CARD_NULL * len(shaped)) < CHANCE


def _mobiles(runs: pa.Array) -> bool:
    """Serial numbers of one prefix, and such that begin with a day (yymmdd), are none."""
    passed = runs.filter(pc.match_substring_regex(runs, "^1[3-9]")) if len(runs) else runs
    if len(passed) < LEAST or len(passed) <= MOBILE_TIMES * MOBILE_NULL * len(runs):
        return False
    dated = real_date(2000 + _digits(passed, 0, 2), _digits(passed, 2, 4), _digits(passed, 4, 6))
    prefixes = len(pc.unique(pc.utf8_slice_codeunits(passed, 0, 3)))
    return 2 * int(dated.sum()) < len(passed) and prefixes >= (LEAST if len(passed) > 9 else 2)
