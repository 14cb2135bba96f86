"""Distinct l-diversity: every class shows at least l different sensitive values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import FIELD, Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec


@dataclass(frozen=True, slots=True)
class Judge:
    """Counts the distinct values of ``field``."""

    field: str
    l: int  # noqa: E741

    @property
    def least(self) -> int:
        """A row for each value."""
        return self.l

    def _distinct(self, classes: Classes) -> Ints:
        histogram = classes.histograms[self.field]
        return histogram.sizes()

    def holds(self, classes: Classes) -> Flags:
        """Classes with at least l distinct values."""
        result: Flags = self._distinct(classes) >= self.l
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """All rows: a part of a class never shows more values than the class."""
        return np.where(failing, classes.count, 0)

    def value(self, classes: Classes) -> float:
        """The fewest distinct values in a class."""
        return float(self._distinct(classes).min()) if classes.count.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """l and the field from the parameters."""
    return Judge(params[FIELD], params["l"])


MODEL = Model(
    name="distinct-l-diversity",
    letter="l",
    sense=">=",
    spec=Spec((Param("l", "integer", "fewest different sensitive values in a class", least=1),)),
    judge=judge,
    source="Machanavajjhala et al. 2007, l-diversity: privacy beyond k-anonymity, TKDD 1(1), "
    "doi:10.1145/1217299.1217302",
    per_field=True,
    refines=True,
    examples=(
        Example({"l": 2}, (("a", "x", True), ("a", "y", True), ("b", "x", True), ("b", "z", True)), True),
        Example({"l": 2}, (("a", "x", True), ("a", "x", True), ("b", "x", True), ("b", "z", True)), False),
    ),
)
