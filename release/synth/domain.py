"""What is publicly known of each field of a synthesis: a list of values, or bounds cut into bins.

What a reader would get wrong: nothing in it comes from the data.  A value that is not public is not in the rows that
come out, and a number is drawn anew from its public bin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.draw import Draw

Ints = NDArray[np.int64]
STREAM = 1 << 20  # far from the streams that deal out the rows


@dataclass(frozen=True, slots=True)
class PublicField:
    """``keys``: the values a field may have; or ``edges``: rising integers of 10^-decimals that cut it into bins, the
    last one closed.  With ``missing`` everything else is a value of its own, spelled as an empty cell; without it rows
    that have anything else are left out."""

    name: str
    keys: tuple[str, ...] = ()
    edges: tuple[int, ...] = ()
    decimals: int = 0
    missing: bool = False

    def known(self) -> int:
        """Number of public values or bins."""
        return len(self.keys) or len(self.edges) - 1

    def size(self) -> int:
        """Number of codes."""
        return self.known() + self.missing

    def labels(self) -> list[str]:
        """A name for every code: the value, the bin as low..high, or nothing for what is missing."""
        steps = 10**self.decimals
        bins = [
            f"{low / steps:.{self.decimals}f}..{self._last(place) / steps:.{self.decimals}f}"
            for place, low in enumerate(self.edges[:-1])
        ]
        return [*(self.keys or bins), *([""] if self.missing else [])]

    def _last(self, place: int) -> int:
        """The largest number of a bin."""
        return self.edges[place + 1] - (place + 2 < len(self.edges))

    def spelled(self, codes: Ints, draw: Draw, number: int) -> pa.Array:
        """The codes as texts; a number is any of its bin alike.  ``number`` tells the fields' draws apart."""
        if self.keys:
            return pa.array([*self.keys, None], pa.string()).take(pa.array(codes))
        first = np.array([*self.edges[:-1], 0], dtype=np.int64)
        width = np.array([self._last(n) - low + 1 for n, low in enumerate(self.edges[:-1])] + [1], dtype=np.int64)
        drawn = draw.uniform(len(codes), STREAM + number)
        steps = first[codes] + (drawn * width[codes]).astype(np.int64)
        different, place = np.unique(steps, return_inverse=True)
        texts = [f"{step / 10**self.decimals:.{self.decimals}f}" for step in different.tolist()]
        absent = codes >= self.known()
        return pa.array([*texts, None], pa.string()).take(pa.array(np.where(absent, len(texts), place)))


def sizes(fields: Sequence[PublicField]) -> tuple[int, ...]:
    """Number of codes a field."""
    return tuple(field.size() for field in fields)
