"""β: the largest relative gain in frequency of a sensitive value in a class over the whole table."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.duck import identifier
from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import TABLE, Sample


def measure(sample: Sample, qis: Sequence[str], field: str) -> float:
    """max (q − p) / p over all classes and their values, at least 0 (Cao, Karras 2012); nan for no class.

    The whole table is the measured one, rows outside the classes included.  A missing value is a category of its own.
    """
    return _worst(sample, qis, field, "(q - p) / p")


def excess(sample: Sample, qis: Sequence[str], field: str, beta: float) -> float:
    """How far the worst value is past its enhanced limit min(β, −ln p); 0 or less where enhanced β-likeness holds."""
    return _worst(sample, qis, field, f"(q - p) / p - least({float(beta)!r}, -ln(p))", least=None)


def _worst(sample: Sample, qis: Sequence[str], field: str, score: str, least: float | None = 0.0) -> float:
    table = sample.joint(qis, field)
    column = identifier(field)
    found = sample.query(
        f"WITH whole AS (SELECT {column} AS value, count(*) / sum(count(*)) OVER () AS p FROM {TABLE} GROUP BY 1), "
        f"shares AS (SELECT value, rows / sum(rows) OVER (PARTITION BY class) AS q FROM {table}) "
        f"SELECT max({score}) FROM shares JOIN whole ON shares.value IS NOT DISTINCT FROM whole.value"
    )[0][0]
    if found is None:
        return float("nan")
    worst = float(found)
    return worst if least is None else max(worst, least)


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    if params.get("variant", "basic") == "enhanced":
        beta = float(params["beta"])
        return beta + excess(sample, qis, params["field"], beta)
    return measure(sample, qis, params["field"])


MEASURE = Measure("beta-likeness", _take, lambda value, params: value <= params["beta"] + SLACK)
