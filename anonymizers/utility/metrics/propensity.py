"""Propensity score: can a model tell raw rows from treated ones?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anonymizers.utility.features import features
from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.tables import Tables

MOST_ROWS = 10_000  # a side
RIDGE = 1e-3
STEPS = 25
Floats = NDArray[np.float64]


def propensity(made: Tables) -> float | None:
    """pMSE of a logistic regression over all columns, by its most c(1 − c): 0 cannot tell them apart, 1 always does;
    None where a side has no rows.  A label is spread evenly over what it stands for: generalisation shows as far as
    that is not how the raw values lie.  Of larger tables, rows at even distances.

    Source: Snoke et al. 2018, doi:10.1111/rssa.12358 (Woo et al. 2009, doi:10.29012/jpc.v1i1.568)."""
    if not made.before or not made.after:
        return None
    first, second = features(made.columns, made.before, made.after, most=MOST_ROWS)
    rows = np.vstack((first, second))
    share = len(second) / len(rows)
    rows = rows[:, rows.std(axis=0) > 0]
    rows = np.hstack((np.ones((len(rows), 1)), rows))
    flag = np.concatenate((np.zeros(len(first)), np.ones(len(second))))
    scores = _fitted(rows, flag)
    return min(float(((scores - share) ** 2).mean()) / (share * (1.0 - share)), 1.0)


def _fitted(rows: Floats, flag: Floats) -> Floats:
    """Scores of a logistic regression with a slight ridge, by Newton's method."""
    weight = np.zeros(rows.shape[1])
    mean = flag.mean()
    weight[0] = np.log(mean / (1.0 - mean))
    ridge = np.full(rows.shape[1], RIDGE * len(rows) / rows.shape[1])
    ridge[0] = 1e-9
    for _ in range(STEPS):
        score = 1.0 / (1.0 + np.exp(-np.clip(rows @ weight, -30.0, 30.0)))
        slope = rows.T @ (flag - score) - ridge * weight
        curve = (rows * (score * (1.0 - score))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weight = weight + step
        if float(np.abs(rows @ step).max()) < 1e-7:
            break
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(rows @ weight, -30.0, 30.0))), dtype=np.float64)


UTILITY = Utility(
    name="propensity",
    title_zh="倾向得分 pMSE",
    title_en="Propensity score (pMSE)",
    scope=TABLE,
    take=propensity,
    examples=(
        Example({"a": ("x", "y", "x", "y")}, {"a": ("y", "x", "y", "x")}, 0.0),
        Example({"a": ()}, {"a": ()}, None),
    ),
)
