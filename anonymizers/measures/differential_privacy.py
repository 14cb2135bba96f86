"""What can be seen of differential privacy in a table: the smallest class.  The sampling cannot be seen."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import Around, Measure, Params
from anonymizers.safepub import SAFEPUB, parameters
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str]) -> float:
    """Rows of the smallest class; nan for no rows.  A missing value is a category of its own.  Bild, Kuhn, Prasser
    2018, doi:10.1515/popets-2018-0004."""
    sizes, _ = sample.sizes(qis)
    return float(sizes[0]) if sizes.size else float("nan")


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis)


def _holds(value: float, params: Params) -> bool:
    return not value < parameters(params["epsilon"] - params.get("search", 0.0), params["delta"]).k


MEASURE = Measure(SAFEPUB, _take, _holds, counts=True)
