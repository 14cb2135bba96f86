"""The nodes that nothing beats, and the knee among them.

A node is on the front when no other has less loss at no more risk.  The knee is the point of the front that lies
farthest on the better side of the straight line between the front's ends, loss and risk both stretched to 0 … 1.  Risk
is a probability there, not its logarithm: going from k = 2 to 4 takes away far more risk than going from 50 to 100.
A front of fewer than three points has no knee.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KNEE = (
    "the point of the front farthest from the straight line between its two ends, on the better side of it, with loss "
    "and risk (a probability: 1 / k, or the average) both stretched to 0-1"
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Front:
    """``nodes``: numbers of nodes by falling risk (rising loss); ``knee``: one of them, or None."""

    nodes: Ints
    knee: int | None


def front(risk: Floats, loss: Floats) -> Front:
    """The front of ``risk`` and ``loss``, one a node; nodes without a positive risk (no rows) are left out.

    Of nodes that are equal in both the first is taken.  Source of the knee: Satopää, Albrecht, Irwin, Raghavan 2011,
    Finding a "kneedle" in a haystack, ICDCSW, doi:10.1109/ICDCSW.2011.20."""
    some = np.flatnonzero(risk > 0)
    order = some[np.lexsort((some, loss[some], risk[some]))]
    if not order.size:
        return Front(order.astype(np.int64), None)
    least = np.minimum.accumulate(loss[order])
    new = np.concatenate(([True], loss[order][1:] < least[:-1]))
    nodes = order[new][::-1].astype(np.int64)
    return Front(nodes, _knee(nodes, risk, loss))


def _knee(nodes: Ints, risk: Floats, loss: Floats) -> int | None:
    if nodes.size < 3:
        return None
    across, up = loss[nodes], risk[nodes]
    if np.ptp(across) <= 0 or np.ptp(up) <= 0:
        return None
    gain = 1.0 - (across - across.min()) / np.ptp(across) - (up - up.min()) / np.ptp(up)
    return int(nodes[int(gain.argmax())]) if gain.max() > 1e-12 else None
