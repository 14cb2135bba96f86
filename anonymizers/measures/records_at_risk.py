"""Records at risk: the share of rows that someone picks out with a probability above a threshold."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.errors import AnonymizerError
from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import Sample

TIE = 1e-12


def measure(sample: Sample, qis: Sequence[str], threshold: float, *, reached: bool = False) -> float:
    """Share of rows (0 to 1) in classes of fewer than 1 / ``threshold`` rows; nan for no rows.

    ``threshold`` in (0, 1]; ``reached`` counts rows exactly at it too.  A missing value is a category of its own.
    El Emam 2013, Guide to the de-identification of personal health information, chapter 16.
    """
    if not 0 < threshold <= 1:
        raise AnonymizerError("The threshold of records at risk must lie above 0 and be at most 1.")
    sizes, classes = sample.sizes(qis)
    if not sizes.size:
        return float("nan")
    rows = sizes * classes
    small = 1.0 / sizes >= threshold - TIE if reached else 1.0 / sizes > threshold + TIE
    return float(rows[small].sum() / rows.sum())


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis, params["threshold"], reached=params.get("reached", False))


MEASURE = Measure("records-at-risk", _take, lambda value, params: not value > params["share"] + SLACK)
