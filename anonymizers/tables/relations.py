"""What adds up to what: every total of every dimension is the sum of its children, whatever the other codes are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anonymizers.tables.cells import Words
from anonymizers.tables.dimension import Dimension, Ints


@dataclass(frozen=True, slots=True)
class Equations:
    """Sparse rows over cells: row r holds ``cells[starts[r]:starts[r + 1]]`` with the same ``signs`` (+1 the total,
    which comes first, -1 its children), and sums to zero."""

    starts: Ints
    cells: Ints
    signs: Ints
    number: int

    @property
    def rows(self) -> int:
        """How many equations there are."""
        return len(self.starts) - 1

    def row_of(self) -> Ints:
        """The equation of every entry."""
        return np.repeat(np.arange(self.rows), np.diff(self.starts))

    def residuals(self, values: np.ndarray) -> np.ndarray:
        """What every equation misses; all zeros where ``values`` add up."""
        if not self.rows:
            return np.zeros(0, values.dtype)
        missing: np.ndarray = np.add.reduceat(values[self.cells] * self.signs, self.starts[:-1])
        return missing


def relations(dimensions: tuple[Dimension, ...]) -> Equations:
    """All equations of one table."""
    shape = tuple(len(one.codes) for one in dimensions)
    grid = np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape)
    blocks: list[Ints] = []
    for axis, dimension in enumerate(dimensions):
        lines = np.moveaxis(grid, axis, 0).reshape(shape[axis], -1)
        for parent, below in enumerate(dimension.children()):
            if len(below):
                blocks.append(np.concatenate([lines[parent][None], lines[below]]).T)
    lengths = np.concatenate([np.full(len(block), block.shape[1], np.int64) for block in blocks])
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    cells = np.concatenate([block.ravel() for block in blocks])
    signs = np.full(len(cells), -1, np.int64)
    signs[starts[:-1]] = 1
    return Equations(starts, cells, signs, grid.size)


def linked(parts: list[Equations], fingerprints: list[tuple[Words, Ints]]) -> tuple[Equations, list[Ints]]:
    """Several tables as one system, and for each table the variable of every cell.

    Cells of different tables that hold the same records (equal fingerprint and count, at least one contributor)
    become one variable: suppressed in one they are suppressed in all."""
    sizes = [part.number for part in parts]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    whole = np.arange(offsets[-1], dtype=np.int64)
    if len(parts) > 1:
        same = np.concatenate([one for one, _ in fingerprints])
        count = np.concatenate([two for _, two in fingerprints])
        table = np.repeat(np.arange(len(parts)), sizes)
        order = np.lexsort((whole, count, same))
        fresh = np.ones(len(order), bool)
        fresh[1:] = (same[order][1:] != same[order][:-1]) | (count[order][1:] != count[order][:-1])
        group = np.cumsum(fresh) - 1
        spread = np.maximum.reduceat(table[order], np.flatnonzero(fresh)) != np.minimum.reduceat(
            table[order], np.flatnonzero(fresh)
        )
        joined = spread[group] & (count[order] > 0)
        whole[order[joined]] = order[np.flatnonzero(fresh)[group[joined]]]
    distinct, index = np.unique(whole, return_inverse=True)
    maps = [index[offsets[i] : offsets[i + 1]].astype(np.int64) for i in range(len(parts))]
    starts = np.concatenate([[0], *(part.starts[1:] + base for part, base in zip(parts, _bases(parts), strict=True))])
    cells = np.concatenate([maps[i][part.cells] for i, part in enumerate(parts)])
    signs = np.concatenate([part.signs for part in parts])
    return Equations(starts.astype(np.int64), cells, signs, len(distinct)), maps


def _bases(parts: list[Equations]) -> Ints:
    return np.concatenate([[0], np.cumsum([len(part.cells) for part in parts])[:-1]]).astype(np.int64)
