"""CSV as RFC 4180 writes it: UTF-8, CRLF, quotes only where needed; and a second spelling for spreadsheets.

What a reader would get wrong: defusing formulas everywhere would turn -5 into text and change the data (ASVS 1.2.10
asks for escaping, not for that).  The canonical file is exact to the byte; only the spreadsheet spelling is defused,
and there only columns declared text, by a leading apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from release.nouns.dataset import FieldType
from release.publish.formats.rows import Column, Rows
from release.publish.formats.text import glue, joined_bytes, replace_null

BOM = b"\xef\xbb\xbf"
EOL = "\r\n"
NEEDS_QUOTES = '[,"\r\n]'
# What a spreadsheet takes for the beginning of a formula; the full-width signs count in Chinese and Japanese ones.
FORMULA = "^[=+\\-@\t\r\n＝＋－＠]"


def canonical_csv(rows: Rows) -> Iterator[bytes]:
    """The bytes of NAME.csv in pieces: header, then one piece a batch."""
    yield from _csv(rows.columns, rows.batches())


def spreadsheet_csv(rows: Rows) -> Iterator[bytes]:
    """The bytes of NAME.excel.csv in pieces: a byte-order mark, then the defused table."""
    yield BOM
    named = tuple(Column(defused_name(column.name), column.type) for column in rows.columns)
    yield from _csv(named, (_defused(batch, rows.columns) for batch in rows.batches()))


def defused_counts(rows: Rows) -> dict[str, int]:
    """How many cells of each text column the spreadsheet spelling changes; columns without any are left out."""
    counts: dict[str, int] = {}
    for batch in rows.batches():
        for column, values in zip(rows.columns, batch.columns, strict=True):
            if column.type is FieldType.TEXT:
                hits = pc.sum(pc.match_substring_regex(values, FORMULA)).as_py() or 0
                if hits:
                    counts[column.name] = counts.get(column.name, 0) + hits
    return counts


def write_pieces(pieces: Iterable[bytes], out: Path) -> None:
    """Writes a stream of pieces to ``out``."""
    with out.open("wb") as sink:
        for piece in pieces:
            sink.write(piece)


def _csv(columns: tuple[Column, ...], batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    header = pa.array([column.name for column in columns], pa.large_string())
    yield (",".join(_quoted(header).to_pylist()) + EOL).encode()
    alone = len(columns) == 1
    for batch in batches:
        # A line of one missing value would be an empty line, which readers skip.
        cells = [replace_null(_quoted(values), '""' if alone else "") for values in batch.columns]
        commas = [part for cell in cells for part in (",", cell)][1:]
        yield joined_bytes(glue(*commas, EOL))


def _quoted(values: pa.Array) -> pa.Array:
    """RFC 4180 §2: a field that holds a comma, a quote or a line break is quoted, and its quotes are doubled."""
    needed = pc.match_substring_regex(values, NEEDS_QUOTES)
    if not pc.any(needed).as_py():
        return values
    doubled = pc.replace_substring(values, '"', '""')
    return pc.if_else(needed, glue('"', doubled, '"'), values)


def _defused(batch: pa.RecordBatch, columns: tuple[Column, ...]) -> pa.RecordBatch:
    arrays = []
    for column, values in zip(columns, batch.columns, strict=True):
        if column.type is FieldType.TEXT:
            risky = pc.match_substring_regex(values, FORMULA)
            values = pc.if_else(risky, glue("'", values), values)
        arrays.append(values)
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def defused_name(name: str) -> str:
    """``name`` as the header of the spreadsheet spelling has it."""
    risky = pc.match_substring_regex(pa.array([name]), FORMULA)[0].as_py()
    return f"'{name}" if risky else name
