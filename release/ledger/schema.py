"""The ledger's tables.  Budgets are whole billionths of ρ and whole 10⁻¹⁵ of δ: floats do not add up to a cap.

A charge is one line, and a debit of every account it touches.  Events are only ever appended, an account at a
time; each names the hash of the one before it, and the account keeps the last."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

ACCOUNTS = Table(
    "dp_account",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("cap_nrho", BigInteger, nullable=False),
    Column("spent_nrho", BigInteger, nullable=False, default=0),
    Column("cap_ndelta", BigInteger, nullable=False, server_default="1000000000"),
    Column("spent_ndelta", BigInteger, nullable=False, server_default="0"),
    Column("head", String(64), nullable=False, server_default=""),
    CheckConstraint("spent_nrho >= 0 AND spent_nrho <= cap_nrho", name="dp_account_never_overspent"),
    CheckConstraint("spent_ndelta >= 0 AND spent_ndelta <= cap_ndelta", name="dp_account_never_overspent_delta"),
)

CHARGES = Table(
    "dp_charge",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("account", String(200), ForeignKey("dp_account.id"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("nrho", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("created", String(32), nullable=False),
    Column("answer", Text),
    Column("ndelta", BigInteger, nullable=False, server_default="0"),
    Column("others", Text, nullable=False, server_default="[]"),
    Column("evidence", Text, nullable=False, server_default=""),
    UniqueConstraint("account", "fingerprint", name="dp_charge_asked_once"),
    CheckConstraint("state IN ('RESERVED', 'STARTED', 'COMMITTED', 'VOID', 'BURNT')", name="dp_charge_state"),
)

EVENTS = Table(
    "dp_event",
    METADATA,
    Column("account", String(200), ForeignKey("dp_account.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("charge", String(36), nullable=False),
    Column("state", String(10), nullable=False),
    Column("nrho", BigInteger, nullable=False),
    Column("ndelta", BigInteger, nullable=False),
    Column("detail", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
