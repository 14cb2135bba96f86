"""Fits a model to noisy tables: the distribution whose tables are nearest to them, each weighed by its noise.

Entropic mirror descent over the marginal polytope (McKenna, Sheldon, Miklau 2019, arXiv 1901.09136, algorithm 1) with a
step that adapts.  What a reader would get wrong: nothing here sees data, so it may run as long as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from release.synth.model import Floats, Model, calibrated, spread, summed
from release.synth.tree import Clique, Tree, junction_tree

GROWN, SHRUNK = 1.25, 0.5
STILL = 1e-7


@dataclass(frozen=True, slots=True)
class Noisy:
    """A measured table: counts with Gaussian noise of deviation ``sigma`` on each."""

    clique: Clique
    values: Floats
    sigma: float


@dataclass(slots=True)
class Fit:
    """A fit that goes on where it stopped when tables are added.  ``potentials`` are by measured clique."""

    sizes: tuple[int, ...]
    measured: list[Noisy] = field(default_factory=list)
    potentials: dict[Clique, Floats] = field(default_factory=dict)
    step: float = 0.0

    def add(self, noisy: Noisy) -> None:
        """One table more."""
        self.measured.append(noisy)

    def total(self) -> float:
        """The number of rows: the sums of all tables, weighed by their noise."""
        weights = np.array([1 / (m.sigma**2 * m.values.size) for m in self.measured])
        sums = np.array([m.values.sum() for m in self.measured])
        return max(float(weights @ sums / weights.sum()), 1.0)

    def run(self, rounds: int, most: int = 0) -> Model:
        """``rounds`` more steps; the model as it then stands.

        Up to ``most`` steps are made where the model is still farther from the tables than their noise explains
        (Morozov's discrepancy principle); going on when it is nearer would only fit the noise."""
        joined = pooled(self.measured)
        top = _largest(joined)
        tree, total = junction_tree(self.sizes, top), self.total()
        self.potentials = _moved(self.potentials, top, self.sizes)
        loss = _Loss(tree, joined, top)
        tables = calibrated(self.sizes, tree, loss.gathered(self.potentials), total)
        value, slope = loss.of(tables)
        step = self.step or 1.0 / (total * sum(1 / m.sigma**2 for m in joined))
        still, enough = 0, 0.5 * sum(m.values.size for m in joined)
        for done in range(max(rounds, most)):
            if done >= rounds and value <= enough:
                break
            tried = {c: self.potentials[c] - step * slope[c] for c in top}
            made = calibrated(self.sizes, tree, loss.gathered(tried), total)
            new, new_slope = loss.of(made)
            if value - new >= 0.5 * step * loss.dot(slope, tables, made):
                still = still + 1 if value - new <= STILL * value else 0
                self.potentials, tables, value, slope = tried, made, new, new_slope
                step *= GROWN
            else:
                step *= SHRUNK
            if still >= 5:
                break
        self.step = step
        return Model(self.sizes, tree, tables, total)


class _Loss:
    """½ Σ |table − noisy|² / σ², and its slope by the largest measured cliques."""

    def __init__(self, tree: Tree, measured: Sequence[Noisy], top: Sequence[Clique]) -> None:
        self.tree, self.measured, self.top = tree, measured, top
        self.owner = {m.clique: next(c for c in top if set(m.clique) <= set(c)) for m in measured}
        self.home = {c: tree.home(c) for c in top}

    def gathered(self, potentials: Mapping[Clique, Floats]) -> dict[int, Floats]:
        """The potentials summed by clique of the tree."""
        found: dict[int, Floats] = {}
        for clique, table in potentials.items():
            place = self.home[clique]
            over = self.tree.cliques[place]
            part = spread(table, clique, over)
            found[place] = found[place] + part if place in found else part
        shapes = {place: self._shape(place, potentials) for place in found}
        return {place: np.broadcast_to(table, shapes[place]) for place, table in found.items()}

    def _shape(self, place: int, potentials: Mapping[Clique, Floats]) -> tuple[int, ...]:
        return tuple(self.sizes[f] for f in self.tree.cliques[place])

    @property
    def sizes(self) -> dict[int, int]:
        return {f: n for m in self.measured for f, n in zip(m.clique, m.values.shape, strict=True)}

    def of(self, tables: Sequence[Floats]) -> tuple[float, dict[Clique, Floats]]:
        """The loss and its slope."""
        value = 0.0
        own = {c: summed(tables[self.home[c]], self.tree.cliques[self.home[c]], c) for c in self.top}
        slope = {c: np.zeros_like(table) for c, table in own.items()}
        for m in self.measured:
            clique = self.owner[m.clique]
            off = (summed(own[clique], clique, m.clique) - m.values) / m.sigma
            value += 0.5 * float((off * off).sum())
            slope[clique] += spread(off / m.sigma, m.clique, clique)
        return value, slope

    def dot(self, slope: Mapping[Clique, Floats], old: Sequence[Floats], new: Sequence[Floats]) -> float:
        """⟨slope, old − new⟩ over the largest measured cliques."""
        found = 0.0
        for c in self.top:
            place = self.home[c]
            found += float((slope[c] * summed(old[place] - new[place], self.tree.cliques[place], c)).sum())
        return found


def pooled(measured: Sequence[Noisy]) -> list[Noisy]:
    """One table a clique: tables of the same fields averaged by their noise."""
    by: dict[Clique, list[Noisy]] = {}
    for one in measured:
        by.setdefault(one.clique, []).append(one)
    made = []
    for clique, them in by.items():
        weight = sum(1 / m.sigma**2 for m in them)
        mean = sum((m.values / m.sigma**2 for m in them), start=np.zeros_like(them[0].values)) / weight
        made.append(Noisy(clique, mean, weight**-0.5))
    return made


def _largest(measured: Sequence[Noisy]) -> list[Clique]:
    kept: list[Clique] = []
    for clique in sorted((m.clique for m in measured), key=lambda c: (-len(c), c)):
        if not any(set(clique) <= set(other) for other in kept):
            kept.append(clique)
    return kept


def _moved(old: Mapping[Clique, Floats], top: Sequence[Clique], sizes: Sequence[int]) -> dict[Clique, Floats]:
    """Potentials of cliques that a larger one now holds are handed to it."""
    made = {c: np.zeros([sizes[f] for f in c]) for c in top}
    for clique, table in old.items():
        owner = next(c for c in top if set(clique) <= set(c))
        made[owner] = made[owner] + spread(table, clique, owner)
    return made
