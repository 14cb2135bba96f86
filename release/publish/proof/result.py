"""What a check found: one line a check, and the first that failed as a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was re-proved, or not; ``detail`` is a sentence without a cell."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All checks that ran, in order.  What comes after the first failure was not looked at."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True only when something was checked and nothing failed."""
        return bool(self.checks) and all(check.ok for check in self.checks)

    @property
    def first_failure(self) -> str:
        """The sentence of the first check that failed; empty when none did."""
        return next((check.detail for check in self.checks if not check.ok), "")
