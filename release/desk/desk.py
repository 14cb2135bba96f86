"""What every use case is given: the store, the vault, the road, the time, fresh identifiers and the house rules.

Use cases are plain functions ``verb(desk, actor, …)`` in the other files of this room.  Each is one transaction; each
gives a value, or a tuple of refusals and then nothing was written.  What an actor may not see is missing for them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from release.desk.road import Road
from release.nouns.refusal import Refusal
from release.store.work import Store
from release.vault.workspace import Vault

Refusals = tuple[Refusal, ...]

TERMS = (
    "使用者不得尝试重新识别个人或单位, 不得转授他人, 仅用于申请的用途, 注明数据来源, 到期删除。"
    " The user does not try to re-identify anyone, passes the data to nobody, uses them for the stated purpose only,"
    " names the source, and deletes them when the grant ends."
)


def wall_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def fresh_id(kind: str) -> str:
    """An identifier nobody can guess, such as ``rel_9f…``."""
    return f"{kind}_{secrets.token_hex(12)}"


@dataclass(frozen=True, slots=True)
class Rules:
    """House rules of one service.  Legal deadlines do not stand here: they are in policy packs."""

    max_upload_bytes: int = 4 << 30
    max_grant_days: int = 366
    session_hours: int = 12
    key_days: int = 90
    max_key_days: int = 366
    shortest_password: int = 10
    open_sign_up: bool = True
    terms: str = TERMS


@dataclass(frozen=True, slots=True)
class Desk:
    """The service without its faces.  Everything that varies between machines and tests is a member."""

    store: Store
    vault: Vault
    road: Road
    clock: Callable[[], datetime] = wall_clock
    ids: Callable[[str], str] = fresh_id
    rules: Rules = field(default_factory=Rules)

    def now(self) -> str:
        """The time as the store keeps it."""
        return stamp(self.clock())

    def later(self, **span: float) -> str:
        """The time a ``timedelta(**span)`` from now."""
        return stamp(self.clock() + timedelta(**span))


def stamp(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds: sorts as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def missing(what: str) -> Refusals:
    """The one answer for what is not there and for what the asker may not see."""
    return (Refusal("missing", f"There is no such {what}."),)


def bad(code: str, message: str, remedy: str = "") -> Refusals:
    """A refusal of something typed wrongly."""
    return (Refusal(f"input.{code}", message, remedy=remedy),)
