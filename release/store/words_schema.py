"""The tables of what people say about fields and of what follows: labels, disagreements, regradings, trained weights.

All four are aggregates: each row carries ``seq`` and ``head`` of its journal, and nothing here ever holds a cell.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from release.store.schema import METADATA


def _key(name: str, length: int = 40) -> Column[str]:
    return Column(name, String(length), nullable=False, index=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _chain() -> tuple[Column[int], Column[str]]:
    return Column("seq", Integer, nullable=False), Column("head", String(64), nullable=False)


LABELS = Table(
    "labels",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("scope", Text, nullable=False, index=True),
    _key("schema", 64),
    _text("table_name"),
    Column("field", Text, nullable=False),
    _text("category"),
    _text("found"),
    Column("proven", JSON, nullable=False),
    _text("reason"),
    _text("person"),
    _text("name"),
    _text("at"),
    _key("state", 20),
    _text("physical"),
    _text("comment"),
    _text("release"),
    _text("origin"),
    Column("evidence", JSON, nullable=False),
    _text("confirmed_by"),
    _text("confirmed_name"),
    _text("confirmed_at"),
    _text("confirmed_reason"),
    *_chain(),
    UniqueConstraint("scope", "schema", "field"),
)

DISSENTS = Table(
    "dissents",
    METADATA,
    Column("id", String(40), primary_key=True),
    _key("release"),
    Column("field", Text, nullable=False),
    _text("category"),
    _text("scale"),
    _text("level"),
    _text("held"),
    _text("reason"),
    _text("reviewer"),
    _text("at"),
    _key("state", 20),
    _text("settled_by"),
    _text("settled_at"),
    _text("settled_reason"),
    *_chain(),
)

REGRADINGS = Table(
    "regradings",
    METADATA,
    Column("id", String(40), primary_key=True),
    _key("release"),
    _text("policy"),
    _text("version_before"),
    _text("version_after"),
    _text("digest_before"),
    _text("digest_after"),
    Column("differences", JSON, nullable=False),
    _text("outcome"),
    Column("within", Boolean, nullable=False),
    Column("at", String(32), nullable=False, index=True),
    _key("state", 20),
    _text("settled_by"),
    _text("settled_at"),
    _text("settled_reason"),
    *_chain(),
)

RANKERS = Table(
    "rankers",
    METADATA,
    Column("id", String(40), primary_key=True),
    _key("state", 20),
    _text("document"),
    _text("previous"),
    Column("corrections", Integer, nullable=False),
    _text("person"),
    _text("name"),
    Column("at", String(32), nullable=False),
    _text("message"),
    *_chain(),
)
