"""How good a node is, on a scale that one row more or less moves by at most 1: what SafePub's search looks at.

All rows of the wider table count, those that were not drawn like lost ones; higher is better.  The factors are the
sensitivities of Bild, Kuhn, Prasser 2018, doi:10.1515/popets-2018-0004, section 5, as ARX applies them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.search.axis import Axis
from anonymizers.search.evaluate import Evaluation, Look
from anonymizers.search.groups import group_ids, starts
from anonymizers.search.separable import Loss

Score = Callable[[Evaluation, Look], float]


def score_of(metric: str, axes: Sequence[Axis], rows: int, drawn: int, k: int, targets: Sequence[str]) -> Score:
    """The score that goes with ``metric``; ``rows`` of the wider table, ``drawn`` of them in the sample, least class
    size ``k``.  Raises AnonymizerError for metrics without one."""
    fields = max(len(axes), 1)
    outside = rows - drawn
    linear = fields * max(k - 1.0, 1.0)
    squared = rows * (5.0 if k == 1 else k * k / (k - 1.0) + 1.0)
    loss = Loss(axes, drawn, "sum", 0.5, drawn)

    def of_loss(node: Evaluation, look: Look) -> float:
        cells = 0.0
        for place, axis in enumerate(axes):
            level = node.levels[place]
            cells += float(loss.prices[place][level])
            cells += loss.penalty(axis, level, node.losses[place]) if node.losses else 0.0
        return -(cells + outside * fields) / linear

    def of_precision(node: Evaluation, look: Look) -> float:
        heights = sum(level / max(axis.top, 1) for axis, level in zip(axes, node.levels, strict=True))
        return -((drawn - node.lost) * heights + (node.lost + outside) * fields) / linear

    def of_classes(node: Evaluation, look: Look) -> float:
        return float(node.kept + bool(node.lost or outside))

    def of_squares(node: Evaluation, look: Look) -> float:
        return -(node.kept_squares + (node.lost + outside) * float(rows)) / squared

    def of_entropy(node: Evaluation, look: Look) -> float:
        kept = ~look.failing
        codes, count = look.codes()[kept], look.classes.count[kept]
        total = float(node.lost + outside) * rows * fields
        for place, axis in enumerate(axes):
            if node.levels[place] == axis.top and np.unique(axis.group[axis.top]).size <= 1:
                total += float(count.sum()) * rows
            else:
                total += float((np.bincount(codes[:, place], weights=count, minlength=1) ** 2).sum())
        return -total / (fields * squared)

    def of_guesses(node: Evaluation, look: Look) -> float:
        kept = ~look.failing
        total = 0.0
        places = {axis.name: place for place, axis in enumerate(axes)}
        codes, count = look.codes()[kept], look.classes.count[kept]
        for name in targets:
            if name in places:
                place = places[name]
                others = [(codes[:, a], axis.leaves) for a, axis in enumerate(axes) if a != place]
                groups, _ = group_ids(others, count.size)
                both, _ = group_ids([*others, (codes[:, place], axes[place].leaves)], count.size)
                right = _largest(groups, both, count)
                total += right * (1.0 - node.levels[place] / axes[place].top if axes[place].top else 1.0)
            else:
                histogram = look.classes.histograms[name]
                total += float(np.maximum.reduceat(histogram.count, histogram.start)[kept].sum()) if kept.any() else 0.0
        return total / (k * len(targets))

    made: dict[str, Score] = {
        "loss": of_loss,
        "precision": of_precision,
        "aecs": of_classes,
        "discernibility": of_squares,
        "entropy": of_entropy,
        "classification": of_guesses,
    }
    if metric not in made:
        raise AnonymizerError(
            f"Differential privacy cannot search by the metric {metric!r}; it can by: {', '.join(made)}."
        )
    return made[metric]


def _largest(groups: np.ndarray, both: np.ndarray, count: np.ndarray) -> float:
    """Σ over groups of the largest sum of ``count`` over equal ``both``."""
    if not count.size:
        return 0.0
    order = np.lexsort((both, groups))
    start = starts(both[order])
    sums = np.add.reduceat(count[order], start)
    return float(np.maximum.reduceat(sums, starts(groups[order][start])).sum())
