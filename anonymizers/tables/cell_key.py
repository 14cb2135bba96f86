"""Cell key perturbation (Fraser and Wooton 2005; Marley and Leaver 2011): noise that a cell takes along wherever it
stands, because it is looked up by the sum of the secret keys of the records in it.

The table of transitions is the one of largest entropy with mean zero, the variance asked for, no deviation beyond a
maximum, nothing negative, and no published count of 1 … ``least`` (Giessing 2016).  What a reader would get wrong: the
published cells do not add up, on purpose; nobody should add them up either."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.draw import draw
from anonymizers.errors import AnonymizerError
from anonymizers.tables.cells import Cells, Floats, Words
from anonymizers.tables.dimension import Ints

STEPS = 64


@dataclass(frozen=True, slots=True)
class Noise:
    """``rows[i]`` are the probabilities of the deviations -most … +most for a count of i; the last row serves all
    larger counts."""

    most: int
    rows: Floats

    def deviation(self, counts: Ints, keys: Words) -> Ints:
        """What is added to every count: its key as a number in [0, 1) read off the cumulated row."""
        share = (keys >> np.uint64(11)).astype(np.float64) * 2.0**-53
        cumulated = np.cumsum(self.rows, axis=1)[np.clip(counts, 0, len(self.rows) - 1)]
        cumulated[:, -1] = 1.0
        steps: Ints = (cumulated <= share[:, None]).sum(axis=1).astype(np.int64)
        return steps - self.most


def noise(*, most: int, variance: float, least: int = 0) -> Noise:
    """The table of transitions.  Raises AnonymizerError where no noise of that variance fits within ``most``."""
    if most < 1 or most > 50 or least < 0 or least >= most or not 0 < variance < most * most:
        raise AnonymizerError("Cell keys need 1 ≤ most ≤ 50, 0 ≤ least < most and a variance above 0 and below most².")
    deviations = np.arange(-most, most + 1)
    rows = [np.where(deviations == 0, 1.0, 0.0)]
    for count in range(1, most + least + 2):
        made = count + deviations
        allowed = (made >= 0) & ~((made >= 1) & (made <= least))
        rows.append(_spread(deviations, allowed, variance))
    return Noise(most, np.stack(rows))


def perturbed(cells: Cells, table: Noise) -> Ints:
    """Counts with their noise; empty cells stay empty."""
    return cells.value + table.deviation(cells.value, cells.key)


def record_keys(key: bytes, scope: str, rows: int) -> Words:
    """A key for every row, from the release key: the same for the same row, table and key."""
    return draw(key, "cell-key", scope).bits(rows, 1)


def _spread(deviations: np.ndarray, allowed: np.ndarray, variance: float) -> Floats:
    """Largest entropy on ``allowed`` with mean 0 and the variance, or the nearest variance that can be had: p is
    proportional to exp(a·v + b·v²); b is found by bisection, a inside it."""
    v = deviations[allowed].astype(np.float64)
    if v.min() >= 0 or v.max() <= 0:
        raise AnonymizerError("No noise with mean zero fits: allow a larger deviation.")
    low, high = -60.0, 60.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        p = _centred(v, middle)
        if float(p @ v**2) > variance:
            high = middle
        else:
            low = middle
    row = np.zeros(len(deviations))
    row[allowed] = _centred(v, (low + high) / 2)
    return row


def _centred(v: Floats, bend: float) -> Floats:
    low, high = -4000.0, 4000.0
    p = np.zeros(len(v))
    for _ in range(STEPS):
        tilt = (low + high) / 2
        power = tilt * v + bend * v**2
        p = np.exp(power - power.max())
        p /= p.sum()
        mean = float(p @ v)
        if mean > 0:
            high = tilt
        else:
            low = tilt
    return p
