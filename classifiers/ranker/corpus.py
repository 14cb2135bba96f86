"""Labelled columns on disk (``columns.jsonl``, ``values.jsonl.gz``, ``label_taxonomy.json``), put back into tables.

A label may be coarser than the category tree; ``labels.toml`` says which of our categories count as which label.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from classifiers.errors import ClassifierError
from classifiers.table import Header, Table

VIEWS = ("header+values", "physical+values", "header")
NAMELESS = "values"  # as if nobody had written a name over the column
Labels = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One column: its names, values, true label, that label's level, and the source it comes from."""

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


def read_columns(folder: Path, corrected: Mapping[str, str]) -> list[Labelled]:
    """All columns of a folder; ``corrected`` maps the id of a column to the label that is right."""
    if not (folder / "columns.jsonl").is_file():
        raise ClassifierError(f"There is no columns.jsonl in {folder.name}; name the folder of the labelled columns.")
    values: dict[str, tuple[str, ...]] = {}
    with gzip.open(folder / "values.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            values[entry["id"]] = tuple(entry["values"])
    levels = {k: v[1] for k, v in json.loads((folder / "label_taxonomy.json").read_text(encoding="utf-8")).items()}
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
    """Each table under one of the ``VIEWS``, or ``NAMELESS``."""
    groups: dict[tuple[str, str], list[Labelled]] = {}
    for column in columns:
        groups.setdefault((column.source, column.table), []).append(column)
    for (_, name), members in groups.items():
        if view == "physical+values":
            headers = tuple(Header(m.physical) for m in members)
        else:
            headers = tuple(Header("" if view == NAMELESS else m.header) for m in members)
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


def read_labels(path: Path) -> Labels:
    """Category → labels it counts as, the first before the others."""
    found: Labels = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def labels_of(category: str, labels: Labels) -> Sequence[str]:
    """The labels of the category, or of the nearest one above it that has some."""
    at = category
    while at and at not in labels:
        at = at.rpartition(".")[0]
    return labels[at] if at else ()


def categories_of(label: str, categories: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The categories that count as the label: those it is the first label of, else those that cover it too."""
    first = tuple(c for c in categories if labels_of(c, labels)[:1] == [label])
    return first or tuple(c for c in categories if label in labels_of(c, labels))
