"""Peel a table: rows leave at the cheapest node of the lattice at which their class satisfies the models.

The nodes are walked once, by what they cost on average; at each, every class of the rows still there that satisfies
all models is frozen as it stands and taken out.  What is left over in the end joins the frozen class it costs least to
widen, or is suppressed where that costs less and the limit allows.  A reader would get wrong that frozen classes may
overlap as regions: what makes rows alike is the text they are released with, and that is judged once more at the end.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.partition.cells import Cells, cells, packed
from anonymizers.partition.gather import Frozen, gather
from anonymizers.partition.judged import Judged, distinct
from anonymizers.recoder import Recoded
from anonymizers.search.groups import starts
from anonymizers.search.lattice import all_levels, size
from anonymizers.search.problem import NoSolution, Problem
from anonymizers.search.solve import allowed

MOST_LISTED = 1 << 19
BLOCK_WORDS = 16_000
MOST_BLOCK = 4096

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Peel:
    """What is left: ``units`` still to be frozen, and for every unit the ``level`` of each field and its ``owner``
    (the number of its frozen class, −1 while there is none).  ``shifted`` are codes that fit side by side in a word,
    None where they do not; ``columns`` the codes of ``units`` by field."""

    cells: Cells
    judged: Judged
    units: Ints
    level: NDArray[np.int16]
    owner: Ints
    shifted: list[Ints] | None
    columns: list[Ints]
    classes: int = 0
    tried: int = 0

    def rows(self) -> int:
        """Rows not yet frozen."""
        return int(self.judged.counts[self.units].sum())

    def candidates(self, nodes: Ints) -> Ints:
        """Which of ``nodes`` [n, fields] have a class that may be frozen, given the rows left now."""
        blocks, width = nodes.shape[0], self.units.size
        self.tried += blocks
        if blocks == 1:
            return np.zeros(1, dtype=np.int64)
        word = None if self.judged.fields else self._words(nodes)
        if word is None:
            number, groups = self._numbered(nodes)
            holds = self.judged.holds(np.tile(self.units, blocks), number, groups)
            block = np.repeat(np.arange(blocks), width)
            return np.unique(block[holds[number]])
        least = self.judged.least
        word = np.repeat(word, self.judged.counts[self.units], axis=1)
        if word.shape[1] < least:
            return np.zeros(0, dtype=np.int64)
        word.sort(axis=1)
        return np.flatnonzero((word[:, least - 1 :] == word[:, : word.shape[1] - least + 1]).any(axis=1))

    def freeze(self, node: Ints) -> int:
        """Freeze what satisfies the models at ``node``; gives the number of rows frozen."""
        word = self._words(node[None, :])
        number, groups = self._ranked(word[0]) if word is not None else self._numbered(node[None, :])
        holds = self.judged.holds(self.units, number, groups)
        if not holds.any():
            return 0
        chosen = holds[number]
        mine = self.units[chosen]
        fresh = np.cumsum(holds) - 1 + self.classes
        self.level[mine], self.owner[mine] = node, fresh[number[chosen]]
        self.classes += int(holds.sum())
        self.units = self.units[~chosen]
        left = (~chosen).nonzero()[0]
        self.columns = [codes.take(left) for codes in self.columns]
        return int(self.judged.counts[mine].sum())

    def _ranked(self, word: Ints) -> tuple[Ints, int]:
        order = np.argsort(word)
        ordered = word[order]
        first = starts(ordered)
        number = np.empty(word.size, dtype=np.int64)
        number[order] = np.repeat(np.arange(first.size), np.diff(first, append=word.size))
        return number, int(first.size)

    def _words(self, nodes: Ints) -> Ints | None:
        """One word a node and unit, or None where the fields need more bits than a word has."""
        if self.shifted is None:
            return None
        word = np.zeros((nodes.shape[0], self.units.size), dtype=np.int64)
        for place, shifted in enumerate(self.shifted):
            codes = self.columns[place]
            if nodes.shape[0] == 1:
                word[0] |= shifted[nodes[0, place]].take(codes)
            else:
                word |= shifted[:, codes][nodes[:, place]]
        return word

    def _numbered(self, nodes: Ints) -> tuple[Ints, int]:
        """A number a (node, unit), equal exactly for the same class of the same node; for any number of fields."""
        columns = [np.repeat(np.arange(nodes.shape[0]), self.units.size)]
        columns += [
            axis.group[:, codes][nodes[:, place]].ravel()
            for place, (axis, codes) in enumerate(zip(self.cells.axes, self.columns, strict=True))
        ]
        return distinct(columns, columns[0].size)


def peel(problem: Problem) -> Recoded | NoSolution:
    """Peel, gather what is left over, check what was made."""
    began = time.perf_counter()
    limit_s = problem.settings.time_limit_s
    deadline = None if limit_s is None else began + limit_s
    made, judged = cells(problem), Judged(problem)
    units = problem.counts.size
    state = Peel(
        made,
        judged,
        np.arange(units, dtype=np.int64),
        np.zeros((units, len(made.axes)), dtype=np.int16),
        np.full(units, -1, dtype=np.int64),
        packed(made.axes),
        [np.ascontiguousarray(column) for column in made.codes.T],
    )
    complete = _walk(state, deadline) if size(made.axes) <= MOST_LISTED else _climb(state, deadline)
    left = state.rows()
    spare = allowed(problem.settings.suppression_limit, problem.rows)
    frozen = Frozen(made, judged, state.level, state.owner)
    keep = gather(frozen, state.units, spare)
    if keep is None:
        return NoSolution(
            f"{left} rows fit no class that satisfies the models, more than may be suppressed; raise "
            "suppression_limit, weaken a model, or give a field a hierarchy with a higher level.",
            size(made.axes),
            state.tried,
            time.perf_counter() - began,
        )
    keep = _confirmed(problem, frozen, keep)
    lost = int(problem.counts[~keep].sum())
    if lost > spare:
        return NoSolution("Different groups of a hierarchy share a label; give every group its own.")
    notes = {
        "classes": int(np.unique(frozen.owner[keep]).size),
        "nodes": {"lattice": size(made.axes), "checked": state.tried},
        "gathered_rows": left - lost,
        "complete": complete,
    }
    columns = made.columns(problem, frozen.level)
    return Recoded(columns, keep, lost, made.loss(frozen.level, keep, problem.counts), notes)


def _walk(peel: Peel, deadline: float | None) -> bool:
    """Every node once, by mean cost, the one with fewest groups first where several cost the same.

    Nodes are asked in blocks whether they could freeze anything, which most cannot.  False when time ran out."""
    columns = [column.astype(np.int64) for column in all_levels(peel.cells.axes)]
    if not columns:
        return True
    cost = np.sum([price[column] for price, column in zip(peel.cells.price(), columns, strict=True)], axis=0)
    height = np.sum(columns, axis=0)
    grain = np.sum([fine[column] for fine, column in zip(peel.cells.grain(), columns, strict=True)], axis=0)
    order = np.lexsort((height, grain.round(9), cost.round(12)))
    nodes = np.stack(columns, axis=1)[order]
    start = 0
    while start < nodes.shape[0] and peel.units.size:
        if deadline is not None and time.perf_counter() > deadline:
            peel.freeze(nodes[-1])
            return False
        block = min(max(BLOCK_WORDS // peel.units.size, 1), MOST_BLOCK)
        some = nodes[start : start + block]
        for place in peel.candidates(some):
            if peel.units.size:
                peel.freeze(some[place])
        start += block
    return True


def _climb(peel: Peel, deadline: float | None) -> bool:
    """For lattices too large to list: climb from the bottom, each time by the one level that frees most rows for what
    it costs; from the bottom again until a climb frees nothing.  False when time ran out."""
    axes, price = peel.cells.axes, peel.cells.price()
    freed = 1
    while freed and peel.units.size:
        freed = 0
        for node in _ladder(peel, np.array([axis.low for axis in axes], dtype=np.int64), price):
            freed += peel.freeze(node)
            if deadline is not None and time.perf_counter() > deadline:
                peel.freeze(np.array([axis.high for axis in axes], dtype=np.int64))
                return False
            if not peel.units.size:
                break
    return True


def _ladder(peel: Peel, node: Ints, price: list[NDArray[np.float64]]) -> Iterator[Ints]:
    """The nodes of one climb."""
    axes = peel.cells.axes
    yield node
    while peel.units.size:
        steps: list[tuple[float, float, int]] = []
        for place, axis in enumerate(axes):
            if node[place] < axis.high:
                higher = node.copy()
                higher[place] += 1
                peel.tried += 1
                number, groups = peel._numbered(higher[None, :])
                rows = float(
                    peel.judged.counts[peel.units][peel.judged.holds(peel.units, number, groups)[number]].sum()
                )
                added = float(price[place][node[place] + 1] - price[place][node[place]])
                gain = rows / max(added, 1e-9)
                heapq.heappush(steps, (-gain, -groups_merged(peel, groups) / max(added, 1e-9), place))
        if not steps:
            return
        node = node.copy()
        node[heapq.heappop(steps)[2]] += 1
        yield node


def groups_merged(peel: Peel, groups: int) -> float:
    """How many units share a class with others: what decides where no step frees anything yet."""
    return float(peel.units.size - groups)


def _confirmed(problem: Problem, frozen: Frozen, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``keep`` without the classes that the texts of the output do not uphold (groups of one name merge)."""
    units = np.flatnonzero(keep)
    columns = frozen.cells.columns(problem, frozen.level)
    number, groups = distinct([one.codes[units] for one in columns], units.size)
    holds = frozen.judged.holds(units, number, groups)
    result = keep.copy()
    result[units[~holds[number]]] = False
    return result
