"""The life of the ranker's weights that a workspace trained from its corrections, as one table.

At most one is in use; without one the weights that ship are.  Nothing is thrown away: what was set aside can be used
again.
"""

from __future__ import annotations

from enum import StrEnum

from release.workflow.role import Role
from release.workflow.transition import START, Machine, rows


class TrainingState(StrEnum):
    """Where weights stand."""

    TRAINING = "training"
    IN_USE = "in-use"
    SET_ASIDE = "set-aside"
    FAILED = "failed"


class TrainingCommand(StrEnum):
    """What can be done about weights.  ``adopt``, ``fail`` and ``replace`` are the service's own."""

    RETRAIN = "retrain"
    ADOPT = "adopt"
    FAIL = "fail"
    REPLACE = "replace"
    REVERT = "revert"
    REUSE = "reuse"


S, C = TrainingState, TrainingCommand
AUTHORITY, SYSTEM = (Role.AUTHORITY,), (Role.SYSTEM,)

TRAINING = Machine(
    name="ranker",
    rows=(
        *rows(C.RETRAIN, (START,), AUTHORITY, (), S.TRAINING),
        *rows(C.ADOPT, (S.TRAINING,), SYSTEM, (), S.IN_USE),
        *rows(C.FAIL, (S.TRAINING,), SYSTEM, (), S.FAILED),
        *rows(C.REPLACE, (S.IN_USE,), SYSTEM, (), S.SET_ASIDE),
        *rows(C.REVERT, (S.IN_USE,), AUTHORITY, ("reason-given",), S.SET_ASIDE),
        *rows(C.REUSE, (S.SET_ASIDE,), AUTHORITY, ("reason-given",), S.IN_USE),
    ),
    states={
        S.TRAINING: ("训练中", "training"),
        S.IN_USE: ("使用中", "in use"),
        S.SET_ASIDE: ("已停用", "set aside"),
        S.FAILED: ("失败", "failed"),
    },
    commands={
        C.RETRAIN: ("重新训练", "Train again"),
        C.ADOPT: ("启用", "Take into use"),
        C.FAIL: ("训练失败", "Training failed"),
        C.REPLACE: ("被替换", "Replaced"),
        C.REVERT: ("停用并恢复", "Set aside"),
        C.REUSE: ("重新启用", "Use again"),
    },
    final=frozenset({S.FAILED}),
)
