"""Delimited text taken apart row by row in Python: for sniffing, and for saying where a file is broken.

Reads as Arrow's reader does (RFC 4180; a quote counts only at the start of a value; text behind a closing quote is
kept), so that what one refuses the other can name.  Far too slow for the data itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from release.nouns.errors import BadInput


class Splitter:
    """Feed lines, get rows.  ``open`` says whether a quoted value is still open."""

    def __init__(self, delimiter: str, quote: str, limit: int) -> None:
        self._delimiter, self._quote, self._limit = delimiter, quote, limit
        self._row: list[str] = []
        self._value: list[str] = []
        self._length = 0
        self.open = False

    def feed(self, line: str) -> list[str] | None:
        """The row that ends with ``line``, or None while a quoted value is open.  ValueError above the limit."""
        self._length += len(line)
        if self._length > self._limit:
            raise ValueError("row too long")
        if not self.open and self._quote not in line:
            self._length = 0
            return line.rstrip("\r\n").split(self._delimiter)
        at = 0
        if self.open:
            at = self._quoted(line, 0)
        while not self.open and at <= len(line):
            at = self._next(line, at)
        if self.open:
            return None
        row, self._row, self._length = self._row, [], 0
        return row

    def _next(self, line: str, at: int) -> int:
        """Read one value from ``at``; the position behind its delimiter, past the end when the row is over."""
        if line.startswith(self._quote, at):
            return self._quoted(line, at + 1)
        return self._plain(line, at)

    def _plain(self, line: str, at: int) -> int:
        end = line.find(self._delimiter, at)
        last = end < 0
        self._value.append(line[at:].rstrip("\r\n") if last else line[at:end])
        self._row.append("".join(self._value))
        self._value = []
        return len(line) + 1 if last else end + 1

    def _quoted(self, line: str, at: int) -> int:
        """Inside quotes from ``at``: up to the closing one, then on as plain text."""
        while True:
            end = line.find(self._quote, at)
            if end < 0:
                self._value.append(line[at:])
                self.open = True
                return len(line)
            self._value.append(line[at:end])
            if not line.startswith(self._quote, end + 1):
                self.open = False
                return self._plain(line, end + 1)
            self._value.append(self._quote)
            at = end + 2


def rows(lines: Iterable[str], delimiter: str, quote: str, limit: int) -> Iterator[list[str]]:
    """Rows of ``lines``; blank lines are no rows.  The last row is left out when its quote is still open."""
    splitter = Splitter(delimiter, quote, limit)
    for line in lines:
        if not splitter.open and not line.strip("\r\n"):
            continue
        row = splitter.feed(line)
        if row is not None:
            yield row


def first_fault(lines: Iterable[str], delimiter: str, quote: str, limit: int, width: int) -> BadInput | None:
    """What is wrong with the first row that is not ``width`` values long or never ends; None when all are well."""
    splitter, number = Splitter(delimiter, quote, limit), 0
    unclosed = "A quotation mark that opens in row {} is never closed."
    remedy = "Close or double it, or set quote when another character quotes values."
    for line in lines:
        if not splitter.open and not line.strip("\r\n"):
            continue
        number += not splitter.open
        try:
            row = splitter.feed(line)
        except ValueError:
            return BadInput(unclosed.format(number), remedy)
        if row is not None and len(row) != width:
            return ragged(number, len(row), width)
    return BadInput(unclosed.format(number), remedy) if splitter.open else None


def ragged(number: int, found: int, width: int) -> BadInput:
    """Row ``number`` (the header is row 1) has another number of values than the header."""
    values = f"{found} value" if found == 1 else f"{found} values"
    columns = "1 column" if width == 1 else f"{width} columns"
    return BadInput(
        f"Row {number} has {values} where the table has {columns}.",
        "Quote values that hold the delimiter, or set delimiter, or skip_rows when the table begins lower.",
    )
