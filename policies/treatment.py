"""What a pack asks to be done to fields, and what must hold afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.grading import Grading


@dataclass(frozen=True, slots=True)
class Ask:
    """For one field: the treatment to use at the wanted openness, under which article.

    ``entry`` names what decided: an entry of the pack's treatments, a rule, ``review``, ``too-grave``, ``not-named``,
    or nothing where a person did.  ``method`` is ``keep``, ``drop``, ``mask``, ``pseudonym``, ``generalize``,
    ``top-code``, ``round``, ``redact-text`` …
    """

    field: str
    method: str
    params: Mapping[str, Any]
    article: str
    evidence: str
    reason: str
    reason_zh: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A privacy model the released table must satisfy, with the letters of its paper."""

    name: str
    params: Mapping[str, Any]
    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A measured limit: ``metric op value``."""

    metric: str
    op: str
    value: float
    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Demands:
    """Everything a pack demands of a table at one openness; ``refusals`` are (code, message, article, remedy).

    ``planned`` is the grading of the table as it will be if every ask is done and every limit holds; its levels are a
    promise until they are measured.  ``release`` is ``microdata``, or what the pack wants in its place, with
    ``release_params`` (``epsilon`` …).
    """

    openness: str
    asks: tuple[Ask, ...]
    models: tuple[Model, ...]
    acceptance: tuple[Acceptance, ...]
    suppression_limit: float
    obligations: tuple[str, ...] = ()
    refusals: tuple[tuple[str, str, str, str], ...] = field(default_factory=tuple)
    planned: Grading | None = None
    obligation_ids: tuple[str, ...] = ()
    release: str = "microdata"
    release_params: Mapping[str, Any] = field(default_factory=dict)
