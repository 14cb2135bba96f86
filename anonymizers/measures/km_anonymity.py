"""kᵐ: the fewest rows of a class that someone finds who knows up to m items of a set-valued field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], field: str, m: int, separator: str = ";") -> float:
    """k of the table as written; nan where no row has items.  A missing cell has no items; among the quasi-identifiers
    it is a category of its own.  Terrovitis, Mamoulis, Kalnis 2008, doi:10.14778/1453856.1453874."""
    fewest: float = float("nan")
    known: Counter[tuple[str, ...]] = Counter()
    current = None
    for number, value, rows in sample.query(
        f"SELECT class, value, rows FROM {sample.joint(qis, field)} ORDER BY class"
    ):
        if number != current:
            fewest, known, current = _least(fewest, known), Counter(), number
        items = sorted({item.strip() for item in (value or "").split(separator)} - {""})
        for size in range(1, m + 1):
            for found in combinations(items, size):
                known[found] += rows
    return _least(fewest, known)


def _least(fewest: float, known: Counter[tuple[str, ...]]) -> float:
    mine = min(known.values(), default=None)
    if mine is None:
        return fewest
    return float(mine) if not fewest <= mine else fewest


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis, params["field"], params["m"], params.get("separator", ";"))


MEASURE = Measure("km-anonymity", _take, lambda value, params: not value < params["k"], counts=True)
