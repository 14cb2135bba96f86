"""What a sweep finds: one entry a node of the lattice, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """``levels`` int[nodes, fields].  Without suppression: ``classes``, ``uniques`` (rows alone in their class).

    At the suppression limit: ``k`` is the largest that can be had by suppressing no more rows than the limit allows
    (0: there are no rows), ``suppressed`` the rows that takes, ``average_risk`` and ``maximum_risk`` the prosecutor
    risks of the rows kept, ``loss`` the loss with those rows lost, on the metric's scale (arithmetic mean).  For the k
    asked for: ``suppressed_at_k`` and ``loss_at_k``, whether the limit allows it or not."""

    fields: tuple[str, ...]
    rows: int
    limit: int
    wanted: int
    levels: NDArray[np.int16]
    classes: Ints
    uniques: Ints
    k: Ints
    suppressed: Ints
    average_risk: Floats
    maximum_risk: Floats
    loss: Floats
    suppressed_at_k: Ints
    loss_at_k: Floats

    def __len__(self) -> int:
        return int(self.k.size)
