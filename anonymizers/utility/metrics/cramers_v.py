"""Cramér's V of two columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.joint import Joint
from anonymizers.utility.metric import LINK, Example, Link, Utility

Floats = NDArray[np.float64]


def cramers_v(joint: Joint) -> Link | None:
    """√(φ² / (min(rows, columns) − 1)) on the grid, 0 where a column does not vary, and the difference before and
    after; None where a side has no rows.  Source: Cramér 1946, Mathematical methods of statistics."""
    if not joint.before.any() or not joint.after.any():
        return None
    first, second = _v(joint.before), _v(joint.after)
    return Link(first, second, abs(first - second))


def _v(table: Floats) -> float:
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    inner = table[rows > 1e-15][:, columns > 1e-15]
    least = min(inner.shape) - 1
    if least < 1:
        return 0.0
    chance = np.outer(inner.sum(axis=1), inner.sum(axis=0))
    phi = float(((inner - chance) ** 2 / chance).sum())
    return float(min(np.sqrt(max(phi, 0.0) / least), 1.0))


UTILITY = Utility(
    name="cramers-v",
    title_zh="Cramér V",
    title_en="Cramér's V",
    scope=LINK,
    take=cramers_v,
    symmetric=True,
    examples=(
        Example({"a": ("x", "x", "y", "y"), "b": ("u", "u", "v", "v")},
                {"a": ("x", "x", "y", "y"), "b": ("u", "v", "u", "v")}, 1.0, field="a", other="b"),
        Example({"a": ("x", "y"), "b": ("u", "u")}, {"a": ("x", "y"), "b": ("u", "u")}, 0.0, field="a", other="b"),
    ),
)  # fmt: skip
