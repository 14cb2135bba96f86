"""Population uniqueness: the share of people estimated to be alone in their class of the whole population."""

from __future__ import annotations

import math
from collections.abc import Sequence

from anonymizers.errors import AnonymizerError
from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.risk import population
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], people: float, estimator: str = "dankar") -> float:
    """The estimate for a population of ``people``; nan for no rows or where the estimator has no solution.

    A missing value is a category of its own.  Dankar et al. 2012, doi:10.1186/1472-6947-12-66; up to a sampling
    fraction of 0.1 Dankar's rule means Pitman's estimate here, or none."""
    sizes, classes = sample.sizes(qis)
    if not sizes.size:
        return float("nan")
    if sizes[0] > 1:
        return 0.0
    fraction = min(float(sizes @ classes) / people, 1.0)
    if estimator == "dankar" and fraction <= population.PITMAN_UP_TO:
        estimator = "pitman"
    made = {
        "dankar": population.dankar,
        "pitman": population.pitman,
        "zayatz": population.zayatz,
        "snb": population.snb,
    }
    return float(made[estimator](sizes, classes, fraction))


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    given = params.get("population", {})
    people, fraction = given.get("size"), given.get("sampling_fraction")
    if fraction is not None:
        people = (around.reference or sample).rows / fraction
    if not people:
        raise AnonymizerError("population-uniqueness is measured against a population: give its size.")
    value = measure(sample, qis, people, params.get("estimator", "dankar"))
    sizes, _ = sample.sizes(qis)
    return math.inf if sizes.size and sizes[0] == 1 and not value > 0 else value


MEASURE = Measure("population-uniqueness", _take, lambda value, params: not value > params["share"] + SLACK)
