"""Metrics that price a whole class by its share of the domain: information loss, publisher benefit, ambiguity, KL.

Where a class's own price is no sum over its attributes, ``gauge`` looks at the classes of a node; bounds come from what
can be said attribute by attribute.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.game import Costs
from anonymizers.search.axis import Axis, Ints
from anonymizers.search.evaluate import Evaluation, Look
from anonymizers.search.metric import Levels
from anonymizers.search.separable import Separable

Floats = NDArray[np.float64]


class InformationLoss(Separable):
    """Σ log(values a cell might be) / Σ log(domain), row by row; a lost row costs 1.

    Source: Wan et al. 2015, A game theoretic framework for analyzing re-identification risk, PLOS ONE 10(3),
    doi:10.1371/journal.pone.0120592."""

    def __init__(self, axes: Sequence[Axis], rows: int, gs_factor: float, limit: int) -> None:
        self.full = math.log10(math.prod(axis.domain for axis in axes))
        super().__init__([replace(axis, weight=1.0) for axis in axes], rows, "sum", gs_factor, limit)

    def price(self, axis: Axis) -> Floats:
        """Σ rows × log(share × domain), a part of the whole."""
        if self.full <= 0.0:
            return np.zeros(axis.top + 1)
        price: Floats = np.log10(axis.share * axis.domain) @ axis.rows / self.full * self.general
        return price

    def penalty(self, axis: Axis, level: int, lost: Floats) -> float:
        """A lost row costs all of it in place of its part."""
        if self.full <= 0.0:
            return 0.0
        own = np.log10(axis.share[level] * axis.domain)
        return float(lost @ (self.suppress * math.log10(axis.domain) - self.general * own)) / self.full

    def floor(self, levels: Levels) -> Floats:
        """Prices, less what suppression might save where it is made cheap (gs_factor below 0.5)."""
        return super().floor(levels) - self._saved()

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """With the rows that are lost in any case, where losing them cannot pay."""
        return self.floor(levels) if self._saved() else super().below(node, levels)

    def loss(self, score: Floats) -> float:
        """Per row."""
        return min(max(float(score[0]) / self.rows, 0.0), 1.0)

    def _saved(self) -> float:
        return self.limit * max(self.general - self.suppress, 0.0)


class PublisherBenefit(InformationLoss):
    """What the publisher does not earn: benefit lost with information, and fines where an attack pays.

    Source: as ``InformationLoss``; ``attacker`` = "journalist" matches against the wider table."""

    def __init__(
        self, axes: Sequence[Axis], rows: int, gs_factor: float, limit: int, params: Mapping[str, Any]
    ) -> None:
        self.costs = Costs.read(params)
        super().__init__(axes, rows, gs_factor, limit)

    def gauge(self, look: Look) -> float:
        """The fines that classes which are kept must expect."""
        kept = ~look.failing
        return self.general * float(self.costs.fines(look.classes.count[kept], look.classes.population[kept]).sum())

    def score(self, node: Evaluation) -> Floats:
        """In money."""
        return super().score(node) * self.costs.benefit + node.gauged

    def floor(self, levels: Levels) -> Floats:
        """As if nobody attacked."""
        return super().floor(levels) * self.costs.benefit

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """As if nobody attacked."""
        if self._saved():
            return self.floor(levels)
        return super().below(node, levels) * self.costs.benefit

    def loss(self, score: Floats) -> float:
        """Of the benefit that the original table would bring."""
        return super().loss(score / self.costs.benefit) if self.costs.benefit > 0 else 0.0


class Ambiguity:
    """Rows times the number of tuples that each might stand for.

    Source: Goldberger, Tassa 2010, Efficient anonymizations with enhanced utility, Transactions on Data Privacy 3(2).
    """

    width = 1

    def __init__(self, axes: Sequence[Axis], rows: int) -> None:
        self.rows = max(rows, 1)
        self.most = float(math.prod(axis.domain for axis in axes))
        self.means = [np.log10(axis.share * axis.domain) @ axis.rows / self.rows for axis in axes]

    def gauge(self, look: Look) -> float:
        """Of the classes that are kept."""
        kept = ~look.failing
        return float((look.classes.count[kept] * np.exp(look.logs()[kept] * math.log(10.0))).sum()) * self.most

    def score(self, node: Evaluation) -> Floats:
        """A lost row might be anything."""
        return np.array([node.gauged + node.lost * self.most])

    def floor(self, levels: Levels) -> Floats:
        """A mean of products is no less than the product of the geometric means."""
        total = np.zeros(len(levels[0]) if levels else 1)
        for mean, column in zip(self.means, levels, strict=True):
            total = total + mean[column]
        result: Floats = (self.rows * np.exp(total * math.log(10.0)) * (1.0 - 1e-12))[:, None]
        return result

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """Doomed rows might be anything, the others are at least themselves."""
        return np.maximum(self.floor(levels), node.doomed * self.most + (self.rows - node.doomed))

    def above(self, node: Evaluation) -> None:
        """The floor says it all."""
        return

    def loss(self, score: Floats) -> float:
        """Every row itself is 0, every row anything is 1."""
        most = self.rows * self.most
        return min(max((float(score[0]) - self.rows) / (most - self.rows), 0.0), 1.0) if most > self.rows else 0.0


class Divergence:
    """Kullback-Leibler divergence between the tuples and what the classes spread evenly over their cells would be,
    every row counted with the frequency of its tuple, as in ARX.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302."""

    width = 1

    def __init__(self, axes: Sequence[Axis], counts: Ints) -> None:
        some = counts > 0
        self.rows = max(int(counts.sum()), 1)
        self.some, self.counts = some, counts[some].astype(float)
        self.most = float(math.prod(axis.domain for axis in axes))
        share = self.counts / self.rows
        self.least = float((self.counts * share) @ np.log2(share)) if share.size else 0.0
        self.top = float((self.counts * share) @ np.log2(share * self.most)) if share.size else 0.0

    def gauge(self, look: Look) -> float:
        """Σ over tuples of rows × share × log2(share / share in the output)."""
        classes = look.classes
        area = np.exp(look.logs() * math.log(10.0)) * self.most
        lost = float(classes.count[look.failing].sum())
        spread = np.where(look.failing, lost / self.most, classes.count / area) / self.rows
        mine = np.searchsorted(look.words, look.tables.classes_of(look.table.levels)[self.some])
        share = self.counts / self.rows
        return float((self.counts * share) @ np.log2(share / spread[mine])) if share.size else 0.0

    def score(self, node: Evaluation) -> Floats:
        """Of an evaluated node."""
        return np.array([node.gauged])

    def floor(self, levels: Levels) -> Floats:
        """As if the output were certain of every tuple: next to nothing is known of finer nodes."""
        return np.full((len(levels[0]) if levels else 1, 1), self.least)

    def below(self, node: Evaluation, levels: Levels) -> Floats:
        """As ``floor``."""
        return self.floor(levels)

    def above(self, node: Evaluation) -> None:
        """Nothing can be said."""
        return

    def loss(self, score: Floats) -> float:
        """Nothing diverging is 0; everything spread over the whole domain is 1."""
        return min(max(float(score[0]) / self.top, 0.0), 1.0) if self.top > 0 else 0.0
