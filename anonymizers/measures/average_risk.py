"""Average risk: the probability, on average over rows, that someone picks the right row of a class."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> float:
    """Classes / rows, 0 to 1; nan for no rows.  A missing value is a category of its own.  El Emam 2013, Guide to the
    de-identification of personal health information, chapter 16."""
    sizes, classes = sample.sizes(qis)
    return float(classes.sum()) / float(sizes @ classes) if sizes.size else float("nan")


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis)


MEASURE = Measure("average-risk", _take, lambda value, params: not value > params["risk"] + SLACK)
