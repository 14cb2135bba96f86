"""Published 95 % intervals hold the truth in 95 of 100 cells, and what compiles on nothing compiles on something.

Each share is taken over 2,000 independent cells and must lie between 92 and 98 %, 6.1 standard deviations away: 14
shares, false alarms below 2e-8 a run.  A quantile's bound holds for every table, so it may cover more.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from release.dp.component import Component, components
from release.dp.derive import columns
from release.dp.noise import build, noisy
from release.dp.query import Query, Statistic
from release.dp.statistics import Exact, check, exact
from release.nouns.errors import BadInput
from tests.dp.test_statistics import table

CELLS = 2000
KEYS = tuple(str(n) for n in range(CELLS))
BOUNDS = ("x", 0, 1000, 1)
ASKED = (
    Statistic("n", "count"),
    Statistic("s", "sum", *BOUNDS),
    Statistic("m", "mean", *BOUNDS),
    Statistic("v", "variance", *BOUNDS),
)


def truth(part: Component, values: np.ndarray) -> int:
    if part.kind == "sum":
        return int(values.sum())
    if part.kind == "centred":
        return int((values - part.middle()).sum())
    if part.kind == "squares":
        return int(np.rint((values - part.middle()) ** 2 / part.grain()).sum())
    return len(values)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("budget", "rows"), [({"rho": 0.01}, 3000), ({"epsilon": 0.5}, 8000), ({"epsilon": 0.5, "delta": 1e-6}, 8000)]
)
def test_intervals_hold_the_truth_as_often_as_they_say(budget: dict[str, float], rows: int) -> None:
    query = Query(("g",), (KEYS,), ASKED, "t", **budget)
    values = np.clip(np.rint(np.random.default_rng(3).normal(300, 150, rows)), 0, 1000).astype(np.int64)
    parts = [part for part, _ in components(query)]
    vectors = {part: np.full((CELLS, 1), truth(part, values), dtype=np.int64) for part in parts}
    made = build(query)
    found = {c.name: c.values for c in columns(query, made, noisy(made, Exact(vectors)))}
    width = {m.component.kind: m.accuracy for m in made}
    inside = {
        "n": np.abs(found["n"] - rows) <= width["rows"],
        "s": np.abs(found["s"] * 10 - values.sum()) <= width["sum"],
    }
    for name, true in (("m", values.mean() / 10), ("v", values.var() / 100)):
        inside[name] = (found[f"{name}_low"] <= true) & (true <= found[f"{name}_high"])
        assert np.nanmedian(found[f"{name}_high"] - found[f"{name}_low"]) < true, "the interval says nothing"
    for name, held in inside.items():
        assert 0.92 < held.mean() < 0.98, (name, held.mean())


@pytest.mark.slow
@pytest.mark.parametrize("budget", [{"epsilon": 0.5}, {"rho": 0.02}])
def test_the_rank_of_a_quantile_stays_within_its_bound(budget: dict[str, float]) -> None:
    edges = tuple(range(0, 1001, 2))
    asked = Statistic("q", "quantiles", "x", 0, 1000, edges=edges, probabilities=(0.25, 0.5))
    cells = 500
    query = Query(("g",), (KEYS[:cells],), (asked,), "t", **budget)
    (made,), ((part, _),) = build(query), components(query)
    bins = np.full((cells, len(edges) - 1), 2, dtype=np.int64)  # 1000 rows, spread evenly: an edge every 2 ranks
    picked = noisy((made,), Exact({part: bins})).vectors[part]
    for column, p in enumerate(asked.probabilities):
        ranks = np.searchsorted(edges, picked[:, column]) * 2
        missed = np.abs(ranks - p * 1000) > made.accuracy
        assert missed.mean() < 0.08
        assert np.abs(ranks - p * 1000).mean() > 2, "there is no noise"


SHAPES = (
    {},
    {"unit": "person", "max_groups": 2},
    {"keys": (), "discover": True, "delta_keys": 1e-8},
    {"group_by": (), "keys": ()},
)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_table_compiles_to_the_same_parts(tmp_path: Path, shape: dict[str, object]) -> None:
    edges = Statistic("h", "histogram", *BOUNDS, edges=(0, 1, 5, 1000))
    query = replace(Query(("g",), (("a", "b"),), (*ASKED, edges), "t", epsilon=1.0), **shape)  # type: ignore[arg-type]
    full = table(tmp_path, [("1", "a", "3"), ("1", "b", "x"), ("2", None, None)])
    empty = table(tmp_path, [], "empty")
    for made in (full, empty):
        check(made, query)
    one, other = exact(full, query, salt="s"), exact(empty, query, salt="s")
    assert list(one.vectors) == list(other.vectors)
    if not query.discover:
        assert {p: v.shape for p, v in one.vectors.items()} == {p: v.shape for p, v in other.vectors.items()}
    assert all(not v.any() for v in other.vectors.values())
    assert all(v.dtype == np.int64 for v in (*one.vectors.values(), *other.vectors.values()))


@pytest.mark.parametrize("field", ["nobody", "unit"])
def test_what_an_empty_table_refuses_every_table_refuses_in_the_same_words(tmp_path: Path, field: str) -> None:
    wrong = {"statistics": (Statistic("s", "sum", "nobody", 0, 1),)} if field == "nobody" else {"unit": "nobody"}
    query = replace(Query(("g",), (("a",),), ASKED, "t", epsilon=1.0), **wrong)  # type: ignore[arg-type]
    said = []
    for made in (table(tmp_path, [("1", "a", "3")]), table(tmp_path, [], "empty")):
        with pytest.raises(BadInput, match="no field nobody") as refused:
            check(made, query)
        said.append(str(refused.value))
    assert said[0] == said[1]
