"""δ-disclosure privacy: in every class every sensitive value's frequency is within a factor e^±δ of the whole table's.

A value that is absent from a class fails for any δ, as the paper defines it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import FIELD, Classes, Example, Flags, Floats, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """|ln(q / p)| < δ for every value of the whole table."""

    field: str
    delta: float
    share: Floats

    def _worst(self, classes: Classes) -> Floats:
        histogram = classes.histograms[self.field]
        rows = histogram.sums(histogram.count)[histogram.owner()]
        ratio = np.abs(np.log(histogram.count / rows / self.share[histogram.value]))
        absent = np.diff(histogram.start, append=histogram.value.size) < self.share.size
        return np.where(absent, np.inf, np.maximum.reduceat(ratio, histogram.start))

    def holds(self, classes: Classes) -> Flags:
        """Classes in which every value occurs and stays within the factor."""
        result: Flags = self._worst(classes) < self.delta
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """At least one row: if every part held, so would their union, ratios being averages of the parts' ratios."""
        return failing.astype(np.int64)

    def value(self, classes: Classes) -> float:
        """The largest |ln(q / p)|; infinite when a value is absent from a class."""
        return float(self._worst(classes).max()) if classes.count.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """δ and the field from the parameters, the baseline from the whole table."""
    return Judge(params[FIELD], params["delta"], whole.sensitive[params[FIELD]].share())


def _rule(params: Params) -> str:
    return "" if params["delta"] > 0 else "Parameter 'delta' must be above 0."


MODEL = Model(
    name="delta-disclosure",
    letter="delta",
    sense="<",
    spec=Spec((Param("delta", "number", "largest log ratio between class and table", least=0),), _rule),
    judge=judge,
    source="Brickell, Shmatikov 2008, The cost of privacy, KDD, doi:10.1145/1401890.1401904",
    per_field=True,
    examples=(
        Example({"delta": 0.1}, (("a", "x", True), ("a", "y", True), ("b", "x", True), ("b", "y", True)), True),
        Example({"delta": 5}, (("a", "x", True), ("a", "x", True), ("b", "y", True)), False),
    ),
)
