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
    Histogram,
    Ints,
    Model,
    Params,
    Whole,
)
from anonymizers.params import Param, Spec
from anonymizers.trimming import SLACK, within_caps

TOLERANCE = 1e-12
WIDEST, DENSE = 256, 48
MOST_ROWS = 64


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to lump values together: the group of every value (None: each by itself), the groups' shares of the
    whole table, and the largest total variation that a class may have when it holds."""

    codes: Ints | None
    share: Floats
    most: float

    def variation(self, histogram: Histogram) -> Floats:
        """Total variation between every class and the whole table."""
        if self.codes is None:
            rows = histogram.sums(histogram.count)[histogram.owner()]
            return np.asarray(histogram.sums(np.maximum(histogram.count / rows - self.share[histogram.value], 0.0)))
        found = np.empty(histogram.start.size)
        for numbers, counts in histogram.blocks(self.share.size, codes=self.codes):
            gap = counts / counts.sum(axis=1, keepdims=True) - self.share
            found[numbers] = np.maximum(gap, 0.0).sum(axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Judge:
    """The distance is the mean of the total variations over ``cuts``, or ``ordered`` over the first cut's values."""

    field: str
    t: float
    cuts: tuple[Cut, ...]
    ordered: bool
    least: int = 1

    def _distance(self, classes: Classes) -> Floats:
        histogram = classes.histograms[self.field]
        if self.ordered:
            return _ordered(histogram, self.cuts[0].share)
        if self.cuts[0].share.size <= DENSE:
            return self._dense(histogram, classes.count)
        total = np.zeros(histogram.start.size)
        for cut in self.cuts:
            total += cut.variation(histogram)
        return total / len(self.cuts)

    def _dense(self, histogram: Histogram, rows: Ints) -> Floats:
        """The same from one matrix of counts: few values make it cheaper than lists of entries."""
        share = self.cuts[0].share
        sizes = histogram.sizes()
        cells = np.repeat(np.arange(0, rows.size * share.size, share.size), sizes) + histogram.value
        counts = np.bincount(cells, weights=histogram.count, minlength=rows.size * share.size)
        gap = counts.reshape(rows.size, share.size) / rows[:, None] - share
        total: Floats = np.maximum(gap, 0.0) @ np.ones(share.size)
        for cut in self.cuts[1:]:
            assert cut.codes is not None
            lumps = np.zeros((share.size, cut.share.size))
            lumps[np.arange(share.size), cut.codes] = 1.0
            total += np.maximum(gap @ lumps, 0.0) @ np.ones(cut.share.size)
        return total / len(self.cuts)

    def holds(self, classes: Classes) -> Flags:
        """Classes within distance t."""
        result: Flags = self._distance(classes) <= self.t + TOLERANCE
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Rows that no trimming keeps within a cut's limit.  Where that is not worked out (``ordered``, or too many
        values) there is the convexity of the distance, which is at most 1: it dooms n (d − t) / (1 − t) rows."""
        usable = [cut for cut in self.cuts if cut.share.size <= WIDEST and not self.ordered]
        if not usable:
            spread = max(1.0 - self.t, TOLERANCE)
            rows = np.ceil(classes.count * (self._distance(classes) - self.t) / spread - SLACK).astype(np.int64)
            return np.where(failing, np.clip(rows, 1, classes.count), 0)
        doomed = failing.astype(np.int64)
        for cut in usable:
            for numbers, counts in classes.histograms[self.field].blocks(cut.share.size, failing, cut.codes):
                kept = np.floor(within_caps(counts, cut.share, 1.0 - cut.most) + SLACK).astype(np.int64)
                doomed[numbers] = np.maximum(doomed[numbers], classes.count[numbers] - kept)
        return doomed

    def value(self, classes: Classes) -> float:
        """The largest distance of a class."""
        return float(self._distance(classes).max()) if classes.count.size else float("nan")


def _ordered(histogram: Histogram, share: Floats) -> Floats:
    """Σ |F(i) − G(i)| / (m − 1) over the values i, F and G adding up class and table.

    F only steps at the values that a class has, and G never falls, so each stretch between two steps is split once,
    where G passes F, and summed from running totals of G."""
    values = share.size
    table = np.cumsum(share)
    below = np.concatenate(([0.0], np.cumsum(table)))
    owner = histogram.owner()
    rows = histogram.sums(histogram.count)
    running = np.cumsum(histogram.count)
    inside = running - (running[histogram.start] - histogram.count[histogram.start])[owner]
    mine = inside / rows[owner]
    first = histogram.value
    last = np.empty_like(first)
    last[:-1] = first[1:]
    last[np.append(histogram.start[1:], first.size) - 1] = values
    cross = np.clip(np.searchsorted(table, mine), first, last)
    under = mine * (cross - first) - (below[cross] - below[first])
    over = (below[last] - below[cross]) - mine * (last - cross)
    total = histogram.sums(under + over) + below[first[histogram.start]]
    return np.asarray(total / max(values - 1, 1))


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
    cuts = [Cut(None, share, min(t * height, 1.0))]
    for level in range(1, height):
        index: dict[tuple[str, ...], int] = {}
        codes = np.array([index.setdefault(paths[value][level:], len(index)) for value in whole.values], np.int64)
        lumped = np.bincount(codes, weights=share, minlength=len(index)).astype(float)
        cuts.append(Cut(codes, lumped, min(t * height / (level + 1), 1.0)))
    return tuple(cuts)


def judge(params: Params, whole: Whole) -> Judge:
    """t, the field and the distance from the parameters, the baseline from the whole table."""
    baseline = whole.sensitive[params[FIELD]]
    share = baseline.share()
    if params["distance"] == "hierarchical":
        cuts = _lumps(share, baseline, params["t"])
    else:
        cuts = (Cut(None, share, params["t"]),)
    if params["distance"] == "ordered":
        return Judge(params[FIELD], params["t"], cuts, True)
    return Judge(params[FIELD], params["t"], cuts, False, least_rows(share, cuts[0].most))


def least_rows(share: Floats, most: float) -> int:
    """Fewer rows than these always differ from ``share`` by a total variation above ``most``: the nearest that n whole
    rows come is n × share rounded down, and what is left given to the largest remainders."""
    for rows in range(1, MOST_ROWS):
        whole = np.floor(rows * share + SLACK)
        left = rows - int(whole.sum())
        rest = np.sort(rows * share - whole)[::-1][: max(left, 0)]
        if float(np.maximum(1.0 - rest, 0.0).sum()) / rows <= most + SLACK:
            return rows
    return MOST_ROWS


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
