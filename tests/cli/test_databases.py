"""From a table behind a URL to a package that verifies against it: SQLite, and PostgreSQL where there is one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from release.store.engine import sqlite_url
from tests.cli.run import sluice
from tests.service.conftest import database, pg_server, pg_url

__all__ = ["database", "pg_server", "pg_url"]

ROWS = 1200


@pytest.fixture
def filled(database: str) -> str:
    """The URL of a database with a table ``people``."""
    chance = random.Random(2)
    people = [
        {
            "id": i,
            "phone": f"13{chance.randint(10**8, 10**9 - 1)}",
            "sex": chance.choice("MF"),
            "age": chance.randint(20, 60),
        }
        for i in range(ROWS)
    ]
    engine = create_engine(database)
    with engine.begin() as con:
        con.execute(
            text("CREATE TABLE people (id INTEGER PRIMARY KEY, phone VARCHAR(20), sex VARCHAR(1), age INTEGER)")
        )
        con.execute(text("INSERT INTO people VALUES (:id, :phone, :sex, :age)"), people)
    engine.dispose()
    return database


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("--table", "people"), ("--query", "SELECT phone, sex AS gender, age FROM people ORDER BY id")]
)
def test_a_table_behind_a_url_becomes_a_package(filled: str, words: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = sluice("release", filled, *words, "-o", out, "--json", home=tmp_path / "home")
    assert ran.code == 0, ran.out
    assert ran.json()["rows"]["in"] == ROWS
    checked = sluice("verify", out, "--json")
    assert checked.code == 0, checked.out
    for path in out.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert filled.encode() not in content and b"postgresql" not in content, path.name


def test_a_password_in_a_url_is_told_to_nobody(tmp_path: Path) -> None:
    url = "postgresql+psycopg://someone:Kanarie7731@127.0.0.1:9/nowhere"
    ran = sluice("release", url, "--table", "people", "-o", tmp_path / "out", "--json")
    assert ran.code == 2, ran.out
    assert "Kanarie7731" not in ran.out + ran.err and ran.json()["error"]["remedy"]


def test_a_url_without_a_table_asks_for_one(tmp_path: Path) -> None:
    ran = sluice("classify", sqlite_url(tmp_path / "none.db"), "--json")
    assert ran.code == 2
    assert "table" in ran.json()["error"]["remedy"]
