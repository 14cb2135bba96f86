"""A distribution over the fields as a junction tree of tables that agree where they overlap.

What a reader would get wrong: a table of fields that no clique holds together is not stored anywhere; ``project``
multiplies the tables along the tree and sums the rest out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from release.synth.tree import Clique, Tree

Floats = NDArray[np.float64]
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Model:
    """``tables[n]`` is the table of ``tree.cliques[n]``: float64, one axis a field, summing to ``total``."""

    sizes: tuple[int, ...]
    tree: Tree
    tables: tuple[Floats, ...]
    total: float

    def project(self, clique: Sequence[int]) -> Floats:
        """The table of these fields (rising), whether or not a clique holds them together."""
        wanted = set(clique)
        for place, one in enumerate(self.tree.cliques):
            if wanted <= set(one):
                return summed(self.tables[place], one, tuple(clique))
        return _along(self, wanted, tuple(clique))


def calibrated(sizes: Sequence[int], tree: Tree, potentials: Mapping[int, Floats], total: float) -> tuple[Floats, ...]:
    """The tables of the tree whose logarithms are ``potentials`` (a clique's place → table; absent counts as zeros).

    Two passes of messages (Shafer, Shenoy 1990): up with logarithms, down with quotients."""
    count = len(tree.cliques)
    upward: list[Any] = [potentials.get(n) for n in range(count)]
    messages: list[list[tuple[int, Floats]]] = [[] for _ in range(count)]
    mass: list[Any] = [None] * count
    below: list[Any] = [None] * count
    for place in range(count - 1, -1, -1):
        clique = tree.cliques[place]
        logs = np.zeros([sizes[f] for f in clique]) if upward[place] is None else upward[place].copy()
        for child, message in messages[place]:
            logs += spread(message, tree.separator(child), clique)
        top = logs.max()
        logs -= top
        mass[place] = np.exp(logs, out=logs)
        if place:
            below[place] = summed(mass[place], clique, tree.separator(place))
            with np.errstate(divide="ignore"):
                told = np.log(np.maximum(below[place], TINY)) + top
            messages[tree.parents[place]].append((place, told))
    mass[0] *= total / mass[0].sum()
    for place in range(1, count):
        above, shared = tree.parents[place], tree.separator(place)
        ratio = summed(mass[above], tree.cliques[above], shared) / np.maximum(below[place], TINY)
        mass[place] *= spread(ratio, shared, tree.cliques[place])
    return tuple(mass)


def summed(table: Floats, clique: Clique, kept: Clique) -> Floats:
    """The table with every field but ``kept`` summed out."""
    gone = tuple(axis for axis, field in enumerate(clique) if field not in kept)
    return table.sum(axis=gone) if gone else table


def spread(table: Any, clique: Clique, over: Clique) -> Any:
    """A view of the table of ``clique`` that broadcasts over the table of ``over``, which holds it."""
    place = iter(np.shape(table))
    shape = [next(place) if field in clique else 1 for field in over]
    return np.reshape(table, shape)


def _along(model: Model, wanted: set[int], clique: Clique) -> Floats:
    """Starts at the clique that holds most of the fields and fetches the others over the branches they are on."""
    tree = model.tree
    near: dict[int, list[int]] = {n: [] for n in range(len(tree.cliques))}
    for child, parent in enumerate(tree.parents):
        if parent >= 0:
            near[child].append(parent)
            near[parent].append(child)
    root = max(near, key=lambda n: (len(wanted & set(tree.cliques[n])), -model.tables[n].size))
    table, fields = _gathered(model, near, root, -1, wanted)
    return np.transpose(table, [fields.index(field) for field in clique])


def _gathered(
    model: Model, near: Mapping[int, list[int]], place: int, origin: int, wanted: set[int]
) -> tuple[Floats, list[int]]:
    """Wanted fields of this side given the separator towards ``origin``; the whole table at the root."""
    own = model.tree.cliques[place]
    shared = [f for f in own if origin >= 0 and f in model.tree.cliques[origin]]
    missing = wanted - set(own)
    table = model.tables[place]
    operands: list[Any] = []
    found = set(own)
    for one in near[place]:
        if one != origin and missing and _reaches(model, near, one, place, missing):
            part, fields = _gathered(model, near, one, place, wanted)
            operands += [part, fields]
            found |= set(fields)
    kept = [*shared, *sorted(f for f in wanted & found if f not in shared)]
    needed = {f for fields in operands[1::2] for f in fields} | set(kept)
    narrowed = tuple(f for f in own if f in needed)
    table = summed(table, own, narrowed)
    if origin >= 0:
        below = summed(table, narrowed, tuple(shared))
        table = table / np.maximum(spread(below, tuple(shared), narrowed), TINY)
    if not operands:
        return np.transpose(table, [narrowed.index(f) for f in kept]), kept
    terms: list[Any] = [table, list(narrowed), *operands, kept]
    return np.einsum(*terms, optimize=True), kept


def _reaches(model: Model, near: Mapping[int, list[int]], place: int, origin: int, missing: set[int]) -> bool:
    """Whether a field that is missing is found on this branch."""
    if missing & set(model.tree.cliques[place]):
        return True
    return any(_reaches(model, near, one, place, missing) for one in near[place] if one != origin)
