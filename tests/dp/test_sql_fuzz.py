"""Whatever a requester writes is either a question within what is public or a sentence that says why not."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from release.dp import condition as conditions
from release.dp.public import read_public
from release.dp.query import Query
from release.dp.sql import read_sql
from release.dp.statement import totals
from release.dp.statistics import check, exact
from release.nouns.errors import BadInput
from tests.dp.test_canonical import PUBLIC

PUBLIC_FIELDS = {"g", "h", "x", "y"}
KNOWN = read_public({**PUBLIC, "unit": "person"}, dataset="t")
CANARY = "canary-7f3a"

VALID = [
    "SELECT g, count(*) FROM t GROUP BY g",
    "SELECT g, h, sum(x) AS s, avg(y) FROM t WHERE g IN ('a', 'b') AND NOT x > 5 GROUP BY g, h",
    "SELECT count(DISTINCT person), var_pop(x) FROM t WHERE y BETWEEN -1 AND 2.5 OR h = '1'",
    "SELECT median(x), quantile_cont(x, [0.25, 0.75]), histogram(y) FROM t WHERE x IS NOT NULL",
]
KEYWORDS = (
    "SELECT FROM WHERE GROUP BY ORDER LIMIT HAVING WITH AS AND OR NOT IN BETWEEN IS NULL DISTINCT UNION ALL JOIN ON "
    "USING SAMPLE VALUES CASE WHEN THEN END OVER PARTITION FILTER EXISTS LIKE CAST QUALIFY ROLLUP CUBE PIVOT"
)
OTHERS = (
    "t g h x y person z rowid count sum avg max hash random version read_csv glob current_setting a 'a' 'b' '1' 1 0.5 "
    "-3 1e400 NaN ( ) , * . ; = <> < > <= >= + - / || :: ? $1 [ ] { } \" ' -- /* */ \\ # @"
)
WORDS = re.split(" ", f"{KEYWORDS} {OTHERS}")

token = st.sampled_from(WORDS)
sentence = st.lists(token, max_size=25).map(" ".join)
names = st.sampled_from(["g", "h", "x", "y", "person", "z", "t.g", '"x"', "count", "*", "1", "rowid"])
constants = st.sampled_from(
    ["'a'", "'1'", "1", "-2.5", "1e400", "NULL", "'o''k'", "TRUE", "'a' || 'b'", "x", "0.1::INT"]
)
leaf = st.builds(
    lambda n, op, c: f"{n} {op} {c}", names, st.sampled_from(["=", "<", ">=", "<>", "LIKE", "IS", "IN", "~"]), constants
)
tests = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds("({}) OR {}".format, inner, inner),
        inner.map("NOT {}".format),
    ),
    max_leaves=8,
)
calls = st.builds(
    lambda f, d, n, rest: f"{f}({d}{n}){rest}",
    st.sampled_from(
        ["count", "sum", "avg", "median", "var_pop", "max", "histogram", "quantile_cont", "hash", "random"]
    ),
    st.sampled_from(["", "DISTINCT ", "*, "]),
    names,
    st.sampled_from(["", " AS n", " OVER ()", " FILTER (WHERE x > 1)", " + 1", "::INT"]),
)
grammar = st.builds(
    lambda heads, where, tail: f"SELECT {', '.join(heads)} FROM t{f' WHERE {where}' if where else ''}{tail}",
    st.lists(st.one_of(names, calls), min_size=1, max_size=4),
    st.one_of(st.none(), tests),
    st.sampled_from(["", " GROUP BY g", " GROUP BY g, h", " GROUP BY ALL", " GROUP BY x", " ORDER BY 1", " LIMIT 1"]),
)
mutated = st.builds(
    lambda sql, seed: _mutated(sql, random.Random(seed)), st.sampled_from(VALID), st.integers(0, 1 << 30)
)


def _mutated(sql: str, draw: random.Random) -> str:
    parts = re.findall(r"\w+|\s+|.", sql)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(parts))
        parts[at : at + draw.randint(0, 2)] = [f" {draw.choice(WORDS)} "] if draw.random() < 0.7 else []
        parts = parts or [""]
    return "".join(parts)


def assert_public_or_refused(sql: str) -> Query | None:
    try:
        query = read_sql(sql, KNOWN, epsilon=1.0)
    except BadInput as refused:
        told = str(refused)
        assert told.endswith((".", ").")), told
        assert "Traceback" not in told and "JSON" not in told
        return None
    assert set(query.fields()) <= PUBLIC_FIELDS
    assert (query.unit, query.lineage, query.max_groups, query.max_rows) == ("person", "people", 2, 2)
    assert query.keys == tuple(KNOWN.field(name).keys for name in query.group_by)
    for value in _constants(query.where):
        assert isinstance(value, float) or any(value in f.keys for f in KNOWN.fields.values())
    return query


def _constants(where: object) -> list[str | float]:
    if isinstance(where, conditions.Junction):
        return [value for part in where.parts for value in _constants(part)]
    if isinstance(where, conditions.Among):
        return list(where.values)
    return [where.value] if isinstance(where, conditions.Compare) else []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(grammar, mutated, sentence, st.text(max_size=60)))
@example("\ud800")
@example("SELECT \x00 FROM t")
@example("")
@example(";" * 50)
@example("SELECT count(*) FROM t WHERE " + "NOT " * 2000 + "x = 1")
@example("SELECT count(*) FROM t WHERE " + "(" * 3000 + "x = 1" + ")" * 3000)
@example("SELECT count(*) FROM t WHERE " + " AND ".join(["x = 1"] * 900))
@example("SELECT quantile_cont(x, []) FROM t")
@example("SELECT quantile_cont(x, ['a']) FROM t")
@example("SELECT quantile_cont(x, -(-(0.5))) FROM t")
@example("SELECT count(*) FROM t WHERE x = -'a'")
@example("SELECT count(*) FROM t WHERE g IN (SELECT g FROM t)")
@example("SELECT count(*) FROM t WHERE (SELECT 1) = x")
@example("SELECT count(*) FROM t WHERE (g, h) IN (('a', '1'))")
@example("SELECT * EXCLUDE (g) FROM t")
@example("SELECT COLUMNS('x') FROM t")
@example("FROM t")
@example("SELECT count(*) FROM t, t")
@example("SELECT count(*) FROM t TABLESAMPLE 10%")
@example("SELECT count(*) FROM t AS q(g)")
@example("SELECT count(*) FROM t GROUP BY ROLLUP (g)")
@example("SELECT count(*) FROM t GROUP BY GROUPING SETS ((g), ())")
@example("SELECT count(*) FROM t WHERE x = ?")
@example("PREPARE p AS SELECT 1")
@example("COPY t TO '/tmp/x'")
@example("ATTACH '/tmp/x.db'")
@example("SELECT * FROM read_csv('/etc/passwd')")
@example("PRAGMA version")
def test_everything_is_a_question_or_a_sentence(sql: str) -> None:
    assert_public_or_refused(sql)


@pytest.mark.parametrize("sql", VALID)
def test_the_examples_are_questions_that_compile(sql: str, tmp_path: Path) -> None:
    query = assert_public_or_refused(sql)
    assert query is not None
    check(four(tmp_path), query)
    exact(four(tmp_path), query, salt="s")


def four(folder: Path):  # type: ignore[no-untyped-def]
    """A table with every public field; each cell is a canary."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from release.nouns.dataset import Dataset, Field, FieldType, Table

    names = ("person", "g", "h", "x", "y")
    path = folder / "t.parquet"
    pq.write_table(pa.table({name: pa.array([CANARY] * 3) for name in names}), path)
    fields = tuple(Field(n, FieldType.TEXT, 3, 0, 0) for n in names)
    return Table(Dataset("t", "t", "0" * 64, 3, fields), path)


HOSTILE = "a'; ATTACH '/tmp/x' AS y; --"


@pytest.mark.parametrize("hostile", [HOSTILE, 'x" OR 1=1 --', "\\'; SELECT 1", "a''b", "%", "keys0", "$1", "{}"])
def test_what_a_custodian_names_is_quoted_wherever_it_goes(tmp_path: Path, hostile: str) -> None:
    """Even a field or a key of the public list that looks like SQL is a name or a text in it, and no more."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from release.nouns.dataset import Dataset, Field, FieldType, Table

    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"person": ["1", "2"], hostile: [hostile, "other"]}), path)
    fields = tuple(Field(n, FieldType.TEXT, 2, 0, 0) for n in ("person", hostile))
    made = Table(Dataset("t", "t", "0" * 64, 2, fields), path)
    public = read_public({"unit": "person", "fields": {hostile: {"keys": [hostile, "b"]}}}, dataset="t")
    name, text = hostile.replace('"', '""'), hostile.replace("'", "''")
    query = read_sql(f"""SELECT count(*) FROM t WHERE "{name}" = '{text}' GROUP BY "{name}" """, public, epsilon=1.0)
    (vector,) = exact(made, query, salt=hostile).vectors.values()
    assert vector[:, 0].tolist() == [1, 0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=tests)
def test_constants_reach_the_statement_quoted_or_as_doubles(where: str) -> None:
    from release.dp.expression import Source

    query = assert_public_or_refused(f"SELECT count(*) FROM t WHERE {where}")
    if query is None:
        return
    columns = {name: f"t.c{n}" for n, name in enumerate(("person", "g", "h", "x", "y"))}
    source = Source("nothing AS t", columns, dict.fromkeys(columns, "VARCHAR"))
    statement = totals(source, query, [], "salt")
    bare = re.sub(r"'(?:[^']|'')*'|CAST\(-?[\d.e+-]+ AS DOUBLE\)", "", statement)
    assert "'" not in bare
    assert not re.search(r"[-+]?\d+\.\d", bare)


def test_no_refusal_and_no_break_holds_a_cell(tmp_path: Path) -> None:
    made = four(tmp_path)
    for sql in (*VALID, "SELECT g FROM t", "SELECT max(x) FROM t", "SELECT sum(g) FROM t"):
        try:
            query = read_sql(sql, KNOWN, epsilon=1.0)
            check(made, query)
            exact(made, query, salt="s")
        except BadInput as refused:
            assert CANARY not in str(refused)
