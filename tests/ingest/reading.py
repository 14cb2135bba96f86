"""What the tests of this folder share: read bytes, get the cells back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.dataset import Table


def read(content: bytes | str, folder: Path, name: str = "in.csv", **settings: Any) -> Table:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return ingest(path, work=folder / "work", settings=InputSettings(**settings))


def cells(table: Table) -> dict[str, list[str | None]]:
    columns: dict[str, list[str | None]] = pq.read_table(table.path).to_pydict()
    return columns


def types(table: Table) -> dict[str, str]:
    return {field.name: field.type.value for field in table.dataset.fields}
