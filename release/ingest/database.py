"""A table or a query behind a SQLAlchemy URL, streamed, in a transaction that can only read.

No message quotes the URL (it may hold a password), the query or what the driver says (it may quote a row).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, NoSuchTableError, SQLAlchemyError

from release.ingest.incoming import Incoming, batch
from release.ingest.settings import InputSettings
from release.nouns.errors import BadInput

_ROWS: Final = 16_384
_STREAMED: Final = {"stream_results": True, "max_row_buffer": _ROWS}
_EXACT: Final = 2**53
_SELECT: Final = re.compile(r"^\s*(?:select|with|values|table)\b", re.IGNORECASE)
_BEGIN: Final = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET TRANSACTION READ ONLY",
    "mariadb": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}


def read(url: str, settings: InputSettings) -> Incoming:
    """The rows of ``settings.table`` (``schema.table`` allowed) or ``settings.query`` behind ``url``.

    ``Dataset.digest`` is SHA-256 over the rows as they came; a table with a primary key comes in its order.
    BadInput for an unknown database, a missing driver or table, and for anything that is not one SELECT.
    """
    if settings.table is None and settings.query is None:
        raise BadInput("A database holds many tables.", "Name one with the option table, or give a query.")
    if settings.query is not None and not _SELECT.match(settings.query):
        raise BadInput("The query is not a SELECT.", "Give one statement that only reads.")
    engine, digest = _engine(url), list[str]()
    with _understandable("The database cannot be reached or read.", "Check the URL, the user and the rights."):
        statement, comments, ordered = _statement(engine, settings)
        connection = engine.connect()
    try:
        with _understandable("The database refuses the query.", "Run it in the database's own client first."):
            if begin := _BEGIN.get(engine.dialect.name):
                connection.execute(sa.text(begin))
            result = connection.execute(statement, execution_options=_STREAMED)
    except BadInput:
        connection.close()
        raise
    return Incoming(
        list(result.keys()),
        _batches(connection, result, digest),
        first_row=1,
        comments=comments,
        digest=digest,
        name=settings.table or "query",
        source=f"{engine.dialect.name}:{settings.table or 'query'}",
        notes=[] if ordered else ["the rows came in no defined order, so the digest may differ next time"],
    )


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.engine.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            parsed = _only_reading(parsed)
        return sa.create_engine(parsed, poolclass=sa.NullPool)
    except NoSuchModuleError:
        raise BadInput(
            "The database URL names a kind of database that is not known.",
            "It begins like sqlite:///, postgresql+psycopg:// or mysql+pymysql://.",
        ) from None
    except ImportError as error:
        raise BadInput(
            f"The driver {error.name or 'of this database'} is not installed.",
            "For PostgreSQL install the extra postgres; for another database install its Python driver.",
        ) from None
    except (ArgumentError, ValueError):
        raise BadInput(
            "The database URL cannot be understood.", "It looks like dialect+driver://user@host/name."
        ) from None


def _only_reading(url: sa.URL) -> sa.URL:
    """SQLite makes a database that is not there; opened as a read-only URI it says so instead."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise BadInput("An SQLite URL needs the path of a file.", "It looks like sqlite:////absolute/path.db.")
    return url.set(database=f"file:{_uri_path(url.database)}", query={"mode": "ro", "uri": "true"})


def _uri_path(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _statement(engine: sa.Engine, settings: InputSettings) -> tuple[sa.Executable, dict[str, str], bool]:
    """The statement, the comments of its columns, and whether it says in which order rows come."""
    if settings.query is not None:
        query = settings.query.rstrip().rstrip(";")
        return sa.text(query.replace(":", "\\:")), {}, "order by" in query.lower()
    schema, _, name = (settings.table or "").rpartition(".")
    try:
        table = sa.Table(name, sa.MetaData(), schema=schema or None, autoload_with=engine, resolve_fks=False)
    except NoSuchTableError:
        raise BadInput(
            f"The database has no table {settings.table!r}.", "Check its name, and its schema as schema.table."
        ) from None
    comments = {column.name: column.comment for column in table.columns if column.comment}
    key = table.primary_key.columns
    return sa.select(table).order_by(*key), comments, bool(key)


def _batches(connection: sa.Connection, result: sa.CursorResult[Any], digest: list[str]) -> Iterator[pa.RecordBatch]:
    names = list(result.keys())
    shas = [hashlib.sha256(json.dumps(name).encode()) for name in names]
    try:
        while True:
            with _understandable("The database stopped in the middle of the table.", "Try again."):
                rows = result.fetchmany(_ROWS)
            if not rows:
                break
            columns = []
            for index, sha in enumerate(shas):
                texts = [_text(row[index], index + 1) for row in rows]
                # One running digest a column, of a JSON list without its brackets: batches leave no trace.
                sha.update(json.dumps(texts, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass") + b", ")
                columns.append(pa.array(texts, pa.string()))
            yield batch(columns)
    finally:
        connection.close()
    digest.append(hashlib.sha256(b"".join(sha.digest() for sha in shas)).hexdigest())


def _text(value: Any, column: int) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return (
            None if value != value else str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
        )
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (int, UUID, dt.timedelta)):
        return str(value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    raise BadInput(
        f"Column {column} holds bytes or values of a kind that has no text.", "Leave it out, or cast it in a query."
    )


@contextmanager
def _understandable(message: str, remedy: str) -> Iterator[None]:
    """Whatever the database says is said in our words: its own may quote the URL, the query or a row."""
    try:
        yield
    except SQLAlchemyError:
        raise BadInput(message, remedy) from None
    except (UnicodeError, ValueError, OverflowError):
        raise BadInput("The database holds a value that cannot be read as text.", "Cast or leave it out.") from None
