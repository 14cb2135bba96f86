"""The only door to DuckDB: an offline connection with a bounded memory and a locked configuration.

No extension is ever installed or loaded by itself, so a path that looks like a URL is an error and not a request.
A spill file is written only when the caller names a directory for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anonymizers.errors import AnonymizerError

MIN_MEMORY_MB = 16


def connect(
    *,
    memory_mb: int = 1024,
    threads: int = 2,
    temp: Path | None = None,
    allow: Sequence[Path] | None = None,
) -> Any:
    """A new in-memory ``duckdb.DuckDBPyConnection``; close it, or use it as a context manager.

    ``memory_mb`` bounds DuckDB's buffers (MiB); past it DuckDB spills to ``temp`` (a directory, made when absent)
    or, with ``temp=None``, refuses.  ``allow`` lists the files and directories that SQL may touch; None means every
    local path.  Rows keep their order.  Raises AnonymizerError on a bound that cannot be met.
    """
    import duckdb

    if memory_mb < MIN_MEMORY_MB:
        raise AnonymizerError(f"memory_mb is {memory_mb}: give at least {MIN_MEMORY_MB}.")
    if threads < 1:
        raise AnonymizerError(f"threads is {threads}: give at least 1.")
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
            "memory_limit": f"{memory_mb}MiB",
            "threads": str(threads),
            "temp_directory": "" if temp is None else _directory(temp),
        },
    )
    connection.execute("SET enable_progress_bar = false")
    if allow is not None:
        _fence(connection, allow)
    connection.execute("SET lock_configuration = true")
    return connection


def _directory(temp: Path) -> str:
    temp.mkdir(parents=True, exist_ok=True)
    return str(temp)


def _fence(connection: Any, allow: Sequence[Path]) -> None:
    directories = [str(path.resolve()) for path in allow if path.is_dir()]
    files = [str(path.resolve()) for path in allow if not path.is_dir()]
    connection.execute(f"SET allowed_directories = {_literals(directories)}")
    connection.execute(f"SET allowed_paths = {_literals(files)}")
    connection.execute("SET enable_external_access = false")


def _literals(texts: Sequence[str]) -> str:
    return "[" + ", ".join(literal(text) for text in texts) + "]"


def literal(text: str) -> str:
    """``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """``name`` as a quoted SQL identifier, whatever characters a header holds."""
    return '"' + name.replace('"', '""') + '"'
