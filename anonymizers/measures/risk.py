"""Re-identification risk under the three attackers of the field: prosecutor, journalist, marketer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.sample import Sample


@dataclass(frozen=True, slots=True)
class Risk:
    """Probabilities from 0 to 1; ``uniques`` counts rows alone in their class.  All 0 for a table without classes."""

    prosecutor_max: float
    prosecutor_avg: float
    journalist_max: float
    marketer: float
    uniques: int


def measure(sample: Sample, qis: Sequence[str], population: Sample | None = None) -> Risk:
    """The prosecutor knows that the person is in the table: 1 / class size, at most and on average over rows.  The
    journalist and the marketer do not: they match against ``population``, a table generalised alike; without one the
    table is taken for the whole population, the cautious reading.  The marketer's is the expected share of rows
    matched rightly.  A missing value is a category of its own.

    Source: El Emam, Dankar 2008, doi:10.1197/jamia.M2716; Dankar, El Emam 2010, doi:10.1145/1754239.1754271.
    """
    sizes, classes = sample.sizes(qis)
    if not sizes.size:
        return Risk(0.0, 0.0, 0.0, 0.0, 0)
    rows = int(sizes @ classes)
    highest, average = 1.0 / float(sizes[0]), float(classes.sum()) / rows
    uniques = int(classes[0]) if sizes[0] == 1 else 0
    if population is None:
        return Risk(highest, average, highest, average, uniques)
    journalist, marketer = _against(sample, population, qis, rows)
    return Risk(highest, average, journalist, marketer, uniques)


def _against(sample: Sample, population: Sample, qis: Sequence[str], rows: int) -> tuple[float, float]:
    names = ", ".join(identifier(name) for name in qis)
    if not qis:
        return 1.0 / population.rows, 1.0 / population.rows
    wide = {tuple(row[:-1]): row[-1] for row in population.query(_sizes(population, qis, names))}
    journalist = marketer = 0.0
    for row in sample.query(_sizes(sample, qis, names)):
        matches = wide.get(tuple(row[:-1]), 0)
        if matches < row[-1]:
            raise AnonymizerError("A class is larger in the table than in its population: generalise both alike.")
        journalist = max(journalist, 1.0 / matches)
        marketer += row[-1] / matches
    return journalist, marketer / rows


def _sizes(sample: Sample, qis: Sequence[str], names: str) -> str:
    return f"SELECT {names}, count(*)::BIGINT {sample.inside(qis)} GROUP BY {names}"
