"""What the law says of a table, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.facts import DatasetFacts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: which rule of which stage moved which scale from what to what, and where it stands.

    ``stage`` is field, combination, dataset, derived or release.  ``evidence`` is verified, secondary or recalled:
    how sure we are that the article says so.  ``scale`` is ``openness``, ``role`` or ``marker`` for steps that move
    those; ``before`` is empty where there was nothing yet.  ``text`` is English, ``text_zh`` Chinese.  ``source`` is
    the pack that says so, empty where it is the one that grades.
    """

    stage: str
    rule: str
    scale: str
    before: str
    after: str
    article: str
    evidence: str
    text: str
    text_zh: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Required:
    """A treatment that a rule insists on, whatever the table of treatments says."""

    method: str
    params: Mapping[str, Any]
    openness: tuple[str, ...]
    rule: str
    article: str
    evidence: str
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Block:
    """A rule stops the dataset whatever is done to it."""

    code: str
    rule: str
    article: str
    text: str
    text_zh: str
    remedy: str
    remedy_zh: str


@dataclass(frozen=True, slots=True)
class Instead:
    """A rule asks for another kind of release in place of microdata, e.g. differential privacy at some epsilon."""

    kind: str
    params: Mapping[str, Any]
    openness: tuple[str, ...]
    rule: str
    article: str
    evidence: str
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class FieldGrade:
    """The grade of one field: level id per scale, the article of the step that decided, and every step.

    ``role`` is the role after the rules (a business date in a row about a person is a quasi-identifier).
    ``candidates`` are the categories that were taken as plausible, the first being the classified one.
    """

    field: str
    category: str
    role: str
    levels: Mapping[str, str]
    article: str
    evidence: str
    openness: str
    steps: tuple[Step, ...]
    needs_review: bool = False
    candidates: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    required: tuple[Required, ...] = ()


@dataclass(frozen=True, slots=True)
class Grading:
    """The grades of all fields and of the dataset (the most severe of its parts after the dataset rules).

    ``blocks`` are the codes of ``stops``; ``obligations`` and ``flags`` are ids of the pack.  ``dataset`` holds the
    facts that were graded.
    """

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
    blocks: tuple[str, ...] = ()
    stops: tuple[Block, ...] = ()
    instead: tuple[Instead, ...] = ()
    dataset: DatasetFacts = field(default_factory=lambda: DatasetFacts(rows=0))
