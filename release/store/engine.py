"""Opens a store: SQLite by path or PostgreSQL by URL, with the tables of the one schema version this code knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from release.nouns.errors import BadInput, ReleaseError
from release.store.schema import META, METADATA, VERSION
from release.store.words_schema import DISSENTS, LABELS, RANKERS, REGRADINGS
from release.store.work import Store

BUSY_MS = 10_000
LOCK_TIMEOUT_MS = 5_000
SCHEMA_LOCK = 0x5105_1CE0
# What each version added.  Versions only ever add tables: an older database is brought up to date by making them.
ADDED = {2: (LABELS, DISSENTS, REGRADINGS, RANKERS)}


def open_store(url: str) -> Store:
    """The store behind ``url`` (``sqlite:///path`` or ``postgresql://…``), its tables made when it is new.

    Raises BadInput for a URL that cannot be used and ReleaseError when the database was written by a newer version.
    """
    engine = _engine(_parsed(url))
    try:
        _prepare(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise ReleaseError(
            f"The database cannot be opened ({type(error).__name__}).", "Check that it is there and may be written."
        ) from None
    except ReleaseError:
        engine.dispose()
        raise
    return Store(engine)


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadInput("The database URL cannot be read.", "Write sqlite:///path or postgresql://…") from None
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise BadInput("An SQLite database in memory cannot be shared with the worker.", "Name a file.")
        return parsed
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise BadInput("This kind of database is not supported.", "Write sqlite:///path or postgresql://…")


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, pool_size=10, max_overflow=40, hide_parameters=True)
            event.listen(engine, "connect", _sqlite_connect)
            event.listen(engine, "begin", _sqlite_begin)
            return engine
        options = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c timezone=UTC"
        return create_engine(
            url,
            pool_size=10,
            max_overflow=40,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": options},
        )
    except (ImportError, NoSuchModuleError):
        raise BadInput("The PostgreSQL driver is not installed.", "Install the extra: sluice[postgres].") from None


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("sluice_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(engine: Engine) -> None:
    with engine.connect().execution_options(sluice_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHEMA_LOCK})
        if not inspect(connection).has_table(META.name):
            METADATA.create_all(connection)
            connection.execute(META.insert().values(key="schema", value=str(VERSION)))
            return
        found = connection.execute(select(META.c.value).where(META.c.key == "schema")).scalar_one_or_none()
        if found is not None and found.isdecimal() and 1 <= int(found) < VERSION:
            _bring_up(connection, int(found))
        elif found != str(VERSION):
            raise ReleaseError(
                f"The database has schema {found or 'unknown'}, this version knows {VERSION}.",
                "Use the version of Sluice that wrote it, or a new database.",
            )


def _bring_up(connection: Connection, found: int) -> None:
    """Makes the tables that a database of an older version lacks; nothing that is there is touched."""
    for version in range(found + 1, VERSION + 1):
        METADATA.create_all(connection, tables=list(ADDED[version]))
    connection.execute(META.update().where(META.c.key == "schema").values(value=str(VERSION)))
