"""A hierarchy somebody wrote: ARX's CSV form, one row a value, column 0 the value, then ever coarser, no header.

The rows may stand in the parameters (``rows``) or in a file (``path``); with ``sha256`` the file must be the one that
was planned with.  All rows count, those of values that the column lacks too: they are part of the domain.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Builder, Row, Worked
from anonymizers.params import Param, Spec

_LARGEST = 64 << 20
_DELIMITERS = ";\t|,"
_SNIFFED_LINES = 50


def _rule(params: Mapping[str, Any]) -> str:
    if (params["path"] is None) == (params["rows"] is None):
        return "A csv hierarchy takes either 'path' or 'rows'."
    if params["delimiter"] is not None and len(params["delimiter"]) != 1:
        return "Parameter 'delimiter' must be one character."
    return ""


SPEC = Spec(
    (
        Param("path", "text", "file with the rows", default=None),
        Param("rows", "rows", "the rows themselves", default=None),
        Param("sha256", "text", "digest that the file must have", default=None),
        Param("delimiter", "text", "between the columns; sniffed when left out", default=None),
    ),
    _rule,
)


def sniff(lines: Sequence[str]) -> str:
    """The delimiter that splits every line into the same number of columns, the most of them; ';' when none does."""
    best, most = ";", 1
    for delimiter in _DELIMITERS:
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter) if row}
        if len(widths) == 1 and (width := widths.pop()) > most:
            best, most = delimiter, width
    return best


def read(path: Path, digest: str | None, delimiter: str | None) -> list[Row]:
    """The rows of a file in UTF-8 or GB18030.  Raises AnonymizerError when it cannot be read or is another file."""
    try:
        if path.stat().st_size > _LARGEST:
            raise AnonymizerError(f"The hierarchy file {path.name} is larger than {_LARGEST >> 20} MiB.")
        content = path.read_bytes()
    except OSError as error:
        raise AnonymizerError(f"The hierarchy file {path.name} cannot be read: {error.strerror}.") from None
    if digest is not None and hashlib.sha256(content).hexdigest() != digest.lower():
        raise AnonymizerError(f"The hierarchy file {path.name} has changed since it was planned with: plan again.")
    lines = _text(content, path.name).splitlines()
    chosen = delimiter or sniff(lines[:_SNIFFED_LINES])
    try:
        return [tuple(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=chosen, strict=True) if row]
    except csv.Error:
        raise AnonymizerError(f"The hierarchy file {path.name} is not a CSV file: a quotation is left open.") from None


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AnonymizerError(f"The hierarchy file {name} is neither UTF-8 nor GB18030.")


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """All rows as they stand."""
    if params["rows"] is not None:
        return [tuple(row) for row in params["rows"]]
    return read(Path(params["path"]), params["sha256"], params["delimiter"])


BUILDER = Builder(
    name="csv",
    title_zh="自定义层级",
    title_en="own hierarchy",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"rows": [["flu", "lung", "*"], ["asthma", "lung", "*"], ["ulcer", "gut", "*"]]},
            {"flu": 1},
            (("flu", "lung", "*"), ("asthma", "lung", "*"), ("ulcer", "gut", "*")),
        ),
    ),
)
