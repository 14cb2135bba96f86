"""From one number an attribute to one score, as ARX's aggregate functions do it; smaller is better.

Every function is monotone in every attribute, which is what makes a bound attribute by attribute a bound of the whole.
``rank`` compares the attributes from the worst down, so its score has one number an attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError

Floats = NDArray[np.float64]
Columns = Sequence[Floats]
Aggregate = Callable[[Columns, Floats], Floats]

RANK_DIGITS = 10


def aggregate(name: str) -> Aggregate:
    """The function called ``name``: (one column of values an attribute, weights) → float[nodes, score width]."""
    try:
        return _FUNCTIONS[name]
    except KeyError:
        raise AnonymizerError(f"There is no aggregate {name!r}; there are: {', '.join(_FUNCTIONS)}.") from None


def _sum(columns: Columns, weights: Floats) -> Floats:
    total = np.zeros_like(columns[0])
    for column, weight in zip(columns, weights, strict=True):
        total = total + column * weight
    return total[:, None]


def _arithmetic(columns: Columns, weights: Floats) -> Floats:
    result: Floats = _sum(columns, weights) / len(columns)
    return result


def _geometric(columns: Columns, weights: Floats) -> Floats:
    """Of the values plus one, minus one: a zero must not hide the others."""
    product = np.ones_like(columns[0])
    for column, weight in zip(columns, weights, strict=True):
        product = product * ((column + 1.0) * weight) ** (1.0 / len(columns))
    return product[:, None] - 1.0


def _largest(columns: Columns, weights: Floats) -> Floats:
    result: Floats = np.max([column * weight for column, weight in zip(columns, weights, strict=True)], axis=0)
    return result[:, None]


def _rank(columns: Columns, weights: Floats) -> Floats:
    weighted = np.stack(
        [column.round(RANK_DIGITS) * weight for column, weight in zip(columns, weights, strict=True)], 1
    )
    return -np.sort(-weighted, axis=1)


_FUNCTIONS: dict[str, Aggregate] = {
    "arithmetic-mean": _arithmetic,
    "geometric-mean": _geometric,
    "sum": _sum,
    "max": _largest,
    "rank": _rank,
}
