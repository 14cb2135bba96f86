"""β-likeness: no sensitive value is more frequent in a class than in the whole table by more than a factor 1 + β.

``variant = "enhanced"`` caps the gain at −ln p as well, so that rare values are not let off.  Only gains count: a
value may always be rarer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.model import FIELD, Classes, Example, Flags, Floats, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec
from anonymizers.trimming import SLACK, within_caps

TOLERANCE = 1e-12
WIDEST = 256


@dataclass(frozen=True, slots=True)
class Judge:
    """``limit[v]`` is the largest relative gain (q − p) / p that value v may have."""

    field: str
    share: Floats
    limit: Floats

    def _gain(self, classes: Classes) -> tuple[Floats, Floats]:
        """Relative gain of every entry, and its limit."""
        histogram = classes.histograms[self.field]
        rows = histogram.sums(histogram.count)[histogram.owner()]
        base = self.share[histogram.value]
        return (histogram.count / rows - base) / base, self.limit[histogram.value]

    def holds(self, classes: Classes) -> Flags:
        """Classes in which every value stays within its limit."""
        gain, limit = self._gain(classes)
        over = np.maximum.reduceat(gain - limit, classes.histograms[self.field].start)
        result: Flags = over <= TOLERANCE
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Rows that no trimming keeps: every value may be at most p (1 + limit) of what stays (one row is said of a
        field with very many values)."""
        doomed = failing.astype(np.int64)
        caps = self.share * (1.0 + self.limit)
        if caps.size > WIDEST:
            return doomed
        for numbers, counts in classes.histograms[self.field].blocks(caps.size, failing):
            kept = np.floor(within_caps(counts, caps, 1.0) + SLACK).astype(np.int64)
            doomed[numbers] = np.maximum(classes.count[numbers] - kept, 1)
        return doomed

    def value(self, classes: Classes) -> float:
        """The largest relative gain of any value in any class."""
        return float(max(self._gain(classes)[0].max(), 0.0)) if classes.count.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """β, the field and the variant from the parameters, the baseline from the whole table."""
    share = whole.sensitive[params[FIELD]].share()
    limit = np.full(share.size, float(params["beta"]))
    if params["variant"] == "enhanced":
        limit = np.minimum(limit, -np.log(share))
    return Judge(params[FIELD], share, limit)


def _rule(params: Params) -> str:
    return "" if params["beta"] > 0 else "Parameter 'beta' must be above 0."


MODEL = Model(
    name="beta-likeness",
    letter="beta",
    sense="<=",
    spec=Spec(
        (
            Param("beta", "number", "largest relative gain of a value in a class", least=0),
            Param("variant", "text", "basic or enhanced", default="basic", choices=("basic", "enhanced")),
        ),
        _rule,
    ),
    judge=judge,
    source="Cao, Karras 2012, Publishing microdata with a robust privacy guarantee, PVLDB 5(11), "
    "doi:10.14778/2350229.2350255",
    per_field=True,
    examples=(
        Example({"beta": 1}, (("a", "x", True), ("a", "x", True), ("b", "y", True), ("b", "y", True)), True),
        Example({"beta": 0.5}, (("a", "x", True), ("a", "x", True), ("b", "y", True), ("b", "y", True)), False),
        Example(
            {"beta": 1, "variant": "enhanced"},
            (("a", "x", True), ("a", "x", True), ("b", "y", True), ("b", "y", True)),
            False,
        ),
    ),
)
