"""Put released rows into an order that tells nothing of the order they came in.

The place of a row is a pseudorandom number drawn under a key of the plan, so the same plan, table and key give the
same order and two releases of one table give different ones.  Without a shuffle a row's place would link it to the
register it came from, whatever was done to its cells.  Large tables go through bucket files of treated rows, which
are gone when the writing is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.cipher import derive, keystream

BUCKET_ROWS = 1 << 20
BUCKET_BYTES = 1 << 28
ROW_GROUP = 1 << 17
PLACE = "\x00place"

Places = npt.NDArray[np.uint64]


def places(key: bytes, start: int, rows: int) -> Places:
    """The pseudorandom places of rows ``start`` … under ``key`` (32 bytes): 64 bits each."""
    skip = start % 2
    stream = keystream(key, (rows + skip) * 8, offset=(start - skip) * 8)
    return np.frombuffer(stream, "<u8")[skip:].astype(np.uint64)


def order_key(key: bytes, plan_digest: str) -> bytes:
    """The key of the order of rows under one plan."""
    return derive(key, purpose="row-order", scope=plan_digest)


def bucket_bits(rows: int, size: int) -> int:
    """How many leading bits of a place choose the bucket, so that a bucket fits into memory."""
    wanted = max(-(-rows // BUCKET_ROWS), -(-size // BUCKET_BYTES), 1)
    return min((wanted - 1).bit_length(), 10)


class Writer:
    """Takes batches with their places (None: keep the order) and writes one Parquet file.

    Use as a context; nothing is readable at ``path`` before it closes without an error."""

    def __init__(self, path: Path, schema: pa.Schema, *, bits: int) -> None:
        self._schema = schema
        self._bits = bits
        self._held: list[pa.RecordBatch] = []
        self._placed = schema.append(pa.field(PLACE, pa.uint64()))
        self._files = [path.with_name(f"bucket-{number}") for number in range(1 << bits)] if bits else []
        self._sinks = [pa.ipc.new_stream(str(file), self._placed) for file in self._files]
        self._out = pq.ParquetWriter(path, schema, compression="zstd")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for sink in self._sinks:
            sink.close()
        if kind is None:
            for table in self._buckets():
                self._write(table)
        self._out.close()
        for file in self._files:
            file.unlink(missing_ok=True)

    def add(self, batch: pa.RecordBatch, places: Places | None) -> None:
        """Add rows; with ``places`` they are written only when the context closes."""
        if places is None:
            self._out.write_batch(batch, row_group_size=ROW_GROUP)
            return
        placed = pa.RecordBatch.from_arrays([*batch.columns, pa.array(places)], schema=self._placed)
        if not self._bits:
            self._held.append(placed)
            return
        bucket = (places >> np.uint64(64 - self._bits)).astype(np.int64)
        for number in np.unique(bucket):
            self._sinks[number].write_batch(placed.filter(pa.array(bucket == number)))

    def _buckets(self) -> Iterator[pa.Table]:
        if self._held:
            yield pa.Table.from_batches(self._held, self._placed)
        for file in self._files:
            with pa.OSFile(str(file)) as source:
                yield pa.ipc.open_stream(source).read_all()

    def _write(self, table: pa.Table) -> None:
        whole = table.combine_chunks()
        order = np.argsort(whole.column(PLACE).to_numpy(), kind="stable")
        rows = whole.drop_columns([PLACE])
        for start in range(0, len(order), ROW_GROUP):
            self._out.write_table(rows.take(pa.array(order[start : start + ROW_GROUP])), row_group_size=ROW_GROUP)
