"""Every draw is paid for before it is made, as OpenDP's own map says, and the purse never gives more than it holds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from release.dp.opendp import NANO
from release.nouns.errors import ReleaseError
from release.synth.counts import Coded, tallied
from release.synth.measure import CHOOSING, Way, candidates, fitting, measure, workload
from release.synth.spend import Purse
from release.synth.tree import megabytes


def coded(rows: int = 4000) -> Coded:
    """Field 1 follows field 0, field 3 follows field 2, the rest is independent."""
    place = np.arange(rows)
    codes = np.stack([place % 3, place % 3, place // 3 % 4, place // 3 % 4, place // 12 % 2], axis=1)
    distinct, counts = np.unique(codes, axis=0, return_counts=True)
    return Coded((3, 3, 4, 4, 2), distinct, counts)


def test_a_table_costs_what_it_may_and_is_as_noisy_as_told() -> None:
    purse = Purse(10**8, rows=2)
    noisy, sigma = purse.table(np.zeros((50, 40), np.int64), 10**7, "t")
    assert sigma == pytest.approx(2 / math.sqrt(2 * 0.01))
    assert 10**7 - 2 <= purse.spent <= 10**7
    assert np.std(noisy) == pytest.approx(sigma, rel=0.1) and abs(noisy.mean()) < sigma / 5


def test_a_pick_costs_what_it_may_and_takes_the_largest_when_it_can() -> None:
    purse = Purse(10**9)
    assert purse.pick([0.0, 5000.0, 10.0], 1.0, 10**8, "p") == 1
    assert 10**8 - 2 <= purse.spent <= 10**8
    picked = {Purse(10**9).pick([0.0, 1.0], 1.0, 10, "p") for _ in range(60)}
    assert picked == {0, 1}


def test_the_purse_is_never_overspent() -> None:
    purse = Purse(100)
    with pytest.raises(ReleaseError, match="nothing was drawn"):
        purse.table(np.zeros(3, np.int64), 101, "t")
    assert purse.spent == 0 and purse.log == []


@pytest.mark.parametrize("method", ["independent", "mst", "aim"])
def test_every_method_stays_within_its_purse_and_tells_what_it_did(method: str) -> None:
    purse = Purse(int(0.2 * NANO))
    found = measure(method, coded(), purse, Way())
    assert purse.nrho * 0.999 <= purse.spent <= purse.nrho
    assert math.fsum(float(str(entry["rho"])) for entry in purse.log) == pytest.approx(purse.spent / NANO)
    assert abs(found.model.total - 4000) < 100
    cliques = {m.clique for m in found.tables}
    assert {(f,) for f in range(5)} <= cliques
    if method != "independent":
        assert {(0, 1), (2, 3)} <= {pair for c in cliques for pair in [(0, 1), (2, 3)] if set(pair) <= set(c)}
        assert np.abs(found.model.project((0, 1)) - coded().table((0, 1))).sum() / 4000 < 0.05


def test_choosing_costs_its_share_of_what_is_left_for_pairs() -> None:
    purse = Purse(10**8)
    measure("mst", coded(), purse, Way(oneway=0.5))
    chosen = math.fsum(float(str(e["rho"])) for e in purse.log if e["mechanism"] == "noisy maximum")
    assert chosen == pytest.approx(0.05 * CHOOSING, rel=0.01)


def test_an_empty_table_is_synthesized_all_the_same() -> None:
    nobody = Coded((2, 3), np.zeros((0, 2), np.int64), np.zeros(0, np.int64))
    for method in ("independent", "mst", "aim"):
        assert measure(method, nobody, Purse(10**8), Way()).model.total >= 1


def test_one_field_alone() -> None:
    one = Coded((3,), np.array([[0], [1]]), np.array([5, 7]))
    for method in ("mst", "aim"):
        assert measure(method, one, Purse(10**8), Way()).model.tables[0].shape == (3,)


def test_the_tree_never_outgrows_its_limit() -> None:
    sizes = (30, 30, 30, 30)
    most = 30**2 * 8 / 2**20 * 2.5
    weights = candidates(sizes, 3, most)
    assert all(len(c) < 3 for c in weights) and len(workload(4, 3)) == 14
    assert (0, 1) in fitting(sizes, weights, [(0,), (1,)], most)
    assert (0, 2) not in fitting(sizes, weights, [(0, 1), (1, 2), (2, 3)], most)
    for clique in fitting(sizes, weights, [(0, 1), (1, 2)], most):
        assert len(clique) == 1 or megabytes(sizes, [(0, 1), (1, 2), clique]) <= most


@pytest.mark.parametrize(
    ("method", "fields", "nrho"),
    [("mst", 8, 10**5), ("mst", 9, 20 * 10**9), ("mst", 15, 10**5), ("aim", 2, 10**5), ("aim", 7, 20 * 10**9)],
)
def test_no_number_of_fields_and_no_budget_breaks_the_account(method: str, fields: int, nrho: int) -> None:
    """Where parts of a budget are added as floats, some numbers of fields overspend by a hair, after the noise."""
    place = np.arange(64)
    small = tallied((2,) * fields, np.stack([place >> (f % 6) & 1 for f in range(fields)], axis=1))
    purse = Purse(nrho)
    measure(method, small, purse, Way(degree=2))
    assert nrho * 0.99 <= purse.spent <= nrho


def test_combinations_are_tallied_alike_however_many_there_could_be() -> None:
    codes = np.array([[0, 1], [1, 1], [0, 1]])
    for sizes in ((2, 3), (2**40, 2**40)):
        found = tallied(sizes, codes)
        assert found.codes.tolist() == [[0, 1], [1, 1]] and found.counts.tolist() == [2, 1]
