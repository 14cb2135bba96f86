"""The fields of a problem as coordinates: numbers standardised, categories as corners that are equally far apart.

Missing numbers lie at the mean.  Categories in larger number than ``MOST_CORNERS`` lie on a line in the order of
their hierarchy, for a thousand corners would drown every other field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.hierarchy import MISSING
from anonymizers.numbers import read_number
from anonymizers.search.problem import Problem

MOST_CORNERS = 32

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One field by unit: ``texts`` of the values that occur, ``code`` of each unit; ``value`` of each code where all
    values are numbers (missing: nan), else None; ``decimals`` the most that a value has."""

    texts: tuple[str, ...]
    code: NDArray[np.int64]
    value: Floats | None
    decimals: int

    def by_unit(self) -> Floats:
        """The number of every unit."""
        assert self.value is not None, "the field holds words"
        return self.value[self.code]


def numbers(problem: Problem, place: int) -> Numbers:
    """The values of the field at ``place``."""
    table = problem.hierarchies[place].rows
    present, code = np.unique(problem.keys[:, place], return_inverse=True)
    texts = tuple(table[row][0] for row in present.tolist())
    read = [None if text == MISSING else read_number(text) for text in texts]
    words = any(number is None and text != MISSING for number, text in zip(read, texts, strict=True))
    value = None if words or not any(text != MISSING for text in texts) else np.array(read, dtype=float)
    decimals = max((len(text.partition(".")[2]) for text in texts if value is not None), default=0)
    return Numbers(texts, code.astype(np.int64), value, decimals)


def coordinates(fields: Sequence[Numbers]) -> Floats:
    """float[units, dimensions]: standardised (sample standard deviation), constant fields at 0."""
    columns = [column for one in fields for column in _columns(one)]
    return np.stack(columns, axis=1) if columns else np.zeros((fields[0].code.size if fields else 0, 0))


def _columns(one: Numbers) -> list[Floats]:
    if one.value is not None:
        return [_standard(one.by_unit())]
    if len(one.texts) > MOST_CORNERS:
        return [_standard(one.code.astype(float))]
    return [(one.code == code) / np.sqrt(2.0) for code in range(len(one.texts))]


def _standard(values: Floats) -> Floats:
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if known.size else 0.0
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    centred = np.where(np.isnan(values), 0.0, values - mean)
    return np.asarray(centred / spread) if spread > 0 else np.zeros_like(centred)
