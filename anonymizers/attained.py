"""What a written table attains of one model, and whether that will do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.measure import Around
from anonymizers.measure_discovery import measure
from anonymizers.sample import Sample


def attained(
    sample: Sample, quasi: Sequence[str], name: str, params: Mapping[str, Any], around: Around, *, nobody: bool = False
) -> tuple[float | None, bool]:
    """The value in the model's own letter (None where there is nothing to measure), and whether the model holds.

    ``nobody``: every row is known to be suppressed, so there is no class that could fail it.  Raises AnonymizerError
    where the model cannot be measured on the table."""
    made = measure(name)
    value = made.take(sample, quasi, params, around)
    return None if math.isnan(value) else value, nobody or made.holds(value, params)
