"""How many of the smallest classes go before models that judge the table as a whole are met.

Suppressing the smallest class first loses the fewest rows.  The number is found by halving between none and as many as
the suppression limit allows; where a model may be met, missed and met again on the way it need not be the least.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anonymizers.model import Ints, Overall


def most_cut(sizes: Ints, overalls: Sequence[Overall], most: int) -> int:
    """How many of ``sizes`` (ascending) must go: what is kept then is met, or more than ``most`` rows are gone."""
    if not sizes.size or _met(sizes, overalls):
        return 0
    high = int(np.searchsorted(sizes.cumsum(), most, side="right"))
    if high < sizes.size and not _met(sizes[high:], overalls):
        return high + 1
    low = 0  # missed at low, met at high
    while high - low > 1:
        middle = (low + high) // 2
        if _met(sizes[middle:], overalls):
            high = middle
        else:
            low = middle
    return high


def _met(sizes: Ints, overalls: Sequence[Overall]) -> bool:
    return all(overall.met(sizes) for overall in overalls)
