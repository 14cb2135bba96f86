"""Average re-identification risk: rows are picked out with a probability of at most ``risk`` on average.

The average over rows of 1 / class size is classes / rows, so the average class holds at least 1 / risk rows.  No single
class is promised anything: ask for k-anonymity or maximum risk as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Example, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Overall:
    """Classes per row, at most ``risk``."""

    risk: float

    def met(self, sizes: Ints) -> bool:
        """Few enough classes for their rows; written as ARX divides, so that limits fall alike."""
        return not sizes.size or 1.0 / (float(sizes.sum()) / sizes.size) <= self.risk

    def least(self, sizes: Ints) -> int:
        """The smallest classes until the others are large enough on average: whoever keeps parts keeps no fewer
        classes and no more rows than these."""
        kept = np.arange(sizes.size, 0, -1)
        rows = sizes[::-1].cumsum()[::-1]
        bad = 1.0 / (rows / kept) > self.risk
        return int(sizes[: int(bad.sum())].sum())

    def value(self, sizes: Ints) -> float:
        """Classes / rows."""
        return sizes.size / float(sizes.sum()) if sizes.size else float("nan")


def overall(params: Params, whole: Whole) -> Overall:
    """The risk from the parameters."""
    return Overall(params["risk"])


def _rule(params: Params) -> str:
    return "" if params["risk"] > 0 else "Parameter 'risk' must be above 0."


MODEL = Model(
    name="average-risk",
    letter="risk",
    sense="<=",
    spec=Spec((Param("risk", "number", "largest average probability of re-identification", least=0, most=1),), _rule),
    overall=overall,
    source="El Emam 2013, Guide to the de-identification of personal health information, chapter 16; Dankar, El Emam "
    "2010, A method for evaluating marketer re-identification risk, doi:10.1145/1754239.1754271",
    examples=(
        Example({"risk": 0.5}, (("a", "x", True), ("b", "x", True), ("b", "x", True), ("b", "x", True)), True),
        Example({"risk": 0.4}, (("a", "x", True), ("b", "x", True), ("b", "x", True), ("b", "x", True)), False),
    ),
)
