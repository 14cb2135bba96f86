"""The labelled columns of real government tables, with our corrections of their labels; and other tables for trying."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from pathlib import Path

import pyarrow as pa

from classifiers.ranker.corpus import Labelled, read_columns
from classifiers.table import Header, Table

HERE = Path(__file__).parent
DATA = Path(os.environ.get("SLUICE_DATA", str(HERE.parent.parent.parent / "shared" / "data")))


def load() -> list[Labelled]:
    """All columns, with the corrections of corrections.toml applied."""
    folder = DATA / "columns_gov"
    if not folder.is_dir():
        raise SystemExit(f"No columns_gov in {DATA}; set SLUICE_DATA to the folder that has it.")
    return read_columns(folder, tomllib.loads((HERE / "corrections.toml").read_text(encoding="utf-8"))["label"])


def table_of(path: Path, name: str, delimiter: str = ",") -> Table:
    """A small CSV (zstd or plain) as a table of strings."""
    raw = path.read_bytes()
    if path.suffix == ".zst":
        raw = pa.input_stream(pa.BufferReader(raw), compression="zstd").read()
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=delimiter))
    header, body = rows[0], [r for r in rows[1:] if len(r) == len(rows[0])]
    arrays = [
        pa.array([r[i] if r[i] not in {"", "?"} else None for r in body], pa.string()) for i in range(len(header))
    ]
    batch = pa.record_batch(arrays, names=[str(i) for i in range(len(header))])
    return Table(tuple(Header(h) for h in header), len(body), lambda: iter([batch]), name)
