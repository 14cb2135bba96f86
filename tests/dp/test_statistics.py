"""Exact values are clamped, counted by public keys and the same for whoever else is in the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from release.dp.query import Query, Statistic
from release.dp.read import read_query
from release.dp.statistics import exact as components_of
from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.nouns.errors import BadInput

GROUPS = ("a", "b", "c")


def table(folder: Path, rows: list[tuple[str | None, str | None, str | None]], name: str = "t") -> Table:
    columns = {n: pa.array([r[i] for r in rows], pa.string()) for i, n in enumerate(("person", "g", "x"))}
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table(columns), path)
    fields = tuple(Field(n, FieldType.TEXT, len(rows), 0, 0) for n in columns)
    return Table(Dataset(name, name, "0" * 64, len(rows), fields), path)


def exact(made: Table, asked: Query, *, salt: str) -> dict[str, np.ndarray]:
    """The first number of every component under its short name."""
    names = {"rows": "n", "sum:x": "s"}
    return {names[part.name]: rows[:, 0] for part, rows in components_of(made, asked, salt=salt).vectors.items()}


def query(unit: str = "person", groups: int = 2, rows: int = 2) -> Query:
    return Query(
        group_by=("g",),
        keys=(GROUPS,),
        statistics=(Statistic("n", "count"), Statistic("s", "sum", "x", -50, 100, 1)),
        lineage="t",
        epsilon=1.0,
        unit=unit,
        max_groups=groups,
        max_rows=rows,
    )


def test_exact_values_are_clamped_then_summed(tmp_path: Path) -> None:
    rows = [("1", "a", "3.24"), ("2", "a", "99"), ("3", "b", None), ("4", "zzz", "1"), ("5", "b", "nonsense")]
    vectors = exact(table(tmp_path, rows), query("row"), salt="s")
    assert vectors["n"].tolist() == [2, 2, 0]
    assert vectors["s"].tolist() == [32 + 100, 0, 0]


def test_an_empty_table_gives_the_same_shape(tmp_path: Path) -> None:
    vectors = exact(table(tmp_path, []), query(), salt="s")
    assert {k: v.tolist() for k, v in vectors.items()} == {"n": [0, 0, 0], "s": [0, 0, 0]}


def test_no_grouping_gives_one_cell(tmp_path: Path) -> None:
    whole = Query((), (), (Statistic("n", "count"),), "t", epsilon=1.0, unit="person", max_rows=1)
    assert exact(table(tmp_path, [("1", "a", "1"), ("1", "b", "1"), ("2", "a", "1")]), whole, salt="s")[
        "n"
    ].tolist() == [2]


def test_which_rows_of_a_person_count_does_not_depend_on_other_people(tmp_path: Path) -> None:
    mine = [("1", g, str(i)) for i, g in enumerate("aabbcc")]
    others = [("2", "a", "7"), ("3", "c", "8")]
    alone = exact(table(tmp_path, mine), query(), salt="s")
    together = exact(table(tmp_path, others + mine), query(), salt="s")
    only_others = exact(table(tmp_path, others), query(), salt="s")
    for name in ("n", "s"):
        assert (together[name] - only_others[name]).tolist() == alone[name].tolist()


GOOD = {"group_by": ["g"], "keys": {"g": ["a"]}, "epsilon": 1.0, "statistics": [{"kind": "count"}]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"epsilom": 1}, "epsilom"),
        ({"keys": {}}, "public list"),
        ({"epsilon": 0}, "exactly one"),
        ({"rho": 0.1}, "exactly one"),
        ({"epsilon": float("nan")}, "positive"),
        ({"statistics": []}, "empty"),
        ({"statistics": [{"kind": "mean"}]}, "lower and upper"),
        ({"statistics": [{"kind": "mode"}]}, "must be one of"),
        ({"statistics": [{"kind": "sum", "field": "x"}]}, "lower and upper"),
        ({"statistics": [{"kind": "sum", "field": "x", "lower": 5, "upper": 5}]}, "below"),
        ({"statistics": [{"kind": "sum", "field": "x", "lower": 0, "upper": 1e12, "decimals": 9}]}, "overflow"),
        ({"statistics": [{"kind": "count", "name": "g"}]}, "same name"),
        ({"keys": {"g": ["a", "a"]}}, "different values"),
        ({"max_rows": 0}, "whole number"),
        ({"kind": "threshold"}, "differential-privacy"),
    ],
)
def test_a_half_said_query_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_query({**GOOD, **change}, dataset="t")
