"""Ambiguity: how many original tuples a released row may stand for, on average."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.tables import Tables


def ambiguity(made: Tables) -> float | None:
    """Mean over rows of the product of the cells' numbers of possible values; a suppressed row may be anything.  ARX
    gives the sum, which is this times the rows.  None for no rows.

    Source: Goldberger, Tassa 2010, Efficient anonymizations with enhanced utility, Transactions on Data Privacy 3(2).
    """
    if not made.after:
        return None
    total = np.ones(made.after)
    most = 1.0
    for one in made.generalised():
        domain = len(one.tree.rows) if one.tree is not None else max(len(one.domain), 1)
        total *= np.append(np.maximum(one.share * domain, 1.0), 1.0)[one.after]
        most *= domain
    return float(np.where(made.lost, most, total).mean())


TREE = (("1", "x"), ("2", "x"), ("3", "y"), ("4", "y"))
UTILITY = Utility(
    name="ambiguity",
    title_zh="歧义度",
    title_en="Ambiguity",
    scope=TABLE,
    take=ambiguity,
    within=(1.0, None),
    zero=False,
    examples=(
        Example({"a": ("1", "2", "3", "4")}, {"a": ("x", "x", "y", "*")}, 2.5, {"a": TREE}),
        Example({"a": ("1", "2")}, {"a": ("1", "2")}, 1.0),
    ),
)
