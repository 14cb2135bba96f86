"""A job as a value: what was said about the input, the fields, the models, the search and the release.

Everything is optional; what is absent is left to the sniffers, the classifiers, the policy and the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from release.nouns.openness import Openness
from release.nouns.plan import ModelSpec, SearchSpec


@dataclass(frozen=True, slots=True)
class JobField:
    """What a person decided about one field.  ``treatment`` is a method with ``params``; ``drop`` leaves the field out.

    ``hierarchy`` is a builder's table (``kind`` and its parameters); a CSV file is the table of kind ``csv`` with an
    absolute path and the digest the file had."""

    name: str
    role: str = ""
    category: str = ""
    hierarchy: Mapping[str, Any] | None = None
    min_level: int | None = None
    max_level: int | None = None
    treatment: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    drop: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RiskSpec:
    """``[risk]``: what is known of the table as a sample.  ``sampling_fraction`` is its share of the population (None:
    not told), ``weight`` the field that says how many people a record stands for, ``household`` the field that says
    who lives together, ``suda_size`` the most fields of a special unique."""

    sampling_fraction: float | None = None
    weight: str = ""
    household: str = ""
    suda_size: int = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One job file.  ``input``, ``aggregate``, ``query`` and ``synthesize`` go on as they stand to their readers.

    ``search`` is None when the file has no such table; ``searched`` names the keys it gave.  ``max_quasi_identifiers``
    overrules how many quasi-identifiers a plan keeps."""

    name: str = ""
    input: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, JobField] = field(default_factory=dict)
    models: tuple[ModelSpec, ...] = ()
    search: SearchSpec | None = None
    searched: tuple[str, ...] = ()
    openness: Openness | None = None
    policy: str = ""
    max_quasi_identifiers: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    aggregate: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    synthesize: Mapping[str, Any] = field(default_factory=dict)
    risk: RiskSpec = field(default_factory=RiskSpec)
