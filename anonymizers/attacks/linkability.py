"""Linkability: does the table help to tell that two sets of facts, each known apart, belong to one person?

Each half of a target is matched to its nearest released records; when the two lists share a record, the halves are
linked.  What a reader would get wrong: equally near records are taken in random order, independently for both halves;
taken in the order of the file, a table that says nothing would link everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.attacks.matching import BLOCK_CELLS, Columns, Hierarchies, chosen, collapse, matcher
from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.attacks.sampling import attacker, targets
from anonymizers.draw import Draw
from anonymizers.errors import AnonymizerError

Ints = NDArray[np.int64]


def link(
    raw: Columns,
    treated: Columns,
    halves: tuple[Sequence[str], Sequence[str]],
    *,
    neighbours: int = 1,
    control: Columns | None = None,
    hierarchies: Hierarchies | None = None,
    attacks: int = 500,
    seed: int = 0,
) -> Outcome:
    """Rate of targets whose halves are linked through one of the ``neighbours`` nearest records of each.

    The baseline is two independent random lists.  Giomi et al. 2023, doi:10.56553/popets-2023-0055."""
    rows = len(next(iter(treated.values()))) if treated else 0
    if neighbours < 1 or not all(halves):
        raise AnonymizerError("Linkability needs two lists of fields and at least one neighbour.")
    near = min(neighbours, rows)
    draws = attacker(seed, "linkability")

    def attack(columns: Columns) -> Rate:
        who = targets(len(next(iter(columns.values()))), attacks, draws)
        some = chosen(columns, who)
        lists = [
            _nearest(some, treated, fields, hierarchies, raw, near, draws, 10**9 * n) for n, fields in enumerate(halves)
        ]
        linked = (lists[0][:, :, None] == lists[1][:, None, :]).any(axis=(1, 2)) if near else np.zeros(who.size)
        return rate(float(linked.sum()), who.size)

    main = attack(raw)
    chance = 1.0
    for drawn in range(near):
        chance *= max(rows - near - drawn, 0) / (rows - drawn)
    baseline = rate(main.attacks * (1 - chance) if near else 0.0, main.attacks)
    return Outcome("linkability", main, baseline, attack(control) if control is not None else None)


def _nearest(
    some: Columns,
    treated: Columns,
    fields: Sequence[str],
    hierarchies: Hierarchies | None,
    raw: Columns,
    near: int,
    draws: Draw,
    stream: int,
) -> Ints:
    """For every target the record numbers of its ``near`` nearest records, ties in random order."""
    released = collapse(treated, fields)
    match = matcher(some, released, hierarchies, raw)
    rows = released.tuple_of.size
    found = np.zeros((match.size, near), np.int64)
    for part, distance in match.blocks():
        step = max(BLOCK_CELLS // max(rows, 1), 1)
        for start in range(0, distance.shape[0], step):
            here = distance[start : start + step][:, released.tuple_of]
            ties = draws.uniform(here.size, stream + 1 + part.start + start).reshape(here.shape)
            # Distances are told apart to 1e-6; a smaller random part only orders what is equally near.
            shaken = np.round(here.astype(np.float64), 6) + ties * 1e-7
            order = np.argpartition(shaken, near - 1, axis=1) if near < rows else np.argsort(shaken, axis=1)
            found[part.start + start : part.start + start + here.shape[0]] = order[:, :near]
    return found
