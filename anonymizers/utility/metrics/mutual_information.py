"""Mutual information of two columns, as a share of what they could have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.joint import Joint
from anonymizers.utility.metric import LINK, Example, Link, Utility

Floats = NDArray[np.float64]


def mutual_information(joint: Joint) -> Link | None:
    """I(X; Y) / min(H(X), H(Y)) on the grid, 0 where a column does not vary, and the difference before and after; None
    where a side has no rows.  Source: Kvålseth 1987, doi:10.1109/TSMC.1987.4309069."""
    if not joint.before.any() or not joint.after.any():
        return None
    first, second = _share(joint.before), _share(joint.after)
    return Link(first, second, abs(first - second))


def _share(table: Floats) -> float:
    least = min(_entropy(table.sum(axis=1)), _entropy(table.sum(axis=0)))
    if least <= 1e-12:
        return 0.0
    mutual = _entropy(table.sum(axis=1)) + _entropy(table.sum(axis=0)) - _entropy(table.reshape(-1))
    return min(max(mutual / least, 0.0), 1.0)


def _entropy(mass: Floats) -> float:
    some = mass[mass > 0]
    return -float(some @ np.log2(some))


UTILITY = Utility(
    name="mutual-information",
    title_zh="互信息",
    title_en="Mutual information",
    scope=LINK,
    take=mutual_information,
    symmetric=True,
    examples=(
        Example({"a": ("x", "x", "y", "y"), "b": ("u", "u", "v", "v")},
                {"a": ("x", "x", "y", "y"), "b": ("u", "v", "u", "v")}, 1.0, field="a", other="b"),
        Example({"a": ("x", "y"), "b": ("u", "v")}, {"a": ("x", "y"), "b": ("u", "v")}, 0.0, field="a", other="b"),
    ),
)  # fmt: skip
