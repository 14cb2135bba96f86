"""Difference of the eigenvalues of the correlation matrices."""

from __future__ import annotations

import numpy as np

from anonymizers.utility.metric import TABLE, Example, Utility
from anonymizers.utility.numeric import correlations
from anonymizers.utility.tables import Tables

LEAST = 1e-9


def eigenvalues(made: Tables) -> float | None:
    """Σ |e − e'| / e over the eigenvalues of the correlation matrices before and after, largest first; None for fewer
    than two numeric columns that vary.  Eigenvalues of 0 are left out.

    Source: Templ, Meindl 2008, doi:10.1007/978-3-540-87471-3_10; sdcMicro's ``dUtility(method = "eigen")``."""
    found = correlations(made)
    if found is None:
        return None
    first, second = (np.linalg.eigvalsh(matrix)[::-1] for matrix in found[1:])
    some = first > LEAST
    return float((np.abs(first - second)[some] / first[some]).sum())


UTILITY = Utility(
    name="eigenvalues",
    title_zh="特征值差",
    title_en="Eigenvalue difference",
    scope=TABLE,
    take=eigenvalues,
    within=(0.0, None),
    examples=(
        Example({"a": ("0", "0", "2", "2"), "b": ("0", "2", "0", "2")},
                {"a": ("0", "0", "2", "2"), "b": ("0", "0", "2", "2")}, 2.0),
        Example({"a": ("0", "1", "3"), "b": ("5", "1", "2")}, {"a": ("0", "1", "3"), "b": ("5", "1", "2")}, 0.0),
        Example({"a": ("0", "1")}, {"a": ("0", "1")}, None),
    ),
)  # fmt: skip
