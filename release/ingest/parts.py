"""The parts of an XLSX archive, measured before anybody parses them.

The parser builds the whole rectangle a sheet spans, and a copy of its text for every cell: one value in XFD1048576
or one long text used a million times is a bomb of a few hundred bytes.  So sizes, the rectangle and the text are
bounded here, from the bytes.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from release.ingest.bounds import Bounds
from release.ingest.unpack import checked, must_fit, pieces, sound
from release.nouns.errors import BadInput

_OVERLAP: Final = 256  # bytes seen twice between two pieces; what is counted are upper bounds
_PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHARED: Final = re.compile(rb"""\bt\s*=\s*["']s["']""")
_REFERENCE: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:[a-z]+:)?v>([0-9]{1,9})<""")
_ITEM: Final = re.compile(rb"<(?:[a-z]+:)?si[ >/]")


def check_workbook(path: Path, bounds: Bounds) -> None:
    """BadInput for a workbook with macros, a damaged one, or one that would not fit into memory once parsed."""
    with sound(), zipfile.ZipFile(path) as archive:
        entries = checked(archive, bounds)
        if any("vbaproject" in entry.filename.lower() for entry in entries):
            raise BadInput("The workbook holds macros.", "Save it as XLSX without macros.")
        if "xl/workbook.xml" not in archive.namelist():
            raise BadInput("The input is an Office file, but not a workbook.", "Save the table as XLSX or CSV.")
        measure = _Measure(bounds, path.stat().st_size)
        for entry in sorted(entries, key=lambda entry: not entry.filename.lower().endswith("sharedstrings.xml")):
            with archive.open(entry) as stream:
                measure.begin(entry.filename.lower())
                for piece in pieces(stream):
                    measure.add(piece)
        measure.end()


class _Measure:
    """Running upper bounds over all parts; the shared texts must come first."""

    def __init__(self, bounds: Bounds, packed: int) -> None:
        self._bounds, self._packed = bounds, packed
        self._total = self._text = 0
        self._starts: list[int] = []
        self._lengths: npt.NDArray[np.int64] = np.zeros(1, np.int64)
        self._part = ""
        self._tail = b""

    def begin(self, part: str) -> None:
        """The part whose pieces come next."""
        self.end()
        self._part, self._tail, self._read = part, b"", 0
        self._rows = self._columns = 0

    def add(self, piece: bytes) -> None:
        """Measure one piece; BadInput as soon as a bound is passed."""
        self._total += len(piece)
        must_fit(self._total, self._packed, self._bounds)
        data, before = self._tail + piece, self._read - len(self._tail)
        if self._part.endswith("sharedstrings.xml"):
            self._starts += [before + found.start() for found in _ITEM.finditer(data)]
        elif self._part.startswith("xl/worksheets/"):
            self._sheet(data)
        self._read += len(piece)
        self._tail = data[-_OVERLAP:]
        if self._total + self._text > self._bounds.workbook:
            raise BadInput(
                f"The workbook unpacks to more than {self._bounds.workbook} bytes.", "Save the table as CSV."
            )

    def _sheet(self, data: bytes) -> None:
        places = _PLACE.findall(data)
        if places:
            letters, numbers = zip(*places, strict=True)
            self._columns = max(self._columns, *map(_column, set(letters)))
            self._rows = max(self._rows, int(np.array(numbers, "S7").astype(np.int64).max()))
        if self._rows * self._columns > self._bounds.sheet_cells:
            raise BadInput(
                f"A sheet of the workbook spans more than {self._bounds.sheet_cells} cells.",
                "Delete what stands far outside the table, or save it as CSV.",
            )
        references = np.array(_REFERENCE.findall(data), "S9").astype(np.int64)
        odd = len(_SHARED.findall(data)) - len(references)
        known = references[references < len(self._lengths)]
        self._text += int(self._lengths[known].sum()) + max(0, odd) * int(self._lengths.max())

    def end(self) -> None:
        """The part is over."""
        if self._part.endswith("sharedstrings.xml") and self._starts:
            self._lengths = np.diff(np.array([*sorted(set(self._starts)), self._read], np.int64)).astype(np.int64)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
