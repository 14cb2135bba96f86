"""Delimited text (CSV, TSV …) through Arrow's streaming reader, every column as text.

Arrow's own error messages quote the row; they are never passed on.  Where it stops, the place is found again and
said in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as pacsv

from release.ingest import encoding as encodings
from release.ingest.bounds import Bounds
from release.ingest.dialect import Dialect, sniff
from release.ingest.encoding import Encoding
from release.ingest.incoming import Incoming
from release.ingest.rows import first_fault, ragged
from release.ingest.settings import InputSettings
from release.ingest.survey import HEAD, survey
from release.ingest.text import Utf8, lines
from release.nouns.errors import BadInput

_LAST: Final = b"\x03"  # END OF TEXT
_SEPARATOR_LINE: Final = re.compile(r"sep=([^\r\n\"])(?:\r\n|\n|\r)", re.IGNORECASE)  # what Excel writes for itself


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    encoding: Encoding
    dialect: Dialect
    settings: InputSettings
    bounds: Bounds

    def stream(self, ending: bytes = b"") -> Utf8:
        return Utf8(self.path, self.encoding, self.settings.skip_rows, ending)


def read(path: Path, settings: InputSettings, bounds: Bounds) -> Incoming:
    """The table in a delimited text file.  BadInput for what is no such file, before or while ``batches`` is read."""
    seen = survey(path, bounds)
    encoding = encodings.choose(seen, settings.encoding)
    with Utf8(path, encoding, settings.skip_rows) as stream:
        head = stream.read(HEAD)
    text = head.decode("utf-8", "ignore")
    _must_be_text(text)
    if (named := _SEPARATOR_LINE.match(text)) and settings.delimiter is None and not settings.skip_rows:
        settings = replace(settings, delimiter=named[1], skip_rows=1)
        text = text[named.end() :]
    dialect = sniff(text, len(head) < HEAD, settings, bounds.line)
    if not dialect.rows:
        raise _diagnose(_Source(path, encoding, dialect, settings, bounds))
    if dialect.width > bounds.columns:
        raise BadInput(
            f"The first row has {dialect.width} columns, more than the {bounds.columns} that are allowed.",
            "Check the delimiter, or raise the bound.",
        )
    source = _Source(path, encoding, dialect, settings, bounds)
    return Incoming(
        list(dialect.first) if dialect.header else [f"column_{i + 1}" for i in range(dialect.width)],
        _batches(source),
        encoding=encoding.name,
        delimiter=dialect.delimiter if dialect.width > 1 else "",
        first_row=settings.skip_rows + (2 if dialect.header else 1),
        notes=_notes(source),
        digest=[seen.digest],
    )


def _must_be_text(text: str) -> None:
    if not text.strip():
        raise BadInput("The input file holds no text: only blank lines.", "Export it again.")
    controls = sum(character < " " and character not in "\t\r\n\f\x01\x1a" for character in text[:65_536])
    if controls * 100 > len(text[:65_536]):
        raise BadInput(
            "The input is binary data of no known kind, not a table.", "Export the table again as CSV, XLSX or Parquet."
        )


def _notes(source: _Source) -> list[str]:
    notes = [source.encoding.note] if source.encoding.note else []
    if not source.dialect.header and source.settings.header is None:
        notes.append("the first row looks like data, not like a header: columns are named column_1, column_2 …")
    if source.settings.delimiter is not None and source.dialect.width == 1:
        notes.append("the declared delimiter does not stand in the first row: the table is one column")
    return notes


def _batches(source: _Source) -> Iterator[pa.RecordBatch]:
    dialect, faults = source.dialect, list[BadInput]()
    names = [str(i) for i in range(dialect.width)]

    def refuse(row: pacsv.InvalidRow) -> str:
        faults.append(_fault(source, row))
        return "error"

    stream = source.stream(ending=_LAST + (dialect.width - 1) * dialect.delimiter.encode())
    try:
        reader = pacsv.open_csv(
            pa.PythonFile(stream, mode="r"),
            read_options=pacsv.ReadOptions(
                use_threads=False,
                block_size=source.bounds.line + 1,
                column_names=names,
                skip_rows_after_names=int(dialect.header),
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                newlines_in_values=True,
                ignore_empty_lines=dialect.width > 1,
                invalid_row_handler=refuse,
            ),
            convert_options=pacsv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        yield from _whole(reader, source)
    except BadInput:
        raise
    except (pa.ArrowInvalid, OSError):
        raise stream.error or (faults[0] if faults else _diagnose(source)) from None
    finally:
        stream.close()


def _whole(reader: Iterator[pa.RecordBatch], source: _Source) -> Iterator[pa.RecordBatch]:
    """The batches without our own last row.

    Arrow takes a quote that is still open at the end of the file as closed there, and so would swallow all rows
    behind it into one value.  It then swallows our row too, and that is how we know.
    """
    held: pa.RecordBatch | None = None
    for batch in reader:
        if not batch.num_rows:
            continue
        if held is not None:
            yield held
        held = batch
    if held is None or held.column(0)[-1].as_py() != _LAST.decode():
        raise _diagnose(source)
    yield held.slice(0, held.num_rows - 1)


def _fault(source: _Source, row: pacsv.InvalidRow) -> BadInput:
    if row.text.count(source.dialect.quote) % 2 or row.number is None:
        return _diagnose(source)
    return ragged(row.number + source.settings.skip_rows, row.actual_columns, source.dialect.width)


def _diagnose(source: _Source) -> BadInput:
    """Read the file again, slowly, up to the first broken row."""
    dialect = source.dialect
    with lines(source.stream()) as text:
        fault = first_fault(text, dialect.delimiter, dialect.quote, source.bounds.line, dialect.width)
    return fault or BadInput(
        "The file cannot be taken apart into rows.", "Check its delimiter and quotation marks, or save it as XLSX."
    )
