"""Population uniqueness: of all people of the population, at most ``share`` are estimated to be alone in their class.

An estimate of the whole table, made from its class sizes and the sampling fraction.  Where an estimator has no solution
only a table without sample uniques passes: no answer is never a good answer.  The estimate may rise when rows are
suppressed, so the search looks at every node.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.model import Example, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec
from anonymizers.risk import population


def _dankar(sizes: Ints, counts: Ints, fraction: float) -> float:
    """Dankar's rule without its last resort: up to a sampling fraction of 0.1 Pitman's estimate or none."""
    wide = fraction > population.PITMAN_UP_TO
    return population.dankar(sizes, counts, fraction) if wide else population.pitman(sizes, counts, fraction)


ESTIMATORS: dict[str, Callable[[Ints, Ints, float], float]] = {
    "dankar": _dankar,
    "pitman": population.pitman,
    "zayatz": population.zayatz,
    "snb": population.snb,
}


@dataclass(frozen=True, slots=True)
class Overall:
    """The estimate of uniques, at most ``share``."""

    share: float
    estimator: str
    people: float

    def met(self, sizes: Ints) -> bool:
        """No sample unique at all, or few enough population uniques."""
        if not sizes.size or sizes[0] > 1:
            return True
        found = self.value(sizes)
        return 0.0 < found <= self.share

    def least(self, sizes: Ints) -> int:
        """Nothing can be said: splitting a class may lower the estimate."""
        return 0

    def value(self, sizes: Ints) -> float:
        """The estimated share; nan when there is no class or no estimate."""
        if not sizes.size:
            return float("nan")
        if sizes[0] > 1:
            return 0.0
        distinct, counts = np.unique(sizes, return_counts=True)
        fraction = min(float(sizes.sum()) / self.people, 1.0)
        return ESTIMATORS[self.estimator](distinct, counts.astype(np.int64), fraction)


def overall(params: Params, whole: Whole) -> Overall:
    """Share and estimator from the parameters, the population from its size or from the sampling fraction."""
    people = params["population"].get("size")
    fraction = params["population"].get("sampling_fraction")
    if fraction is not None and 0 < fraction <= 1:
        people = whole.rows / fraction
    if not people or not math.isfinite(people):
        raise AnonymizerError("Model population-uniqueness: population needs size or sampling_fraction (0 to 1).")
    return Overall(params["share"], params["estimator"], float(people))


def _rule(params: Params) -> str:
    unknown = set(params["population"]) - {"size", "sampling_fraction"}
    return f"Parameter 'population' has no key {min(unknown)!r}: give size or sampling_fraction." if unknown else ""


MODEL = Model(
    name="population-uniqueness",
    letter="share",
    sense="<=",
    spec=Spec(
        (
            Param("share", "number", "largest share of people who are unique in the population", least=0, most=1),
            Param(
                "estimator",
                "text",
                "dankar (chooses by the sampling fraction), pitman, zayatz or snb",
                default="dankar",
                choices=tuple(ESTIMATORS),
            ),
            Param("population", "table", "size or sampling_fraction", default={}),
        ),
        _rule,
    ),
    overall=overall,
    source="Dankar, El Emam, Neisa, Roffey 2012, Estimating the re-identification risk of clinical data sets, "
    "doi:10.1186/1472-6947-12-66",
    examples=(
        Example({"share": 0.0, "population": {"size": 100}}, (("a", "x", True), ("a", "x", True)), True),
        Example(
            {"share": 0.001, "estimator": "zayatz", "population": {"sampling_fraction": 0.5}},
            (("a", "x", True), ("b", "x", True), ("b", "x", True), ("c", "x", True)),
            False,
        ),
    ),
)
