"""From a raw posterior to a probability that holds: 0.9 means right nine times in ten on labelled columns.

The map is a rising line through a few knots, fitted by ``benchmarks/classification/calibrate.py`` on columns whose
source the fit had not seen, and shipped as data.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from classifiers.errors import ClassifierError

Knots = Sequence[tuple[float, float]]


def parse(text: str) -> tuple[tuple[float, float], ...]:
    """Read knots; they must rise in both coordinates and lie in [0, 1]."""
    knots = tuple((float(x), float(y)) for x, y in json.loads(text)["knots"])
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(knots))
    if len(knots) < 2 or not rising or not all(0 <= v <= 1 for knot in knots for v in knot):
        raise ClassifierError("calibration.json: the knots must rise from left to right and lie between 0 and 1.")
    return knots


@lru_cache(maxsize=1)
def knots() -> tuple[tuple[float, float], ...]:
    """The knots that ship with this library."""
    return parse(Path(__file__).with_name("calibration.json").read_text(encoding="utf-8"))


def calibrated(raw: float, line: Knots | None = None) -> float:
    """The probability that a verdict with this raw posterior is right."""
    line = knots() if line is None else line
    at = bisect_right([x for x, _ in line], raw)
    if at == 0:
        return line[0][1]
    if at == len(line):
        return line[-1][1]
    (x0, y0), (x1, y1) = line[at - 1], line[at]
    return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)
