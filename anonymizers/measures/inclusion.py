"""Inclusion: how large a part of the wider table is released."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.errors import AnonymizerError
from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, population: Sample) -> float:
    """Rows of the table by rows of ``population``, suppressed ones included; nan for an empty population."""
    return sample.rows / population.rows if population.rows else float("nan")


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    if around.population is None:
        raise AnonymizerError("inclusion is measured against a population: name the wider table.")
    return measure(sample, around.population)


MEASURE = Measure("inclusion", _take, lambda value, params: not value > 1.0)
