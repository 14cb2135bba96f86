"""δ-presence: whoever knows the wider table cannot tell a person in or out of the released subset beyond [δmin, δmax].

With δmin > 0 every class of the wider table must hold a released row (unless ``absent = "ignore"``): of people in a
class without any it is certain that they are not in the subset.  Rows that are suppressed afterwards are not held
against it, as in ARX.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import Classes, Example, Flags, Floats, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Judge:
    """δmin ≤ released / population ≤ δmax."""

    low: float
    high: float
    everyone: bool

    def _delta(self, classes: Classes) -> Floats:
        result: Floats = classes.count / np.maximum(classes.population, 1)
        return result

    def holds(self, classes: Classes) -> Flags:
        """Classes whose share of released rows lies in the interval."""
        delta = self._delta(classes)
        inside = (delta >= self.low - TOLERANCE) & (delta <= self.high + TOLERANCE)
        return np.asarray(inside)

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """A class that is too dense sheds rows until the rest is not; one that is too sparse has a part that is, and
        that part holds a released row or fails for good."""
        rows = np.ceil((classes.count - self.high * classes.population) - 1e-9).astype(np.int64)
        certain = failing if self.everyone else failing & (self._delta(classes) > self.high)
        return np.where(certain, np.clip(rows, 1, classes.count), 0)

    def value(self, classes: Classes) -> float:
        """The largest share of released rows in a class."""
        return float(self._delta(classes).max()) if classes.count.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """δmin and δmax from the parameters."""
    return Judge(params["delta_min"], params["delta_max"], _everyone(params))


def _everyone(params: Params) -> bool:
    return bool(params["delta_min"] > 0 and params["absent"] == "refuse")


def _rule(params: Params) -> str:
    return "" if params["delta_min"] <= params["delta_max"] else "Parameter 'delta_min' must not exceed 'delta_max'."


MODEL = Model(
    name="delta-presence",
    letter="delta_max",
    sense="<=",
    spec=Spec(
        (
            Param("delta_min", "number", "least probability of being in the subset", least=0, most=1),
            Param("delta_max", "number", "greatest probability of being in the subset", least=0, most=1),
            Param(
                "absent",
                "text",
                "a class of the wider table without a released row: refuse it where delta_min > 0, or ignore it",
                default="refuse",
                choices=("refuse", "ignore"),
            ),
        ),
        _rule,
    ),
    judge=judge,
    source="Nergiz, Atzori, Clifton 2007, Hiding the presence of individuals from shared databases, SIGMOD, "
    "doi:10.1145/1247480.1247554",
    needs_subset=True,
    everyone=_everyone,
    examples=(
        Example({"delta_min": 0.2, "delta_max": 0.6}, (("a", "x", True), ("a", "y", False)), True),
        Example({"delta_min": 0.2, "delta_max": 0.4}, (("a", "x", True), ("a", "y", False)), False),
        Example({"delta_min": 0.6, "delta_max": 0.9}, (("a", "x", True), ("a", "y", False)), False),
    ),
)
