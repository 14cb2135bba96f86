"""A reviewer's disagreement with a steward about one field, as one table.  An open one stops the approval.

The steward gives in by deciding on the reviewer's category; the reviewer may retract; somebody who is neither may
overrule, with a reason.  The steward alone cannot make it go away.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class DissentState(StrEnum):
    """Where a disagreement stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETRACTED = "retracted"
    OVERRULED = "overruled"


class DissentCommand(StrEnum):
    """What can be done to a disagreement."""

    DISSENT = "dissent"
    ACCEPT = "accept"
    RETRACT = "retract"
    OVERRULE = "overrule"


S, C = DissentState, DissentCommand
REVIEWER, JUDGES = (Role.REVIEWER,), (Role.REVIEWER, Role.AUTHORITY)

DISSENT = Machine(
    name="disagreement",
    rows=(
        *rows(C.DISSENT, (START,), REVIEWER, ("under-review", "not-own-work", "reason-given"), S.OPEN),
        *rows(C.ACCEPT, (S.OPEN,), (Role.STEWARD,), ("own-agency",), S.ACCEPTED),
        *rows(C.RETRACT, (S.OPEN,), REVIEWER, ("own-dissent", "reason-given"), S.RETRACTED),
        *rows(C.OVERRULE, (S.OPEN,), JUDGES, ("other-decider", "not-own-work", "reason-given"), S.OVERRULED),
    ),
    states={
        S.OPEN: ("有分歧", "open"),
        S.ACCEPTED: ("已采纳", "accepted"),
        S.RETRACTED: ("已撤回", "retracted"),
        S.OVERRULED: ("已驳回", "overruled"),
    },
    commands={
        C.DISSENT: ("提出异议", "Disagree"),
        C.ACCEPT: ("采纳异议", "Accept the disagreement"),
        C.RETRACT: ("撤回异议", "Retract the disagreement"),
        C.OVERRULE: ("驳回异议", "Overrule the disagreement"),
    },
    final=frozenset({S.ACCEPTED, S.RETRACTED, S.OVERRULED}),
)
