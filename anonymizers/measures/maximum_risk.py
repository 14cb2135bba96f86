"""Maximum risk: the probability that someone picks the right row of the smallest class."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> float:
    """1 / rows of the smallest class; nan for no rows.  A missing value is a category of its own.  El Emam, Dankar
    2008, doi:10.1197/jamia.M2716."""
    sizes, _ = sample.sizes(qis)
    return 1.0 / float(sizes[0]) if sizes.size else float("nan")


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis)


MEASURE = Measure("maximum-risk", _take, lambda value, params: not value > params["risk"] + SLACK)
