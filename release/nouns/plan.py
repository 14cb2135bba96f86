"""The treatment plan: a value that can be read, compared, digested and replayed.

The same plan, table and key give the same bytes (noise excepted), so nothing that decides about the output
may stand outside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.nouns.digest import digest
from release.nouns.openness import Openness

PLAN_FORMAT = 1


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """The pack that decided, by identity, version and digest."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """What happens to one field and why.

    ``method`` is the name of a treatment in ``anonymizers.treatments`` (``keep``, ``drop``, ``mask``,
    ``pseudonym``, …) or ``generalize``, whose level the search chooses.  ``role`` is one of
    direct-identifier, quasi-identifier, sensitive, insensitive.  ``grade`` maps scale to level id, as the raw field
    is graded.  ``reason`` is English, ``reason_zh`` the same in Chinese.
    """

    field: str
    category: str
    role: str
    grade: Mapping[str, str]
    method: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    article: str = ""
    evidence: str = ""
    reason: str = ""
    reason_zh: str = ""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A privacy model by its published name; ``params`` keep the letters of the paper."""

    name: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchSpec:
    """How the level of every quasi-identifier is chosen (``[search]`` of a job file)."""

    recoding: str = "global"
    metric: str = "loss"
    aggregate: str = "arithmetic-mean"
    gs_factor: float = 0.5
    monotonic: bool = False
    suppression_limit: float = 0.05
    time_limit_s: float = 60.0
    weights: Mapping[str, float] = dataclasses.field(default_factory=dict)
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    household: str = ""
    metric_params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """A measured number that must hold on the written bytes: ``metric op value``, e.g. ``k >= 20``.

    An unmeasured limit is a breach.  ``metric`` is ``k``, ``l:FIELD``, ``t:FIELD``, ``max-risk``,
    ``residual-identifiers``, ``suppressed-share``, ``linked-rows`` …; ``op`` is ``>=``, ``<=`` or ``==``.
    """

    metric: str
    op: str
    value: float
    article: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what a release looks like."""

    policy: PolicyRef
    dataset_digest: str
    dataset_name: str
    openness: Openness
    fields: tuple[FieldPlan, ...]
    models: tuple[ModelSpec, ...]
    search: SearchSpec
    limits: tuple[Limit, ...]
    obligations: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    format: int = PLAN_FORMAT

    def digest(self) -> str:
        """SHA-256 of the plan's canonical JSON."""
        return digest(self)

    def quasi_identifiers(self) -> tuple[str, ...]:
        """Released quasi-identifiers, in the order of the plan (dropped ones are not in the output)."""
        return tuple(f.field for f in self.fields if f.role == "quasi-identifier" and f.method != "drop")
