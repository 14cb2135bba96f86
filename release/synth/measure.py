"""Three ways to spend a purse on tables: every field alone, a tree of pairs (MST), or what fits worst (AIM).

What a reader would get wrong: each begins with every field by itself; choosing costs budget as well, because which
fields belong together is a fact about the people.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from release.synth.counts import Coded
from release.synth.fit import Fit, Noisy
from release.synth.model import Floats, Model
from release.synth.request import ONEWAY
from release.synth.spend import Purse
from release.synth.tree import BYTES, Clique, cells, megabytes

CHOOSING = 0.05  # of what a chosen table costs
STEPS_A_FIELD = 16
FOURFOLD = 4
QUICK, LAST, MOST = 60, 300, 1500  # steps of a fit
MEAN = math.sqrt(2 / math.pi)  # of the size of Gaussian noise, in deviations

Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """The noisy tables and the model fitted to them."""

    tables: tuple[Noisy, ...]
    model: Model


@dataclass(frozen=True, slots=True)
class Way:
    """``oneway`` is the share of the budget for the fields by themselves; ``degree`` the most fields in a table of AIM;
    ``max_size_mb`` what its junction tree may weigh."""

    oneway: float = ONEWAY
    degree: int = 3
    max_size_mb: float = 20.0


def measure(method: str, coded: Coded, purse: Purse, way: Way, told: Told = lambda _: None) -> Measured:
    """Spends the purse by ``method``: independent, mst or aim."""
    fit = Fit(coded.sizes)
    _alone(coded, purse, fit, purse.nrho if method == "independent" else int(purse.nrho * way.oneway))
    if method == "mst":
        _pairs(coded, purse, fit)
    elif method == "aim":
        _worst(coded, purse, fit, way, told)
    return Measured(tuple(fit.measured), fit.run(LAST, MOST))


def _alone(coded: Coded, purse: Purse, fit: Fit, nrho: int) -> None:
    fields = range(len(coded.sizes))
    for field in fields:
        _table(coded, purse, fit, (field,), nrho // len(coded.sizes))


def _pairs(coded: Coded, purse: Purse, fit: Fit) -> None:
    """McKenna, Miklau, Sheldon 2021, arXiv 2108.04978: a spanning tree of the pairs that independence misses most."""
    count = len(coded.sizes)
    if count < 2:
        return
    model = fit.run(LAST, MOST)
    budget = purse.left()
    choosing = int(budget * CHOOSING) // (count - 1)
    edges: list[Clique] = list(itertools.combinations(range(count), 2))
    scores = {edge: _distance(coded.table(edge), model.project(edge)) for edge in edges}
    part, chosen = list(range(count)), list[Clique]()
    while len(chosen) < count - 1:
        open_ = [edge for edge in edges if part[edge[0]] != part[edge[1]]]
        edge = open_[purse.pick([scores[e] for e in open_], 1.0, choosing, "a pair of the tree")]
        chosen.append(edge)
        part = [part[edge[0]] if p == part[edge[1]] else p for p in part]
    each = purse.left() // len(chosen)
    for edge in chosen:
        _table(coded, purse, fit, edge, each)


def _worst(coded: Coded, purse: Purse, fit: Fit, way: Way, told: Told) -> None:
    """McKenna, Mullins, Sheldon, Miklau 2022, arXiv 2201.12677, with small steps first and larger ones once a table
    tells nothing new."""
    sizes, start = coded.sizes, purse.spent
    budget = purse.left()
    step = max(budget // (STEPS_A_FIELD * len(sizes)), 2)
    weights = candidates(sizes, way.degree, way.max_size_mb)
    exact = {clique: coded.table(clique) for clique in weights}
    model = fit.run(LAST, MOST)
    while purse.left() >= 2:
        if purse.left() < 2 * step:
            step = purse.left()
        choosing = max(int(step * CHOOSING), 1)
        sigma = purse.sigma(step - choosing)
        share = (purse.spent - start + step) / budget
        open_ = fitting(sizes, weights, [m.clique for m in fit.measured], way.max_size_mb * share)
        scores = [weights[c] * (_distance(exact[c], model.project(c)) - MEAN * sigma * exact[c].size) for c in open_]
        clique = open_[purse.pick(scores, max(weights[c] for c in open_), choosing, "the table that fits worst")]
        before = model.project(clique)
        _table(coded, purse, fit, clique, step - choosing)
        model = fit.run(QUICK)
        if _distance(model.project(clique), before) <= MEAN * sigma * before.size:
            step *= FOURFOLD
        told(share)


def workload(count: int, degree: int) -> dict[Clique, float]:
    """Every table of up to ``degree`` fields, weighed by how much it overlaps with the largest of them."""
    largest = list(itertools.combinations(range(count), min(degree, count)))
    found = (c for size in range(1, min(degree, count) + 1) for c in itertools.combinations(range(count), size))
    return {c: float(sum(len(set(c) & set(one)) for one in largest)) for c in found}


def candidates(sizes: Sequence[int], degree: int, most_mb: float) -> dict[Clique, float]:
    """The workload without tables that alone weigh more than ``most_mb``."""
    found = workload(len(sizes), degree)
    return {c: weight for c, weight in found.items() if len(c) == 1 or cells(sizes, c) * BYTES / 2**20 <= most_mb}


def fitting(
    sizes: Sequence[int], weights: Mapping[Clique, float], have: Sequence[Clique], most_mb: float
) -> list[Clique]:
    """The tables with which the junction tree stays within ``most_mb``; those it holds already always do."""
    return [c for c in weights if len(c) == 1 or c in have or megabytes(sizes, [*have, c]) <= most_mb]


def _table(coded: Coded, purse: Purse, fit: Fit, clique: Clique, nrho: int) -> None:
    values, sigma = purse.table(coded.table(clique), nrho, " × ".join(str(f) for f in clique))
    fit.add(Noisy(clique, values, sigma))


def _distance(one: Floats | np.ndarray, other: Floats) -> float:
    return float(np.abs(one - other).sum())
