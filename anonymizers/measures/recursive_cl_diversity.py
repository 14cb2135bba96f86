"""Recursive (c, l): the largest ratio of a class's most frequent value to its tail from the l-th value on."""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample


def measure(sample: Sample, qis: Sequence[str], field: str, l: int) -> float:  # noqa: E741
    """The table is (c, l)-diverse for every c above this number (Machanavajjhala et al. 2007, definition 4.3);
    infinite when a class has fewer than l values, nan for no class.

    A missing value is a category of its own, among the quasi-identifiers and in ``field``.
    """
    ranked = (
        f"SELECT class, rows, row_number() OVER (PARTITION BY class ORDER BY rows DESC) AS rank "
        f"FROM {sample.joint(qis, field)}"
    )
    found = sample.query(
        "SELECT max(CASE WHEN tail = 0 THEN 'infinity'::DOUBLE ELSE top / tail END) FROM (SELECT max(rows)::DOUBLE AS "
        f"top, sum(CASE WHEN rank >= {int(l)} THEN rows ELSE 0 END)::DOUBLE AS tail FROM ({ranked}) GROUP BY class)"
    )[0][0]
    return float("nan") if found is None else float(found)


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    return measure(sample, qis, params["field"], params["l"])


MEASURE = Measure("recursive-cl-diversity", _take, lambda value, params: value < params["c"])
