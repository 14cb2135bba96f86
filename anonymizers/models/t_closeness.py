"""t-closeness: the sensitive values of every class are distributed like those of the whole table, up to distance t.

The distance is the earth mover's: ``equal`` (every move costs 1), ``ordered`` (neighbours in the order of the values
cost 1 / (m − 1)) or ``hierarchical`` (moving under a common ancestor of height h in a tree of height H costs h / H).
The whole table is the table before suppression.
"""

from __future__ import annotations

from collections.abc import Callable
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

TOLERANCE = 1e-12
BLOCK_CELLS = 1 << 21

Distance = Callable[[Histogram], Floats]


@dataclass(frozen=True, slots=True)
class Judge:
    """``distance`` gives one number a class; ``farthest`` is the largest distance any distribution can have."""

    field: str
    t: float
    distance: Distance
    farthest: float

    def holds(self, classes: Classes) -> Flags:
        """Classes within distance t."""
        result: Flags = self.distance(classes.histograms[self.field]) <= self.t + TOLERANCE
        return result

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """The distance is convex: if parts of n rows stay and lie within t, the class lies within
        t + (lost / n) (farthest − t), so a class at distance d loses at least n (d − t) / (farthest − t)."""
        excess = self.distance(classes.histograms[self.field]) - self.t
        spread = max(self.farthest - self.t, TOLERANCE)
        rows = np.ceil(classes.count * excess / spread - 1e-9).astype(np.int64)
        return np.where(failing, np.clip(rows, 1, classes.count), 0)

    def value(self, classes: Classes) -> float:
        """The largest distance of a class."""
        return float(self.distance(classes.histograms[self.field]).max()) if classes.count.size else float("nan")


def _equal(share: Floats) -> Distance:
    def distance(histogram: Histogram) -> Floats:
        rows = histogram.sums(histogram.count)[histogram.owner()]
        above = np.maximum(histogram.count / rows - share[histogram.value], 0.0)
        return np.asarray(histogram.sums(above), dtype=float)

    return distance


def _in_blocks(width: int, measure: Callable[[Floats], Floats]) -> Distance:
    """``measure`` on matrices of differences (classes × values) small enough for the cache."""
    step = max(BLOCK_CELLS // max(width, 1), 1)

    def distance(histogram: Histogram) -> Floats:
        number = histogram.start.size
        parts = [measure(histogram.dense(width, slice(i, min(i + step, number)))) for i in range(0, number, step)]
        return np.concatenate(parts) if parts else np.zeros(0)

    return distance


def _ordered(share: Floats) -> Distance:
    width = share.size

    def measure(counts: Floats) -> Floats:
        gap = counts / counts.sum(axis=1, keepdims=True) - share
        total: Floats = np.abs(np.cumsum(gap, axis=1)).sum(axis=1) / max(width - 1, 1)
        return total

    return _in_blocks(width, measure)


def _hierarchical(share: Floats, whole: Distribution) -> Distance:
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
    ups = [_ancestors([paths[value] for value in whole.values], level) for level in range(height + 1)]

    def measure(counts: Floats) -> Floats:
        extra = counts / counts.sum(axis=1, keepdims=True) - share
        cost = np.zeros(extra.shape[0])
        for level in range(1, height + 1):
            moved, extra = _moved(extra, ups[level - 1], ups[level])
            cost += level / height * moved
        return cost

    return _in_blocks(share.size, measure)


def _ancestors(paths: list[tuple[str, ...]], level: int) -> Ints:
    """The group of every value at ``level``, the groups of all higher levels kept apart too."""
    index: dict[tuple[str, ...], int] = {}
    return np.array([index.setdefault(path[level:], len(index)) for path in paths], dtype=np.int64)


def _moved(extra: Floats, below: Ints, above: Ints) -> tuple[Floats, Floats]:
    """Mass moved between the children of every node one level up, and the extra mass left at those nodes."""
    children = np.zeros(int(below.max()) + 1, dtype=np.int64)
    children[below] = above
    nodes = np.zeros((children.size, int(above.max()) + 1))
    nodes[np.arange(children.size), children] = 1.0
    supply, demand = np.maximum(extra, 0.0) @ nodes, np.maximum(-extra, 0.0) @ nodes
    return np.minimum(supply, demand).sum(axis=1), supply - demand


def judge(params: Params, whole: Whole) -> Judge:
    """t, the field and the distance from the parameters, the baseline from the whole table."""
    baseline = whole.sensitive[params[FIELD]]
    share = baseline.share()
    distance = {
        "equal": lambda: _equal(share),
        "ordered": lambda: _ordered(share),
        "hierarchical": lambda: _hierarchical(share, baseline),
    }[params["distance"]]()
    corners = np.arange(share.size, dtype=np.int64)
    farthest = distance(Histogram(corners, corners, np.ones_like(corners)))
    return Judge(params[FIELD], params["t"], distance, float(farthest.max(initial=0.0)))


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
