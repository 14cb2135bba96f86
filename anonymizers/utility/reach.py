"""What the labels of a treated column may stand for, as ranges of places in the column's domain.

A label is one value, an interval of numbers, the leaves below it in a hierarchy, the values that fit a mask, or (``*``)
anything.  Mass on a label is spread evenly over what it stands for: Kifer, Gehrke 2006, Injecting utility into
anonymized datasets, SIGMOD, doi:10.1145/1142473.1142499.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reach:
    """Ranges ``low[i]:high[i]`` of places, each belonging to label ``of[i]``; ``size``: places of a label (float)."""

    of: Ints
    low: Ints
    high: Ints
    size: Floats
    domain: int

    @staticmethod
    def made(of: Ints, low: Ints, high: Ints, labels: int, domain: int) -> Reach:
        """Counts the places of every label."""
        size = np.bincount(of, weights=(high - low).astype(float), minlength=labels).astype(float)
        return Reach(of, low, high, size, domain)

    @staticmethod
    def itself(domain: int) -> Reach:
        """Every place stands for itself: what raw values do."""
        places = np.arange(domain, dtype=np.int64)
        return Reach.made(places, places, places + 1, domain, domain)

    def spread(self, mass: Floats) -> Floats:
        """``mass`` on labels as mass on places, float[domain]."""
        each = mass / np.maximum(self.size, 1.0)
        single = self.high - self.low == 1
        total = np.bincount(self.low[single], weights=each[self.of[single]], minlength=self.domain)
        if not single.all():
            wide = ~single
            step = np.bincount(self.low[wide], weights=each[self.of[wide]], minlength=self.domain + 1)
            step -= np.bincount(self.high[wide], weights=each[self.of[wide]], minlength=self.domain + 1)
            total = total + np.maximum(np.cumsum(step)[: self.domain], 0.0)
        return np.asarray(total[: self.domain], dtype=np.float64)

    def middle(self, worth: Floats) -> Floats:
        """The mean ``worth`` (float[domain]) of what each label stands for; nan where it stands for nothing."""
        upto = np.concatenate(([0.0], np.cumsum(worth)))
        one = self.high - self.low == 1
        sums = np.where(one, worth[np.minimum(self.low, max(self.domain - 1, 0))] if self.domain else 0.0,
                        upto[self.high] - upto[self.low])  # fmt: skip
        total = np.bincount(self.of, weights=sums, minlength=self.size.size)
        made: Floats = np.divide(total, self.size, out=np.full(self.size.size, np.nan), where=self.size > 0)
        return made

    def shares(self, edges: Ints) -> Floats:
        """The part of each label that lies in each bin ``edges[b]:edges[b + 1]``: float[labels, bins]; every row of a
        label that stands for something sums to 1."""
        bins = edges.size - 1
        made = np.zeros((self.size.size, bins))
        single = self.high - self.low == 1
        place = np.clip(np.searchsorted(edges, self.low[single], side="right") - 1, 0, max(bins - 1, 0))
        np.add.at(made, (self.of[single], place), 1.0)
        if not single.all():
            low, high = self.low[~single][:, None], self.high[~single][:, None]
            inside = np.minimum(high, edges[None, 1:]) - np.maximum(low, edges[None, :-1])
            np.add.at(made, self.of[~single], np.maximum(inside, 0).astype(float))
        return np.asarray(made / np.maximum(self.size, 1.0)[:, None], dtype=np.float64)
