"""What was measured from the written bytes, and how each limit of the plan fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """One limit judged.  ``measured`` is None when it could not be measured, and then ``holds`` is False."""

    metric: str
    op: str
    limit: float
    measured: float | None
    holds: bool
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RiskReport:
    """Disclosure risk of the treated table.

    ``values`` holds every measured number by metric name (``k``, ``l:FIELD``, ``uniques`` …); ``classes``
    count/min/avg/max and a histogram of equivalence-class sizes; ``residual`` the direct identifiers that
    the classifiers still see, as ``field: category`` without a cell.
    """

    rows_in: int
    rows_out: int
    suppressed_rows: int
    values: Mapping[str, float]
    classes: Mapping[str, Any]
    residual: Mapping[str, str]
    verdicts: tuple[Verdict, ...]

    def passed(self) -> bool:
        """True only when there is at least one verdict and every one holds."""
        return bool(self.verdicts) and all(v.holds for v in self.verdicts)


@dataclass(frozen=True, slots=True)
class UtilityReport:
    """What the table is still good for: per field and over all, before against after."""

    values: Mapping[str, float]
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
