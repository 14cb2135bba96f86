"""The life of a label: what a person says a field of one schema is, as one table.

What a reader would get wrong: a label in force is not yet applied.  Where the checksums of a table prove something that
the label leaves for less, it is applied only when a second person confirmed it; ``propose`` keeps one that waits.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class LabelState(StrEnum):
    """Where a label stands."""

    PENDING = "pending"
    IN_FORCE = "in-force"
    REMOVED = "removed"


class LabelCommand(StrEnum):
    """What can be done to a label."""

    DECIDE = "decide"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REMOVE = "remove"


S, C = LabelState, LabelCommand
STEWARD, SECOND = (Role.STEWARD,), (Role.REVIEWER, Role.AUTHORITY)
ANY = (START, S.PENDING, S.IN_FORCE, S.REMOVED)

LABEL = Machine(
    name="label",
    rows=(
        *rows(C.DECIDE, ANY, STEWARD, ("own-agency", "reason-given", "above-proof"), S.IN_FORCE),
        *rows(C.PROPOSE, ANY, STEWARD, ("own-agency", "reason-given"), S.PENDING),
        *rows(C.CONFIRM, (S.PENDING, S.IN_FORCE), SECOND, ("other-decider", "reason-given"), S.IN_FORCE),
        *rows(C.REMOVE, (S.PENDING, S.IN_FORCE), STEWARD, ("own-agency", "reason-given"), S.REMOVED),
        *rows(C.REMOVE, (S.PENDING, S.IN_FORCE), SECOND, ("reason-given",), S.REMOVED),
    ),
    states={
        S.PENDING: ("待第二人确认", "waits for a second person"),
        S.IN_FORCE: ("有效", "in force"),
        S.REMOVED: ("已撤销", "removed"),
    },
    commands={
        C.DECIDE: ("确定类别", "Decide the category"),
        C.PROPOSE: ("提议类别", "Propose the category"),
        C.CONFIRM: ("确认", "Confirm"),
        C.REMOVE: ("撤销", "Remove"),
    },
    final=frozenset(),
)
