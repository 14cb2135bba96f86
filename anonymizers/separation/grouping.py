"""Count classes of packed integer keys: by a table where the keys are dense, by sorting packed words elsewhere.

Weights ride in the low bits of the sorted words, so that nothing has to be gathered afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Keys = npt.NDArray[np.int64] | npt.NDArray[np.int32]

DENSE = 3  # keys are dense when their domain is at most so many times the number of tuples
BITS = 63
WORTH = 0.2  # share of the tuples that must be alone before they are set aside


@dataclass(frozen=True, slots=True)
class Tally:
    """Classes so far: how many, how many of one row, and how many pairs of rows stand in one."""

    classes: int = 0
    uniques: int = 0
    together: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.classes + other.classes, self.uniques + other.uniques, self.together + other.together)


def tally_of(sizes: Longs) -> Tally:
    """The tally of classes of ``sizes`` rows (positive)."""
    pairs = (sizes * (sizes - 1)) >> 1
    return Tally(len(sizes), int(np.count_nonzero(sizes == 1)), int(pairs.sum()))


def dense(keys: Keys, domain: int) -> bool:
    """Whether counting by a table beats sorting."""
    return domain <= DENSE * len(keys) + 1024


def count(keys: Keys, domain: int, weights: Longs | None) -> Tally:
    """The tally of the classes of ``keys`` (all below ``domain``); every tuple stands for ``weights`` rows, or one."""
    if not len(keys):
        return Tally()
    if dense(keys, domain):
        sizes = np.bincount(keys, weights).astype(np.int64)  # float64 is exact up to 2**53 rows
        return tally_of(sizes[sizes > 0])
    if weights is None:
        return tally_of(np.diff(_starts(np.sort(keys)), append=len(keys)).astype(np.int64))
    width = int(weights.max()).bit_length()
    if domain.bit_length() + width <= BITS:
        words = (keys.astype(np.int64) << width) | weights
        words.sort()
        starts = _starts(words >> width)
        return tally_of(np.add.reduceat(words & ((1 << width) - 1), starts))
    order = np.argsort(keys, kind="stable")
    return tally_of(np.add.reduceat(weights[order], _starts(keys[order])))


def _starts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    new = np.empty(len(ordered), bool)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)


def sort_with_places(keys: Keys, domain: int) -> tuple[Longs, npt.NDArray[np.intp]]:
    """The keys in order and the place each came from."""
    width = max(1, (len(keys) - 1).bit_length())
    if domain.bit_length() + width <= BITS:
        words = (keys.astype(np.int64) << width) | np.arange(len(keys), dtype=np.int64)
        words.sort()
        return words >> width, (words & ((1 << width) - 1)).astype(np.intp)
    order = np.argsort(keys, kind="stable")
    return keys[order].astype(np.int64), order


@dataclass(frozen=True, slots=True)
class Refined:
    """``whole`` is the tally of all classes, ``aside`` that of the classes of one tuple, which no further column can
    split and which were set aside.  The other tuples: their ``places`` (None: all of them, nothing was set aside) and
    the number of the class of each, below ``domain``."""

    whole: Tally
    aside: Tally
    places: npt.NDArray[np.intp] | None
    groups: Keys
    domain: int


def refine(keys: Keys, domain: int, weights: Longs | None) -> Refined:
    """The classes of ``keys``, ready to be split by one more column."""
    if not len(keys):
        return Refined(Tally(), Tally(), None, keys, 1)
    if dense(keys, domain):
        return _by_table(keys, domain, weights)
    ordered, order = sort_with_places(keys, domain)
    starts = _starts(ordered)
    tuples = np.diff(starts, append=len(ordered))
    sizes = tuples if weights is None else np.add.reduceat(weights[order], starts)
    several = tuples > 1
    number = int(np.count_nonzero(several))
    groups = np.repeat(np.arange(number, dtype=np.int64), tuples[several])
    aside = tally_of(sizes[~several].astype(np.int64))
    whole = aside + tally_of(sizes[several].astype(np.int64))
    return Refined(whole, aside, order[np.repeat(several, tuples)], groups, max(number, 1))


def _by_table(keys: Keys, domain: int, weights: Longs | None) -> Refined:
    tuples = np.bincount(keys, minlength=domain)
    sizes = tuples if weights is None else np.bincount(keys, weights, minlength=domain).astype(np.int64)
    single = tuples == 1
    if int(np.count_nonzero(single)) < WORTH * len(keys):
        here = tuples > 0
        number = int(np.count_nonzero(here))
        whole = tally_of(sizes[here])
        if 2 * number >= domain:
            return Refined(whole, Tally(), None, keys, domain)
        ranks = np.cumsum(here, dtype=np.int32) - np.int32(1)
        return Refined(whole, Tally(), None, ranks[keys], number)
    several = tuples > 1
    places = np.flatnonzero(several[keys])
    ranks = np.cumsum(several, dtype=np.int32) - np.int32(1)
    aside = tally_of(sizes[single])
    number = int(np.count_nonzero(several))
    return Refined(aside + tally_of(sizes[several]), aside, places, ranks[keys[places]], max(number, 1))
