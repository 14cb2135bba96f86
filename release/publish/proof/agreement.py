"""The data files against each other: every spelling holds the rows of the canonical CSV, nothing more and nothing else.

What a reader would get wrong: the CSV is read by Arrow's own reader and the others are written again from what it
read and compared piece by piece, so a difference in any cell of any format shows.
"""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from release.nouns.errors import Tampered
from release.publish.formats.delimited import canonical_csv, spreadsheet_csv
from release.publish.formats.rows import BATCH_ROWS, Column, Rows
from release.publish.formats.schema import settled
from release.publish.formats.spreadsheet import PARTS, SHEET, sheet, unfit
from release.publish.formats.typed import typed_batches, typed_schema

BLOCK = 64 << 20
CHUNK = 1 << 20
SWOLLEN = 20  # a typed column may take this many times the bytes of its CSV: 8 for a flag, 16 for a decimal


def rows_of(csv: Path, columns: tuple[Column, ...], count: int, work: Path) -> Rows:
    """The canonical CSV as a Parquet file of strings in ``work``.  Raises Tampered when header, row count, types or
    spelling are not what the package declares."""
    names = [column.name for column in columns]
    path = work / "rows.parquet"
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    seen = 0
    try:
        with _open_csv(csv, names) as reader, pq.ParquetWriter(path, schema, compression="lz4") as writer:
            if reader.schema.names != names:
                raise Tampered(f"{csv.name} has a header other than the fields that were signed.")
            for batch in reader:
                seen += batch.num_rows
                writer.write_table(pa.Table.from_batches([batch]), row_group_size=BATCH_ROWS)
    except pa.ArrowInvalid:
        raise Tampered(f"{csv.name} cannot be read as CSV.") from None
    if seen != count:
        raise Tampered(f"{csv.name} has {seen:,} rows, and {count:,} were signed.")
    rows = Rows(path, columns, count)
    for declared, found in zip(columns, settled(rows).columns, strict=True):
        if declared.type is not found.type:
            raise Tampered(f"{csv.name} holds values in field {declared.name} that are no {declared.type.value}.")
    with csv.open("rb") as handle:
        if not same_bytes(canonical_csv(rows), handle):
            raise Tampered(f"{csv.name} is not in the canonical spelling.")
    return rows


def _open_csv(csv: Path, names: list[str]) -> pa_csv.CSVStreamingReader:
    return pa_csv.open_csv(
        csv,
        read_options=pa_csv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def spreadsheet_csv_agrees(file: Path, rows: Rows) -> None:
    """Raises Tampered when ``file`` is not the spreadsheet spelling of ``rows``."""
    with file.open("rb") as handle:
        if not same_bytes(spreadsheet_csv(rows), handle):
            raise Tampered(f"{file.name} does not hold the rows of the canonical CSV.")


def sheet_agrees(file: Path, rows: Rows) -> None:
    """Raises Tampered when the workbook ``file`` is not the sheet of ``rows``: no part more, no cell else."""
    if unfit(rows):
        raise Tampered(f"{file.name} cannot hold these rows without loss.")
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.namelist() != [*PARTS, SHEET]:
                raise Tampered(f"{file.name} has other parts than a plain workbook.")
            for name, text in PARTS.items():
                with archive.open(name) as handle:
                    if not same_bytes([text.encode()], handle):
                        raise Tampered(f"{file.name} has other parts than a plain workbook.")
            with archive.open(SHEET) as handle:
                if not same_bytes(sheet(rows), handle):
                    raise Tampered(f"{file.name} does not hold the rows of the canonical CSV.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Tampered(f"{file.name} cannot be read as a workbook.") from None


def parquet_agrees(file: Path, rows: Rows, csv_bytes: int) -> None:
    """Raises Tampered when the Parquet ``file`` has other types or other values than ``rows``, whose CSV has so many
    bytes."""
    schema = typed_schema(rows)
    try:
        with pq.ParquetFile(file) as parquet:
            if parquet.schema_arrow != schema or parquet.metadata.num_rows != rows.count:
                raise Tampered(f"{file.name} has other fields, types or rows than the canonical CSV.")
            footer = parquet.metadata
            unpacked = sum(footer.row_group(group).total_byte_size for group in range(footer.num_row_groups))
            if unpacked > SWOLLEN * csv_bytes + CHUNK:
                raise Tampered(f"{file.name} unpacks to more than its rows can need.")
            theirs = parquet.iter_batches(batch_size=BATCH_ROWS)
            for ours, other in itertools.zip_longest(_whole(typed_batches(rows, schema)), _whole(theirs)):
                if ours is None or other is None or not ours.equals(other):
                    raise Tampered(f"{file.name} does not hold the rows of the canonical CSV.")
    except (OSError, ValueError, pa.ArrowException):
        raise Tampered(f"{file.name} cannot be read as Parquet.") from None


def _whole(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows in tables of exactly ``BATCH_ROWS`` rows, the last one shorter, however they were cut before."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        while batch.num_rows:
            piece = batch.slice(0, BATCH_ROWS - count)
            waiting.append(piece)
            count += piece.num_rows
            batch = batch.slice(piece.num_rows)
            if count == BATCH_ROWS:
                yield pa.Table.from_batches(waiting).combine_chunks()
                waiting, count = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting).combine_chunks()


def same_bytes(pieces: Iterable[bytes], handle: IO[bytes]) -> bool:
    """Whether ``handle`` reads exactly ``pieces`` and then ends; never reads more than it must."""
    for piece in pieces:
        place = 0
        while place < len(piece):
            read = handle.read(min(CHUNK, len(piece) - place))
            if not read or read != piece[place : place + len(read)]:
                return False
            place += len(read)
    return not handle.read(1)
