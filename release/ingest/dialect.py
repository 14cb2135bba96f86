"""Delimiter, quote and header of a delimited text, sniffed over its first megabyte.

The delimiter is the one that gives most rows the same number of values.  When nothing in the first row can be a
delimiter the file is one column; a file is never called one column only because some of its rows are broken.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from release.ingest.rows import rows
from release.ingest.settings import InputSettings

DELIMITERS: Final = (",", ";", "\t", "|", "\x01")
NOWHERE: Final = "\x1f"  # UNIT SEPARATOR: the delimiter of a file that is one column, in which commas are just text
_ROWS: Final = 200
_LOOKED_AT: Final = 50
_NUMBER: Final = re.compile(r"^[+-]?[0-9０-９][0-9０-９.,]*(?:[eE][+-]?[0-9]+)?%?$")
_DATE: Final = re.compile(r"^(?:民[國国])?[0-9０-９]{1,4}[-/.年][0-9０-９]{1,2}[-/.月]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """``first`` is the first row, ``header`` whether it is one; ``rows`` how many were looked at, 0 when none ended."""

    delimiter: str
    quote: str
    first: tuple[str, ...]
    header: bool
    rows: int

    @property
    def width(self) -> int:
        """Values in a row."""
        return len(self.first)


def sniff(text: str, whole: bool, settings: InputSettings, limit: int) -> Dialect:
    """The dialect of ``text``, the beginning of a file (all of it when ``whole``).

    ``limit`` bounds a row in characters.  Settings decide where they are given.
    """
    if not whole:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    delimiters = DELIMITERS if settings.delimiter is None else (settings.delimiter,)
    best, best_rank, best_rows = None, (-1.0, 0), list[list[str]]()
    for quote in _quotes(text, delimiters, settings):
        for delimiter in delimiters:
            found = _sample(text, delimiter, quote, limit)
            rank = _rank(found)
            if rank > best_rank:
                best, best_rank, best_rows = (delimiter, quote), rank, found
    delimiter, quote = best or (settings.delimiter or NOWHERE, settings.quote or '"')
    if best is None:
        best_rows = _sample(text, delimiter, quote, limit)
    if not best_rows:
        return Dialect(delimiter, quote, (), True, 0)
    header = looks_like_header(best_rows) if settings.header is None else settings.header
    return Dialect(delimiter, quote, tuple(best_rows[0]), header, len(best_rows))


def _sample(text: str, delimiter: str, quote: str, limit: int) -> list[list[str]]:
    try:
        return list(itertools.islice(rows(io.StringIO(text, newline=""), delimiter, quote, limit), _ROWS))
    except ValueError:
        return []


def _quotes(text: str, delimiters: tuple[str, ...], settings: InputSettings) -> tuple[str, ...]:
    """The double quote; the single one too where half of the lines begin a value with it."""
    if settings.quote is not None:
        return (settings.quote,)
    lines = text[:65_536].splitlines()[:_ROWS]
    single = sum(line.startswith("'") or any(f"{d}'" in line for d in delimiters) for line in lines)
    return ('"', "'") if single * 2 >= len(lines) and '"' not in text[:65_536] else ('"',)


def _rank(found: list[list[str]]) -> tuple[float, int]:
    """(share of rows with the usual width, that width); (-1, 0) when this is no delimiter of the text."""
    if not found:
        return -1.0, 0
    usual, times = Counter(map(len, found)).most_common(1)[0]
    titled = len(found[0]) == 1  # a title above the header, or a column of text in which the delimiter is just a sign
    if max(usual, len(found[0])) == 1 or (titled and (len(found) < 3 or times * 10 < (len(found) - 1) * 9)):
        return -1.0, 0
    return round(times / len(found), 2), usual


def looks_like_header(sample: list[list[str]]) -> bool:
    """Whether the first row names the columns rather than being data.

    Data when its cells are of the kind of the cells below (numbers over numbers, repeated words over the same
    words) and no column speaks against it; 1, 2, 3 … or 2019, 2020 … over numbers are names.
    """
    first, body = sample[0], [row for row in sample[1 : _LOOKED_AT + 1] if len(row) == len(sample[0])]
    if not body or _counts_up(first):
        return True
    names = data = 0
    for cell, column in zip(first, zip(*body, strict=True), strict=True):
        vote = _vote(cell.strip(), [value.strip() for value in column if value.strip()])
        names += vote > 0
        data += vote < 0
    return data == 0 or names >= data


def _vote(cell: str, column: list[str]) -> int:
    """1: a name over values; -1: one more value; 0: cannot say."""
    if not column or not cell:
        return 0
    usual, times = Counter(map(_kind, column)).most_common(1)[0]
    if times * 10 < len(column) * 9:
        return 0
    if usual != "text":
        return -1 if _kind(cell) == usual else 1
    different = set(column)
    if len(different) * 2 > len(column):
        return 0
    return -1 if cell in different else 1


def _kind(cell: str) -> str:
    if _NUMBER.match(cell):
        return "number"
    return "date" if _DATE.match(cell) else "text"


def _counts_up(first: list[str]) -> bool:
    numbers = [int(cell) for cell in first if cell.strip().isascii() and cell.strip().isdigit() and len(cell) < 5]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
