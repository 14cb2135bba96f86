"""The stated sensitivity bounds what one unit can change, for every kind of component, and planted faults are seen.

Four hundred pairs of neighbouring tables stand side by side in one table, told apart by the field ``pair``: they are
then counted by one statement each, and the whole takes seconds.  Nothing here is a matter of chance: a correct program
never fails.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from release.dp import statement, statistics
from release.dp.component import Component, components, sensitivity
from release.dp.condition import Compare, Missing, denied, joined
from release.dp.query import Query, Statistic
from release.dp.ranks import fraction
from release.dp.statistics import Exact, measure
from release.dp.tree import built

PAIRS = 400
GROUPS = ("1", "2", "3", "01")
NUMBERS = ("0", "1", "-9", "5", "5", "7.49", "1e300", "-inf", "inf", "nan", "nonsense", None, "99999999999")
Row = tuple[str, str | None, str | None, str | None]


def rows(seed: int) -> list[list[Row]]:
    """Small tables of few persons, some of them with many rows, many ties and rows that lack something."""
    draw = random.Random(seed)
    tables = []
    for pair in range(PAIRS):
        heavy = draw.choices("123", k=draw.choice((0, 8, 20)))
        persons = draw.choices(("1", "2", "3", "4", None), k=draw.randint(1, 12)) + heavy[:1] * 6 + heavy
        draw.shuffle(persons)
        tables.append(
            [
                (
                    f"p{pair}",
                    None if person is None else f"{pair}/{person}",
                    draw.choice([*GROUPS, "other", None]),
                    draw.choice(NUMBERS),
                )
                for person in persons
            ]
        )
    return tables


def without(tables: list[list[Row]], unit: str, seed: int) -> list[list[Row]]:
    """Each table less one unit of its own: a row, or all rows of a person."""
    draw = random.Random(seed)
    fewer = []
    for table in tables:
        gone = draw.randrange(len(table))
        person = table[gone][1]
        alone = unit == "row" or person is None
        fewer.append([r for n, r in enumerate(table) if (n != gone if alone else r[1] != person)])
    return fewer


def written(path: Path, tables: list[list[Row]], kinds: Mapping[str, pa.DataType]) -> Path:
    flat = [row for table in tables for row in table]
    columns = {}
    for at, name in enumerate(("pair", "person", "g", "x")):
        values, kind = [row[at] for row in flat], kinds.get(name, pa.string())
        columns[name] = pa.array([_typed(v, kind) for v in values], kind)
    columns["leaf"] = pa.array([f"{r[0]}-{r[2]}" for r in flat])
    pq.write_table(pa.table(columns), path, row_group_size=997)
    return path


def _typed(value: str | None, kind: pa.DataType) -> object:
    if kind == pa.string() or value is None:
        return value
    try:
        number = float(value)
    except ValueError:
        return None
    if kind == pa.float64():
        return number
    limit = 2**31 - 1
    return int(max(-limit, min(number, limit))) if number == number else None


def query(unit: str, *statistics: Statistic, **more: object) -> Query:
    pairs = tuple(f"p{n}" for n in range(PAIRS))
    made = Query(("pair", "g"), (pairs, GROUPS), statistics, "t", epsilon=1.0, unit=unit, max_groups=2, max_rows=3)
    return replace(made, **more)  # type: ignore[arg-type]


BOUNDS = ("x", -50, 100, 1)
EDGES = (-50, -10, 0, 1, 40, 100)
COUNT, SUM = Statistic("n", "count"), Statistic("s", "sum", *BOUNDS)
VARIANCE, PERSONS = Statistic("v", "variance", *BOUNDS), Statistic("d", "distinct")
BINS = Statistic("h", "histogram", *BOUNDS, edges=EDGES)
EVEN = Statistic("e", "histogram", *BOUNDS, edges=tuple(range(-50, 101, 25)))
RANKS = Statistic("q", "quantiles", *BOUNDS, edges=EDGES, probabilities=(0.025, 0.5))
FILTER = joined("or", (denied(Compare("g", "=", "2")), joined("and", (Compare("x", "<", 6.0), denied(Missing("x"))))))
FINE = Statistic("f", "sum", "x", -5 * 10**8, 5 * 10**8, 9)


def by_pair(exact: Exact, asked: Query, part: Component) -> np.ndarray:
    """The vector of ``part`` as (pairs, groups, width); groups that were not discovered are 0."""
    vector = exact.vectors[part]
    if not asked.discover:
        return vector.reshape(PAIRS, -1, vector.shape[1])
    names = ["other", *GROUPS]
    wide = np.zeros((PAIRS, len(names), vector.shape[1]), dtype=np.int64)
    for (pair, group), line in zip(exact.keys, vector, strict=True):
        wide[int(pair[1:]), names.index(group)] = line
    return wide


def worst(folder: Path, asked: Query, kinds: Mapping[str, pa.DataType], seed: int) -> dict[str, float]:
    """Of every component the largest part of its L1, L2 or L∞ bound that any pair used; above 1 it is broken."""
    tables = rows(seed)
    one = measure(written(folder / "one.parquet", tables, kinds), asked, salt="s")
    fewer = without(tables, asked.unit, seed + 1)
    other = measure(written(folder / "other.parquet", fewer, kinds), asked, salt="s")
    used = {}
    for part, _ in components(asked):
        change = by_pair(one, asked, part) - by_pair(other, asked, part)
        if part.kind == "ranks":
            used[part.name] = _ranks(asked, part, change)
            continue
        flat = change.reshape(PAIRS, -1).astype(float)
        bounds = sensitivity(asked, part)
        found = np.abs(flat).sum(axis=1).max(), np.sqrt((flat**2).sum(axis=1)).max(), np.abs(flat).max()
        used[part.name] = max(float(f) / float(b) for f, b in zip(found, bounds, strict=True))
    return used


def _ranks(asked: Query, part: Component, change: np.ndarray) -> float:
    """Scores are linear in the bins up to an absolute value, so the change of the scores bounds theirs."""
    touched = (change != 0).any(axis=2).sum(axis=1).max() / asked.groups()
    below = np.concatenate([np.zeros((*change.shape[:2], 1), dtype=np.int64), np.cumsum(change, axis=2)], axis=2)
    above = below[:, :, -1:] - below
    moved = 0.0
    for p in part.probabilities:
        a, b = fraction(p)
        moved = max(moved, np.abs((b - a) * below - a * above).max() / (asked.rows() * max(a, b - a)))
    return max(float(touched), moved)


TEXT: dict[str, pa.DataType] = {}
TYPED = {"g": pa.int32(), "x": pa.int32()}
REAL = {"g": pa.int64(), "x": pa.float64()}


@pytest.mark.parametrize("kinds", [TEXT, TYPED, REAL], ids=["text", "whole", "real"])
@pytest.mark.parametrize("unit", ["row", "person"])
@pytest.mark.parametrize("where", [None, FILTER], ids=["all", "filtered"])
def test_no_unit_changes_more_than_is_stated(
    tmp_path: Path, kinds: dict[str, pa.DataType], unit: str, where: object
) -> None:
    persons = (PERSONS,) if unit == "person" else ()
    asked = query(unit, COUNT, SUM, VARIANCE, BINS, EVEN, RANKS, FINE, *persons, where=where)
    used = worst(tmp_path, asked, kinds, 11)
    assert max(used.values()) <= 1, used
    assert used["rows"] == 1, "the bound is never reached: the test sees nothing, or the bound is loose"
    assert min(used.values()) > 0.3, used


@pytest.mark.parametrize("unit", ["row", "person"])
def test_discovered_groups_keep_the_bounds_of_listed_ones(tmp_path: Path, unit: str) -> None:
    asked = query(unit, COUNT, SUM, BINS, keys=(), discover=True, delta_keys=1e-8)
    used = worst(tmp_path, asked, TEXT, 12)
    assert max(used.values()) == 1, used


@pytest.mark.parametrize("unit", ["row", "person"])
def test_every_level_of_a_tree_keeps_its_own_bound(tmp_path: Path, unit: str) -> None:
    paths = [(f"p{pair}", "n" if g in "12" else "s", g) for pair in range(PAIRS) for g in GROUPS]
    named = [(pair, f"{pair}{half}", f"{pair}-{g}") for pair, half, g in paths]
    tree = built(("pair", "half", "leaf"), named, "areas.csv")
    # The pairs of a tree stand in the order of its names.
    asked = query(unit, COUNT, group_by=("leaf",), keys=(tree.leaves(),), tree=tree, level_weights=(1.0, 1.0, 1.0))
    used = worst(tmp_path, asked, TEXT, 13)
    assert set(used) == {"rows@0", "rows@1", "rows@2"}
    assert all(value == pytest.approx(1) for value in used.values()), used


def by_position(sql: str) -> str:
    """Which rows of a person stay is told by where they stand in the table."""
    sql = sql.replace("SELECT t.c1 AS person", "SELECT row_number() OVER () AS position, t.c1 AS person")
    return re.sub(r"ORDER BY hash\('s', person, [^)]*\)[^)]*\)", "ORDER BY hash(position))", sql)


def clamped_after(sql: str) -> str:
    """Values are summed first, and the sum is clamped."""
    inside = r"least\(greatest\((round\(.*? \* 10\)), \(-50\)\), 100\)"
    return re.sub(inside, r"least(greatest(\1, -1e9), 1e9)", sql).replace("sum(x1)", "least(sum(x1), 9000000000)")


def without_group_limit(sql: str) -> str:
    return re.sub(r"(dense_rank\(\) OVER \(.*?\)) <= 2$|(dense_rank\(\) OVER .*) <= 2\)", _ever_more, sql)


def _ever_more(found: re.Match[str]) -> str:
    return found.group(0).replace("<= 2", "<= 1000000")


def one_row_too_many(sql: str) -> str:
    return re.sub(r"(row_number\(\) OVER \(.*?\)) <= 3", r"\1 <= 4", sql)


def any_spelling(sql: str) -> str:
    """A key is found however its number is spelled."""
    return re.sub(r" AND CAST\(TRY_CAST\(keys\d\.v AS INTEGER\) AS VARCHAR\) = keys\d\.v", "", sql)


@pytest.mark.parametrize(
    ("fault", "unit", "kinds"),
    [
        (by_position, "person", TEXT),
        (clamped_after, "person", TEXT),
        (clamped_after, "row", REAL),
        (without_group_limit, "person", TEXT),
        (one_row_too_many, "person", TEXT),
        (any_spelling, "row", TYPED),
    ],
)
def test_a_planted_fault_is_seen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[str], str],
    unit: str,
    kinds: dict[str, pa.DataType],
) -> None:
    bent: list[bool] = []

    def planted(make: Callable[..., str]) -> Callable[..., str]:
        def inner(*given: object) -> str:
            sound = make(*given)
            bent.append(fault(sound) != sound)
            return fault(sound)

        return inner

    monkeypatch.setattr(statistics, "totals", planted(statement.totals))
    used = worst(tmp_path, query(unit, COUNT, SUM), kinds, 11)
    assert all(bent), "the fault did not reach the statement"
    assert max(used.values()) > 1, used
