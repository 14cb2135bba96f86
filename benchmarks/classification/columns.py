"""The labelled columns of real government tables, put back into their tables; and other tables for trying."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from classifiers.table import Header, Table

HERE = Path(__file__).parent
DATA = Path(os.environ.get("SLUICE_DATA", str(HERE.parent.parent.parent / "shared" / "data")))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One column: its names, values, true label, that label's level, and the repository it comes from."""

    id: str
    header: str
    physical: str
    table: str
    description: str
    label: str
    level: int
    source: str
    language: str
    values: tuple[str, ...]


def load() -> list[Labelled]:
    """All columns, with the corrections of corrections.toml applied."""
    folder = DATA / "columns_gov"
    if not folder.is_dir():
        raise SystemExit(f"No columns_gov in {DATA}; set SLUICE_DATA to the folder that has it.")
    values: dict[str, tuple[str, ...]] = {}
    with gzip.open(folder / "values.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            values[entry["id"]] = tuple(entry["values"])
    levels = {k: v[1] for k, v in json.loads((folder / "label_taxonomy.json").read_text(encoding="utf-8")).items()}
    corrected = tomllib.loads((HERE / "corrections.toml").read_text(encoding="utf-8"))["label"]
    found: list[Labelled] = []
    for line in (folder / "columns.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        label = corrected.get(row["id"], row["label"])
        found.append(
            Labelled(
                row["id"],
                row["header"] or "",
                row["header_raw"] or "",
                row["table"],
                row["table_desc"] or "",
                label,
                levels[label],
                row["prov"]["repo"],
                row["lang"],
                values[row["id"]],
            )
        )
    return found


def tables(columns: Sequence[Labelled], view: str) -> Iterator[tuple[Table, list[Labelled]]]:
    """Each table under one of the views ``header+values``, ``physical+values``, ``header``."""
    groups: dict[tuple[str, str], list[Labelled]] = {}
    for column in columns:
        groups.setdefault((column.source, column.table), []).append(column)
    for (_, name), members in groups.items():
        if view == "physical+values":
            headers = tuple(Header(m.physical) for m in members)
        else:
            headers = tuple(Header(m.header) for m in members)
        rows = 0 if view == "header" else max(len(m.values) for m in members)
        arrays = [
            pa.array([v if v != "" else None for v in m.values] + [None] * (rows - len(m.values)), pa.string())
            for m in members
        ]
        batch = pa.record_batch(arrays, names=[str(i) for i in range(len(members))]) if rows else None
        described = name if view == "physical+values" else (members[0].description or name)

        def batches(batch: pa.RecordBatch | None = batch) -> Iterator[pa.RecordBatch]:
            return iter([batch] if batch is not None else [])

        yield Table(headers, rows, batches, described), members


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
