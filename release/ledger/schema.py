"""The ledger's two tables.  Budgets are whole billionths of ρ: floats do not add up to a cap."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData()

ACCOUNTS = Table(
    "dp_account",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("cap_nrho", BigInteger, nullable=False),
    Column("spent_nrho", BigInteger, nullable=False, default=0),
    CheckConstraint("spent_nrho >= 0 AND spent_nrho <= cap_nrho", name="dp_account_never_overspent"),
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
    UniqueConstraint("account", "fingerprint", name="dp_charge_asked_once"),
    CheckConstraint("state IN ('RESERVED', 'STARTED', 'COMMITTED', 'VOID', 'BURNT')", name="dp_charge_state"),
)
