"""The cells of one table, totals included: values, contributors, their largest contributions, and who is alone.

Arrays have one entry a cell of the full product of the dimensions' codes, the last dimension fastest.  Values are
whole numbers in units of 10^-decimals, so that sums are exact.  ``same`` is a fingerprint of the records in a cell:
cells with equal fingerprints and counts hold the same records, in whatever table they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.tables.dimension import Dimension, Ints

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
MOST_CELLS = 1_000_000
LARGEST = 1 << 52


@dataclass(frozen=True, slots=True)
class Cells:
    """``value`` (units), ``count`` (contributors), ``top`` (cells × K, largest contributions first, in units),
    ``asked`` (a main contributor asked to be protected), ``alone`` (who the only contributor is, -1 where there is
    none or more than one), ``same`` (fingerprint), ``key`` (sum of the records' keys modulo 2^64); ``size`` the sum of
    absolute contributions and ``given`` the protection that came with a table (0: none), None where not needed."""

    name: str
    dimensions: tuple[Dimension, ...]
    value: Ints
    count: Ints
    top: Floats
    asked: Flags
    alone: Ints
    same: Words
    key: Words
    decimals: int = 0
    negative: bool = False
    size: Floats | None = None
    given: Floats | None = None

    @property
    def number(self) -> int:
        """How many cells there are."""
        return len(self.value)

    def shape(self) -> tuple[int, ...]:
        """Codes a dimension."""
        return shape_of(self.dimensions)

    def coordinates(self) -> tuple[Ints, ...]:
        """The code of every cell in every dimension."""
        return tuple(np.asarray(one, np.int64) for one in np.unravel_index(np.arange(self.number), self.shape()))

    def magnitude(self) -> Floats:
        """What the rules measure a cell by: its value, or the sum of absolute contributions where some are negative."""
        return self.size if self.size is not None else self.value.astype(np.float64)


def shape_of(dimensions: tuple[Dimension, ...]) -> tuple[int, ...]:
    """Codes a dimension.  Raises AnonymizerError when the table would be too large."""
    shape = tuple(len(one.codes) for one in dimensions)
    if (cells := int(np.prod(shape, dtype=object))) > MOST_CELLS:
        raise AnonymizerError(f"The table would have {cells} cells, the limit is {MOST_CELLS}: use coarser codes.")
    return shape
