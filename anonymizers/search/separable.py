"""Metrics that price each attribute by itself: loss, non-uniform entropy, precision, height.

Each knows, for an attribute, what every level costs without suppression (``price``), and what rows that are lost add
to that (``penalty``).  ``penalty`` at a coarse node never exceeds what the same rows add at a finer one, so it may be
added to the price of the finer node as a lower bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.search.aggregate import aggregate
from anonymizers.search.axis import Axis
from anonymizers.search.evaluate import Evaluation
from anonymizers.search.metric import Levels, factors

Floats = NDArray[np.float64]


class Separable:
    """Puts attributes together; subclasses price one attribute.  ``adds``: losing more rows never costs less."""

    adds = False

    def __init__(self, axes: Sequence[Axis], rows: int, function: str, gs_factor: float, limit: int) -> None:
        self.axes = axes
        self.rows = max(rows, 1)
        self.limit = limit
        self.function = function
        self._gains: dict[tuple[str, int], Floats] = {}
        self.general, self.suppress = factors(gs_factor)
        self._aggregate = aggregate(function)
        self.weights = np.array([axis.weight for axis in axes])
        self.width = len(axes) if function == "rank" else 1
        self.prices = [self.price(axis) for axis in axes]
        self.slopes = self.slope() if function in ("sum", "arithmetic-mean") and axes else None
        everything = [np.array([self.ceiling(axis)]) for axis in axes]
        nothing = [np.zeros(1) for _ in axes]
        self._span = (self._together(nothing)[0], self._together(everything)[0])

    def price(self, axis: Axis) -> Floats:
        """The cost of every level when no row is suppressed, not yet normalised."""
        raise NotImplementedError

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """What losing ``lost`` rows (by value code at ``level``) adds at that level."""
        raise NotImplementedError

    def ceiling(self, axis: Axis) -> float:
        """The most that an attribute can cost, normalised."""
        return 1.0

    def normal(self, axis: Axis, cost: Floats) -> Floats:
        """Costs on the metric's scale."""
        return cost

    def slope(self) -> Floats | None:
        """By how much ``normal`` grows for a cost of one, attribute by attribute; None where it is no straight line, or
        a bound is not price and penalty."""
        return None

    def score(self, node: Evaluation) -> Floats:
        """The exact score of an evaluated node."""
        own = [np.array([level]) for level in node.levels]
        score: Floats = self._bounded(node.losses, node.levels, own)[0]
        return score

    def floor(self, levels: Levels) -> Floats:
        """Prices alone."""
        return self._bounded((), (), levels)

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """Prices of the finer nodes, and the rows that are lost there in any case."""
        return self._bounded(node.dooms, node.levels, levels)

    def rise(self, node: Evaluation, rows: Sequence[Floats]) -> Floats | None:
        """What losing ``rows`` (by attribute and value code at ``node``) adds at least to the ``floor`` of any node
        finer than or equal to it, float[1], and exactly that at ``node`` itself.  Known where attributes are added up,
        each a straight line of its rows; None elsewhere."""
        if self.slopes is None:
            return None
        if not rows:
            return np.zeros(1)
        parts = [self.penalty(axis, node.levels[a], rows[a]) for a, axis in enumerate(self.axes)]
        scale = len(self.axes) if self.function == "arithmetic-mean" else 1
        return np.array([float(self.slopes * self.weights @ parts) / scale])

    def part(self, places: Sequence[int]) -> Separable | None:
        """The same metric as if only the attributes at ``places`` cost anything; None where the parts do not add up to
        at most the whole."""
        if not (self.adds and self.function in ("sum", "arithmetic-mean")):
            return None
        part = copy(self)
        part.weights = np.zeros_like(self.weights)
        part.weights[list(places)] = self.weights[list(places)]
        return part

    def above(self, node: Evaluation) -> None:
        """Prices say it all."""
        return

    def loss(self, score: Floats) -> float:
        """The score between nothing lost and everything lost (of the rank aggregate: its mean)."""
        low, high = float(self._span[0].mean()), float(self._span[1].mean())
        return min(max((float(score.mean()) - low) / (high - low), 0.0), 1.0) if high > low else 0.0

    def _bounded(self, lost: Sequence[Floats], at: Sequence[int], levels: Levels) -> Floats:
        columns = []
        for place, axis in enumerate(self.axes):
            added = self.penalty(axis, at[place], lost[place]) if lost else 0.0
            columns.append(self.normal(axis, self.prices[place] + added)[levels[place]])
        return self._together(columns)

    def _together(self, columns: Sequence[Floats]) -> Floats:
        return self._aggregate(columns, self.weights) if columns else np.zeros((1, 1))


class Loss(Separable):
    """Iyengar's loss as ARX normalises it: a cell costs the share of its domain that it might be, a lost cell all.

    Source: Iyengar 2002, Transforming data to satisfy privacy constraints, KDD, doi:10.1145/775047.775089.
    """

    adds = True

    def price(self, axis: Axis) -> Floats:
        """Σ rows × share × generalisation factor."""
        result: Floats = (axis.share @ axis.rows.astype(float)) * self.general
        return result

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """A lost row costs 1 (or a part of the way there) in place of its share."""
        gain = self._gains.get((axis.name, level))
        if gain is None:
            share = axis.share[level]
            gain = self.suppress * (1.0 - share) + (1.0 - self.general) * share
            self._gains[axis.name, level] = gain
        return float(lost @ gain)

    def ceiling(self, axis: Axis) -> float:
        """Everything general or everything lost, whichever costs more."""
        return float(max(self.general, self.suppress))

    def slope(self) -> Floats | None:
        """No price is below that of the original values, so nothing is cut off at 0."""
        spans = np.array([self.rows - self.general * self.rows / axis.domain for axis in self.axes])
        slopes: Floats = np.divide(1.0, spans, out=np.zeros_like(spans), where=spans > 0)
        return slopes

    def normal(self, axis: Axis, cost: Floats) -> Floats:
        """0 for the original values, 1 for a whole column lost."""
        least = self.general * self.rows / axis.domain
        if self.rows - least <= 0:
            return np.zeros_like(cost)
        return np.maximum((cost - least) / (self.rows - least), 0.0)


class Precision(Separable):
    """Sweeney's precision, turned into a loss: a cell costs its level over the height of its hierarchy.

    Source: Sweeney 2002, doi:10.1142/S021848850200165X.
    """

    def price(self, axis: Axis) -> Floats:
        """Level over height, times the rows."""
        return np.arange(axis.top + 1) / max(axis.top, 1) * self.general * self.rows

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """A lost row costs the suppression factor in place of its level; where that is a gain, no row less than the
        limit may be counted on."""
        worth = self.suppress - level / max(axis.top, 1) * self.general
        return worth * float(lost.sum())

    def normal(self, axis: Axis, cost: Floats) -> Floats:
        """Per row."""
        result: Floats = cost / self.rows
        return result

    def ceiling(self, axis: Axis) -> float:
        """Everything general or everything lost, whichever costs more."""
        return float(max(self.general, self.suppress))

    def floor(self, levels: Levels) -> Floats:
        """Prices, less what suppression might save when it is made cheap (gs_factor below 0.5)."""
        return self._together([self._cheapest(place, 0)[levels[place]] for place in range(len(self.axes))])

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """As ``floor``, with the rows that are lost in any case."""
        return self._together([self._cheapest(place, node.doomed)[levels[place]] for place in range(len(self.axes))])

    def _cheapest(self, place: int, doomed: int) -> Floats:
        """The cost of every level is linear in the rows lost: the least of both ends."""
        axis = self.axes[place]
        worth = self.suppress - np.arange(axis.top + 1) / max(axis.top, 1) * self.general
        ends = np.minimum(worth * doomed, worth * max(self.limit, doomed))
        return self.normal(axis, self.prices[place] + ends)


class Height(Separable):
    """The sum of the levels; suppression is free."""

    adds = True

    def price(self, axis: Axis) -> Floats:
        """The level."""
        return np.arange(axis.top + 1).astype(float)

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """Nothing."""
        return 0.0

    def ceiling(self, axis: Axis) -> float:
        """The top level."""
        return float(axis.top)


class Static(Height):
    """A price for every level, given by a person; suppression is free.  As ARX's static metric."""

    def __init__(
        self, axes: Sequence[Axis], rows: int, function: str, gs_factor: float, limit: int, given: Mapping[str, Any]
    ) -> None:
        self._given = given
        super().__init__(axes, rows, function, gs_factor, limit)

    def price(self, axis: Axis) -> Floats:
        """As given.  Raises AnonymizerError unless there is a number a level and none is below the one before."""
        try:
            prices = np.array([float(number) for number in self._given[axis.name]])
        except (KeyError, TypeError, ValueError):
            raise AnonymizerError(f"The metric static: give field {axis.name!r} a list of numbers.") from None
        if prices.size != axis.top + 1 or not np.isfinite(prices).all() or (np.diff(prices) < 0).any():
            raise AnonymizerError(
                f"The metric static: field {axis.name!r} needs {axis.top + 1} numbers, one a level, that never fall."
            )
        return prices

    def ceiling(self, axis: Axis) -> float:
        """The price of the top level."""
        return float(self.price(axis)[-1])


class MonotonicPrecision(Height):
    """Precision without the cost of suppression."""

    def price(self, axis: Axis) -> Floats:
        """Level over height."""
        return np.arange(axis.top + 1) / max(axis.top, 1) * self.general

    def ceiling(self, axis: Axis) -> float:
        """The top level."""
        return self.general


class Entropy(Separable):
    """Non-uniform entropy: how surprising the original value is, knowing the generalised one; in bits, over all rows.

    The monotonic variant leaves suppression out of it.  Lost rows cost the entropy of what they held at this level,
    as in ARX.  Source: Prasser, Bild, Kuhn 2016, A generic method for assessing the quality of de-identified health
    data, MIE, doi:10.3233/978-1-61499-678-1-312 (after De Waal, Willenborg 1999).
    """

    adds = True

    def price(self, axis: Axis) -> Floats:
        """Σ rows × log2(rows of the group / rows of the value)."""
        rows = axis.rows.astype(float)
        prices = np.zeros(axis.top + 1)
        some = rows > 0
        for level in range(axis.top + 1):
            group = np.bincount(axis.group[level], weights=rows, minlength=axis.leaves)[axis.group[level]]
            prices[level] = float(rows[some] @ np.log2(group[some] / rows[some]))
        return prices * self.general

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """Entropy of the lost values, times the lost rows; more lost rows or finer values never have less."""
        some = lost[lost > 0]
        return float(some @ np.log2(some.sum() / some)) * self.suppress

    def ceiling(self, axis: Axis) -> float:
        """ARX's: rows × log2(rows), twice because suppression comes on top."""
        return float(2.0 * self.rows * np.log2(self.rows)) * max(self.general, self.suppress)


class NormalizedEntropy(Entropy):
    """Non-uniform entropy, every attribute as a share of what it has to lose."""

    def normal(self, axis: Axis, cost: Floats) -> Floats:
        """Of the entropy of the original values."""
        rows = axis.rows[axis.rows > 0].astype(float)
        whole = float(rows @ np.log2(self.rows / rows)) if rows.size else 0.0
        return cost / whole if whole > 0 else np.zeros_like(cost)

    def ceiling(self, axis: Axis) -> float:
        """Everything general, and everything lost on top."""
        return 2.0


class MonotonicEntropy(Entropy):
    """Non-uniform entropy without the cost of suppression."""

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """Nothing."""
        return 0.0

    def ceiling(self, axis: Axis) -> float:
        """ARX's: rows × log2(rows)."""
        return float(self.rows * np.log2(self.rows)) * max(self.general, self.suppress)
