"""Recursive (c, l)-diversity: the most frequent value of a class is rarer than c times the tail from the l-th on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import FIELD, Classes, Example, Flags, Floats, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """r₁ < c (r_l + … + r_m), r sorted downwards."""

    field: str
    c: float
    l: int  # noqa: E741

    def _top_and_tail(self, classes: Classes) -> tuple[Floats, Floats]:
        histogram = classes.histograms[self.field]
        owner = histogram.owner()
        order = np.lexsort((-histogram.count, owner))
        count = histogram.count[order].astype(float)
        rank = np.arange(count.size) - histogram.start[owner]
        return count[histogram.start], histogram.sums(np.where(rank >= self.l - 1, count, 0.0))

    def holds(self, classes: Classes) -> Flags:
        """Classes whose top value stays below c times the tail."""
        top, tail = self._top_and_tail(classes)
        result: Flags = top < self.c * tail
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """To hold, x rows must go with top − x < c · tail; the tail never grows by taking rows away."""
        top, tail = self._top_and_tail(classes)
        rows = np.floor(top - self.c * tail).astype(np.int64) + 1
        return np.where(failing, np.minimum(np.maximum(rows, 1), classes.count), 0)

    def value(self, classes: Classes) -> float:
        """The largest top / tail: it holds for every c above; infinite when a class has fewer than l values."""
        if not classes.count.size:
            return float("nan")
        top, tail = self._top_and_tail(classes)
        with np.errstate(divide="ignore"):
            return float((top / tail).max())


def judge(params: Params, whole: Whole) -> Judge:
    """c, l and the field from the parameters."""
    return Judge(params[FIELD], params["c"], params["l"])


def _rule(params: Params) -> str:
    return "" if params["c"] > 0 else "Parameter 'c' must be above 0."


MODEL = Model(
    name="recursive-cl-diversity",
    letter="c",
    sense="<",
    spec=Spec(
        (
            Param("c", "number", "how many times the tail the top value may be", least=0),
            Param("l", "integer", "rank at which the tail begins", least=2),
        ),
        _rule,
    ),
    judge=judge,
    source="Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302, definition 4.3",
    per_field=True,
    examples=(
        Example({"c": 2, "l": 2}, (("a", "x", True), ("a", "x", True), ("a", "y", True), ("a", "z", True)), True),
        Example({"c": 2, "l": 2}, (("a", "x", True), ("a", "x", True), ("a", "y", True)), False),
    ),
)
