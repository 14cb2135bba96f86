"""The raw and the treated table side by side in DuckDB, for everything that compares the two.

What a reader would get wrong: SQL folds the case of column names and a header may hold any sign, so columns are
known by their place (``c0``, ``c1`` …) and never by their name.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from anonymizers.duck import connect, literal
from release.nouns.errors import BadInput, ReleaseError


@dataclass(frozen=True, slots=True)
class Side:
    """One table as a DuckDB view: its name, its rows, and the place of each field in it."""

    view: str
    rows: int
    places: Mapping[str, int]

    def column(self, field: str) -> str:
        """The SQL name of ``field``; KeyError when this side does not have it."""
        return f"c{self.places[field]}"


@dataclass(frozen=True, slots=True)
class Sides:
    """Both tables on one connection; ``shared`` are the fields that both have, in the order of the treated one."""

    connection: Any
    raw: Side
    treated: Side

    def shared(self) -> tuple[str, ...]:
        """Fields that came in and went out."""
        return tuple(field for field in self.treated.places if field in self.raw.places)

    def one(self, sql: str) -> Any:
        """The single value of a query."""
        return self.connection.execute(sql).fetchone()[0]


@contextmanager
def side_by_side(raw: Path, treated: Path, *, memory_mb: int, temp: Path | None = None) -> Iterator[Sides]:
    """Opens both Parquet files.  ``temp`` is where DuckDB may spill, a directory beside the treated file by default.

    Raises BadInput when a file cannot be read or names a column twice, ReleaseError when the comparison breaks.
    """
    with (
        tempfile.TemporaryDirectory(prefix=".spill-", dir=temp or treated.parent) as spill,
        connect(memory_mb=memory_mb, threads=2, temp=Path(spill)) as connection,
        without_cells(),
    ):
        yield Sides(connection, _open(connection, "raw", raw), _open(connection, "treated", treated))


@contextmanager
def without_cells() -> Iterator[None]:
    """Turns the engine's own errors, whose text may quote a cell, into one that does not."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.lstrip("_").partition(".")[0] != "duckdb":
            raise
        raise ReleaseError(
            f"Comparing the raw and the treated table broke ({type(error).__name__}).",
            "See that there is disk space beside the treated table, and try again.",
        ) from None


def _open(connection: Any, view: str, path: Path) -> Side:
    names, rows = shape(path)
    places = ", ".join(f"c{place}" for place in range(len(names)))
    connection.execute(f"CREATE VIEW {view} AS SELECT * FROM read_parquet({literal(str(path))}) AS t({places})")
    return Side(view, rows, {name: place for place, name in enumerate(names)})


def shape(path: Path) -> tuple[tuple[str, ...], int]:
    """The column names and the number of rows of a Parquet file.  Raises BadInput when there are none to be had."""
    try:
        metadata = pq.read_metadata(path)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read as Parquet ({type(error).__name__}).", "Make it again.") from None
    names = tuple(metadata.schema.to_arrow_schema().names)
    if len(set(names)) != len(names) or not names:
        raise BadInput(f"{path.name} has no columns or names one twice.", "Make it again.")
    return names, metadata.num_rows
