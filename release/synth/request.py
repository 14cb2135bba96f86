"""A synthesis as data: whose privacy, how much budget, which public fields, which method.

What a reader would get wrong: the number of rows and the limits on time and memory are not part of the question.  They
change nothing that was measured, so asking for other rows of the same model is free.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from release.nouns.digest import digest
from release.synth.domain import PublicField

METHODS = ("aim", "mst", "independent")
ONEWAY = 0.45  # share of the budget for the fields by themselves: more serves one field, less serves three


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process that does the work may use."""

    time_s: float = 900.0
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Request:
    """``unit`` is ``row`` or the field that identifies a person, of whom at most ``max_rows`` rows count.

    ``nrho`` is the whole budget in billionths of ρ; ``epsilon`` and ``delta`` are kept where they were what was asked
    for.  ``rows`` is 0 where the noisy total decides."""

    fields: tuple[PublicField, ...]
    method: str
    nrho: int
    lineage: str
    epsilon: float = 0.0
    delta: float = 0.0
    unit: str = "row"
    max_rows: int = 1
    oneway: float = ONEWAY
    degree: int = 3
    max_size_mb: float = 20.0
    rows: int = 0
    limits: Limits = Limits()

    def per_unit(self) -> int:
        """The most rows that one unit can have."""
        return 1 if self.unit == "row" else self.max_rows


def canonical(request: Request) -> Request:
    """The same question with fields and values in one order, and without what does not change the answer."""
    ordered = sorted(
        (replace(field, keys=tuple(sorted(field.keys))) for field in request.fields), key=lambda field: field.name
    )
    return replace(request, fields=tuple(ordered), rows=0, limits=Limits(), epsilon=0.0, delta=0.0)


def fingerprint(request: Request, data: str) -> str:
    """Names the question to one version of the data, whose digest is ``data``."""
    return digest({"data": data, "synthesis": canonical(request)})
