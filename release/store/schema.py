"""The tables.  Aggregates (people, datasets, releases, applications) carry ``seq`` and ``head`` of their journal.

Times are ISO 8601 text in UTC; lists and objects are JSON; nothing here ever holds a cell of a dataset.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = 2

METADATA = MetaData()


def _id() -> Column[str]:
    return Column("id", String(40), primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _chain() -> tuple[Column[int], Column[str]]:
    return Column("seq", Integer, nullable=False), Column("head", String(64), nullable=False)


META = Table("meta", METADATA, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

PEOPLE = Table(
    "people",
    METADATA,
    _id(),
    Column("login", String(80), nullable=False, unique=True),
    _text("name"),
    _text("organisation"),
    Column("roles", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    _text("created_at"),
    *_chain(),
)

CREDENTIALS = Table(
    "credentials",
    METADATA,
    Column("person", String(40), primary_key=True),
    Column("password_hash", Text, nullable=False),
)

API_KEYS = Table(
    "api_keys",
    METADATA,
    _id(),
    Column("person", String(40), nullable=False, index=True),
    _text("label"),
    Column("prefix", String(20), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    _text("created_at"),
    _text("expires_at"),
    _text("revoked_at"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("person", String(40), nullable=False, index=True),
    Column("csrf", String(80), nullable=False),
    _text("created_at"),
    Column("expires_at", String(32), nullable=False, index=True),
)

DATASETS = Table(
    "datasets",
    METADATA,
    _id(),
    Column("owner", String(40), nullable=False, index=True),
    Column("organisation", Text, nullable=False, index=True),
    _text("created_at"),
    _text("latest"),
    Column("published", String(40), nullable=False, index=True),
    *_chain(),
)

RELEASES = Table(
    "releases",
    METADATA,
    _id(),
    Column("dataset", String(40), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    _text("title"),
    _text("description"),
    Column("keywords", JSON, nullable=False),
    Column("owner", String(40), nullable=False, index=True),
    Column("organisation", Text, nullable=False, index=True),
    _text("uploader"),
    _text("filename"),
    Column("size", BigInteger, nullable=False),
    _text("raw_object"),
    _text("raw_digest"),
    _text("policy"),
    Column("openness", String(20), nullable=False),
    Column("hands", JSON, nullable=False),
    _text("created_at"),
    _text("changed_at"),
    Column("generation", Integer, nullable=False),
    _text("columnar_object"),
    _text("examination_doc"),
    _text("plan_doc"),
    _text("report_doc"),
    Column("refusals", JSON, nullable=False),
    Column("report_passed", Boolean, nullable=False),
    _text("package"),
    _text("manifest"),
    _text("sealed"),
    _text("submitter"),
    _text("submitted_at"),
    _text("approver"),
    _text("published_at"),
    *_chain(),
    UniqueConstraint("dataset", "number"),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
)

OVERRIDES = Table(
    "overrides",
    METADATA,
    _id(),
    Column("release", String(40), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("at", String(32), nullable=False),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    _id(),
    Column("release", String(40), nullable=False, index=True),
    Column("reviewer", String(40), nullable=False),
    Column("decision", String(20), nullable=False),
    _text("comment"),
    Column("sealed", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("void", Boolean, nullable=False),
)

APPLICATIONS = Table(
    "applications",
    METADATA,
    _id(),
    Column("dataset", String(40), nullable=False, index=True),
    Column("applicant", String(40), nullable=False, index=True),
    _text("organisation"),
    Column("state", String(20), nullable=False, index=True),
    _text("purpose"),
    Column("answers", JSON, nullable=False),
    _text("terms"),
    Column("terms_accepted", Boolean, nullable=False),
    _text("created_at"),
    _text("changed_at"),
    _text("submitted_at"),
    _text("decided_by"),
    _text("decided_at"),
    _text("comment"),
    _text("granted_by"),
    _text("starts_at"),
    _text("ends_at"),
    *_chain(),
)

JOBS = Table(
    "jobs",
    METADATA,
    _id(),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("release", String(40), nullable=False, index=True),
    Column("generation", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("status", String(20), nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    _text("worker"),
    Column("lease_until", Float, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("progress", Float, nullable=False),
    _text("step"),
    _text("message"),
    Column("cancel", Boolean, nullable=False),
    _text("created_at"),
    _text("started_at"),
    _text("finished_at"),
)

DOWNLOADS = Table(
    "downloads",
    METADATA,
    Column("release", String(40), primary_key=True),
    Column("file", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)

JOURNAL = Table(
    "journal",
    METADATA,
    Column("aggregate", String(60), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", String(32), nullable=False, index=True),
    Column("actor", String(40), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("type", String(60), nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_hash", String(64), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

SEALS = Table(
    "seals",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("heads", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

Index("ix_releases_dataset_state", RELEASES.c.dataset, RELEASES.c.state)
Index("ix_jobs_queue", JOBS.c.status, JOBS.c.number)
