"""The life of an application for conditional data, as one table.

The grant is the application in the state ``active``: it ends at a time, and every download asks this table again,
so a revocation holds from the next request on.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class AccessState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class AccessCommand(StrEnum):
    """What can be done to an application."""

    OPEN = "open"
    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REFUSE = "refuse"
    GRANT = "grant"
    REVOKE = "revoke"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    DOWNLOAD = "download"


S, C = AccessState, AccessCommand
REQUESTER, SYSTEM = (Role.REQUESTER,), (Role.SYSTEM,)
DECIDERS = (Role.REVIEWER, Role.AUTHORITY)

ACCESS = Machine(
    name="application",
    rows=(
        *rows(C.OPEN, (START,), REQUESTER, ("conditional-published",), S.DRAFT),
        *rows(C.EDIT, (S.DRAFT,), REQUESTER, ("own-application",), "="),
        *rows(
            C.SUBMIT,
            (S.DRAFT,),
            REQUESTER,
            ("own-application", "purpose-given", "terms-accepted", "conditional-published"),
            S.SUBMITTED,
        ),
        *rows(C.APPROVE, (S.SUBMITTED,), DECIDERS, ("other-person", "conditional-published"), S.APPROVED),
        *rows(C.REFUSE, (S.SUBMITTED,), DECIDERS, ("other-person", "reason-given"), S.REFUSED),
        *rows(C.GRANT, (S.APPROVED,), DECIDERS, ("other-person", "conditional-published", "end-ahead"), S.ACTIVE),
        *rows(
            C.GRANT,
            (S.APPROVED,),
            (Role.STEWARD,),
            ("own-agency", "other-person", "conditional-published", "end-ahead"),
            S.ACTIVE,
        ),
        *rows(C.REVOKE, (S.APPROVED, S.ACTIVE), DECIDERS, ("reason-given",), S.REVOKED),
        *rows(C.REVOKE, (S.APPROVED, S.ACTIVE), (Role.STEWARD,), ("own-agency", "reason-given"), S.REVOKED),
        *rows(C.EXPIRE, (S.ACTIVE,), SYSTEM, ("past-end",), S.EXPIRED),
        *rows(
            C.WITHDRAW,
            (S.DRAFT, S.SUBMITTED, S.APPROVED, S.ACTIVE),
            REQUESTER,
            ("own-application",),
            S.WITHDRAWN,
        ),
        *rows(
            C.DOWNLOAD,
            (S.ACTIVE,),
            REQUESTER,
            ("own-application", "grant-live", "conditional-published", "report-passed", "digest-unchanged"),
            "=",
        ),
    ),
    states={
        S.DRAFT: ("填写中", "draft"),
        S.SUBMITTED: ("待审批", "waiting for a decision"),
        S.APPROVED: ("已同意", "approved"),
        S.REFUSED: ("已拒绝", "refused"),
        S.ACTIVE: ("授权有效", "granted"),
        S.EXPIRED: ("已到期", "expired"),
        S.REVOKED: ("已收回", "revoked"),
        S.WITHDRAWN: ("已撤回", "withdrawn"),
    },
    commands={
        C.OPEN: ("新建申请", "Start an application"),
        C.EDIT: ("修改申请", "Edit the application"),
        C.SUBMIT: ("提交申请", "Submit the application"),
        C.APPROVE: ("同意", "Approve"),
        C.REFUSE: ("拒绝", "Refuse"),
        C.GRANT: ("授权", "Grant"),
        C.REVOKE: ("收回授权", "Revoke"),
        C.EXPIRE: ("到期", "Expire"),
        C.WITHDRAW: ("撤回申请", "Withdraw"),
        C.DOWNLOAD: ("下载", "Download"),
    },
    final=frozenset({S.REFUSED, S.EXPIRED, S.REVOKED, S.WITHDRAWN}),
)
