"""The door to DuckDB: offline, fenced, bounded, and its settings stay as they were made."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymizers.duck import connect, identifier, literal
from anonymizers.errors import AnonymizerError


@pytest.mark.parametrize(
    "sql",
    [
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('https://example.invalid/a.csv')",
        "SELECT * FROM 's3://bucket/a.parquet'",
        "SET autoinstall_known_extensions = true",
        "SET threads = 64",
    ],
)
def test_nothing_is_fetched_loaded_or_unlocked(sql: str, tmp_path: Path) -> None:
    import duckdb

    for allow in (None, [tmp_path]):
        with connect(allow=allow) as connection, pytest.raises(duckdb.Error):
            connection.execute(sql).fetchall()


def test_only_what_is_allowed_is_read(tmp_path: Path) -> None:
    import duckdb

    mine, theirs = tmp_path / "it's mine.csv", tmp_path / "theirs.csv"
    for path in (mine, theirs):
        path.write_text("a\n1\n", encoding="utf-8")
    with connect(allow=[mine]) as connection:
        assert connection.execute(f"SELECT * FROM read_csv({literal(str(mine))})").fetchall() == [(1,)]
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"SELECT * FROM read_csv({literal(str(theirs))})")
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"COPY (SELECT 1) TO {literal(str(theirs))}")


def test_a_python_variable_is_not_a_table() -> None:
    import duckdb
    import pyarrow as pa

    secret = pa.table({"a": [1]})
    with connect() as connection, pytest.raises(duckdb.CatalogException):
        connection.execute("SELECT * FROM secret")
    assert secret.num_rows == 1


def test_memory_is_bounded_and_spills_where_it_is_told(tmp_path: Path) -> None:
    import duckdb

    sql = "SELECT count(*) FROM (SELECT DISTINCT md5(i::VARCHAR) AS h FROM range(1500000) t(i) ORDER BY h)"
    with connect(memory_mb=32, threads=1) as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute(sql).fetchall()
    with connect(memory_mb=64, threads=1, temp=tmp_path / "spill") as connection:
        assert connection.execute(sql).fetchall() == [(1500000,)]
    with pytest.raises(AnonymizerError, match="memory_mb is 1"):
        connect(memory_mb=1)
    with pytest.raises(AnonymizerError, match="threads is 0"):
        connect(threads=0)


def test_names_and_texts_are_quoted() -> None:
    odd = 'a"b; DROP TABLE x'
    with connect() as connection:
        connection.execute(f"CREATE TABLE t ({identifier(odd)} VARCHAR)")
        connection.execute(f"INSERT INTO t VALUES ({literal(odd)})")
        assert connection.execute(f"SELECT {identifier(odd)} FROM t").fetchall() == [(odd,)]
