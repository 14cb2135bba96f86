"""First pass: the text of the table onto disk as it comes, and evidence about every column.

Columns whose values repeat are kept as dictionaries, so that evidence and canonical spelling are worked out once a
different value, not once a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from release.ingest.bounds import Bounds
from release.nouns.errors import BadInput
from release.tabular.evidence import Evidence
from release.tabular.missing import Tokens

_ROWS: Final = 32_768
_HEAVY: Final = 32 * 1024 * 1024  # bytes
_REPEATING: Final = pa.dictionary(pa.int32(), pa.string())


class Spool:
    """Batches in by :meth:`add`, out again by :meth:`replay`.  One file a width and choice of dictionaries."""

    def __init__(self, folder: Path, tokens: Tokens, bounds: Bounds, first_row: int) -> None:
        self._folder, self._tokens, self._bounds, self._first_row = folder, tokens, bounds, first_row
        self._files: list[Path] = []
        self._writer: pa.ipc.RecordBatchStreamWriter | None = None
        self._repeating: list[bool] = []
        self._waiting: list[pa.RecordBatch] = []
        self._text = self._heavy = self._written = 0
        self.rows = 0
        self.evidence: list[Evidence] = []

    def add(self, batch: pa.RecordBatch) -> None:
        """Take one batch of string columns.  BadInput when a bound is passed, with row and column where they exist."""
        if not batch.num_rows:
            return
        if self.rows + batch.num_rows > self._bounds.rows:
            raise BadInput(f"The table has more than {self._bounds.rows} rows.", "Split it, or raise the bound.")
        self._check_text(batch)
        if self._waiting and batch.num_columns != self._waiting[0].num_columns:
            self._flush()
        self._waiting.append(batch)
        self.rows += batch.num_rows
        self._heavy += batch.nbytes
        if self._heavy >= _HEAVY or sum(waiting.num_rows for waiting in self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        """Write what waits, as one batch: evidence costs per batch and column, and a wide table has many of both."""
        if not self._waiting:
            return
        batch = pa.Table.from_batches(self._waiting).combine_chunks().to_batches()[0]
        self._waiting, self._heavy = [], 0
        if batch.num_columns != len(self._repeating):
            self._widen(batch)
        columns = []
        for column, repeating, evidence in zip(batch.columns, self._repeating, self.evidence, strict=True):
            if repeating:
                column = column.dictionary_encode()
                indices = column.indices.drop_null().to_numpy()
                evidence.add(column.dictionary, np.bincount(indices, minlength=len(column.dictionary)))
                if column.null_count:
                    evidence.add(pa.nulls(1, pa.string()), np.array([column.null_count]))
            else:
                evidence.add(column)
            columns.append(column)
        assert self._writer is not None
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._writer_schema))
        self._written += batch.num_rows

    def _check_text(self, batch: pa.RecordBatch) -> None:
        for number, column in enumerate(batch.columns, start=1):
            self._text += column.nbytes
            longest = pc.max(pc.binary_length(column)).as_py() or 0
            if longest > self._bounds.cell:
                long = np.flatnonzero(pc.fill_null(pc.greater(pc.utf8_length(column), self._bounds.cell), False))
                if len(long):
                    raise BadInput(
                        f"Row {self._first_row + self.rows + int(long[0])}, column {number} holds more than "
                        f"{self._bounds.cell} characters.",
                        "Check the quotation marks around it, or raise the bound.",
                    )
        if self._text > self._bounds.decompressed:
            raise BadInput(
                f"The table holds more than {self._bounds.decompressed} bytes of text.", "Split it, or raise the bound."
            )

    def _widen(self, batch: pa.RecordBatch) -> None:
        """Begin a new file: the first batch, or one with more columns than those before."""
        self._finish()
        for column in batch.columns[len(self._repeating) :]:
            evidence = Evidence(self._tokens)
            if self._written:
                evidence.add(pa.nulls(1, pa.string()), np.array([self._written]))
            self.evidence.append(evidence)
            self._repeating.append(2 * pc.count_distinct(column).as_py() <= len(column))
        types = [_REPEATING if repeating else pa.string() for repeating in self._repeating]
        self._writer_schema = pa.schema([(str(i), type_) for i, type_ in enumerate(types)])
        self._files.append(self._folder / f"spool-{len(self._files)}.arrows")
        options = pa.ipc.IpcWriteOptions(use_threads=False)
        self._writer = pa.ipc.new_stream(self._files[-1], self._writer_schema, options=options)

    def close(self) -> None:
        """Write what waits.  Evidence is complete from here on."""
        self._flush()
        self._finish()

    def _finish(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def kind(self, column: int) -> pa.DataType:
        """How a column is kept: as text, or as a dictionary of it."""
        return _REPEATING if self._repeating[column] else pa.string()

    def replay(self) -> Iterator[pa.RecordBatch]:
        """The batches again, in order; the first may be narrower than the last."""
        for file in self._files:
            with file.open("rb") as handle, pa.ipc.open_stream(handle) as reader:
                yield from reader
            file.unlink()
