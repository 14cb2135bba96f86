"""How much an input may be before it is refused.  Every bound is checked while reading, not afterwards."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one ingest.

    Bytes unless said otherwise.  ``ratio`` is decompressed ÷ compressed size and is only judged above
    ``ratio_floor``, because small files compress very well honestly.  ``whole_json`` bounds one JSON value of an
    array, which has to be in memory.
    """

    file: int = 16 * GIB
    decompressed: int = 64 * GIB
    ratio: int = 200
    ratio_floor: int = 64 * MIB
    columns: int = 10_000
    rows: int = 1_000_000_000
    cell: int = MIB  # characters
    line: int = 4 * MIB
    whole_json: int = 4 * MIB
    archive_entries: int = 1_000
    workbook: int = 2 * GIB  # decompressed; a workbook is read in memory, sheet by sheet
    sheet_cells: int = 32 * MIB  # rows × columns of the rectangle that a sheet spans
