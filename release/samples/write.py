"""String tables to CSV in the encoding that was asked for, piece by piece."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv


def write_csv(pieces: Iterable[pa.Table], path: Path, encoding: str = "utf-8", *, quoted: bool = False) -> Path:
    """Write ``pieces`` to ``path``, every value ``quoted`` or none.

    Raises pyarrow.ArrowInvalid when none is and one needs it, UnicodeEncodeError when one is not in ``encoding``.
    """
    with path.open("wb") as out:
        for number, piece in enumerate(pieces):
            buffer = io.BytesIO()
            options = pacsv.WriteOptions(include_header=number == 0, quoting_style="needed" if quoted else "none")
            pacsv.write_csv(piece, buffer, options)
            data = buffer.getvalue()
            out.write(data if encoding == "utf-8" else data.decode().encode(encoding))
    return path
