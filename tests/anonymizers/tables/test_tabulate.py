"""Cells against sums taken another way, and everything that cannot be counted refused by field and number of rows."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from anonymizers.errors import AnonymizerError
from anonymizers.tables.dimension import Dimension, flat, led, nested
from anonymizers.tables.relations import linked, relations
from anonymizers.tables.tabulate import Counting, distinct, tabulate
from anonymizers.tables.tabulated import Columns, read_cells
from tests.anonymizers.tables.made import parquet

NAMES = ("region", "size", "firm", "x", "w")
TREE = [("a1", "A", "*"), ("a2", "A", "*"), ("b", "B", "*")]


def rows(number: int = 300) -> list[list[str]]:
    chance = random.Random(3)
    made = []
    for _ in range(number):
        codes = [chance.choice(("a1", "a2", "b")), chance.choice("st"), str(chance.randint(1, 20))]
        made.append([*codes, f"{chance.randint(0, 900)}.5", str(chance.randint(1, 3))])
    return made


def dimensions() -> tuple[Dimension, ...]:
    return nested("region", TREE), flat("size", "st")


def naive(table: pd.DataFrame, region: str, size: str) -> pd.DataFrame:
    inside = {"Total": ("a1", "a2", "b"), "A": ("a1", "a2"), "B": ("b",)}.get(region, (region,))
    part = table[table.region.isin(inside)]
    return part if size == "Total" else part[part["size"] == size]


@pytest.mark.parametrize("unit", ["row", "firm"])
def test_every_total_is_what_pandas_says(tmp_path: Path, unit: str) -> None:
    given = rows()
    made = tabulate(parquet(tmp_path, given, NAMES), "t", dimensions(), Counting(value="x", unit=unit, top=3))
    table = pd.DataFrame(given, columns=list(NAMES)).astype({"x": float})
    at = made.coordinates()
    for cell in range(made.number):
        codes = [one.codes[at[i][cell]] for i, one in enumerate(made.dimensions)]
        part = naive(table, *codes)
        shares = part.x if unit == "row" else part.groupby("firm").x.sum()
        assert made.value[cell] == round(part.x.sum() * 10)
        assert made.count[cell] == len(shares)
        assert made.top[cell].tolist() == [round(v * 10) for v in sorted(shares, reverse=True)[:3]]
    assert not relations(made.dimensions).residuals(made.value).any()
    assert made.decimals == 1


def test_a_weighted_contributor_stands_for_several(tmp_path: Path) -> None:
    given = [["b", "s", "1", "10", "2"], ["b", "s", "2", "4", "1"]]
    made = tabulate(parquet(tmp_path, given, NAMES), "t", dimensions(), Counting(value="x", weight="w", top=3))
    assert made.value[0] == 24
    assert made.top[0].tolist() == [10, 10, 4]
    assert made.count[0] == 2
    counted = tabulate(parquet(tmp_path, given, NAMES), "t", dimensions(), Counting(weight="w"))
    assert counted.value[0] == 3


def test_who_is_alone_is_known(tmp_path: Path) -> None:
    given = [
        ["b", "s", "7", "1", "1"],
        ["b", "s", "7", "2", "1"],
        ["a1", "t", "8", "3", "1"],
        ["a1", "s", "7", "1", "1"],
    ]
    made = tabulate(parquet(tmp_path, given, NAMES), "t", dimensions(), Counting(value="x", unit="firm"))
    alone = made.alone.reshape(made.shape())
    codes = made.dimensions[0].codes
    assert alone[codes.index("b"), 1] == alone[codes.index("a1"), 1] != alone[codes.index("a1"), 2]
    assert alone[codes.index("a1"), 0] == -1


@pytest.mark.parametrize(
    ("row", "counting", "told"),
    [
        ([None, "s", "1", "1", "1"], Counting(), "'region' is empty in 1 rows"),
        (["zz-canary", "s", "1", "1", "1"], Counting(), "'region' has 1 rows"),
        (["b", "s", "1", "canary", "1"], Counting(value="x"), "'x' is no number in 1 rows"),
        (["b", "s", "1", "-4711", "1"], Counting(value="x"), "'x' is negative in 1 rows"),
        (["b", "s", "1", "1", "-4711"], Counting(weight="w"), "'w' is no weight above 0 in 1 rows"),
        (["b", "s", None, "1", "1"], Counting(unit="firm"), "'firm' names no contributor in 1 rows"),
    ],
)
def test_what_cannot_be_counted_is_refused(tmp_path: Path, row: list[str], counting: Counting, told: str) -> None:
    with pytest.raises(AnonymizerError, match=told) as caught:
        tabulate(parquet(tmp_path, [*rows(3), row], NAMES), "t", dimensions(), counting)
    assert "canary" not in str(caught.value) and "4711" not in str(caught.value)


def test_negative_values_are_judged_by_their_size(tmp_path: Path) -> None:
    given = [["b", "s", "1", "-30", "1"], ["b", "s", "2", "10", "1"]]
    made = tabulate(parquet(tmp_path, given, NAMES), "t", dimensions(), Counting(value="x", negative="absolute"))
    assert made.value[0] == -20 and made.magnitude()[0] == 40 and made.negative
    assert made.top[0].tolist() == [30, 10]


def test_missing_codes_can_be_named_and_no_rows_are_an_empty_table(tmp_path: Path) -> None:
    sizes = flat("size", ["s", "?"])
    made = tabulate(parquet(tmp_path, [["b", None, "1", "1", "1"]], NAMES), "t", (sizes,), Counting(missing="?"))
    assert made.value.tolist() == [1, 1, 0]
    empty = tabulate(parquet(tmp_path, [], NAMES), "t", (sizes,), Counting())
    assert not empty.value.any() and not empty.count.any()


def test_tables_share_the_cells_that_hold_the_same_records(tmp_path: Path) -> None:
    path = parquet(tmp_path, rows(), NAMES)
    region, size = dimensions()
    parts = [
        tabulate(path, "1", (region, size), Counting()),
        tabulate(path, "2", (flat("region", ["a1", "a2", "b"]),), Counting()),
    ]
    equations, maps = linked([relations(one.dimensions) for one in parts], [(one.same, one.count) for one in parts])
    wide = maps[0].reshape(parts[0].shape())
    assert maps[1][0] == wide[0, 0]
    assert maps[1][3] == wide[region.codes.index("b"), 0] == wide[region.codes.index("B"), 0]
    assert equations.number == len(set(np.concatenate(maps).tolist()))


def test_hierarchies_in_both_spellings_are_one() -> None:
    assert led("region", "A\n@a1\n@a2\nB\n@b\n") == nested("region", TREE)
    for text in ("@a", "A\n@@b", "A\nA"):
        with pytest.raises(AnonymizerError):
            led("region", text)
    with pytest.raises(AnonymizerError, match="two parents"):
        nested("region", [("a", "A"), ("b", "A"), ("a", "B")])
    with pytest.raises(AnonymizerError, match="total"):
        nested("region", [("Total", "A"), ("b", "A")])


def test_cells_from_elsewhere_must_add_up(tmp_path: Path) -> None:
    names = ("g", "v", "n", "status")
    given = [["Total", "3,5", "3", "S"], ["a", "1,5", "1", "U"], ["b", "2", "2", "S"]]
    columns = Columns("v", "n", status="status", decimal=",")
    made = read_cells(parquet(tmp_path, given, names), "t", (flat("g", "ab"),), columns)
    assert (
        made.value.tolist() == [35, 15, 20]
        and made.given is not None
        and (made.given > 0).tolist() == [False, True, False]
    )
    given[0][1] = "4"
    with pytest.raises(AnonymizerError, match="1 totals"):
        read_cells(parquet(tmp_path, given, names), "t", (flat("g", "ab"),), columns)


def test_distinct_values_are_sorted_and_trimmed(tmp_path: Path) -> None:
    assert distinct(parquet(tmp_path, [[" b"], ["a"], [""], [None]], ("g",)), "g") == ["a", "b"]
