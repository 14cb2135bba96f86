"""XLSX and XLS sheets through calamine, every cell as text: dates in ISO, whole numbers without a point.

Excel keeps 15 digits of a number; an identity number stored as one has lost the rest, and that is counted, because
no reader can bring it back.
"""

from __future__ import annotations

import datetime as dt
import itertools
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import python_calamine as calamine

from release.ingest.bounds import Bounds
from release.ingest.dialect import looks_like_header
from release.ingest.incoming import Incoming, batch
from release.ingest.kind import Kind
from release.ingest.parts import check_workbook
from release.ingest.settings import InputSettings
from release.nouns.errors import BadInput

Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta
_ROWS: Final = 8_192
_SAMPLE: Final = 51
_DIGITS: Final = 10**15


def read(path: Path, kind: Kind, settings: InputSettings, bounds: Bounds) -> Incoming:
    """The table on one sheet.  BadInput names the sheets when it is not clear which."""
    if kind is Kind.WORKBOOK:
        check_workbook(path, bounds)
    elif _encrypted(path):
        raise BadInput("The workbook is protected with a password.", "Save it without one.")
    notes: list[str] = []
    sheet = _sheet(_open(path), settings, notes)
    if sheet.height * sheet.width > bounds.sheet_cells:
        raise BadInput(f"The sheet spans more than {bounds.sheet_cells} cells.", "Save it as CSV.")
    rows = _numbered(sheet.iter_rows(), settings.skip_rows, notes)
    sample = list(itertools.islice(rows, _SAMPLE))
    if not sample:
        raise BadInput("The sheet is empty.", "Name the sheet that holds the table with the option sheet.")
    first_number, first = sample[0]
    header = settings.header
    if header is None:
        header = looks_like_header([row for _, row in sample])
        if not header:
            notes.append("the first row looks like data, not like a header: columns are named column_1, column_2 …")
    body = itertools.chain(sample[1:] if header else sample, rows)
    return Incoming(
        first if header else [f"column_{i + 1}" for i in range(len(first))],
        _batches((row for _, row in body), len(first)),
        first_row=first_number + int(header),
        notes=notes,
    )


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise BadInput("The workbook is protected with a password.", "Save it without one.") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError):
        raise _damaged() from None


def _damaged() -> BadInput:
    return BadInput("The workbook is damaged or is no workbook.", "Open it in a spreadsheet and save it as XLSX again.")


def _encrypted(path: Path) -> bool:
    """Whether an OLE file is an XLSX behind a password: its content then is a stream called EncryptedPackage."""
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find("EncryptedPackage".encode("utf-16-le")) >= 0


def _sheet(book: calamine.CalamineWorkbook, settings: InputSettings, notes: list[str]) -> calamine.CalamineSheet:
    sheets = [s.name for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
    visible = [
        s.name for s in book.sheets_metadata if s.name in sheets and s.visible == calamine.SheetVisibleEnum.Visible
    ]
    if settings.sheet is not None:
        return _load(book, _wanted(settings.sheet, sheets))
    filled = [sheet for name in visible if (sheet := _load(book, name)).height]
    if len(filled) > 1:
        raise BadInput(
            f"The workbook has {len(filled)} sheets that hold something: {_quoted([s.name for s in filled])}.",
            "Name the one that is meant with the option sheet.",
        )
    if not filled:
        raise BadInput("The workbook has no visible sheet that holds anything.", "Fill or show the sheet, or name it.")
    if len(book.sheet_names) > 1:
        notes.append(f"of {len(book.sheet_names)} sheets the only visible one that holds anything was read")
    return filled[0]


def _wanted(sheet: str | int, sheets: Sequence[str]) -> str:
    if sheet in sheets:
        return str(sheet)
    if str(sheet).isdecimal() and 1 <= int(sheet) <= len(sheets):
        return sheets[int(sheet) - 1]
    raise BadInput(f"The workbook has no such sheet; it has {_quoted(sheets)}.", "Name one of them, or its number.")


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:20])


def _load(book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
        raise _damaged() from None


def _numbered(rows: Iterator[list[Cell]], skip: int, notes: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(row number in the sheet, cells as text) of every row that is not blank, ``skip`` rows left out."""
    blank = waiting = rounded = 0
    for number, row in enumerate(rows, start=1):
        if number <= skip:
            continue
        cells = [_text(cell) for cell in row]
        if not any(cells):
            waiting += 1
            continue
        blank, waiting = blank + waiting, 0
        rounded += sum(isinstance(cell, float) and abs(cell) >= _DIGITS for cell in row)
        yield number, cells
    if rounded:
        notes.append(f"{rounded} numbers have more than 15 digits: Excel has set the digits behind to zero")


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell)


def _batches(rows: Iterator[list[str]], width: int) -> Iterator[pa.RecordBatch]:
    while piece := list(itertools.islice(rows, _ROWS)):
        yield batch([pa.array([cell or None for cell in column], pa.string()) for column in zip(*piece, strict=True)])
