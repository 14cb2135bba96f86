"""Classification penalty: what a learner would get wrong who guesses the most frequent target value of every class.

Targets may be quasi-identifiers themselves; then the class is what the other quasi-identifiers say, and generalising
the target costs as well.  Nothing bounds it from below but the rows that are lost in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.search.axis import Axis, Ints
from anonymizers.search.evaluate import Evaluation, Look
from anonymizers.search.groups import group_ids, starts
from anonymizers.search.metric import Levels, factors

Floats = NDArray[np.float64]


class Classification:
    """Rows outside their class's majority, per target, as a share of all rows; the penalties are ARX's.

    Source: Iyengar 2002, Transforming data to satisfy privacy constraints, KDD, doi:10.1145/775047.775089."""

    width = 1

    def __init__(self, axes: Sequence[Axis], rows: int, gs_factor: float, params: Mapping[str, Any]) -> None:
        unknown = set(params) - {"targets"}
        targets = params.get("targets")
        if unknown or not isinstance(targets, (list, tuple)) or not targets:
            raise AnonymizerError("The metric classification needs targets: a list of fields to be predicted.")
        places = {axis.name: place for place, axis in enumerate(axes)}
        self.axes = axes
        self.rows = max(rows, 1)
        self.inside = [places[name] for name in targets if name in places]
        self.beside = [name for name in targets if name not in places]
        self.rare, self.torn = factors(gs_factor)
        self.gone = gs_factor
        self.worst = max(self.rare, self.torn, self.gone)
        self.unit = self.worst * self.rows

    def gauge(self, look: Look) -> float:
        """The penalty of the classes that are kept."""
        total = 0.0
        kept = ~look.failing
        for name in self.beside:
            histogram = look.classes.histograms[name]
            entries = kept[histogram.owner()]
            total += self._penalty(histogram.owner()[entries], histogram.count[entries], 0.0)
        codes = look.codes()[kept] if self.inside else np.zeros((0, 0), dtype=np.int64)
        count = look.classes.count[kept]
        for place in self.inside:
            others = ((codes[:, a], axis.leaves) for a, axis in enumerate(self.axes) if a != place)
            groups, _ = group_ids(others, count.size)
            level = look.table.levels[place]
            total += self._penalty(*_merged(groups, codes[:, place], count), self._scale(place, level))
        return total

    def _scale(self, place: int, level: int) -> float:
        group = self.axes[place].group
        most = int(np.unique(group[0]).size)
        return 1.0 - (int(np.unique(group[level]).size) - 1) / (most - 1) if most > 1 else 0.0

    def _penalty(self, owner: Ints, count: Ints, scale: float) -> float:
        """``count`` rows of one target value each in class ``owner`` (classes together)."""
        if not owner.size:
            return 0.0
        if scale == 1.0:
            return float(count.sum()) * self.worst / self.unit
        order = np.lexsort((-count, owner))
        start, ranked = starts(owner[order]), count[order].astype(float)
        sums = np.add.reduceat(ranked, start)
        second = np.full(start.size, -1.0)
        several = np.diff(start, append=ranked.size) > 1
        second[several] = ranked[start[several] + 1]
        majority = ranked[start] != second
        rare = self.rare * (1.0 - scale) + self.worst * scale
        torn = self.torn * (1.0 - scale) + self.worst * scale
        wrong = np.where(majority, (sums - ranked[start]) * rare, sums * torn)
        return float(wrong.sum()) / self.unit

    def score(self, node: Evaluation) -> Floats:
        """With the rows that are lost."""
        return np.array([node.gauged + self._lost(node.lost)])

    def _lost(self, rows: int) -> float:
        return rows * (len(self.inside) + len(self.beside)) * self.gone / self.unit

    def floor(self, levels: Levels) -> Floats:
        """Everything guessed right."""
        return np.zeros((len(levels[0]) if levels else 1, 1))

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """Everything guessed right but what is lost in any case."""
        return self.floor(levels) + self._lost(node.doomed)

    def above(self, node: Evaluation) -> None:
        """A coarser node may guess better: its classes are larger, but fewer rows are lost."""
        return

    def loss(self, score: Floats) -> float:
        """Nothing wrong is 0, everything at the highest penalty 1."""
        return min(max(float(score[0]) / (len(self.inside) + len(self.beside)), 0.0), 1.0)


def _merged(groups: Ints, values: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Rows by (group, value), each pair once."""
    numbers, _ = group_ids(
        [(groups, int(groups.max(initial=0)) + 1), (values, int(values.max(initial=0)) + 1)], groups.size
    )
    order = np.argsort(numbers, kind="stable")
    start = starts(numbers[order])
    if not start.size:
        return groups, count
    return groups[order][start], np.add.reduceat(count[order], start)
