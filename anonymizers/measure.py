"""What it takes to measure a privacy model on a written table: its name, a number, and whether the number will do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anonymizers.sample import Sample

Params = Mapping[str, Any]
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Around:
    """What a measure may need besides the table: ``reference`` is the table whose distribution is public knowledge
    (None: the measured table itself), ``population`` the wider table it was taken from, ``hierarchies`` the rows
    (value, level 1, …) of sensitive fields; ``shares[quasi-identifier][text]``: the part of its domain that a written
    text might be, and the size of that domain (empty where nobody knows)."""

    reference: Sample | None = None
    population: Sample | None = None
    hierarchies: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str | None, tuple[float, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """``take(sample, qis, params, around)`` is the attained value in the model's own letter, nan when there is
    nothing to measure; ``holds(value, params)`` compares it with what the parameters ask for; ``counts``: it is a whole
    number."""

    name: str
    take: Callable[[Sample, Sequence[str], Params, Around], float]
    holds: Callable[[float, Params], bool]
    counts: bool = False
