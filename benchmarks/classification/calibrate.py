"""Fits the line from raw posterior to probability, and writes classifiers/calibration.json.

Isotonic regression (pool adjacent violators) over all views of the Chinese columns, so that a confidence means the same
whether values were there or not.  Every source is judged without its own wordings (blind.py), because that is how a new
table is met.  The error printed is cross-fitted as well: each source by a line fitted on the other sources only.  The
line that ships is fitted on all of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.classification.columns import load
from benchmarks.classification.run import judge
from benchmarks.classification.score import Judged
from classifiers import decide
from classifiers.calibration import calibrated
from classifiers.ranker.corpus import VIEWS

ROOT = Path(__file__).parent.parent.parent
BINS = 12  # knots at most
LEAST = 40  # columns behind a knot
FLOOR, CEILING = 0.02, 0.995


def isotonic(raw: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Knots of a rising step function through the means of equal-sized groups, pooled until they rise."""
    order = np.argsort(raw, kind="stable")
    groups = np.array_split(order, max(2, min(BINS, len(raw) // LEAST)))
    pools: list[list[float]] = []
    for group in groups:
        pools.append([float(raw[group].mean()), float(right[group].mean()), float(len(group))])
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            (x0, y0, n0), (x1, y1, n1) = pools[-2], pools[-1]
            n = n0 + n1
            pools[-2:] = [[(x0 * n0 + x1 * n1) / n, (y0 * n0 + y1 * n1) / n, n]]
    knots = [(round(x, 4), round(min(CEILING, max(FLOOR, y)), 4)) for x, y, _ in pools]
    inner = [knot for knot in knots if 0 < knot[0] < 1]
    return [(0.0, FLOOR if not inner else min(FLOOR, inner[0][1])), *inner, (1.0, max(CEILING, inner[-1][1]))]


def error(judged: Sequence[Judged], line: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Sum of |said - right| over ten bins weighted by size, and the number of columns."""
    said = np.array([calibrated(j.confidence, line) for j in judged])
    right = np.array([j.right for j in judged], dtype=float)
    total = 0.0
    for b in range(10):
        chosen = (said >= b / 10) & ((said < (b + 1) / 10) | (b == 9))
        if chosen.any():
            total += abs(float(said[chosen].mean() - right[chosen].mean())) * int(chosen.sum())
    return total, float(len(judged))


def main() -> None:
    """Fit, report, write."""
    decide.calibrated = lambda raw: raw  # type: ignore[assignment, misc]
    columns = [c for c in load() if c.language == "zh"]
    judged = [j for view in VIEWS for j in judge(columns, view, blind=True) if j.category != "unknown"]
    wrong = size = 0.0
    for source in sorted({j.source for j in judged}):
        rest = [j for j in judged if j.source != source]
        line = isotonic(np.array([j.confidence for j in rest]), np.array([j.right for j in rest], dtype=float))
        own, n = error([j for j in judged if j.source == source], line)
        print(f"  {source:32s} {own / n:6.3f} of {n:.0f}")
        wrong, size = wrong + own, size + n
    knots = isotonic(np.array([j.confidence for j in judged]), np.array([j.right for j in judged], dtype=float))
    print(f"  cross-fitted calibration error   {wrong / size:6.3f}")
    target = ROOT / "classifiers" / "calibration.json"
    text = {"fitted_on": f"{len(judged)} verdicts on labelled columns, by calibrate.py", "knots": knots}
    target.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    print(f"  wrote {len(knots)} knots: {knots}")


if __name__ == "__main__":
    main()
