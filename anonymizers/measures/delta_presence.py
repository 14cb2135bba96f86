"""δ: how sure someone who knows the wider table can be that a person is in the released one."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], population: Sample) -> tuple[float, float]:
    """(least, greatest) share of released rows in a class of ``population``, over the classes that are released
    (Nergiz, Atzori, Clifton 2007); nan for no class.  Both tables must be generalised alike; a missing value is a
    category of its own."""
    wide = _sizes(population, qis)
    shares = []
    for key, rows in _sizes(sample, qis).items():
        if wide.get(key, 0) < rows:
            raise AnonymizerError("A class is larger in the table than in its population: generalise both alike.")
        shares.append(rows / wide[key])
    return (min(shares), max(shares)) if shares else (float("nan"), float("nan"))


def _sizes(sample: Sample, qis: Sequence[str]) -> dict[tuple[str | None, ...], int]:
    names = ", ".join(identifier(name) for name in qis)
    chosen, group = (f"{names}, ", f"GROUP BY {names}") if qis else ("", "HAVING count(*) > 0")
    found = sample.query(f"SELECT {chosen}count(*)::BIGINT {sample.inside(qis)} {group}")
    return {tuple(row[:-1]): row[-1] for row in found}


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    if around.population is None:
        raise AnonymizerError("delta-presence is measured against a population: name the wider table.")
    least, greatest = measure(sample, qis, around.population)
    return greatest if least >= params["delta_min"] - SLACK else 1.0 + params["delta_min"] - least


MEASURE = Measure("delta-presence", _take, lambda value, params: value <= params["delta_max"] + SLACK)
