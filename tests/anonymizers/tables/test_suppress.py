"""Patterns protect (proved by the audit), cost as little as can be (proved by trying all), and share cells."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.tables.audit import Asked, audit
from anonymizers.tables.cells import Cells
from anonymizers.tables.dimension import flat, led, nested
from anonymizers.tables.heuristic import Unprotectable
from anonymizers.tables.relations import relations
from anonymizers.tables.rules import read_rule
from anonymizers.tables.suppress import Settings, Suppressed, suppress
from anonymizers.tables.tabulate import Counting, distinct, tabulate
from anonymizers.tables.tabulated import Columns, read_cells
from tests.anonymizers.tables.made import counts, parquet, square
from tests.real_data import table

RULE = read_rule("threshold", {"n": 3})
TREE = nested("d0", [("a1", "A"), ("a2", "A"), ("b1", "B"), ("b2", "B"), ("b3", "B")])
PLAIN = Settings(singletons=False)


def run(made: Cells, **change: object) -> Suppressed:
    return suppress([made], [RULE], Settings(**change), magnitude=False)  # type: ignore[arg-type]


leaves = st.lists(st.integers(0, 9), min_size=20, max_size=20)


def possible(made: Cells, hidden: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The deviations of ``hidden`` cells that add up, those in ``known`` not moving: a basis, by singular values."""
    equations = relations(made.dimensions)
    matrix = np.zeros((equations.rows, made.number))
    matrix[equations.row_of(), equations.cells] = equations.signs
    matrix = matrix[:, hidden & ~known]
    _, size, basis = np.linalg.svd(matrix) if matrix.size else (None, np.zeros(0), np.eye(matrix.shape[1]))
    whole = np.zeros((made.number, basis.shape[0] - int((size > 1e-9).sum())))
    whole[hidden & ~known] = basis[int((size > 1e-9).sum()) :].T
    return whole


@settings(max_examples=25, deadline=None)
@given(leaves)
def test_every_unsafe_cell_is_protected_from_outsiders_and_from_those_who_are_alone(numbers: list[int]) -> None:
    made = counts((TREE, flat("d1", ["w", "x", "y", "z"])), np.array(numbers).reshape(5, 4))
    try:
        done = run(made, time_limit_s=5.0)
    except Unprotectable:
        # Empty cells are published, so a table may have nowhere left to hide what is in it.
        assert (made.count == 0).any()
        return
    primary, hidden = done.primary[0], done.hidden[0]
    assert (hidden >= primary).all()
    assert not (hidden & (made.count == 0)).any()
    assert {one.cell for one in done.intervals} == set(np.flatnonzero(hidden).tolist())
    for one in done.intervals:
        value = made.value[one.cell]
        assert one.least - 1e-6 <= value <= one.most + 1e-6
        if primary[one.cell]:
            assert one.protected and one.most >= 3 - 1e-3 and one.least <= value - 1 + 1e-3
    for holder in set(made.alone[hidden].tolist()) - {-1}:
        known = hidden & (made.alone == holder)
        free = possible(made, hidden, known)
        for cell in np.flatnonzero(primary & ~known):
            assert np.abs(free[cell]).max(initial=0) > 1e-9


@settings(max_examples=25, deadline=None)
@given(leaves)
def test_the_heuristic_never_beats_the_optimum(numbers: list[int]) -> None:
    made = counts((TREE, flat("d1", ["w", "x", "y", "z"])), np.array(numbers).reshape(5, 4) + 1)
    best, quick = run(made, singletons=False), run(made, search="heuristic", singletons=False)
    assert best.cost <= quick.cost + 1e-9
    assert best.bound <= best.cost + 1e-9
    assert best.optimal and all(one.protected is not False for one in quick.intervals)


def cheapest(made: Cells) -> float:
    """The cost of the best pattern, by trying all of them and asking the auditor."""
    primary = (made.count > 0) & (made.count < 3)
    up, down = np.where(primary, 3.0 - made.count, 0.0), np.where(primary, 1.0, 0.0)
    free = np.flatnonzero(~primary & (made.count > 0))
    cost = made.value + 1.0
    patterns = sorted(
        (one for size in range(len(free) + 1) for one in itertools.combinations(free.tolist(), size)),
        key=lambda one: float(cost[list(one)].sum()),
    )
    for extra in patterns:
        hidden = primary.copy()
        hidden[list(extra)] = True
        told = audit([made], [hidden], [Asked(up, down, np.zeros(made.number))], most=1e5, negative=False)
        if all(one.protected is not False for one in told):
            return float(cost[list(extra)].sum())
    return float("inf")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=6, max_size=6))
def test_the_optimum_is_what_trying_all_patterns_finds(numbers: list[int]) -> None:
    made = counts(square(2, 3), np.array(numbers).reshape(2, 3))
    least = cheapest(made)
    try:
        done = suppress([made], [RULE], PLAIN, magnitude=False)
    except Unprotectable:
        assert least == float("inf")
        return
    assert done.optimal and done.cost == pytest.approx(least)


def test_nothing_unsafe_nothing_suppressed_and_the_same_again() -> None:
    safe = run(counts(square(3, 3), np.full((3, 3), 9)))
    assert not safe.hidden[0].any() and safe.cost == 0 and safe.optimal and not safe.intervals
    numbers = np.array([[1, 9, 8, 2], [7, 6, 2, 9], [9, 1, 5, 5], [4, 4, 9, 8]])
    one, two = run(counts(square(4, 4), numbers)), run(counts(square(4, 4), numbers))
    assert (one.hidden[0] == two.hidden[0]).all() and one.cost == two.cost


def test_all_zero_and_one_cell() -> None:
    assert not run(counts(square(2, 2), np.zeros((2, 2), np.int64))).hidden[0].any()
    # One row in one cell: its totals are the same number, so all of them go.
    done = run(counts(square(2, 2), np.array([[1, 0], [0, 0]])))
    assert done.hidden[0].sum() == 4


def test_who_is_alone_cannot_subtract_himself() -> None:
    # 1 and 1 hide each other from outsiders, but each of the two knows the other: a third cell must go.
    made = counts(square(3), np.array([1, 1, 9]))
    rule = read_rule("threshold", {"n": 2})
    assert suppress([made], [rule], PLAIN, magnitude=False).secondaries == 0
    done = suppress([made], [rule], Settings(), magnitude=False)
    assert done.secondaries == 1 and done.singleton_needs > 0


def test_zeros_are_unsafe_where_they_are_to_be_protected() -> None:
    made = counts(square(3), np.array([0, 9, 9]))
    assert not run(made).hidden[0].any()
    assert run(made, zeros="protect").hidden[0][1]


def test_dominance_protects_to_the_level_asked_for(tmp_path: Path) -> None:
    shares = {("a", "x"): (90, 5), ("a", "y"): (30, 30, 25), ("b", "x"): (40, 35, 30), ("b", "y"): (50, 45, 40)}
    rows = [[*codes, str(share)] for codes, given in shares.items() for share in given]
    made = tabulate(
        parquet(tmp_path, rows, ("r", "c", "v")), "t", (flat("r", "ab"), flat("c", "xy")), Counting(value="v")
    )
    done = suppress([made], [read_rule("p-percent", {"p": 20})], Settings(), magnitude=True)
    (unsafe,) = [one for one in done.intervals if one.protected is not None]
    assert (done.primaries, done.secondaries) == (1, 3)
    assert made.value[unsafe.cell] == 95 and unsafe.most >= 95 + 18 and unsafe.least <= 95 - 18


def test_linked_tables_hide_the_same_cells(tmp_path: Path) -> None:
    """The documented case of sdcTable: each table is safe alone, both together give B away until N goes too."""
    numbers = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
    path = parquet(tmp_path, [[name] for name, n in numbers.items() for _ in range(n)], ("region",))
    county = led("region", "county-1\n@A\n@B\n@I\n@J\ncounty-2\n@K\n@L\n@M\n@N\n")
    group = led("region", "big\n@L\n@M\nsmall\n@A\n@B\n@I\n@J\n@K\n@N\n")
    made = [tabulate(path, name, (one,), Counting()) for name, one in (("county", county), ("group", group))]
    rule = read_rule("threshold", {"n": 4})
    apart = [suppress([one], [rule], PLAIN, magnitude=False) for one in made]
    assert [one.secondaries for one in apart] == [0, 0]
    both = suppress(made, [rule], PLAIN, magnitude=False)
    assert both.secondaries == 1
    for one, flags in zip(made, both.hidden, strict=True):
        assert {one.dimensions[0].codes[i] for i in np.flatnonzero(flags)} == {"A", "B", "K", "L", "M", "N"}


def test_the_documented_figures_of_sdctable(tmp_path: Path) -> None:
    path = table("sdctable_micro") / "microdata1.csv"
    lines = [line.split(",") for line in path.read_text().split()]
    source = parquet(tmp_path, lines[1:], lines[0])
    made = tabulate(
        source,
        "t",
        (flat("region", distinct(source, "region")), flat("gender", ["male", "female"])),
        Counting(value="val"),
    )
    for name, params, primaries in (
        ("threshold", {"n": 3}, 1),
        ("dominance", {"n": 2, "k": 75}, 2),
        ("p-percent", {"p": 70}, 2),
        ("prior-posterior", {"p": 60, "q": 80}, 2),
    ):
        done = suppress([made], [read_rule(name, params)], Settings(), magnitude=True)
        assert done.primaries == primaries and done.optimal
        if name == "threshold":
            assert done.secondaries == 3


def test_a_table_of_tau_argus_is_protected_at_proven_cost(tmp_path: Path) -> None:
    folder = table("tauargus_tables") / "tableinput"
    lines = [[cell.strip('"') for cell in line.split(";")] for line in (folder / "pp.tab").read_text().splitlines()]
    names = ("Size", "Region", "Var2", "Freq", "Shadow", "Cost", "Top1", "Top2", "Status", "Lower", "Upper")
    region = led("Region", (folder / "region2.hrc").read_text() + "\n99\n")
    size = flat("Size", {line[0].strip() for line in lines} - {"Total"})
    columns = Columns("Shadow", "Freq", ("Top1", "Top2"), "Status", ("U",), "Upper", ",")
    made = read_cells(parquet(tmp_path, lines, names), "pp", (size, region), columns)
    done = suppress([made], [read_rule("given", {})], Settings(cost="one"), magnitude=True)
    assert done.primaries == sum(line[8] == "U" for line in lines) == 9
    assert done.optimal and done.secondaries <= 11
