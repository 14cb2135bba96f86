"""Total variation distance of two columns together: do the same values still meet?"""

from __future__ import annotations

import numpy as np

from anonymizers.utility.joint import Joint
from anonymizers.utility.metric import LINK, Example, Link, Utility


def two_way(joint: Joint) -> Link | None:
    """Half of Σ |p − q| over the grid; None where a side has no rows."""
    if not joint.before.any() or not joint.after.any():
        return None
    return Link(None, None, min(float(np.abs(joint.before - joint.after).sum()) / 2.0, 1.0))


UTILITY = Utility(
    name="two-way",
    title_zh="二维总变差",
    title_en="Two-way total variation",
    scope=LINK,
    take=two_way,
    symmetric=True,
    examples=(
        Example({"a": ("x", "x", "y", "y"), "b": ("u", "u", "v", "v")},
                {"a": ("x", "x", "y", "y"), "b": ("u", "v", "u", "v")}, 0.5, field="a", other="b"),
        Example({"a": ("x", "y"), "b": ("u", "v")}, {"a": ("x", "y"), "b": ("u", "v")}, 0.0, field="a", other="b"),
    ),
)  # fmt: skip
