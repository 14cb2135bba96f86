"""The money in a release: what a row earns, what a re-identified row costs, and when an attack pays.

A Stackelberg game: the publisher moves first, then an adversary attacks a row if the gain, times the chance of being
right, exceeds the cost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.params import Param, Spec

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PARAMS = (
    Param("publisher_benefit", "number", "what a row earns when it is published as it is", default=1200.0, least=0),
    Param("publisher_loss", "number", "what a re-identified row costs the publisher", default=300.0, least=0),
    Param("adversary_gain", "number", "what the adversary earns with a row re-identified", default=300.0, least=0),
    Param("adversary_cost", "number", "what an attack on a row costs the adversary", default=4.0, least=0),
    Param(
        "attacker",
        "text",
        "prosecutor (knows that the person is in) or journalist (matches against the wider table)",
        default="prosecutor",
        choices=("prosecutor", "journalist"),
    ),
)


@dataclass(frozen=True, slots=True)
class Costs:
    """Amounts per row; the defaults are those of Wan et al. 2015, doi:10.1371/journal.pone.0120592, and of ARX."""

    benefit: float
    penalty: float
    gain: float
    cost: float
    journalist: bool

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> Costs:
        """From parameters by the names of ``PARAMS``; others are refused by name."""
        try:
            full = Spec(PARAMS).read(params)
        except AnonymizerError as error:
            raise AnonymizerError(f"The metric publisher-benefit: {error}") from None
        return cls.of(full)

    @classmethod
    def of(cls, full: Mapping[str, Any]) -> Costs:
        """From parameters already filled in."""
        benefit, penalty, gain, cost = (float(full[param.name]) for param in PARAMS[:4])
        return cls(benefit, penalty, gain, cost, full["attacker"] == "journalist")

    def success(self, count: Ints, population: Ints) -> Floats:
        """The probability that an attack on a row of each class is right."""
        result: Floats = 1.0 / (population if self.journalist else count)
        return result

    def fines(self, count: Ints, population: Ints) -> Floats:
        """What each class must expect to cost: nothing where an attack does not pay."""
        chance = self.success(count, population)
        return np.where(self.gain * chance - self.cost > 0, count * chance * self.penalty, 0.0)

    def payout(self, information: Floats, count: Ints, population: Ints) -> Floats:
        """What a row of each class earns on average; ``information`` is the share of its information lost."""
        fines = self.fines(count, population) / count
        result: Floats = self.benefit * (1.0 - information) - fines
        return result

    def unattacked(self) -> int:
        """The least class size at which no attack pays; beyond any table where attacking is free."""
        if self.gain == 0:
            return 1
        if self.cost == 0:
            return int(np.iinfo(np.int32).max)
        return math.floor(self.gain / self.cost) + 1
