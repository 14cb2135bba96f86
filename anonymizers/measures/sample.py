"""Open a written table for measurement, in place: Parquet or CSV, every column as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anonymizers.duck import connect, identifier, literal
from anonymizers.errors import AnonymizerError
from anonymizers.sample import TABLE, Sample


def open_sample(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    suppressed: str | None = None,
    delimiter: str = ",",
    memory_mb: int = 1024,
    threads: int = 2,
    temp: Path | None = None,
) -> Sample:
    """A ``Sample`` over ``path`` (``.parquet``, anything else is read as CSV with a header and ``"`` as quote).

    ``columns`` narrows what may be measured; ``suppressed`` is the text that stands in every quasi-identifier of a
    suppressed row.  ``temp`` is where DuckDB may spill past ``memory_mb``.  Raises AnonymizerError when the file
    cannot be read or a column is missing.
    """
    if not path.is_file():
        raise AnonymizerError("There is no table at the path to be measured.")
    connection = connect(memory_mb=memory_mb, threads=threads, temp=temp, allow=[path.resolve()])
    try:
        source = _source(path.resolve(), delimiter)
        names = _names(connection, source)
        chosen = tuple(names if columns is None else columns)
        missing = [name for name in chosen if name not in names]
        if missing:
            raise AnonymizerError(f"The table has no field {missing[0]!r}: measure one of its own fields.")
        texts = ", ".join(f"{identifier(name)}::VARCHAR AS {identifier(name)}" for name in chosen) or "1 AS __none"
        connection.execute(f"CREATE TEMP VIEW {TABLE} AS SELECT {texts} FROM {source}")
        rows = connection.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
    except AnonymizerError:
        connection.close()
        raise
    except Exception as error:  # noqa: BLE001 - DuckDB's text may quote a cell, so it is not passed on
        connection.close()
        raise AnonymizerError(
            f"The table cannot be read as {'Parquet' if _is_parquet(path) else 'CSV'} ({type(error).__name__}): check "
            "the file and its delimiter."
        ) from None
    return Sample(connection, chosen, int(rows), suppressed)


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == ".parquet"


def _source(path: Path, delimiter: str) -> str:
    if _is_parquet(path):
        return f"read_parquet({literal(str(path))})"
    return (
        f"read_csv({literal(str(path))}, delim={literal(delimiter)}, header=true, all_varchar=true, quote='\"', "
        "escape='\"', nullstr='', strict_mode=true, sample_size=20480, auto_detect=false, columns="
        f"{_columns(path, delimiter)})"
    )


def _columns(path: Path, delimiter: str) -> str:
    """The header as DuckDB's column list, so that nothing about the file is guessed."""
    import csv

    with path.open(encoding="utf-8-sig", newline="") as handle:
        names = next(csv.reader(handle, delimiter=delimiter), [])
    if not names:
        raise AnonymizerError("The table has no header line: write one.")
    if len(set(names)) != len(names):
        raise AnonymizerError("The table's header names a field twice: rename one.")
    return "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"


def _names(connection: object, source: str) -> list[str]:
    rows = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # type: ignore[attr-defined]
    return [row[0] for row in rows]
