"""Gluing columns of text together, and their bytes, without a Python loop over rows."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.large_string()  # 64-bit offsets: one batch of long cells passes 2 GiB


def glue(*parts: pa.Array | str) -> pa.Array:
    """Each row's ``parts`` one after the other; null where any part is null.  At least one part is an array."""
    texts = [pa.scalar(part, TEXT) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*texts, pa.scalar("", TEXT))


def replace_null(values: pa.Array, text: str) -> pa.Array:
    """``values`` with ``text`` where missing."""
    return pc.fill_null(values, pa.scalar(text, TEXT))


def joined_bytes(values: pa.Array) -> bytes:
    """The bytes of a large string array without nulls, one row after the other."""
    if len(values) == 0:
        return b""
    _, offsets, data = values.buffers()
    ends = memoryview(offsets).cast("q")
    first, last = ends[values.offset], ends[values.offset + len(values)]
    return b"" if data is None else bytes(memoryview(data)[first:last])
