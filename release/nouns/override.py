"""A person's word on what a field is: it replaces the finding, and its reason is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Override:
    """``category`` is an id of the category tree; ``reason`` is what the person gave, ``actor`` who it was."""

    category: str
    reason: str = ""
    actor: str = ""
