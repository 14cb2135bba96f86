"""What the law says of a table, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: which rule of which stage moved which scale from what to what, and where it stands.

    ``stage`` is field, combination, dataset, derived or release.  ``evidence`` is verified, secondary or recalled:
    how sure we are that the article says so.
    """

    stage: str
    rule: str
    scale: str
    before: str
    after: str
    article: str
    evidence: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldGrade:
    """The grade of one field: level id per scale, the article of the step that decided, and every step."""

    field: str
    category: str
    role: str
    levels: Mapping[str, str]
    article: str
    evidence: str
    openness: str
    steps: tuple[Step, ...]
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Grading:
    """The grades of all fields and of the dataset (the most severe of its parts after the dataset rules)."""

    policy: str
    version: str
    digest: str
    fields: tuple[FieldGrade, ...]
    levels: Mapping[str, str]
    openness: str
    article: str
    steps: tuple[Step, ...]
    obligations: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    blocks: tuple[str, ...] = field(default_factory=tuple)
