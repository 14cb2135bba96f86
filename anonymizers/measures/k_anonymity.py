"""k: the size of the smallest class of rows that share their quasi-identifiers."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> int:
    """The k of the table as written (Sweeney 2002); 0 when no row stands in a class.

    A missing value is a category of its own.
    """
    sizes, _ = sample.sizes(qis)
    return int(sizes[0]) if sizes.size else 0


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    found = measure(sample, qis)
    return float(found) if found else float("nan")


MEASURE = Measure("k-anonymity", _take, lambda value, params: value >= params["k"], counts=True)
