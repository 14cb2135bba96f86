"""(ε, δ)-differential privacy by SafePub: a random sample of the rows, levels that do not depend on them, classes of k.

With ``search`` = 0 the levels are those of ``degree``; otherwise ``search`` is the part of ε that finds them.  The
research subset of the problem is the sample: whoever makes the problem draws it (``anonymizers.safepub``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec
from anonymizers.safepub import DEGREES, SAFEPUB, parameters


@dataclass(frozen=True, slots=True)
class Judge:
    """Classes of at least ``k`` drawn rows."""

    k: int

    def holds(self, classes: Classes) -> Flags:
        """Large enough, or without a drawn row."""
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
    """k from ε and δ."""
    return Judge(parameters(params["epsilon"] - params["search"], params["delta"]).k)


def _rule(params: Params) -> str:
    if not params["epsilon"] > 0 or not 0 < params["delta"] < 1:
        return "Parameter 'epsilon' must be above 0, and 'delta' between 0 and 1."
    if params["search"] >= params["epsilon"]:
        return "Parameter 'search' is a part of 'epsilon': make it smaller."
    if (params["degree"] == "") == (params["search"] == 0):
        return "Give either 'degree', for levels fixed beforehand, or 'search', the part of epsilon that finds them."
    return ""


MODEL = Model(
    name=SAFEPUB,
    letter="k",
    sense=">=",
    spec=Spec(
        (
            Param("epsilon", "number", "the whole privacy budget", least=0, most=50),
            Param("delta", "number", "probability that the guarantee fails", least=0, most=1),
            Param("degree", "text", "how far to generalise", default="", choices=("", *DEGREES)),
            Param("search", "number", "the part of epsilon that finds the levels", default=0.0, least=0),
            Param("steps", "integer", "steps of the search", default=100, least=1, most=100_000),
        ),
        _rule,
    ),
    judge=judge,
    source="Bild, Kuhn, Prasser 2018, SafePub: a truthful data anonymization algorithm with strong privacy guarantees, "
    "PoPETs 2018(1), doi:10.1515/popets-2018-0004; Li, Qardaji, Su 2012, doi:10.1145/2414456.2414474",
    refines=True,
    needs_subset=True,
    examples=(
        Example({"epsilon": 8, "delta": 0.99, "degree": "high"}, (("a", "x", True),) * 40, True),
        Example({"epsilon": 2, "delta": 1e-5, "degree": "low"}, (("a", "x", True),) * 20, False),
    ),
)
