"""What kind of input the bytes are.  The file's name has no say, except where text could be two things."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from release.nouns.errors import BadInput


class Kind(StrEnum):
    """Kinds that have a reader, and the three wrappers that are opened first."""

    TEXT = "text"
    JSON = "json"
    PARQUET = "parquet"
    WORKBOOK = "workbook"
    OLE = "ole"
    ZIP = "zip"
    GZIP = "gzip"
    ZSTD = "zstd"


_READ: Final = (
    (b"PAR1", Kind.PARQUET),
    (b"PK\x03\x04", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
)
_REFUSED: Final = (
    (b"PK\x05\x06", "an empty ZIP archive", "Put the table into it."),
    (b"PARE", "an encrypted Parquet file", "Write it without encryption."),
    (b"ARROW1", "an Arrow or Feather file", "Write it as Parquet."),
    (b"BZh", "a bzip2 archive", "Unpack it, or use gzip, zstd or ZIP."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it, or use gzip, zstd or ZIP."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it, or use gzip, zstd or ZIP."),
    (b"Rar!", "a RAR archive", "Unpack it, or use gzip, zstd or ZIP."),
    (b"%PDF", "a PDF document", "Export the table it shows as CSV or XLSX."),
    (b"SQLite format 3\x00", "an SQLite database", "Give it as sqlite:///PATH and name the table."),
    (b"\x89PNG", "a picture", "Export the table it shows as CSV or XLSX."),
    (b"\xff\xd8\xff", "a picture", "Export the table it shows as CSV or XLSX."),
    (b"GIF8", "a picture", "Export the table it shows as CSV or XLSX."),
    (b"\x7fELF", "a program", "Give a table."),
    (b"MZ\x90\x00", "a program", "Give a table."),
    (b"{\\rtf", "an RTF document", "Export the table it shows as CSV or XLSX."),
)
_MARKUP: Final = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|\?xml|!--|svg)", re.IGNORECASE
)
_JSON: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{\]"]|-?[0-9]+\s*[,\]]|true|false|null))')
_JSON_SUFFIXES: Final = (".json", ".jsonl", ".ndjson", ".geojson")


def kind(head: bytes, suffix: str) -> Kind:
    """The kind of input that begins with ``head`` (64 bytes or more where there are so many).

    BadInput for kinds that are known and not read.  ``suffix`` (``.json``) only helps a JSON file that does not
    begin like one to be told so, rather than be read as delimited text.
    """
    for magic, found in _READ:
        if head.startswith(magic):
            return found
    for magic, what, remedy in _REFUSED:
        if head.startswith(magic):
            raise BadInput(f"The input is {what}, not a table.", remedy)
    if _MARKUP.match(head):
        raise BadInput(
            "The input is HTML or XML, whatever its name says.", "Open it and save it as XLSX or CSV, then give that."
        )
    if _JSON.match(head) or suffix.lower() in _JSON_SUFFIXES:
        return Kind.JSON
    return Kind.TEXT
