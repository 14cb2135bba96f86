"""Heavier audits than a test run can pay for: ``python -m benchmarks.dp.audit [DRAWS]`` (twice 400,000 when absent).

The same bounds as ``tests/dp/test_audit.py``, on claims of ε 0.5, 1 and 3, on the planted faults, and on the error of
the noise against the optimal mechanism's (discrete Laplace and Gaussian of the same budget).
"""

from __future__ import annotations

import math
import sys
import time

import numpy as np

from release.dp.noise import add, build
from release.dp.query import Query, Statistic
from tests.dp.test_audit import audited


def query(**budget: float) -> Query:
    return Query((), (), (Statistic("n", "count"),), "t", **budget)


def pair(draws: int, epsilon: float, moved: int = 1) -> tuple[np.ndarray, np.ndarray]:
    (made,) = build(query(epsilon=epsilon))
    return tuple(add(made, np.full(draws, true, dtype=np.int64)) for true in (10 + moved, 10))  # type: ignore[return-value]


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    started = time.process_time()
    for claim in (0.5, 1.0, 3.0):
        print(f"honest, claimed {claim}: at least ε = {audited(*pair(draws, claim)):.3f}")
    one, other = pair(draws, 1.0)
    faults = {
        "ε = 1.1 claimed 1": pair(draws, 1.1),
        "sensitivity 2 coded as 1": pair(draws, 1.0, moved=2),
        "cut at the true count": (np.minimum(one, 11), np.minimum(other, 10)),
        "unclamped value of 9": pair(draws, 1.0, moved=9),
    }
    for name, (first, second) in faults.items():
        found = audited(first, second)
        print(f"{name}: at least ε = {found:.3f} {'caught' if found > 1 else 'NOT caught'}")
    for budget, best in (({"epsilon": 0.5}, _laplace(0.5)), ({"epsilon": 2.0}, _laplace(2.0)), ({"rho": 0.02}, 5.0)):
        (made,) = build(query(**budget))
        drawn = add(made, np.zeros(draws, dtype=np.int64)).astype(float)
        ratio = math.sqrt(float((drawn**2).mean())) / best
        print(f"{budget}: RMSE {ratio:.4f} of the optimal mechanism's, sampling error ±{2 / math.sqrt(draws):.4f}")
    print(f"{time.process_time() - started:.0f} s CPU, {draws:,} draws a side")


def _laplace(epsilon: float) -> float:
    """Standard deviation of the discrete Laplace (geometric) mechanism, optimal for counts (Ghosh et al. 2012)."""
    q = math.exp(-epsilon)
    return math.sqrt(2 * q) / (1 - q)


if __name__ == "__main__":
    main()
