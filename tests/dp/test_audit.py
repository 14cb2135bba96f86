"""Black-box audits through the real SQL: a hundred thousand groups, each a copy of one of two neighbouring tables.

One query is then as many draws.  The event that tells the neighbours apart best is picked on one half of the draws;
on the other half Clopper and Pearson bound both of its chances (each at 1e-6), and from these the ε that the program
has at least.  It must stay below the claim, and pass it for every planted fault.  Three audits of sound programs: false
alarms below 6e-6 a run.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from release.dp import statement, statistics
from release.dp.noise import Measurement, add, build
from release.dp.query import Query, Statistic
from release.dp.statistics import measure

COPIES = 100_000
ALPHA = 1e-6
CLAIM = 1.0
KEYS = tuple(str(n) for n in range(COPIES))


def bound(successes: int, draws: int, *, upper: bool) -> float:
    """Clopper and Pearson's one-sided bound, by bisection on the logarithm of the binomial tail."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        # P(X ≤ successes) falls and P(X ≥ successes) rises with the chance.
        tail = _tail(successes, draws, middle, below=upper)
        rises = tail < ALPHA if not upper else tail > ALPHA
        low, high = (middle, high) if rises else (low, middle)
    return low if not upper else high


def _tail(successes: int, draws: int, chance: float, *, below: bool) -> float:
    """Chernoff's bound of P(X ≤ s) or P(X ≥ s): above the tail, so the interval is wider than the exact one."""
    share = successes / draws
    if (share >= chance) if below else (share <= chance):
        return 1.0
    if chance in (0.0, 1.0):
        return 0.0
    terms = [share * math.log(share / chance)] if share else []
    terms += [(1 - share) * math.log((1 - share) / (1 - chance))] if share < 1 else []
    return math.exp(-draws * math.fsum(terms))


def least_epsilon(one: np.ndarray, other: np.ndarray) -> float:
    """What ε the two samples prove at least, over events of the form ``≥ t`` and ``≤ t``."""
    half = len(one) // 2
    best, event = -math.inf, (1, 0)
    for sign in (1, -1):
        first, second = np.sort(sign * one[:half]), np.sort(sign * other[:half])
        at = np.unique(first)
        many = half - np.searchsorted(first, at)
        few = np.maximum(half - np.searchsorted(second, at), 1)
        told = np.where(many >= 500, np.log(many / few) - 5 / np.sqrt(many), -np.inf)
        if told.max() > best:
            best, event = float(told.max()), (sign, int(at[told.argmax()]))
    sign, at = event
    first, second = int((sign * one[half:] >= at).sum()), int((sign * other[half:] >= at).sum())
    low, high = bound(first, half, upper=False), bound(second, half, upper=True)
    return math.log(low / high) if low > 0 else 0.0


def audited(one: np.ndarray, other: np.ndarray) -> float:
    return max(least_epsilon(one, other), least_epsilon(other, one))


def copies(path: Path, group: list[tuple[str, int]]) -> Path:
    """Every group holds the same rows; persons are of one group each."""
    groups = np.repeat(np.arange(COPIES), len(group)).astype(str)
    persons = np.tile([person for person, _ in group], COPIES)
    columns = {
        "g": pa.array(groups),
        "person": pa.array(np.char.add(np.char.add(groups, "/"), persons)),
        "x": pa.array(np.tile([value for _, value in group], COPIES)),
    }
    pq.write_table(pa.table(columns), path)
    return path


def asked(epsilon: float = CLAIM) -> Query:
    total = Statistic("s", "sum", "x", 0, 1)
    return Query(("g",), (KEYS,), (total,), "t", epsilon=epsilon, unit="person", max_groups=1, max_rows=1)


def exact_of(folder: Path, group: list[tuple[str, int]], query: Query) -> np.ndarray:
    exact = measure(copies(folder / "copies.parquet", group), query, salt="s")
    (vector,) = exact.vectors.values()
    return vector


WITH = [("a", 1), ("b", 9), ("b", 9)]
WITHOUT = WITH[:1]  # person b is gone


@pytest.fixture(scope="module")
def noise() -> tuple[np.ndarray, np.ndarray]:
    """What the measurement of the claim adds, once for each neighbour."""
    (made,) = build(asked())
    zeros = np.zeros((COPIES, 1), dtype=np.int64)
    return add(made, zeros), add(made, zeros)


@pytest.mark.slow
def test_an_honest_program_stays_below_its_claim_and_a_tenth_more_is_caught(tmp_path: Path) -> None:
    vectors = [exact_of(tmp_path, group, asked()) for group in (WITH, WITHOUT)]
    (honest,), (greedy,) = build(asked()), build(asked(CLAIM * 1.1))
    found = _audit(honest, vectors)
    assert 0.8 < found <= CLAIM, found
    assert _audit(greedy, vectors) > CLAIM


def _audit(made: Measurement, vectors: list[np.ndarray]) -> float:
    return audited(*(add(made, vector)[:, 0] for vector in vectors))


def unlimited(sql: str) -> str:
    """A person gives two rows where the noise is for one."""
    return sql.replace("<= 1)", "<= 2)", 1)


def unclamped(sql: str) -> str:
    return sql.replace("WHEN t.c2 > 1 THEN 1 ", "")


@pytest.mark.slow
@pytest.mark.parametrize("fault", [unlimited, unclamped])
def test_a_fault_in_the_statement_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noise: tuple[np.ndarray, np.ndarray], fault: Callable[[str], str]
) -> None:
    def planted(*given: object) -> str:
        sound = statement.totals(*given)  # type: ignore[arg-type]
        assert fault(sound) != sound
        return fault(sound)

    monkeypatch.setattr(statistics, "totals", planted)
    one, other = (exact_of(tmp_path, group, asked()) + n for group, n in zip((WITH, WITHOUT), noise, strict=True))
    assert audited(one[:, 0], other[:, 0]) > CLAIM * 1.3


@pytest.mark.slow
def test_noise_that_is_cut_at_the_true_count_is_caught(tmp_path: Path, noise: tuple[np.ndarray, np.ndarray]) -> None:
    """An answer that never passes the truth tells the truth, however much noise there is below."""
    vectors = [exact_of(tmp_path, group, asked()) for group in (WITH, WITHOUT)]
    one, other = (np.minimum(v + n, v) for v, n in zip(vectors, noise, strict=True))
    assert audited(one[:, 0], other[:, 0]) > CLAIM * 2


@pytest.mark.slow
def test_the_gaussian_stays_below_the_epsilon_of_its_curve(tmp_path: Path) -> None:
    """With δ = 0.05 given away, the ε of the curve at that δ bounds log((p - δ) / q)."""
    from release.dp.opendp import epsilon_at

    query = Query(("g",), (KEYS,), asked().statistics, "t", rho=0.125, unit="person")
    vectors = [exact_of(tmp_path, group, query) for group in (WITH, WITHOUT)]
    (made,) = build(query)
    delta, half = 0.05, COPIES // 2
    one, other = (add(made, vector)[:, 0] for vector in vectors)

    def told(at: int, part: slice) -> float:
        first, second = int((one[part] >= at).sum()), int((other[part] >= at).sum())
        low, high = bound(first, half, upper=False), bound(second, half, upper=True)
        return math.log((low - delta) / high) if low > delta else -math.inf

    event = max(range(-5, 8), key=lambda at: told(at, slice(half)))
    claim = epsilon_at(made.nrho, delta)
    assert 0.5 * claim < told(event, slice(half, None)) <= claim


def test_the_bound_holds_exactly_where_it_can_be_computed() -> None:
    """Chernoff's interval holds the exact one: of 0 in n the upper bound is at least 1 - α^(1/n)."""
    assert bound(0, 1000, upper=True) >= 1 - ALPHA ** (1 / 1000) - 1e-12
    assert bound(1000, 1000, upper=False) <= ALPHA ** (1 / 1000) + 1e-12
    assert bound(500, 1000, upper=False) < 0.5 < bound(500, 1000, upper=True)
