"""What classes of equal records give away without any linkage: homogeneity, and with a little knowledge besides.

Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam 2007, l-Diversity, doi:10.1145/1217299.1217302.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from anonymizers.attacks.matching import Columns, collapse
from anonymizers.attacks.rate import Outcome, rate
from anonymizers.errors import AnonymizerError


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """``certain``: records in classes with one secret only (baseline: the share of the commonest secret if nobody
    needed a class, else 0).  ``likely``: right guesses of the class's commonest secret (baseline: of the table's).
    ``informed[b]``: records of classes in which one secret is left once ``b`` others are known not to be the
    person's."""

    certain: Outcome
    likely: Outcome
    informed: dict[int, Outcome]


def homogeneity(
    treated: Columns, quasi: Sequence[str], secret: str, *, knowledge: Sequence[int] = (1, 2)
) -> Homogeneity:
    """Everything over all records of the treated table; a missing secret is a secret like others."""
    if secret not in treated:
        raise AnonymizerError(f"The treated table has no field {secret!r}: name a secret that it has.")
    released = collapse(treated, quasi)
    encoded = treated[secret].cast(pa.string()).dictionary_encode(null_encoding="encode")
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
    rows, width = codes.size, max(len(encoded.dictionary), 1)
    cells, number = np.unique(released.tuple_of * width + codes, return_counts=True)
    owner = cells // width
    classes = released.counts.size
    distinct = np.bincount(owner, minlength=classes)
    commonest = np.zeros(classes, np.int64)
    np.maximum.at(commonest, owner, number)
    whole = np.bincount(codes, minlength=width)
    one = float(rows if width == 1 else 0)

    def outcome(name: str, hit: float, chance: float) -> Outcome:
        return Outcome(f"{name}:{secret}", rate(hit, rows), rate(chance, rows))

    def left(known: int) -> float:
        return float(released.counts[distinct <= known + 1].sum())

    informed = {
        known: outcome(f"background-knowledge-{known}", left(known), float(rows if whole.size <= known + 1 else 0))
        for known in knowledge
    }
    return Homogeneity(
        outcome("homogeneity", left(0), one),
        outcome("homogeneity-guess", float(commonest.sum()), float(whole.max(initial=0))),
        informed,
    )
