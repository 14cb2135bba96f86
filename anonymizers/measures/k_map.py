"""k of a population: the fewest people of the wider table that match a class, or the class size if it is unknown."""

from __future__ import annotations

import math
from collections.abc import Sequence

from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], population: Sample) -> int:
    """The fewest rows of ``population`` (generalised alike) that share a released class's quasi-identifiers; 0 when
    no row stands in a class.  A missing value is a category of its own.  Sweeney 2001, thesis, MIT."""
    names = ", ".join(identifier(name) for name in qis)
    if not qis:
        return population.rows
    released = {tuple(row) for row in sample.query(f"SELECT DISTINCT {names} {sample.inside(qis)}")}
    counts = population.query(f"SELECT {names}, count(*)::BIGINT {population.inside(qis)} GROUP BY {names}")
    matched = [row[-1] for row in counts if tuple(row[:-1]) in released]
    return min(matched, default=0) if len(matched) == len(released) else 0


def needed(k: int, rows: int, estimator: str, significance: float, fraction: float) -> int:
    """The class size that makes fewer than ``k`` matches improbable: the quantile of a Poisson (or zero-truncated
    Poisson) count of mean ``fraction`` × ``k``, never more than k or all rows (ARX's reading)."""
    mean = fraction * k
    weight, total, size = math.exp(-mean), 0.0, 0
    scale = 1.0
    if estimator == "zero-truncated-poisson":
        scale, size, weight = -math.expm1(-mean), 1, weight * mean
    while total < 1.0 - significance:
        total += weight / scale
        size += 1
        weight *= mean / size
    return min(k, size + (1 if estimator == "poisson" else 0), max(rows, 1))


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    if params.get("estimator", "subset") == "subset":
        if around.population is None:
            raise AnonymizerError("k-map is measured against a population: name the wider table.")
        return float(measure(sample, qis, around.population))
    sizes, _ = sample.sizes(qis)
    if not sizes.size:
        return float("nan")
    population = params["population"]
    fraction = population.get("sampling_fraction")
    fraction = sample.rows / population["size"] if fraction is None else fraction
    enough = needed(params["k"], sample.rows, params["estimator"], params.get("significance", 0.01), fraction)
    return float(params["k"]) if sizes[0] >= enough else float(min(sizes[0], params["k"] - 1))


MEASURE = Measure("k-map", _take, lambda value, params: value >= params["k"], counts=True)
