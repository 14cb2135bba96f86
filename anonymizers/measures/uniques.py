"""Sample uniques: rows that are alone in their class."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> int:
    """Rows whose quasi-identifiers no other row shares.  A missing value is a category of its own."""
    sizes, classes = sample.sizes(qis)
    return int(classes[0]) if sizes.size and sizes[0] == 1 else 0
