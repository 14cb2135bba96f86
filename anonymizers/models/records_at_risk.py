"""Records at risk: at most a share of the rows is picked out with a probability above a threshold.

``reached = true`` counts rows exactly at the threshold as well, as ARX does in its relaxed average risk.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from anonymizers.model import Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec

SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Overall:
    """Rows in classes that are too small, as a share of the rows that are kept."""

    threshold: float
    share: float
    reached: bool

    def met(self, sizes: Ints) -> bool:
        """Few enough rows at risk."""
        return not sizes.size or self.value(sizes) <= self.share + SLACK

    def value(self, sizes: Ints) -> float:
        """The share of rows whose 1 / class size is above the threshold."""
        return float(sizes[self._small(sizes)].sum()) / float(sizes.sum()) if sizes.size else float("nan")

    def least(self, sizes: Ints) -> int:
        """Parts of a class at risk are at risk: of A such rows among R, x must go with A − x ≤ share · (R − x)."""
        at_risk, rows = float(sizes[self._small(sizes)].sum()), float(sizes.sum())
        if self.share >= 1.0:
            return 0
        return max(math.ceil((at_risk - self.share * rows) / (1.0 - self.share) - 1e-6), 0)

    def _small(self, sizes: Ints) -> Flags:
        risk = 1.0 / sizes
        return np.asarray(risk >= self.threshold - SLACK if self.reached else risk > self.threshold + SLACK)


def overall(params: Params, whole: Whole) -> Overall:
    """Threshold and share from the parameters."""
    return Overall(params["threshold"], params["share"], params["reached"])


def _rule(params: Params) -> str:
    return "" if params["threshold"] > 0 else "Parameter 'threshold' must be above 0."


MODEL = Model(
    name="records-at-risk",
    letter="share",
    sense="<=",
    spec=Spec(
        (
            Param("threshold", "number", "probability above which a row is at risk", least=0, most=1),
            Param("share", "number", "largest share of rows at risk", least=0, most=1),
            Param("reached", "flag", "count rows exactly at the threshold too", default=False),
        ),
        _rule,
    ),
    overall=overall,
    source="El Emam 2013, Guide to the de-identification of personal health information, chapter 16",
    examples=(
        Example(
            {"threshold": 0.5, "share": 0.25},
            (("a", "x", True), ("b", "x", True), ("b", "x", True), ("b", "x", True)),
            True,
        ),
        Example(
            {"threshold": 0.5, "share": 0.2},
            (("a", "x", True), ("b", "x", True), ("b", "x", True), ("b", "x", True)),
            False,
        ),
        Example({"threshold": 0.5, "share": 0.2, "reached": True}, (("a", "x", True), ("a", "x", True)), False),
    ),
)
