"""Records at risk: the share of rows that someone picks out with a probability above a threshold."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.errors import AnonymizerError
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], threshold: float) -> float:
    """Share of rows (0 to 1) in classes of fewer than 1 / ``threshold`` rows; nan for no rows.

    ``threshold`` in (0, 1].  A missing value is a category of its own.  El Emam 2013, Guide to the de-identification
    of personal health information, chapter 16.
    """
    if not 0 < threshold <= 1:
        raise AnonymizerError("The threshold of records at risk must lie above 0 and be at most 1.")
    sizes, classes = sample.sizes(qis)
    if not sizes.size:
        return float("nan")
    rows = sizes * classes
    return float(rows[1.0 / sizes > threshold].sum() / rows.sum())
