"""Entropy l: e to the lowest entropy of a class's sensitive values, Shannon's or Grassberger's estimate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import Sample

EULER = 0.5772156649015329


def measure(sample: Sample, qis: Sequence[str], field: str, estimator: str = "shannon") -> float:
    """l of the table as written (Machanavajjhala et al. 2007): at least 1 for Shannon's estimate; nan for no class.

    A missing value is a category of its own, among the quasi-identifiers and in ``field``.
    """
    table = sample.joint(qis, field)
    if estimator == "shannon":
        entropy = "ln(sum(rows)) - sum(rows * ln(rows)) / sum(rows)"
        lowest = sample.query(f"SELECT min(h) FROM (SELECT {entropy} AS h FROM {table} GROUP BY class)")[0][0]
        return math.exp(lowest) if lowest is not None else float("nan")
    counts = sample.query(f"SELECT list(rows) FROM {table} GROUP BY class")
    return math.exp(min(_grassberger(row[0]) for row in counts)) if counts else float("nan")


def _grassberger(counts: Sequence[int]) -> float:
    """Ĥ = ln N − Σ n G(n) / N, at most ln N, with G(2m) = G(2m + 1) = −γ − ln 2 + Σ 2 / (2j − 1), j = 1 … m
    (Grassberger 2003, arXiv:physics/0307138)."""
    total = sum(counts)
    weighted = 0.0
    for count in counts:
        odd = sum(2.0 / (2 * j - 1) for j in range(1, count // 2 + 1))
        weighted += count * (odd - EULER - math.log(2.0))
    return min(math.log(total), math.log(total) - weighted / total)


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis, params["field"], params.get("estimator", "shannon"))


MEASURE = Measure("entropy-l-diversity", _take, lambda value, params: value >= params["l"] - SLACK)
