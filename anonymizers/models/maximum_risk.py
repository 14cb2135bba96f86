"""Maximum re-identification risk: no row is picked out with a probability above ``risk``; 1 / class size, that is.

The same as k-anonymity for k = 1 / risk rounded up, said in the language of risk assessments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec

SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Judge:
    """1 / rows, at most ``risk``."""

    risk: float

    def holds(self, classes: Classes) -> Flags:
        """Classes of enough released rows; a class without any has nothing to protect."""
        result: Flags = (classes.count * (self.risk + SLACK) >= 1.0) | (classes.count == 0)
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """All rows of a failing class: its parts are smaller still."""
        return np.where(failing, classes.count, 0)

    def value(self, classes: Classes) -> float:
        """The largest risk of a row."""
        present = classes.count[classes.count > 0]
        return 1.0 / float(present.min()) if present.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """The risk from the parameters."""
    return Judge(params["risk"])


def _rule(params: Params) -> str:
    return "" if params["risk"] > 0 else "Parameter 'risk' must be above 0."


MODEL = Model(
    name="maximum-risk",
    letter="risk",
    sense="<=",
    spec=Spec((Param("risk", "number", "largest probability of re-identification of a row", least=0, most=1),), _rule),
    judge=judge,
    source="El Emam, Dankar 2008, Protecting privacy using k-anonymity, JAMIA 15(5), doi:10.1197/jamia.M2716",
    refines=True,
    examples=(
        Example({"risk": 0.5}, (("a", "x", True), ("a", "y", True)), True),
        Example({"risk": 0.4}, (("a", "x", True), ("a", "y", True)), False),
    ),
)
