"""What a written table shows when it is measured: every model asked for, the risks, the classes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anonymizers.attained import attained
from anonymizers.measure import Around
from anonymizers.measure_discovery import measure
from anonymizers.measures import classes, risk
from anonymizers.sample import Sample
from release.nouns.plan import ModelSpec

LOCAL = ("hierarchy", "subset")


@dataclass(frozen=True, slots=True)
class Measured:
    """``models`` are (model, attained value or None where nothing could be measured, holds) in the order asked."""

    models: tuple[tuple[ModelSpec, float | None, bool], ...]
    risk: risk.Risk
    classes: classes.Classes

    def holds(self) -> bool:
        """Does every model asked for hold?"""
        return all(held for _, _, held in self.models)

    def document(self) -> dict[str, Any]:
        """The ``models``, ``risk`` and ``classes`` members of a report, as JSON types."""
        shown = asdict(self.classes)
        shown.pop("histogram")
        return {
            "models": [
                {"name": spec.name, "params": letters(spec), "value": _shown(spec, value), "holds": held}
                for spec, value, held in self.models
            ],
            "risk": asdict(self.risk),
            "classes": {name: finite(value) for name, value in shown.items()},
        }


def take(
    sample: Sample,
    qis: Sequence[str],
    models: Sequence[ModelSpec],
    around: Around,
    population: Sample | None = None,
    *,
    nobody: bool = False,
) -> Measured:
    """Measure ``sample``; raises AnonymizerError when a model cannot be measured on it.

    ``nobody``: every row is known to be suppressed, so there is no class that could fail a model."""
    found = []
    for spec in models:
        found.append((spec, *attained(sample, qis, spec.name, letters(spec), around, nobody=nobody)))
    return Measured(tuple(found), risk.measure(sample, qis, population), classes.measure(sample, qis))


def _shown(spec: ModelSpec, value: float | None) -> float | int | None:
    return int(value) if value is not None and measure(spec.name).counts else finite(value)


def letters(spec: ModelSpec) -> dict[str, Any]:
    """The parameters of the paper; files that only lie beside the job are left out."""
    return {name: value for name, value in spec.params.items() if name not in LOCAL}


def finite(value: Any) -> Any:
    """JSON has no infinity and no nan: None stands for both."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
