"""Repeatable chance for made-up tables, whole columns at a time.

One `random.Random` feeds numpy with bytes: as repeatable as the standard library, as fast as arrays.  Nothing here
protects anybody: these are no real people, and this is never used where chance must be hidden.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Draw:
    """A stream of chance.  Every call moves it on, so the order of calls is part of the result."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def below(self, rows: int, limit: int) -> Ints:
        """``rows`` integers in [0, ``limit``); the bias of the remainder is below 2^-40 for limits up to 2^23."""
        raw = np.frombuffer(self._random.randbytes(8 * rows), "<u8")
        return (raw % np.uint64(limit)).astype(np.int64)

    def between(self, rows: int, first: int, last: int) -> Ints:
        """``rows`` integers from ``first`` to ``last``, both included."""
        return first + self.below(rows, last - first + 1)

    def share(self, rows: int) -> Floats:
        """``rows`` numbers in [0, 1)."""
        raw = np.frombuffer(self._random.randbytes(8 * rows), "<u8")
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def normal(self, rows: int) -> Floats:
        """``rows`` standard normal numbers (Box and Muller, 1958)."""
        radius = np.sqrt(-2.0 * np.log(1.0 - self.share(rows)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.share(rows)), np.float64)

    def chosen(self, rows: int, weights: Sequence[float]) -> Ints:
        """``rows`` indices, each as likely as its weight."""
        steps = np.cumsum(np.asarray(weights, np.float64))
        return np.searchsorted(steps / steps[-1], self.share(rows), side="right").astype(np.int64)

    def words(self, rows: int, words: Sequence[str], weights: Sequence[float] | None = None) -> pa.Array:
        """``rows`` of ``words``."""
        index = self.below(rows, len(words)) if weights is None else self.chosen(rows, weights)
        return take(words, index)

    def by_group(self, groups: Ints, tables: Sequence[tuple[Sequence[str], Sequence[float]]]) -> pa.Array:
        """One word a row, from the (words, weights) of the row's group."""
        words: list[str] = []
        index = np.zeros(len(groups), np.int64)
        for group, (options, weights) in enumerate(tables):
            here = np.flatnonzero(groups == group)
            index[here] = len(words) + self.chosen(len(here), weights)
            words += options
        return take(words, index)

    def some(self, rows: int, share: float) -> Mask:
        """True for about ``share`` of the rows."""
        return self.share(rows) < share


def take(words: Sequence[str], index: Ints) -> pa.Array:
    """``words[index]`` as a string array."""
    return pa.array(words, pa.string()).take(pa.array(index))


def digits(numbers: Ints, width: int = 0) -> pa.Array:
    """``numbers`` as text, with zeros in front up to ``width``."""
    text = pa.array(numbers).cast(pa.string())
    return pc.utf8_lpad(text, width, padding="0") if width else text


def join(*parts: pa.Array | str) -> pa.Array:
    """The parts of every row one after the other."""
    return pc.binary_join_element_wise(*(pa.scalar(p) if isinstance(p, str) else p for p in parts), "")


def put(values: pa.Array, where: Mask, others: pa.Array | str | None) -> pa.Array:
    """``values`` with ``others`` in the rows that ``where`` marks."""
    return pc.if_else(
        pa.array(where), pa.scalar(others, pa.string()) if not isinstance(others, pa.Array) else others, values
    )


def digit_matrix(numbers: Ints, width: int) -> Ints:
    """(rows, ``width``) decimal digits of ``numbers``, most significant first."""
    return np.stack([numbers // 10 ** (width - 1 - place) % 10 for place in range(width)], axis=1)
