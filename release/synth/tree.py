"""Junction trees over public domains: which fields stand together in a clique, and how cliques hang together.

What a reader would get wrong: cliques that share no field are linked as well, over an empty separator, so that there is
always one tree and every field is in it.  Fields are numbered; a clique is a rising tuple of numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Clique = tuple[int, ...]
BYTES = 8


@dataclass(frozen=True, slots=True)
class Tree:
    """Cliques in an order in which every parent comes before its children.  ``parents[0]`` is -1."""

    cliques: tuple[Clique, ...]
    parents: tuple[int, ...]

    def separator(self, place: int) -> Clique:
        """The fields that the clique shares with its parent."""
        above = self.parents[place]
        return () if above < 0 else tuple(f for f in self.cliques[place] if f in self.cliques[above])

    def home(self, clique: Iterable[int]) -> int:
        """The first clique of the tree that holds all these fields.  Raises KeyError when there is none."""
        wanted = set(clique)
        for place, one in enumerate(self.cliques):
            if wanted <= set(one):
                return place
        raise KeyError("no clique holds these fields together")


def junction_tree(sizes: Sequence[int], cliques: Iterable[Clique]) -> Tree:
    """The tree of a greedy triangulation: the field whose elimination makes the smallest table goes first.

    Koller, Friedman 2009, chapters 9 and 10; running intersection by a spanning tree of largest separators."""
    found = _maximal(_eliminated(sizes, cliques))
    return _spanning(found, sizes)


def cells(sizes: Sequence[int], clique: Iterable[int]) -> int:
    """Numbers in the table of a clique."""
    return math.prod(sizes[field] for field in clique)


def megabytes(sizes: Sequence[int], cliques: Iterable[Clique]) -> float:
    """What the tables of the junction tree weigh."""
    return sum(cells(sizes, c) for c in junction_tree(sizes, cliques).cliques) * BYTES / 2**20


def _eliminated(sizes: Sequence[int], cliques: Iterable[Clique]) -> list[set[int]]:
    """The clique that each elimination makes."""
    beside: dict[int, set[int]] = {field: set() for field in range(len(sizes))}
    for clique in cliques:
        for one, other in combinations(clique, 2):
            beside[one].add(other)
            beside[other].add(one)
    made = []
    while beside:
        field = min(beside, key=lambda f: (cells(sizes, (f, *beside[f])), f))
        near = beside.pop(field)
        made.append({field, *near})
        for one in near:
            beside[one] |= near
            beside[one] -= {one, field}
    return made


def _maximal(found: list[set[int]]) -> list[Clique]:
    kept: list[set[int]] = []
    for one in sorted(found, key=len, reverse=True):
        if not any(one <= other for other in kept):
            kept.append(one)
    return sorted(tuple(sorted(one)) for one in kept)


def _spanning(cliques: list[Clique], sizes: Sequence[int]) -> Tree:
    """Prim's algorithm from the largest clique on, the largest separators first."""
    left = sorted(cliques, key=lambda c: (-cells(sizes, c), c))
    order, parents = [left.pop(0)], [-1]
    while left:
        shared = [(len(set(one) & set(other)), -n, -m) for n, one in enumerate(left) for m, other in enumerate(order)]
        _, n, m = max(shared)
        order.append(left.pop(-n))
        parents.append(-m)
    return Tree(tuple(order), tuple(parents))
