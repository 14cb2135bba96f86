"""Inclusion: only the rows of a research subset are released; the wider table is what an attacker knows.

Nothing is asked of the classes: the model tells the others which table they speak of.  It is δ-presence from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import NONE


@dataclass(frozen=True, slots=True)
class Judge:
    """Every class of the wider table may be released as far as it lies in the subset."""

    def holds(self, classes: Classes) -> Flags:
        """No class holds more released rows than it has."""
        return np.asarray(classes.count <= classes.population)

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Nothing can fail."""
        return np.zeros(failing.size, dtype=np.int64)

    def value(self, classes: Classes) -> float:
        """The share of the wider table's classes' rows that is released."""
        people = int(classes.population.sum())
        return float(classes.count.sum()) / people if people else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """There are no parameters."""
    return Judge()


MODEL = Model(
    name="inclusion",
    letter="share",
    sense="<=",
    spec=NONE,
    judge=judge,
    source="Nergiz, Atzori, Clifton 2007, Hiding the presence of individuals from shared databases, SIGMOD, "
    "doi:10.1145/1247480.1247554 (with bounds 0 and 1); ARX calls it inclusion",
    refines=True,
    needs_subset=True,
    examples=(Example({}, (("a", "x", True), ("a", "y", False)), True),),
)
