"""The life of a release, as one table.  A release is one version of a dataset on its way out.

Every change to what is released (bytes, a correction, the plan, the description) leads back before the review,
so an approval never outlives what it approved.  The description stands in the package, so a new one means treating
again.  ``treated`` means written *and* verified.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class ReleaseState(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    INGESTED = "ingested"
    GRADED = "graded"
    PLANNED = "planned"
    TREATED = "treated"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class ReleaseCommand(StrEnum):
    """What can be done to a release.  Commands of the role ``system`` are the worker's results."""

    UPLOAD = "upload"
    REPLACE = "replace"
    INGEST = "ingest"
    GRADE = "grade"
    FAIL = "fail"
    RETRY = "retry"
    OVERRIDE = "override"
    REEXAMINE = "re-examine"
    DESCRIBE = "describe"
    MAKE_PLAN = "make-plan"
    PLAN = "plan"
    START_TREATMENT = "start-treatment"
    TREAT = "treat"
    HOLD = "hold"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    READ = "read"
    DOWNLOAD = "download"
    DESTROY_RAW = "destroy-raw"


S, C = ReleaseState, ReleaseCommand

STATES: dict[str, tuple[str, str]] = {
    S.DRAFT: ("待接入", "uploaded, waiting to be read"),
    S.INGESTED: ("已接入", "read, waiting for grades"),
    S.GRADED: ("已分级", "classified and graded"),
    S.PLANNED: ("已定方案", "planned"),
    S.TREATED: ("已处理并验证", "treated and verified"),
    S.SUBMITTED: ("审核中", "under review"),
    S.APPROVED: ("已通过", "approved"),
    S.RETURNED: ("已退回", "returned"),
    S.PUBLISHED: ("已发布", "published"),
    S.SUSPENDED: ("已暂停", "suspended"),
    S.SUPERSEDED: ("已被替代", "superseded"),
    S.WITHDRAWN: ("已撤回", "withdrawn"),
    S.FAILED: ("失败", "failed"),
}

COMMANDS: dict[str, tuple[str, str]] = {
    C.UPLOAD: ("上传", "Upload"),
    C.REPLACE: ("更换文件", "Replace the file"),
    C.INGEST: ("接入完成", "Reading done"),
    C.GRADE: ("分级完成", "Grading done"),
    C.FAIL: ("处理失败", "Reading failed"),
    C.RETRY: ("重试", "Try again"),
    C.OVERRIDE: ("更正类别", "Correct a category"),
    C.REEXAMINE: ("重新识别分级", "Examine again"),
    C.DESCRIBE: ("修改说明", "Edit the description"),
    C.MAKE_PLAN: ("制定方案", "Make a plan"),
    C.PLAN: ("方案完成", "Plan done"),
    C.START_TREATMENT: ("开始处理", "Start the treatment"),
    C.TREAT: ("处理并验证完成", "Treated and verified"),
    C.HOLD: ("不予通过", "Stopped by a refusal"),
    C.SUBMIT: ("提交审核", "Submit for review"),
    C.APPROVE: ("通过", "Approve"),
    C.RETURN: ("退回", "Return"),
    C.PUBLISH: ("发布", "Publish"),
    C.SUPERSEDE: ("被新版本替代", "Replaced by a newer version"),
    C.SUSPEND: ("暂停开放", "Suspend"),
    C.RESUME: ("恢复开放", "Resume"),
    C.WITHDRAW: ("撤回", "Withdraw"),
    C.READ: ("查看说明", "Read the description"),
    C.DOWNLOAD: ("下载", "Download"),
    C.DESTROY_RAW: ("销毁原始数据", "Destroy the raw data"),
}

EDITABLE = (S.GRADED, S.PLANNED, S.TREATED, S.SUBMITTED, S.APPROVED, S.RETURNED)
UNPUBLISHED = (S.DRAFT, S.INGESTED, *EDITABLE, S.FAILED)
ENDED = (S.PUBLISHED, S.SUSPENDED, S.SUPERSEDED, S.WITHDRAWN)
STEWARD, REVIEWER, AUTHORITY, SYSTEM = (Role.STEWARD,), (Role.REVIEWER,), (Role.AUTHORITY,), (Role.SYSTEM,)
OWN = ("own-agency",)
SOUND = ("report-passed", "digest-unchanged", "not-closed")

RELEASE = Machine(
    name="release",
    rows=(
        *rows(C.UPLOAD, (START,), STEWARD, (), S.DRAFT),
        *rows(C.REPLACE, UNPUBLISHED, STEWARD, OWN, S.DRAFT),
        *rows(C.INGEST, (S.DRAFT, S.INGESTED), SYSTEM, (), S.INGESTED),
        *rows(C.GRADE, (S.INGESTED,), SYSTEM, (), S.GRADED),
        *rows(C.FAIL, (S.DRAFT, S.INGESTED), SYSTEM, (), S.FAILED),
        *rows(C.RETRY, (S.DRAFT, S.INGESTED, S.FAILED), STEWARD, OWN, S.DRAFT),
        *rows(C.OVERRIDE, (S.INGESTED, *EDITABLE), STEWARD, (*OWN, "reason-given"), S.INGESTED),
        *rows(C.REEXAMINE, (S.INGESTED, *EDITABLE), SYSTEM, (), S.INGESTED),
        *rows(C.DESCRIBE, (S.DRAFT, S.INGESTED, S.GRADED, S.PLANNED), STEWARD, OWN, "="),
        *rows(C.DESCRIBE, (S.TREATED, S.SUBMITTED, S.APPROVED, S.RETURNED), STEWARD, OWN, S.PLANNED),
        *rows(C.MAKE_PLAN, EDITABLE, STEWARD, OWN, S.GRADED),
        *rows(C.PLAN, (S.GRADED,), SYSTEM, (), S.PLANNED),
        *rows(C.START_TREATMENT, (S.PLANNED, S.TREATED, S.RETURNED), STEWARD, OWN, S.PLANNED),
        *rows(C.TREAT, (S.PLANNED,), SYSTEM, ("report-passed", "not-closed"), S.TREATED),
        *rows(C.HOLD, (S.GRADED, S.PLANNED), SYSTEM, (), "="),
        *rows(C.SUBMIT, (S.TREATED, S.RETURNED), STEWARD, (*OWN, *SOUND), S.SUBMITTED),
        *rows(C.APPROVE, (S.SUBMITTED,), REVIEWER, ("not-own-work", "undisputed", *SOUND), S.APPROVED),
        *rows(C.RETURN, (S.SUBMITTED, S.APPROVED), REVIEWER, ("not-own-work", "reason-given"), S.RETURNED),
        *rows(C.PUBLISH, (S.APPROVED,), STEWARD, (*OWN, "second-person", "undisputed", *SOUND), S.PUBLISHED),
        *rows(C.PUBLISH, (S.APPROVED,), AUTHORITY, ("second-person", "undisputed", *SOUND), S.PUBLISHED),
        *rows(C.SUPERSEDE, (S.PUBLISHED, S.SUSPENDED), SYSTEM, (), S.SUPERSEDED),
        *rows(C.SUSPEND, (S.PUBLISHED,), (*REVIEWER, *AUTHORITY), ("reason-given",), S.SUSPENDED),
        *rows(C.SUSPEND, (S.PUBLISHED,), STEWARD, (*OWN, "reason-given"), S.SUSPENDED),
        *rows(C.SUSPEND, (S.PUBLISHED,), SYSTEM, ("reason-given",), S.SUSPENDED),
        *rows(
            C.RESUME,
            (S.SUSPENDED,),
            (*REVIEWER, *AUTHORITY),
            ("not-own-work", "reason-given", "second-person", "within-grade", *SOUND),
            S.PUBLISHED,
        ),
        *rows(C.WITHDRAW, UNPUBLISHED, STEWARD, OWN, S.WITHDRAWN),
        *rows(C.WITHDRAW, (S.PUBLISHED, S.SUSPENDED), STEWARD, (*OWN, "reason-given"), S.WITHDRAWN),
        *rows(C.WITHDRAW, (S.PUBLISHED, S.SUSPENDED), AUTHORITY, ("reason-given",), S.WITHDRAWN),
        *rows(C.READ, (S.PUBLISHED,), (Role.PUBLIC,), ("second-person", *SOUND), "="),
        *rows(C.DOWNLOAD, (S.PUBLISHED,), (Role.PUBLIC,), ("unconditional", "second-person", *SOUND), "="),
        *rows(C.DESTROY_RAW, ENDED, STEWARD, (*OWN, "reason-given"), "="),
        *rows(C.DESTROY_RAW, ENDED, AUTHORITY, ("reason-given",), "="),
    ),
    states=STATES,
    commands=COMMANDS,
    final=frozenset({S.SUPERSEDED, S.WITHDRAWN}),
)
