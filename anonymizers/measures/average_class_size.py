"""Average class size: rows by classes."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> float:
    """Mean rows in a class (LeFevre et al. 2006, C_avg before division by k); nan for no rows.

    A missing value is a category of its own.
    """
    sizes, classes = sample.sizes(qis)
    return float(sizes @ classes / classes.sum()) if sizes.size else float("nan")
