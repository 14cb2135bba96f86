"""What an outsider can work out from the published tables: for every hidden cell the least and the most it can be.

Shares nothing with the search but the solver: equations are written down again, code by code, and the programs are
about the published numbers themselves, not about deviations from the hidden ones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anonymizers.tables.cells import Cells, Flags, Floats
from anonymizers.tables.solver import INFINITE, Program

SLACK = 1e-4


@dataclass(frozen=True, slots=True)
class Interval:
    """A hidden cell of a table and what it can be, in units; ``protected`` is None where nothing was asked for it."""

    table: int
    cell: int
    least: float
    most: float
    protected: bool | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table asked for, cell by cell: protection upwards, downwards, in all."""

    up: Floats
    down: Floats
    slide: Floats


def audit(
    tables: Sequence[Cells], hidden: Sequence[Flags], asked: Sequence[Asked], *, most: float, negative: bool
) -> list[Interval]:
    """The interval of every hidden cell.  The outsider is taken to know that no cell exceeds ``most`` (units), and,
    unless ``negative``, that none is below zero."""
    names = _variables(tables, hidden)
    if not names:
        return []
    number = {name: at for at, name in enumerate(dict.fromkeys(names.values()))}
    floor = -most if negative else 0.0
    scale = _scale(tables, hidden)
    n = len(number)
    program = Program(np.zeros(n), np.full(n, floor / scale), np.full(n, most / scale), presolve=False)
    for columns, factors, right in _sums(tables, hidden, names, number):
        program.row(columns, factors, right / scale, right / scale)
    bounds: dict[int, tuple[float, float]] = {}
    found = []
    for (table, cell), name in names.items():
        at = number[name]
        if at not in bounds:
            bounds[at] = (_reach(program, at, 1.0) * scale, -_reach(program, at, -1.0) * scale)
        found.append(_judged(tables[table], asked[table], table, cell, *bounds[at]))
    return found


def _variables(tables: Sequence[Cells], hidden: Sequence[Flags]) -> dict[tuple[int, int], tuple[int, ...]]:
    """A name for every hidden cell; the same name for cells of several tables that hold the same records."""
    seen: dict[tuple[int, int], set[int]] = {}
    for at, table in enumerate(tables):
        for same, count in zip(table.same.tolist(), table.count.tolist(), strict=True):
            seen.setdefault((same, count), set()).add(at)
    names: dict[tuple[int, int], tuple[int, ...]] = {}
    for at, (table, flags) in enumerate(zip(tables, hidden, strict=True)):
        for cell in np.flatnonzero(flags).tolist():
            mark = (int(table.same[cell]), int(table.count[cell]))
            shared = table.count[cell] > 0 and len(seen[mark]) > 1
            names[at, cell] = (-1, *mark) if shared else (at, cell)
    return names


def _sums(
    tables: Sequence[Cells],
    hidden: Sequence[Flags],
    names: dict[tuple[int, int], tuple[int, ...]],
    number: dict[tuple[int, ...], int],
) -> list[tuple[np.ndarray, Floats, float]]:
    """Every total with something hidden: columns, factors, and what the published cells leave over."""
    rows = []
    for at, (table, flags) in enumerate(zip(tables, hidden, strict=True)):
        shape, value = table.shape(), table.value
        for axis, dimension in enumerate(table.dimensions):
            others = [range(size) for i, size in enumerate(shape) if i != axis]
            for total, below in enumerate(dimension.children()):
                if not len(below):
                    continue
                for rest in itertools.product(*others):
                    cells = [
                        int(np.ravel_multi_index((*rest[:axis], code, *rest[axis:]), shape))
                        for code in (total, *below.tolist())
                    ]
                    signs = [1, *[-1] * len(below)]
                    covered = [(one, sign) for one, sign in zip(cells, signs, strict=True) if flags[one]]
                    if covered:
                        open_sum = sum(int(value[o]) * s for o, s in zip(cells, signs, strict=True) if not flags[o])
                        columns = np.array([number[names[at, one]] for one, _ in covered])
                        rows.append(_merged(columns, np.array([float(s) for _, s in covered]), float(-open_sum)))
    return rows


def _merged(columns: np.ndarray, factors: Floats, right: float) -> tuple[np.ndarray, Floats, float]:
    distinct, index = np.unique(columns, return_inverse=True)
    return distinct, np.bincount(index, factors).astype(np.float64), right


def _reach(program: Program, at: int, way: float) -> float:
    program.costs(np.array([at]), np.array([way]))
    solved = program.solve()
    program.costs(np.array([at]), np.zeros(1))
    return solved.objective if solved.status == "optimal" else -INFINITE


def _scale(tables: Sequence[Cells], hidden: Sequence[Flags]) -> float:
    """Numbers of a size that the solver likes: hidden cells about one."""
    sizes = np.concatenate([np.abs(t.value[h]).astype(np.float64) for t, h in zip(tables, hidden, strict=True)])
    positive = sizes[sizes > 0]
    return float(np.median(positive)) if len(positive) else 1.0


def _judged(table: Cells, asked: Asked, at: int, cell: int, least: float, most: float) -> Interval:
    value = float(table.value[cell])
    up, down, slide = float(asked.up[cell]), float(asked.down[cell]), float(asked.slide[cell])
    if not (up or down or slide):
        return Interval(at, cell, least, most, None)
    slack = SLACK * max(up, down, slide)
    good = most >= value + up - slack and least <= value - down + slack and most - least >= slide - slack
    return Interval(at, cell, least, most, good)
