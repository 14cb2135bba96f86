"""t-closeness: the sensitive values of every class are distributed like those of the whole table, up to distance t.

The distance is the earth mover's: ``equal`` (every move costs 1), ``ordered`` (neighbours in the order of the values
cost 1 / (m − 1)) or ``hierarchical`` (moving under a common ancestor of height h in a tree of height H costs h / H).
The whole table is the table before suppression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.model import (
    FIELD,
    Classes,
    Distribution,
    Example,
    Flags,
    Floats,
    Ints,
    Model,
    Params,
    Whole,
)
from anonymizers.params import Param, Spec
from anonymizers.trimming import SLACK, within_caps

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to lump values together: ``groups`` float[values, groups] of 0 and 1 (None: every value by itself),
    their shares of the whole, and the largest total variation that a class may have when it holds."""

    groups: Floats | None
    share: Floats
    most: float

    def lumped(self, counts: Floats) -> Floats:
        """Counts of the groups."""
        return counts if self.groups is None else counts @ self.groups


@dataclass(frozen=True, slots=True)
class Judge:
    """The distance is the mean of total variations over ``cuts`` (equal, hierarchical), or ``ordered``."""

    field: str
    t: float
    cuts: tuple[Cut, ...]
    ordered: bool

    def _distance(self, classes: Classes) -> Floats:
        histogram = classes.histograms[self.field]
        distance = np.empty(histogram.start.size)
        for numbers, counts in histogram.blocks(self.cuts[0].share.size):
            share = counts / counts.sum(axis=1, keepdims=True)
            if self.ordered:
                run = np.abs(np.cumsum(share - self.cuts[0].share, axis=1)).sum(axis=1)
                distance[numbers] = run / max(share.shape[1] - 1, 1)
            else:
                total = sum(np.abs(cut.lumped(share) - cut.share).sum(axis=1) for cut in self.cuts)
                distance[numbers] = total / (2.0 * len(self.cuts))
        return distance

    def holds(self, classes: Classes) -> Flags:
        """Classes within distance t."""
        result: Flags = self._distance(classes) <= self.t + TOLERANCE
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Rows that no trimming keeps: each cut's total variation has its own limit.  For ``ordered``, each of its
        binary cuts weighs too little; there the distance is convex and at most 1, which dooms at least
        n (d − t) / (1 − t) rows."""
        doomed = np.zeros(failing.size, dtype=np.int64)
        if self.ordered:
            spread = max(1.0 - self.t, TOLERANCE)
            rows = np.ceil(classes.count * (self._distance(classes) - self.t) / spread - SLACK).astype(np.int64)
            return np.where(failing, np.clip(rows, 1, classes.count), 0)
        for numbers, counts in classes.histograms[self.field].blocks(self.cuts[0].share.size, failing):
            kept = np.full(numbers.size, np.inf)
            for cut in self.cuts:
                np.minimum(kept, within_caps(cut.lumped(counts), cut.share, 1.0 - cut.most), out=kept)
            doomed[numbers] = np.maximum(classes.count[numbers] - np.floor(kept + SLACK).astype(np.int64), 1)
        return doomed

    def value(self, classes: Classes) -> float:
        """The largest distance of a class."""
        return float(self._distance(classes).max()) if classes.count.size else float("nan")


def _lumps(share: Floats, whole: Distribution, t: float) -> tuple[Cut, ...]:
    """The cuts of a tree of height H.  Moving mass up to height h costs h / H, so the distance is the mean of the
    total variations at heights 0 … H − 1; they shrink with height, so that at height h is at most t H / (h + 1)."""
    if whole.hierarchy is None:
        raise AnonymizerError("Model t-closeness: distance 'hierarchical' needs a hierarchy for the sensitive field.")
    paths = {row[0]: row for row in whole.hierarchy.rows}
    missing = sum(value not in paths for value in whole.values)
    if missing:
        raise AnonymizerError(
            f"Model t-closeness: {missing} values of the sensitive field are not in its hierarchy; add them."
        )
    height = whole.hierarchy.height - 1
    if height < 1:
        raise AnonymizerError("Model t-closeness: the hierarchy of the sensitive field has no level above the values.")
    if len({row[-1] for row in whole.hierarchy.rows}) > 1:
        raise AnonymizerError("Model t-closeness: the hierarchy of the sensitive field must end in one group.")
    cuts = []
    for level in range(height):
        index: dict[tuple[str, ...], int] = {}
        group = [index.setdefault(paths[value][level:], len(index)) for value in whole.values]
        groups = np.zeros((share.size, len(index)))
        groups[np.arange(share.size), group] = 1.0
        cuts.append(Cut(groups, share @ groups, min(t * height / (level + 1), 1.0)))
    return tuple(cuts)


def judge(params: Params, whole: Whole) -> Judge:
    """t, the field and the distance from the parameters, the baseline from the whole table."""
    baseline = whole.sensitive[params[FIELD]]
    share = baseline.share()
    if params["distance"] == "hierarchical":
        cuts = _lumps(share, baseline, params["t"])
    else:
        cuts = (Cut(None, share, params["t"]),)
    return Judge(params[FIELD], params["t"], cuts, params["distance"] == "ordered")


_FAR = (("a", "x", True), ("a", "x", True), ("b", "y", True), ("b", "y", True))
_NEAR = (("a", "x", True), ("a", "y", True), ("b", "x", True), ("b", "y", True))

MODEL = Model(
    name="t-closeness",
    letter="t",
    sense="<=",
    spec=Spec(
        (
            Param("t", "number", "largest distance between a class and the whole table", least=0, most=1),
            Param(
                "distance",
                "text",
                "what a move of mass costs",
                default="equal",
                choices=("equal", "ordered", "hierarchical"),
            ),
        )
    ),
    judge=judge,
    source="Li, Li, Venkatasubramanian 2007, t-closeness: privacy beyond k-anonymity and l-diversity, ICDE, "
    "doi:10.1109/ICDE.2007.367856",
    per_field=True,
    examples=(
        Example({"t": 0.2}, _NEAR, True),
        Example({"t": 0.2}, _FAR, False),
        Example({"t": 0.5, "distance": "ordered"}, _FAR, True),
        Example({"t": 0.49, "distance": "ordered"}, _FAR, False),
    ),
)
