"""δ: the largest log ratio between a sensitive value's frequency in a class and in the whole table."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.duck import identifier
from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import TABLE, Sample


def measure(sample: Sample, qis: Sequence[str], field: str) -> float:
    """max |ln(q / p)| (Brickell, Shmatikov 2008): it holds for every δ above; infinite when a value of the table is
    absent from a class, nan for no class.

    The whole table is the measured one, rows outside the classes included.  A missing value is a category of its own.
    """
    table = sample.joint(qis, field)
    column = identifier(field)
    worst, fewest = sample.query(
        f"WITH whole AS (SELECT {column} AS value, count(*) / sum(count(*)) OVER () AS p FROM {TABLE} GROUP BY 1), "
        f"shares AS (SELECT class, value, rows / sum(rows) OVER (PARTITION BY class) AS q FROM {table}) "
        "SELECT max(abs(ln(q / p))), (SELECT min(n) FROM (SELECT count(*) AS n FROM shares GROUP BY class)) "
        "FROM shares JOIN whole ON shares.value IS NOT DISTINCT FROM whole.value"
    )[0]
    if worst is None:
        return float("nan")
    values = sample.query(f"SELECT count(*) FROM (SELECT DISTINCT {column} FROM {TABLE})")[0][0]
    return float("inf") if fewest < values else float(worst)


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis, params["field"])


MEASURE = Measure("delta-disclosure", _take, lambda value, params: value < params["delta"])
