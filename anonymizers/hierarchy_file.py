"""Hierarchies in files, as ARX writes them: one row a value, the value first, then ever coarser, no header.

Reading takes semicolons, commas, tabs or bars, quotes, a byte order mark, UTF-8 or GB18030.  A file holds raw values:
it is as confidential as the column that it was made from.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy, Row

_LARGEST = 64 << 20
_DELIMITERS = ";\t|,"
_SNIFFED_ROWS = 50
_SNIFFED_SIGNS = 1 << 16


def sniff(text: str) -> str:
    """The delimiter that splits the first rows into equally many columns, the most of them; ';' when none does."""
    best, most = ";", 1
    head = text[:_SNIFFED_SIGNS]
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row]
        rows = rows if len(text) == len(head) else rows[:-1]  # the last row may be cut
        widths = {len(row) for row in rows[:_SNIFFED_ROWS]}
        if len(widths) == 1 and (width := widths.pop()) > most:
            best, most = delimiter, width
    return best


def read_rows(path: Path, digest: str | None = None, delimiter: str | None = None) -> list[Row]:
    """The rows of a file.  Raises AnonymizerError when it cannot be read, or is not the file with that SHA-256."""
    try:
        if path.stat().st_size > _LARGEST:
            raise AnonymizerError(f"The hierarchy file {path.name} is larger than {_LARGEST >> 20} MiB.")
        content = path.read_bytes()
    except OSError as error:
        raise AnonymizerError(f"The hierarchy file {path.name} cannot be read: {error.strerror}.") from None
    if digest is not None and hashlib.sha256(content).hexdigest() != digest.lower():
        raise AnonymizerError(f"The hierarchy file {path.name} has changed since it was planned with: plan again.")
    text = _text(content, path.name)
    try:
        chosen = delimiter or sniff(text)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=chosen, strict=True)
        return [tuple(row) for row in lines if row]
    except csv.Error:
        raise AnonymizerError(f"The hierarchy file {path.name} is not a CSV file: a quotation is left open.") from None


def write_rows(hierarchy: Hierarchy, path: Path, delimiter: str = ";") -> None:
    """``hierarchy`` as a file that ARX and ``read_rows`` read back; UTF-8, quotes where a cell needs them."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(hierarchy.rows)
    path.write_bytes(made.getvalue().encode())


def check_source(path: str | None, rows: Sequence[Sequence[str]] | None, delimiter: str | None) -> str:
    """What is wrong with where the rows are to come from; '' when nothing is."""
    if (path is None) == (rows is None):
        return "Such a hierarchy takes either 'path' or 'rows'."
    if delimiter is not None and len(delimiter) != 1:
        return "Parameter 'delimiter' must be one character."
    return ""


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AnonymizerError(f"The hierarchy file {name} is neither UTF-8 nor GB18030.")
