"""k-map: every released row matches at least k people of the population.

The population is either a wider table of which a research subset is released (exact), or only its size is known: then
the class size that makes fewer than k matches improbable is derived from a (zero-truncated) Poisson model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.model import Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """``exact``: count the population; otherwise ask for ``k`` released rows, k derived."""

    k: int
    exact: bool

    def _sizes(self, classes: Classes) -> Ints:
        return classes.population if self.exact else classes.count

    def holds(self, classes: Classes) -> Flags:
        """Classes with enough people; a class without any released row is not judged."""
        result: Flags = (self._sizes(classes) >= self.k) | (classes.count == 0)
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """All rows of a failing class: its parts are smaller still."""
        return np.where(failing, classes.count, 0)

    def value(self, classes: Classes) -> float:
        """The fewest people in a class."""
        sizes = self._sizes(classes)[classes.count > 0]
        return float(sizes.min()) if sizes.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """k from the parameters, or derived from the population's size and the significance level."""
    if params["estimator"] == "subset":
        if not whole.has_subset:
            raise AnonymizerError("Model k-map: name the research subset, or choose estimator 'poisson'.")
        return Judge(params["k"], exact=True)
    population = params["population"].get("size")
    fraction = params["population"].get("sampling_fraction")
    if fraction is None:
        if not population:
            raise AnonymizerError("Model k-map: population needs size or sampling_fraction.")
        fraction = whole.rows / population
    derived = _derived(params["estimator"], fraction * params["k"], params["significance"])
    return Judge(min(params["k"], derived, max(whole.rows, 1)), exact=False)


def _derived(estimator: str, mean: float, significance: float) -> int:
    """The class size below which a class of k people shows itself with probability 1 − significance."""
    probability, total = math.exp(-mean), 0.0
    if estimator == "poisson":
        count = 0
        while total < 1.0 - significance:
            total += probability
            count += 1
            probability *= mean / count
        return count + 1
    rest, count = -math.expm1(-mean), 1
    probability *= mean
    while total < 1.0 - significance:
        total += probability / rest
        count += 1
        probability *= mean / count
    return count


def _rule(params: Params) -> str:
    unknown = set(params["population"]) - {"size", "sampling_fraction"}
    return f"Parameter 'population' has no key {min(unknown)!r}: give size or sampling_fraction." if unknown else ""


MODEL = Model(
    name="k-map",
    letter="k",
    sense=">=",
    spec=Spec(
        (
            Param("k", "integer", "fewest people of the population that look alike", least=1),
            Param(
                "estimator",
                "text",
                "subset (exact), poisson or zero-truncated-poisson",
                default="subset",
                choices=("subset", "poisson", "zero-truncated-poisson"),
            ),
            Param("significance", "number", "error probability of the estimate", default=0.01, least=1e-12, most=1),
            Param("population", "table", "size or sampling_fraction", default={}),
        ),
        _rule,
    ),
    judge=judge,
    source="Sweeney 2001, thesis, MIT; El Emam, Dankar 2008, Protecting privacy using k-anonymity, JAMIA 15(5), "
    "doi:10.1197/jamia.M2716",
    refines=True,
    examples=(
        Example({"k": 2}, (("a", "x", True), ("a", "y", False)), True),
        Example({"k": 3}, (("a", "x", True), ("a", "y", False)), False),
        Example(
            {"k": 3, "estimator": "poisson", "population": {"sampling_fraction": 1.0}},
            (("a", "x", True), ("a", "x", True), ("b", "x", True)),
            False,
        ),
    ),
)
