"""Entropy l-diversity: the entropy of the sensitive values in every class is at least log l.

``estimator = "grassberger"`` corrects the plug-in (Shannon) estimate for small classes with Grassberger's digamma
formula, so it can hold where Shannon's does not; but l never exceeds the rows of the class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import FIELD, Classes, Example, Flags, Floats, Histogram, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec
from anonymizers.trimming import SLACK, with_entropy

EULER = 0.5772156649015329
TOLERANCE = 1e-12
WIDEST = 256


@dataclass(frozen=True, slots=True)
class Judge:
    """``bar`` is log l in nats."""

    field: str
    bar: float
    grassberger: bool
    values: int

    def _entropy(self, histogram: Histogram) -> Floats:
        """Entropy in nats, class by class, at most the log of its rows."""
        rows = histogram.sums(histogram.count).astype(float)
        weight = histogram.count * (_digamma_like(histogram.count) if self.grassberger else np.log(histogram.count))
        entropy: Floats = np.minimum(np.log(rows), np.log(rows) - histogram.sums(weight) / rows)
        return entropy

    def holds(self, classes: Classes) -> Flags:
        """Classes whose entropy reaches log l."""
        result: Flags = self._entropy(classes.histograms[self.field]) >= self.bar - TOLERANCE
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Rows that no trimming keeps: entropy is concave, so the parts that hold together reach log l too.
        With very many values only one row is said to; Grassberger's correction breaks the argument altogether."""
        if self.grassberger:
            return np.zeros(failing.size, dtype=np.int64)
        doomed = failing.astype(np.int64)
        if self.values > WIDEST:
            return doomed
        for numbers, counts in classes.histograms[self.field].blocks(self.values, failing):
            kept = np.floor(with_entropy(counts, self.bar) + SLACK).astype(np.int64)
            doomed[numbers] = np.maximum(classes.count[numbers] - kept, 1)
        return doomed

    def value(self, classes: Classes) -> float:
        """exp of the lowest entropy: the l that is attained."""
        if not classes.count.size:
            return float("nan")
        return float(np.exp(self._entropy(classes.histograms[self.field]).min()))


def _digamma_like(count: Ints) -> Floats:
    """Grassberger's G(n) by its recurrence G(1) = −γ − ln 2, G(2) = 2 − γ − ln 2, G(2n+1) = G(2n),
    G(2n+2) = G(2n) + 2 / (2n + 1); n ≥ 1."""
    half = int(count.max(initial=1)) // 2
    even = 2.0 / (2.0 * np.arange(1, half + 1) - 1.0)
    table = np.concatenate(([0.0], np.cumsum(even))) - EULER - np.log(2.0)
    result: Floats = table[count // 2]
    return result


def judge(params: Params, whole: Whole) -> Judge:
    """l, the field and the estimator from the parameters."""
    values = len(whole.sensitive[params[FIELD]].values)
    return Judge(params[FIELD], float(np.log(params["l"])), params["estimator"] == "grassberger", values)


MODEL = Model(
    name="entropy-l-diversity",
    letter="l",
    sense=">=",
    spec=Spec(
        (
            Param("l", "number", "exp of the least entropy of a class", least=1),
            Param(
                "estimator",
                "text",
                "how the entropy of a class is estimated",
                default="shannon",
                choices=("shannon", "grassberger"),
            ),
        )
    ),
    judge=judge,
    source="Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302; Grassberger 2003, arXiv:physics/0307138",
    per_field=True,
    examples=(
        Example({"l": 2}, (("a", "x", True), ("a", "y", True), ("a", "x", True), ("a", "y", True)), True),
        Example({"l": 2}, (("a", "x", True), ("a", "x", True), ("a", "y", True)), False),
    ),
)
