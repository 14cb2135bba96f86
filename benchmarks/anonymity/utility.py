"""Utility of a treated table: a million rows of ten fields, the same figures by plain pandas, and pycanon's report.

python -m benchmarks.anonymity.utility [million] [pandas] [pycanon]
"""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from anonymizers.hierarchy import Hierarchy
from anonymizers.measure import Around
from anonymizers.measure_discovery import measure
from anonymizers.measures.sample import open_sample
from anonymizers.utility.discovery import utilities, utility
from anonymizers.utility.joint import joints
from anonymizers.utility.metric import CELLS, FIELD, LINK, TABLE
from anonymizers.utility.tables import Tables, tables
from tests.real_data import ROOT

ROWS = 1_000_000
QUASI = ("age", "sex", "place", "school")
Columns = dict[str, pa.Array]


def timed(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """Prints the CPU seconds and the peak memory so far."""
    start = time.process_time()
    made = work()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name:<52} {seconds:8.3f} s CPU   peak {peak:5.2f} GB", flush=True)
    return made, seconds


def made_up(rows: int) -> tuple[Columns, Columns, dict[str, Hierarchy]]:
    """People, and the same with bands, prefixes, noise on one number and 3 % of the rows suppressed."""
    draw = np.random.default_rng(1)
    age = draw.integers(0, 100, rows)
    place = draw.integers(0, 3000, rows)
    income = draw.lognormal(9, 1, rows).round(-1).astype(int)
    raw = {
        "age": age.astype(str),
        "sex": draw.choice(["m", "f"], rows),
        "place": np.char.add("2", (10000 + place).astype(str)),
        "school": np.char.add("s", draw.integers(0, 12, rows).astype(str)),
        "work": np.char.add("w", draw.integers(0, 60, rows).astype(str)),
        "income": income.astype(str),
        "visits": draw.poisson(3, rows).astype(str),
        "illness": np.char.add("i", draw.integers(0, 200, rows).astype(str)),
        "score": (age * 2 + draw.normal(0, 20, rows)).round().astype(int).astype(str),
        "day": np.datetime_as_string(np.datetime64("2020-01-01") + draw.integers(0, 1500, rows)),
    }
    bands = tuple((str(n), f"{n // 10 * 10}-{n // 10 * 10 + 9}", "*") for n in range(100))
    prefixes = tuple((f"2{10000 + n}", f"2{10000 + n}"[:4] + "**", "*") for n in range(3000))
    treated = dict(raw)
    treated["age"] = np.array([row[1] for row in bands])[age]
    treated["place"] = np.array([row[1] for row in prefixes])[place]
    treated["income"] = np.roll(raw["income"], 7)
    lost = draw.random(rows) < 0.03
    for name in QUASI:
        treated[name] = np.where(lost, "*", treated[name])
    sides = ({name: pa.array(cells.tolist(), pa.string()) for name, cells in side.items()} for side in (raw, treated))
    first, second = sides
    return first, second, {"age": Hierarchy(bands), "place": Hierarchy(prefixes)}


def everything(made: Tables) -> dict[str, Any]:
    """Every metric, every field, every pair."""
    found: dict[str, Any] = {}
    for one in utilities().values():
        if one.scope in (TABLE, CELLS):
            found[one.name] = one.of_table(made)
        if one.scope == FIELD:
            found[one.name] = {column.name: one.of_column(made, column) for column in made.columns}
    links = [one for one in utilities().values() if one.scope == LINK]
    found["links"] = [
        {one.name: one.of_link(joint) for one in links} | {"fields": (joint.one.name, joint.other.name)}
        for joint in joints(made)
    ]
    return found


def million() -> None:
    """All metrics on a million rows of ten fields."""
    before, after, trees = made_up(ROWS)
    made, _ = timed("a million rows × 10: side by side", lambda: tables(before, after, trees, quasi=QUASI, paired=True))
    found, _ = timed("a million rows × 10: all metrics, all pairs", lambda: everything(made))
    print(f"    granularity {found['granularity']:.4f}, pMSE {found['propensity']:.4f}, pairs {len(found['links'])}")


def plainly(
    before: pd.DataFrame, after: pd.DataFrame, trees: dict[str, Hierarchy], quasi: tuple[str, ...]
) -> dict[str, Any]:
    """A part of the same figures as one would write them in pandas for a table of plain values and tree labels."""
    found: dict[str, Any] = {}
    lost = (after[list(quasi)] == "*").all(axis=1)
    sizes = after[~lost].groupby(list(quasi), sort=False).size()
    found["aecs"] = len(after) / (len(sizes) + int(lost.any()))
    found["discernibility"] = float((sizes**2).sum() + int(lost.sum()) * len(after))
    losses = []
    for name in quasi:
        rows = trees[name].rows
        share = pd.Series({label: len({r[0] for r in rows if label in r}) / len(rows) for r in rows for label in r})
        losses.append((after[name].map(share).mean() - 1 / len(rows)) / (1 - 1 / len(rows)))
    found["granularity"] = float(np.mean(losses))
    variation = {}
    spread = {}
    for name in before:
        first = before[name].value_counts(normalize=True)
        if name in quasi:
            leaves = {label: [r[0] for r in trees[name].rows if label in r] for r in trees[name].rows for label in r}
            cells = after[name].map(leaves)
            weights = 1 / cells.map(len)
            exploded = pd.DataFrame({"v": cells, "w": weights}).explode("v")
            second = exploded.groupby("v")["w"].sum() / len(after)
            spread[name] = second
        else:
            second = after[name].value_counts(normalize=True)
        both = pd.concat([first, second], axis=1).fillna(0.0)
        variation[name] = float((both.iloc[:, 0] - both.iloc[:, 1]).abs().sum() / 2)
    found["total-variation"] = variation
    association = {}
    for a, b in itertools.combinations(before.columns, 2):
        table = pd.crosstab(before[a], before[b]).to_numpy() / len(before)
        chance = np.outer(table.sum(axis=1), table.sum(axis=0))
        phi = ((table - chance) ** 2 / chance).sum()
        association[a, b] = float(np.sqrt(phi / (min(table.shape) - 1)))
    found["association"] = association
    return found


def adult() -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Hierarchy], tuple[str, ...]]:
    """Adult at one node of its lattice, classes of fewer than five rows starred."""
    folder = ROOT / "arx_adult"
    names = ("sex", "age", "race", "marital-status", "education", "native-country", "workclass", "salary-class")
    levels = (0, 3, 0, 1, 1, 1, 1, 0)
    trees = {}
    for name in names:
        text = (folder / "hierarchies" / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8")
        trees[name] = Hierarchy(tuple(tuple(line.split(";")) for line in text.splitlines()))
    before = pd.read_csv(folder / "adult.csv", sep=";", dtype=str)[[*names, "occupation"]]
    after = before.copy()
    for name, level in zip(names, levels, strict=True):
        after[name] = before[name].map({row[0]: row[level] for row in trees[name].rows})
    small = after.groupby(list(names))["sex"].transform("size") < 5
    after.loc[small, list(names)] = "*"
    return before, after, trees, names


def against_pandas() -> None:
    """The same figures twice, and how long each took."""
    before, after, trees, quasi = adult()
    arrays = [{name: pa.array(side[name], pa.string()) for name in side} for side in (before, after)]
    made, first = timed("Adult: side by side", lambda: tables(*arrays, trees, quasi=quasi, paired=True))
    names = ("aecs", "discernibility", "granularity")
    ours, second = timed(
        "Adult: the figures that pandas makes",
        lambda: (
            {name: utility(name).of_table(made) for name in names},
            {column.name: utility("total-variation").of_column(made, column) for column in made.columns},
            {(joint.one.name, joint.other.name): utility("cramers-v").of_link(joint) for joint in joints(made)},
        ),
    )
    _, whole = timed("Adult: all metrics, all fields, all pairs", lambda: everything(made))
    theirs, third = timed("Adult: plain pandas, a part of them", lambda: plainly(before, after, trees, quasi))
    for name in names:
        assert np.isclose(ours[0][name], theirs[name], rtol=1e-9), name
    for name, value in theirs["total-variation"].items():
        assert np.isclose(ours[1][name], value, atol=1e-9), name
    few = {column.name for column in made.columns if len(column.domain) <= 20}
    for pair, value in theirs["association"].items():
        if set(pair) <= few:
            assert np.isclose(ours[2][pair].before, value, atol=1e-9), pair
    print(f"    equal; pandas takes {third / (first + second):.1f} times as long (all of ours: {first + whole:.2f} s)")


def against_pycanon() -> None:
    """pycanon's report on 5,000 rows (nine models), and the same models here."""
    warnings.simplefilter("ignore")
    from pycanon.report.base import get_report_values

    before, after, trees, quasi = adult()
    frame, qis = before.head(5_000).reset_index(drop=True), [name for name in quasi if name != "salary-class"]
    field = "occupation"
    asked: list[tuple[str, dict[str, Any]]] = [
        ("k-anonymity", {"k": 2}),
        ("distinct-l-diversity", {"field": field, "l": 2}),
        ("entropy-l-diversity", {"field": field, "l": 2.0, "estimator": "shannon"}),
        ("recursive-cl-diversity", {"field": field, "c": 2.0, "l": 2}),
        ("t-closeness", {"field": field, "t": 0.5, "distance": "equal"}),
        ("beta-likeness", {"field": field, "beta": 1.0}),
        ("beta-likeness", {"field": field, "beta": 1.0, "enhanced": True}),
        ("delta-disclosure", {"field": field, "delta": 1.0}),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        frame.to_parquet(path)

        def ours() -> list[float]:
            with open_sample(path) as sample:
                return [measure(name).take(sample, qis, params, Around()) for name, params in asked]

        ours()
        _, mine = timed("5,000 rows: eight models", ours)
    _, theirs = timed("5,000 rows: pycanon's report", lambda: get_report_values(frame, qis, [field]))
    arrays = [{name: pa.array(side[name].head(5_000), pa.string()) for name in side} for side in (before, after)]
    _, all_of = timed(
        "5,000 rows: every utility metric", lambda: everything(tables(*arrays, trees, quasi=quasi, paired=True))
    )
    print(f"    pycanon takes {theirs / mine:.0f} times the models, {theirs / (mine + all_of):.0f} times all of it")


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["million", "pandas", "pycanon"]
    for word, run in (("million", million), ("pandas", against_pandas), ("pycanon", against_pycanon)):
        if word in chosen:
            run()
