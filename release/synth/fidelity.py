"""How near made-up rows are to the raw ones: by one, two and three fields, and pair by pair against independence.

What a reader would get wrong: this looks at the raw table and adds no noise.  It is for whoever decides about the
release, never for publication.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from release.synth.counts import Coded
from release.synth.tree import Clique, cells

NOTABLE = 0.01  # one row in two hundred
LARGEST = 1 << 24  # cells of a table that is still compared
MOST_TABLES = 500


def fidelity(raw: Coded, made: Coded, names: Sequence[str]) -> Mapping[str, Any]:
    """``ways``: mean and largest L1 distance of shares over all tables of one, two and three fields (0 to 2; half of it
    is the total variation); ``pairs``: the distance of each pair, and that of a table of the same two fields held
    independent; ``worse_than_independent``: those of them that independence would serve better by 0.01 or more.

    The table held independent is not even rounded to rows, so that a pair that has nothing to show is often a hair
    farther off than it."""
    pairs = [_pair(raw, made, pair, names) for pair in itertools.combinations(range(len(names)), 2)]
    return {
        "rows": {"raw": int(raw.counts.sum()), "made": int(made.counts.sum())},
        "ways": [_way(raw, made, width) for width in range(1, min(3, len(names)) + 1)],
        "pairs": pairs,
        "worse_than_independent": [pair["fields"] for pair in pairs if pair["l1"] > pair["independent_l1"] + NOTABLE],
    }


def distance(raw: Coded, made: Coded, clique: Clique) -> float:
    """L1 distance of the shares of one table."""
    return float(np.abs(_shares(raw, clique) - _shares(made, clique)).sum())


def _way(raw: Coded, made: Coded, width: int) -> Mapping[str, Any]:
    every = list(itertools.combinations(range(len(raw.sizes)), width))
    small = [c for c in every if cells(raw.sizes, c) <= LARGEST][:MOST_TABLES]
    found = [distance(raw, made, c) for c in small]
    return {
        "fields": width,
        "tables": len(small),
        "not_compared": len(every) - len(small),
        "mean_l1": math.fsum(found) / len(found) if found else None,
        "largest_l1": max(found, default=None),
    }


def _pair(raw: Coded, made: Coded, pair: Clique, names: Sequence[str]) -> Mapping[str, Any]:
    one, other = (_shares(made, (field,)) for field in pair)
    alone = float(np.abs(_shares(raw, pair) - np.outer(one, other)).sum())
    return {"fields": [names[f] for f in pair], "l1": distance(raw, made, pair), "independent_l1": alone}


def _shares(rows: Coded, clique: Clique) -> np.ndarray:
    table = rows.table(clique).astype(np.float64)
    shares: np.ndarray = table / max(table.sum(), 1.0)
    return shares
