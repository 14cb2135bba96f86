"""What one full pass over a column leaves behind: counts, and a bounded sample; nothing else of its values.

Counts of cells are exact.  ``distinct`` is exact only when ``exact`` says so; otherwise it is the number of
distinct values among the sampled rows, scaled up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from classifiers.scan.alphabet import STAR


@dataclass(frozen=True, slots=True)
class Hits:
    """Of ``looked_at`` cells ``passed`` fit a pattern and its check and ``shaped`` at least its regex.

    ``looked_at`` is every present cell, or the sampled ones for shapes that prove nothing of a single cell.
    """

    passed: int
    shaped: int
    looked_at: int
    distinct: int
    best: str
    null_rate: float
    checked: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Distinct repaired values of the sampled rows, how often each was seen there, and how many rows that were."""

    values: pa.StringArray
    counts: np.ndarray[tuple[int], np.dtype[np.int64]]
    rows: int

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The sampled values that are numbers. ``decimals`` is the median number of digits after the point."""

    share: float
    low: float
    high: float
    whole: bool
    decimals: int
    median: float


@dataclass(frozen=True, slots=True)
class Dates:
    """The sampled values that are dates, months or years; ``early`` is the share before 1990."""

    share: float
    low: int
    high: int
    median: int
    early: float
    with_time: float
    only_year: float


@dataclass(frozen=True, slots=True)
class Profile:
    """One column after the pass.  ``kinds`` counts cells by the mask of :mod:`classifiers.scan.alphabet`.

    ``hits`` has every category whose shape occurs, ``proofs`` those of which a check digit was passed, over all cells.
    """

    rows: int
    present: int
    distinct: int
    exact: bool
    lengths: Mapping[int, int]
    kinds: Mapping[int, int]
    hits: Mapping[str, Hits]
    proofs: Mapping[str, Hits]
    notes: Mapping[str, int]
    sample: Sample
    numbers: Numbers | None = None
    dates: Dates | None = None
    serial: bool = False

    @property
    def missing(self) -> int:
        """Cells that are null, empty, or a word for missing."""
        return self.rows - self.present

    @property
    def uniqueness(self) -> float:
        """Distinct values per present cell, between 0 and 1."""
        return min(1.0, self.distinct / self.present) if self.present else 0.0

    def share(self, allowed: int, required: int = 0) -> float:
        """Share of present cells whose characters are all of the ``allowed`` kinds, with all ``required`` ones."""
        if not self.present:
            return 0.0
        fits = sum(n for kind, n in self.kinds.items() if not kind & ~allowed and kind & required == required)
        return fits / self.present

    def having(self, kind: int) -> float:
        """Share of present cells with at least one character of that kind."""
        return sum(n for k, n in self.kinds.items() if k & kind) / self.present if self.present else 0.0

    @property
    def masked(self) -> float:
        """Share of present cells with an asterisk."""
        return self.having(STAR)

    def length_quantile(self, q: float) -> int:
        """The length in characters below which a share ``q`` of the cells lies (255 stands for more)."""
        need, seen = q * self.present, 0
        for length in sorted(self.lengths):
            seen += self.lengths[length]
            if seen >= need:
                return length
        return 0
