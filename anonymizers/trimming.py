"""How many rows of a class can stay if its values may only be trimmed: exact bounds for models about distributions.

Splitting a class and suppressing the parts that fail keeps, of every value, at most what there was.  If the parts that
stay hold, so does their union; so no split keeps more rows than the best trimming does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SLACK = 1e-9
HALVINGS = 12


def within_caps(counts: Floats, caps: Floats, need: float) -> Floats:
    """Rows that can stay in each class: the largest K with Σ min(count, cap K) ≥ ``need`` K.

    ``counts`` float[classes, values], ``caps`` float[values] (where it is 0 no row has that value).  Σ min(…) is the
    least, over all j, of the j values with the smallest count / cap counted in full plus the caps of the others, so K
    is the least of j quotients."""
    order = np.argsort(counts / np.where(caps > 0, caps, np.inf), axis=1)
    full = np.cumsum(np.take_along_axis(counts, order, axis=1), axis=1)
    capped = caps.sum() - np.cumsum(caps[order], axis=1)
    gap = need - capped
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = np.where(gap > SLACK, full / gap, np.inf)
    least: Floats = np.minimum(bounds.min(axis=1), counts.sum(axis=1))
    return least


def with_entropy(counts: Floats, bar: float) -> Floats:
    """An upper bound on the rows that can stay in each class with entropy (nats) at least ``bar``: the most even
    trimming cuts all values to one height, found by halving and rounded upwards."""
    high = counts.max(axis=1)
    low = np.zeros_like(high)
    for _ in range(HALVINGS):
        height = (low + high) / 2.0
        enough = _entropy(np.minimum(counts, height[:, None])) >= bar - SLACK
        low, high = np.where(enough, height, low), np.where(enough, high, height)
    kept: Floats = np.minimum(counts, high[:, None]).sum(axis=1)
    return np.where(_entropy((counts > 0).astype(float)) >= bar - SLACK, kept, 0.0)


def _entropy(counts: Floats) -> Floats:
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), SLACK)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    result: Floats = -(share * logs).sum(axis=1)
    return result
