"""k-anonymity: every released row shares its quasi-identifiers with at least k − 1 others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """Counts rows; ``k`` ≥ 1."""

    k: int

    @property
    def least(self) -> int:
        """k rows."""
        return self.k

    def holds(self, classes: Classes) -> Flags:
        """Classes of at least k released rows; a class without any released row has nothing to protect."""
        result: Flags = (classes.count >= self.k) | (classes.count == 0)
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """All rows of a failing class: its parts are smaller still."""
        return np.where(failing, classes.count, 0)

    def value(self, classes: Classes) -> float:
        """The smallest class."""
        present = classes.count[classes.count > 0]
        return float(present.min()) if present.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """k from the parameters."""
    return Judge(params["k"])


MODEL = Model(
    name="k-anonymity",
    letter="k",
    sense=">=",
    spec=Spec((Param("k", "integer", "smallest number of rows that look alike", least=1),)),
    judge=judge,
    source="Sweeney 2002, k-anonymity: a model for protecting privacy, IJUFKS 10(5), doi:10.1142/S0218488502001648",
    refines=True,
    examples=(
        Example({"k": 2}, (("a", "x", True), ("a", "y", True), ("b", "x", True), ("b", "x", True)), True),
        Example({"k": 2}, (("a", "x", True), ("b", "y", True), ("b", "x", True)), False),
    ),
)
