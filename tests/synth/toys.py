"""Small distributions by brute force, and a small register with a known dependence."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.synth.model import Model, calibrated
from release.synth.tree import Clique, junction_tree

CITIES = ("north", "south", "east")
SECTION: Mapping[str, Any] = {
    "method": "mst",
    "rho": 0.5,
    "cap_rho": 2.0,
    "lineage": "people",
    "fields": {
        "city": {"keys": list(CITIES)},
        "job": {"keys": ["baker", "smith"]},
        "age": {"lower": 0, "upper": 100, "bins": 5},
    },
}


def joint(sizes: Sequence[int], potentials: Mapping[Clique, np.ndarray], total: float) -> np.ndarray:
    """The whole table, cell by cell."""
    table = np.zeros(tuple(sizes))
    for cell in itertools.product(*(range(n) for n in sizes)):
        table[cell] = np.exp(sum(p[tuple(cell[f] for f in c)] for c, p in potentials.items()))
    return table * total / table.sum()


def marginal(table: np.ndarray, clique: Clique) -> np.ndarray:
    return table.sum(axis=tuple(f for f in range(table.ndim) if f not in clique))


def modelled(sizes: tuple[int, ...], cliques: Sequence[Clique], total: float, seed: int) -> tuple[Model, np.ndarray]:
    """A model with random potentials on these cliques, and its whole table."""
    chance = random.Random(seed)
    potentials = {
        c: np.array([chance.uniform(-2, 2) for _ in range(int(np.prod([sizes[f] for f in c])))]).reshape(
            [sizes[f] for f in c]
        )
        for c in cliques
    }
    tree = junction_tree(sizes, cliques)
    placed: dict[int, np.ndarray] = {}
    for clique, table in potentials.items():
        place = tree.home(clique)
        over = tree.cliques[place]
        wide = table.reshape([sizes[f] if f in clique else 1 for f in over])
        placed[place] = placed.get(place, np.zeros([sizes[f] for f in over])) + wide
    return Model(sizes, tree, calibrated(sizes, tree, placed, total), total), joint(sizes, potentials, total)


def register(folder: Path, rows: int = 2000, seed: int = 7, canary: str | None = None) -> Table:
    """Persons with a city, a job that goes with the city, an age, and a name."""
    chance = random.Random(seed)
    made = []
    for number in range(rows):
        city = chance.choice(CITIES)
        job = "baker" if (city == "north") == (chance.random() < 0.9) else "smith"
        made.append((f"p{number // 2}", city, job, str(chance.randint(20, 69))))
    if canary is not None:
        made += [("p0", canary, "baker", "30"), ("p0", "north", canary, "30"), ("p0", "north", "baker", canary)]
    return table_of(folder, ("person", "city", "job", "age"), made)


def table_of(folder: Path, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Table:
    path = folder / "people.parquet"
    pq.write_table(pa.table({n: pa.array([r[i] for r in rows], pa.string()) for i, n in enumerate(names)}), path)
    fields = tuple(Field(n, FieldType.TEXT, len(rows), 0, 0) for n in names)
    return Table(Dataset("people", "people.csv", "0" * 64, len(rows), fields), path)
