"""One question asked in many ways is one question: the same fingerprint, the same stored answer, nothing charged."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from release.dp.canonical import arranged, canonical, fingerprint, restored, stored
from release.dp.component import components
from release.dp.noise import Noisy, build, charge
from release.dp.public import read_public
from release.dp.query import Query, Statistic
from release.dp.read import read_query
from release.dp.sql import read_sql
from release.dp.tree import built

PUBLIC = {
    "unit": "pid",
    "max_groups": 2,
    "max_rows": 2,
    "lineage": "people",
    "fields": {
        "g": {"keys": ["a", "b", "c"]},
        "h": {"keys": ["1", "2"]},
        "x": {"lower": 0, "upper": 100, "bins": 10},
        "y": {"lower": -5, "upper": 5, "decimals": 2},
    },
}


def asked(sql: str, **budget: float) -> Query:
    return read_sql(sql, read_public(PUBLIC, dataset="t"), **(budget or {"epsilon": 1.0}))


def print_of(query: Query) -> str:
    return fingerprint(query, "0" * 64)


SAME = [
    [
        "SELECT g, h, count(*) AS n, sum(x) AS s FROM t GROUP BY g, h",
        'select h, g, SUM("x") total, COUNT(*) many from t group by h, g',
        "SELECT count(*), sum(x) FROM t GROUP BY (h), g;",
    ],
    [
        "SELECT count(*) FROM t WHERE g IN ('a', 'b')",
        "SELECT count(*) FROM t WHERE g IN ('b', 'a', 'b')",
        "SELECT count(*) FROM t WHERE g = 'a' OR g = 'b'",
        "SELECT count(*) FROM t WHERE 'b' = g OR (g = 'a' OR g IN ('a'))",
        "SELECT count(*) FROM t WHERE NOT (g <> 'a' AND g <> 'b')",
        "SELECT count(*) FROM t WHERE NOT (g NOT IN ('a', 'b'))",
    ],
    [
        "SELECT count(*) FROM t WHERE g <> 'a' AND g != 'b' AND x < 5",
        "SELECT count(*) FROM t WHERE 5 > x AND g NOT IN ('b', 'a')",
        "SELECT count(*) FROM t WHERE NOT (x >= 5.0 OR g = 'b' OR g = 'a')",
    ],
    [
        "SELECT avg(x) FROM t WHERE x BETWEEN 1 AND 5",
        "SELECT mean(x) FROM t WHERE x >= 1 AND x <= 5 AND x >= 1.0",
        "SELECT avg(x) AS other FROM t WHERE NOT (x < 1 OR x > 5)",
    ],
    [
        "SELECT count(*) FROM t WHERE y > -0.0 AND x IS NOT NULL",
        "SELECT count(*) FROM t WHERE NOT (x IS NULL OR 0 >= y)",
    ],
    ["SELECT count(*) FROM t", "SELECT count(*) AS a, count(*) AS b FROM t"],
    ["SELECT median(x) FROM t", "SELECT quantile_cont(x, 0.5) FROM t", "SELECT quantile_disc(x, [0.5, 0.5]) FROM t"],
]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_ways_to_ask_the_same_are_the_same(ways: list[str]) -> None:
    assert len({print_of(asked(sql)) for sql in ways}) == 1


DIFFERENT = [
    "SELECT count(*) FROM t",
    "SELECT count(*) FROM t GROUP BY g",
    "SELECT count(*) FROM t GROUP BY h",
    "SELECT count(DISTINCT pid) FROM t",
    "SELECT count(*) FROM t WHERE g = 'a'",
    "SELECT count(*) FROM t WHERE g <> 'a'",
    "SELECT count(*) FROM t WHERE x < 5",
    "SELECT count(*) FROM t WHERE x <= 5",
    "SELECT count(*) FROM t WHERE x IS NULL",
    "SELECT count(*) FROM t WHERE h = '1'",
    "SELECT count(*) FROM t WHERE g = 'a' AND h = '1'",
    "SELECT count(*) FROM t WHERE g = 'a' OR h = '1'",
    "SELECT sum(x) FROM t",
    "SELECT sum(y) FROM t",
    "SELECT avg(x) FROM t",
    "SELECT median(x) FROM t",
    "SELECT quantile_cont(x, 0.25) FROM t",
]


def test_different_questions_are_different() -> None:
    assert len({print_of(asked(sql)) for sql in DIFFERENT}) == len(DIFFERENT)
    assert print_of(asked(DIFFERENT[0], epsilon=1.0)) != print_of(asked(DIFFERENT[0], epsilon=1.001))
    assert fingerprint(asked(DIFFERENT[0]), "0" * 64) != fingerprint(asked(DIFFERENT[0]), "1" * 64)


def test_a_job_file_and_sql_ask_the_same() -> None:
    section = {
        "lineage": "people",
        "unit": "pid",
        "max_groups": 2,
        "max_rows": 2,
        "epsilon": 1.0,
        "group_by": ["h", "g"],
        "keys": {"g": ["c", "a", "b"], "h": [2, 1]},
        "where": {"and": [{"field": "g", "op": "!=", "value": "a"}, {"field": "x", "op": "<", "value": 5}]},
        "statistics": [{"kind": "mean", "field": "x", "lower": 0, "upper": 100, "name": "m"}, {"kind": "count"}],
    }
    sql = asked("SELECT count(*), avg(x) FROM t WHERE x < 5 AND NOT g = 'a' GROUP BY g, h")
    assert print_of(read_query(section, dataset="t")) == print_of(sql)


def noisy(query: Query) -> tuple[Noisy, dict[tuple[str, ...], dict[str, int]]]:
    """An answer to the canonical question, every number of it different, and what it says of each group."""
    made, number = canonical(query), itertools.count()
    vectors, told = {}, {}
    cells = list(itertools.product(*made.keys))
    for part, _ in components(made):
        wide = [[next(number) for _ in range(part.width())] for _ in cells]
        vectors[part] = np.array(wide, dtype=np.int64)
        for cell, line in zip(cells, wide, strict=True):
            named = tuple(sorted(zip(made.group_by, cell, strict=True)))
            told.setdefault(named, {})[part.name] = line
    return Noisy(vectors), told  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(20))
def test_an_answer_finds_its_groups_in_whatever_order_they_are_asked_for(seed: int) -> None:
    draw = random.Random(seed)
    fields = {"g": list("abc"), "h": list("12"), "k": list("wxyz")}
    names = draw.sample(list(fields), k=draw.randint(1, 3))
    keys = tuple(tuple(draw.sample(fields[name], k=len(fields[name]))) for name in names)
    statistics = (Statistic("n", "count"), Statistic("h", "histogram", "x", 0, 10, edges=(0, 5, 10)))
    query = Query(tuple(names), keys, statistics, "t", epsilon=1.0)
    answer, told = noisy(query)
    answer = restored(stored(answer, canonical(query)), canonical(query))
    mine = arranged(answer, query)
    for part, rows in mine.vectors.items():
        for cell, line in zip(itertools.product(*keys), rows.tolist(), strict=True):
            assert line == told[tuple(sorted(zip(names, cell, strict=True)))][part.name]


def test_the_cells_of_a_tree_are_one_question_too() -> None:
    tree = built(("top", "leaf"), [("N", "n1"), ("N", "n2"), ("S", "s1")], "areas.csv")
    leaves, sexes, ages = tree.leaves(), ("f", "m"), ("old", "mid", "new")
    one = Query(("leaf", "sex", "age"), (leaves, sexes, ages), (Statistic("n", "count"),), "t", rho=0.1, tree=tree)
    one = replace(one, level_weights=(1.0, 2.0))
    other = replace(one, group_by=("leaf", "age", "sex"), keys=(leaves, ages[::-1], sexes), level_weights=(2.0, 4.0))
    assert print_of(one) == print_of(other)
    made = canonical(one)
    vectors = {
        part: np.arange(len(names) * 6, dtype=np.int64).reshape(-1, 1)
        for (part, _), names in zip(components(made), tree.names, strict=True)
    }
    for query in (one, other):
        mine = arranged(Noisy(vectors), query)
        for part, rows in mine.vectors.items():
            names = tree.names[part.level]
            wanted = itertools.product(names, *query.keys[1:])
            place = {frozenset(cell): n for n, cell in enumerate(itertools.product(names, *made.keys[1:]))}
            assert rows[:, 0].tolist() == [place[frozenset(cell)] for cell in wanted]


@pytest.mark.parametrize(
    "change",
    [
        lambda q: replace(q, unit="row", max_groups=9, max_rows=9),
        lambda q: replace(q, statistics=tuple(replace(s, weight=s.weight * 7) for s in q.statistics)),
        lambda q: replace(q, statistics=(*q.statistics[::-1],)),
        lambda q: replace(q, statistics=tuple(replace(s, name=f"{s.name}_") for s in q.statistics)),
    ],
)
def test_what_says_nothing_is_left_out(change: Callable[[Query], Query]) -> None:
    query = asked("SELECT count(*), sum(x) FROM t GROUP BY g")
    if change(query).unit == "row":
        query = replace(query, unit="row", max_groups=1, max_rows=1)
    assert print_of(query) == print_of(change(query))
    assert charge(build(canonical(query))) == charge(build(canonical(change(query))))


@pytest.mark.parametrize("sql", [sql for ways in SAME for sql in ways])
def test_the_canonical_question_costs_what_the_question_costs(sql: str) -> None:
    query = asked(sql)
    assert abs(charge(build(query)) - charge(build(canonical(query)))) <= 2
    assert canonical(canonical(query)) == canonical(query)


def test_asking_often_gains_nothing(tmp_path: Any) -> None:
    """A hundred ways to ask the same give one answer, charged once: the mean of all is as noisy as each."""
    from datetime import UTC, datetime

    from release.desk.answering import Answered, ask
    from release.store.engine import open_store, sqlite_url
    from tests.dp.test_statistics import table

    made = table(tmp_path, [("1", "a", "3"), ("2", "b", "4")])
    store = open_store(sqlite_url(tmp_path / "ledger.db"))
    public = read_public({**PUBLIC, "unit": "person", "lineage": "people"}, dataset="t")
    answers, charged = set(), []
    for n in range(20):
        groups = ["a", "b", "c"]
        random.Random(n).shuffle(groups)
        listed = ", ".join(f"'{g}'" for g in groups)
        query = read_sql(f"SELECT count(*) AS n{n} FROM t WHERE g IN ({listed}) GROUP BY g", public, epsilon=0.1)
        done = ask(made, query, store=store, salt="s", cap_nrho=10**9, purpose="t", now=datetime.now(UTC))
        assert isinstance(done, Answered)
        answers.add(tuple(next(iter(done.answer.vectors.values()))[:, 0].tolist()))
        charged.append(done.charged_nrho)
    store.close()
    assert len(answers) == 1
    assert charged[0] > 0 and not any(charged[1:])
