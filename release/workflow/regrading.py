"""What a newer policy pack changes in the grades of a release, as one table: found by the service, closed by a person.

Closing says that somebody looked.  It lets nothing back on the shelf: a release that outgrew its openness can only be
followed by a new version, or by a pack that allows it again.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class RegradingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    CLOSED = "closed"


class RegradingCommand(StrEnum):
    """What can be done to a finding."""

    FIND = "find"
    CLOSE = "close"


S, C = RegradingState, RegradingCommand

REGRADING = Machine(
    name="regrading",
    rows=(
        *rows(C.FIND, (START,), (Role.SYSTEM,), (), S.OPEN),
        *rows(C.CLOSE, (S.OPEN,), (Role.REVIEWER, Role.AUTHORITY), ("not-own-work", "reason-given"), S.CLOSED),
    ),
    states={
        S.OPEN: ("待处理", "open"),
        S.CLOSED: ("已处理", "closed"),
    },
    commands={
        C.FIND: ("发现级别变化", "Found a change of grades"),
        C.CLOSE: ("处理完毕", "Close"),
    },
    final=frozenset({S.CLOSED}),
)
