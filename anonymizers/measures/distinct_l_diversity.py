"""Distinct l: the fewest different sensitive values in a class."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], field: str) -> int:
    """l of the table as written (Machanavajjhala et al. 2007); 0 when no row stands in a class.

    A missing value is a category of its own, among the quasi-identifiers and in ``field``.
    """
    table = sample.joint(qis, field)
    found = sample.query(f"SELECT min(l) FROM (SELECT count(*) AS l FROM {table} GROUP BY class)")[0][0]
    return int(found or 0)


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    found = measure(sample, qis, params["field"])
    return float(found) if found else float("nan")


MEASURE = Measure("distinct-l-diversity", _take, lambda value, params: value >= params["l"], counts=True)
