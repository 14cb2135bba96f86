"""Tells a lost race from a breakage, for faces that may not look into the store."""

from __future__ import annotations

from release.nouns.errors import ReleaseError
from release.store.work import Conflict


def is_conflict(error: ReleaseError) -> bool:
    """Whether somebody else was faster: nothing was written, and looking again and repeating is the cure."""
    return isinstance(error, Conflict)
