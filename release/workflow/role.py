"""Roles and the actor of a command.  A person holds several roles; every actor holds ``public``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """公众, 申请人, 数据专员, 安全审核员, 主管与运维, 系统.

    ``authority`` is the supervising body and the operator of the service: it manages accounts, takes things
    off the shelf, sees every journal.  ``system`` is the service itself (worker, clock), never a person.
    """

    PUBLIC = "public"
    REQUESTER = "requester"
    STEWARD = "steward"
    REVIEWER = "reviewer"
    AUTHORITY = "authority"
    SYSTEM = "system"


GRANTABLE = (Role.REQUESTER, Role.STEWARD, Role.REVIEWER, Role.AUTHORITY)

LABELS: dict[Role, tuple[str, str]] = {
    Role.PUBLIC: ("公众", "public"),
    Role.REQUESTER: ("申请人", "requester"),
    Role.STEWARD: ("数据专员", "data steward"),
    Role.REVIEWER: ("安全审核员", "security reviewer"),
    Role.AUTHORITY: ("主管部门", "authority"),
    Role.SYSTEM: ("系统", "system"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command.  ``id`` is empty for the anonymous public, which may never act in another's name."""

    id: str
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    organisation: str = ""
    name: str = ""

    def has(self, role: Role) -> bool:
        """Whether this actor may act in ``role``."""
        return role in self.roles


ANONYMOUS = Actor(id="")
SYSTEM = Actor(id="system", roles=frozenset({Role.SYSTEM}), name="system")
