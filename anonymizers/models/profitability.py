"""Profitability: a class is published only where the publisher still earns by it, reckoning with an adversary.

With ``attacks = "deter"`` no class may be worth attacking, which is a least class size.  With "reckon" a class may be
attacked as long as benefit less expected fines stays above 0; that is not monotone, for generalising costs benefit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.game import PARAMS, Costs
from anonymizers.model import Classes, Example, Flags, Floats, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """``deter``: classes of at least ``Costs.unattacked`` people; otherwise classes with a payout above 0."""

    costs: Costs
    deter: bool

    def _sizes(self, classes: Classes) -> Ints:
        return classes.population if self.costs.journalist else classes.count

    def _payout(self, classes: Classes) -> Floats:
        assert classes.information is not None
        return self.costs.payout(classes.information, np.maximum(classes.count, 1), np.maximum(classes.population, 1))

    def holds(self, classes: Classes) -> Flags:
        """Classes worth publishing; one without a released row is not judged."""
        good = self._sizes(classes) >= self.costs.unattacked() if self.deter else self._payout(classes) > 0
        return np.asarray(good | (classes.count == 0))

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Where attacks are deterred, all rows of a failing class; else a part may earn what the class does not."""
        return np.where(failing, classes.count, 0) if self.deter else np.zeros(failing.size, dtype=np.int64)

    def value(self, classes: Classes) -> float:
        """The smallest class, or the smallest payout of a row."""
        present = classes.count > 0
        if not present.any():
            return float("nan")
        return float((self._sizes(classes) if self.deter else self._payout(classes))[present].min())


def judge(params: Params, whole: Whole) -> Judge:
    """Amounts, attacker and kind from the parameters."""
    costs = Costs.of(params)
    if costs.journalist and not whole.has_subset:
        raise AnonymizerError("Model profitability: a journalist needs a wider table: name the research subset.")
    return Judge(costs, params["attacks"] == "deter")


_PAIR = (("a", "x", True), ("a", "y", True))

MODEL = Model(
    name="profitability",
    letter="payout",
    sense=">",
    spec=Spec(
        (
            *PARAMS,
            Param(
                "attacks",
                "text",
                "reckon with attacks, or deter every one of them",
                default="reckon",
                choices=("reckon", "deter"),
            ),
        )
    ),
    judge=judge,
    source="Wan et al. 2015, A game theoretic framework for analyzing re-identification risk, PLOS ONE 10(3), "
    "doi:10.1371/journal.pone.0120592; Prasser et al. 2017, An open source tool for game theoretic health data "
    "de-identification, AMIA",
    informed=True,
    examples=(
        Example({}, _PAIR, True),
        Example({"publisher_benefit": 100, "publisher_loss": 300}, _PAIR, False),
        Example({"attacks": "deter", "adversary_cost": 200}, _PAIR, True),
        Example({"attacks": "deter"}, _PAIR, False),
    ),
)
