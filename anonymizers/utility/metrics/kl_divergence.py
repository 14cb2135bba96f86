"""Kullback-Leibler divergence of the original tuples from what the classes make of them."""

from __future__ import annotations

import numpy as np

from anonymizers.search.groups import group_ids
from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.tables import Tables


def divergence(made: Tables) -> float | None:
    """Bits: mean over rows of log2(share of the tuple / share that it has when every class is spread evenly over its
    cells).  ARX's metric of this name weighs each tuple by its rows once more.  None for no rows, or unpaired ones.

    Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302."""
    rows = made.after
    if not rows:
        return None
    columns = made.generalised()
    area, most = np.zeros(rows), 0.0
    for one in columns:
        domain = len(one.tree.rows) if one.tree is not None else max(len(one.domain), 1)
        area += np.append(np.log2(np.maximum(one.share * domain, 1.0)), 0.0)[one.after]
        most += float(np.log2(domain))
    word, _ = group_ids([(one.before.astype(np.int64) + 1, len(one.domain) + 1) for one in columns], rows)
    _, inverse, counts = np.unique(word, return_inverse=True, return_counts=True)
    own = np.log2(counts[inverse])
    spread = np.where(
        made.lost,
        np.log2(max(int(made.lost.sum()), 1)) - most,
        np.log2(np.append(made.sizes, 1)[made.classes]) - area,
    )
    return max(float((own - spread).mean()), 0.0)


TREE = (("1", "x"), ("2", "x"), ("3", "y"), ("4", "y"))
UTILITY = Utility(
    name="kl-divergence",
    title_zh="KL 散度(比特)",
    title_en="KL divergence (bits)",
    scope=TABLE,
    take=divergence,
    within=(0.0, None),
    paired=True,
    examples=(
        Example({"a": ("1", "1", "3", "3")}, {"a": ("x", "x", "y", "y")}, 1.0, {"a": TREE}, paired=True),
        Example({"a": ("1", "2", "3", "4")}, {"a": ("x", "x", "y", "y")}, 0.0, {"a": TREE}, paired=True),
    ),
)
