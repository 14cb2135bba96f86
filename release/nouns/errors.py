"""Breakages.  A "no" is not here: it is a :class:`release.nouns.refusal.Refusal`, a value.

Every message is one sentence about names, counts and positions.  It never holds a cell.
"""

from __future__ import annotations


class ReleaseError(Exception):
    """Something broke.  ``remedy`` says what to do next."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class BadInput(ReleaseError):
    """The caller's file, option or value cannot be used; exit code 2, HTTP 400."""


class Tampered(ReleaseError):
    """Bytes are not the bytes that were approved or signed."""
