"""One transaction.  ``Store.write()`` commits at the end of its block or not at all; ``Store.read()`` sees one moment.

What a reader would get wrong: in a writing transaction rows are locked when they are read (PostgreSQL), or the whole
database is (SQLite, BEGIN IMMEDIATE), so what a decision was based on cannot change before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, func, insert, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, StatementError

from release.nouns.errors import BadInput, ReleaseError


class Conflict(ReleaseError):
    """Somebody else changed the row first; nothing of this transaction was written."""


@dataclass(frozen=True, slots=True)
class Work:
    """An open transaction; only this package looks inside."""

    connection: Connection
    writing: bool

    def one(self, query: Select[Any]) -> dict[str, Any] | None:
        """The only row as a dictionary, or None; locked when this transaction writes."""
        if self.writing:
            query = query.with_for_update()
        row = self.connection.execute(query).mappings().one_or_none()
        return dict(row) if row is not None else None

    def all(self, query: Select[Any]) -> list[dict[str, Any]]:
        """Every row as a dictionary."""
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def count(self, query: Select[Any]) -> int:
        """How many rows ``query`` has."""
        return int(self.connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def put(self, table: Table, **values: Any) -> bool:
        """Inserts a row unless its primary key is there already; whether it was new."""
        build = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
        query = build(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
        return self.connection.execute(query).first() is not None

    def add(self, table: Table, **values: Any) -> None:
        """Inserts a row."""
        self.connection.execute(insert(table).values(**values))

    def clock(self) -> float:
        """Seconds since 1970 by the database's own clock, the one all workers share."""
        if self.connection.dialect.name == "postgresql":
            text = "EXTRACT(EPOCH FROM clock_timestamp())::double precision"
        else:
            text = "(julianday('now') - 2440587.5) * 86400.0"
        return float(self.connection.execute(select(literal_column(text))).scalar_one())


# Lock timeout, deadlock, serialisation failure, or a unique value that another transaction wrote first.
LOCKED = frozenset(
    {"55P03", "40P01", "40001", "23505", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_CONSTRAINT_UNIQUE"}
)


def _told(error: Exception) -> Exception:
    """The error as callers know it; one that nobody foresaw stays what it is, without its values."""
    cause = getattr(error, "orig", None)
    state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    if state in LOCKED:
        return Conflict("Somebody else is changing the same thing.", "Look at it again and repeat.")
    if isinstance(error, (DataError, UnicodeEncodeError)) or isinstance(cause, UnicodeEncodeError):
        return BadInput("A text holds a character that cannot be kept.", "Remove control characters.")
    return error


class Store:
    """A database that holds the service's tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """For the privacy ledger, which keeps its own tables in the same database."""
        return self._engine

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A writing transaction: all of the block, or nothing when it raises.  A lost race raises Conflict."""
        try:
            with self._engine.connect().execution_options(sluice_writes=True) as connection, connection.begin():
                yield Work(connection, writing=True)
        except (StatementError, UnicodeEncodeError) as error:
            raise _told(error) from None

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A reading transaction over one moment of the database."""
        options: dict[str, Any] = {}
        if self._engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield Work(connection, writing=False)
        except (StatementError, UnicodeEncodeError) as error:
            raise _told(error) from None

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()
