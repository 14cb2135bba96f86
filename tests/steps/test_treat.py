"""The treat step: what it writes, that it writes the same twice, and that nothing else comes out."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pycanon import anonymity

from release.nouns.digest import file_digest
from release.nouns.plan import ModelSpec
from release.nouns.refusal import Refusal
from release.steps import search as searching
from release.steps import shuffle
from release.steps.treat import treat
from release.steps.treated import Treated
from tests.steps.treat_tables import (
    DIRECT,
    KEY,
    PLAIN,
    QUASI,
    SENSITIVE,
    everything_in,
    field,
    plan,
    quasi,
    read,
    smallest_class,
    table,
)

ROWS = 3000


def register(rows: int = ROWS, seed: int = 7) -> dict[str, list[str | None]]:
    draw = random.Random(seed)
    areas = ["上海市浦东新区", "上海市徐汇区", "浙江省杭州市西湖区", "浙江省宁波市海曙区", "江苏省南京市玄武区"]
    return {
        "serial": [f"{number:06d}" for number in range(rows)],
        "id": [f"{draw.randrange(10**17):017d}X" for _ in range(rows)],
        "address": [f"{draw.choice(areas)}人民路{draw.randrange(900)}号" for _ in range(rows)],
        "born": [f"{draw.randrange(1930, 2010)}-{draw.randrange(1, 13):02d}-15" for _ in range(rows)],
        "sex": [draw.choice(["男", "女", None]) for _ in range(rows)],
        "illness": [draw.choice(["flu", "ulcer", "asthma", "gout"]) for _ in range(rows)],
        "income": [str(draw.randrange(2000, 50000)) for _ in range(rows)],
    }


FIELDS = (
    field("serial", DIRECT, "drop"),
    field("id", DIRECT, "pseudonym"),
    quasi("address", kind="places"),
    quasi("born", kind="dates"),
    quasi("sex", kind="redact"),
    field("illness", SENSITIVE, "keep"),
    field("income", PLAIN, "round", base=1000),
)
QUASIS = ("address", "born", "sex")


def treated(answer: object) -> Treated:
    assert isinstance(answer, Treated), answer
    return answer


def test_a_person_register_is_k_anonymous_afterwards(tmp_path: Path) -> None:
    source = table(tmp_path / "in.parquet", register())
    before = file_digest(source.path)
    told: list[tuple[str, float]] = []
    done = treated(
        treat(source, plan(*FIELDS, k=10), key=KEY, out=tmp_path / "out.parquet", progress=lambda *at: told.append(at))
    )
    frame = read(done.path)
    assert list(frame.columns) == ["id", "address", "born", "sex", "illness", "income"]
    assert smallest_class(frame, QUASIS) >= 10
    assert anonymity.k_anonymity(frame.fillna("missing"), list(QUASIS)) == smallest_class(frame, QUASIS)
    assert len(frame) == done.rows_out == done.rows_in - done.suppressed_rows
    assert done.suppressed_rows <= 0.1 * ROWS
    assert done.optimal and 0 < done.loss < 1
    assert set(done.levels) == set(QUASIS) and done.heights["born"] == 7
    assert done.nodes["lattice"] == 5 * 7 * 2
    assert list(done.seconds) == ["count", "hierarchies", "collapse", "search", "write"]
    assert {name for name, _ in told} == set(done.seconds) and told[-1] == ("write", 1.0)
    assert all(0 <= share <= 1 for _, share in told)
    assert file_digest(source.path) == before


def test_cells_other_than_quasi_identifiers_are_treated_too(tmp_path: Path) -> None:
    columns = register(500)
    done = treated(treat(table(tmp_path / "a", columns), plan(*FIELDS, k=2), key=KEY, out=tmp_path / "o"))
    frame = read(done.path)
    assert frame["id"].str.fullmatch("[a-z2-7]{26}").all() and frame["id"].nunique() == len(frame)
    assert (frame["income"].astype(int) % 1000 == 0).all()
    assert done.notes["id"] == {"changed": len(frame), "missing": 0}
    assert done.notes["illness"] == {"changed": 0, "missing": 0}


def test_same_plan_table_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    source = table(tmp_path / "in", register())
    asked = plan(*FIELDS, k=5)
    digests = set()
    for number in range(2):
        treat(source, asked, key=KEY, out=tmp_path / f"o{number}")
        digests.add(file_digest(tmp_path / f"o{number}"))
    assert len(digests) == 1
    treat(source, asked, key=KEY[::-1], out=tmp_path / "other")
    first, other = read(tmp_path / "o0"), read(tmp_path / "other")
    assert not set(first["id"]) & set(other["id"]), "pseudonyms of two keys cannot be linked"
    assert first["income"].tolist() != other["income"].tolist(), "nor can the order of rows"
    assert sorted(first["income"]) == sorted(other["income"])


def test_two_plans_do_not_share_the_order_of_rows(tmp_path: Path) -> None:
    source = table(tmp_path / "in", register())
    for number, k in enumerate((2, 3)):
        treat(source, plan(*FIELDS, k=k, limit=0), key=KEY, out=tmp_path / f"o{number}")
    first, second = read(tmp_path / "o0"), read(tmp_path / "o1")
    assert sorted(first["id"]) == sorted(second["id"]) and first["id"].tolist() != second["id"].tolist()


def test_the_order_of_rows_tells_nothing_of_the_order_they_came_in(tmp_path: Path) -> None:
    rows = 4000
    columns = {"age": ["30"] * rows, "place": [str(number) for number in range(rows)]}
    asked = plan(quasi("age", kind="interval", width=5), field("place", SENSITIVE, "keep"), k=2)
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    frame = read(done.path)
    assert done.order == "shuffled" and sorted(frame["place"]) == sorted(columns["place"])
    ranks = frame["place"].astype(int)
    assert abs(ranks.corr(ranks.index.to_series().astype(float))) < 0.08
    assert sum(abs(a - b) == 1 for a, b in pairwise(ranks)) < 20


def test_tables_about_no_person_keep_their_order(tmp_path: Path) -> None:
    columns = {"year": ["2020", "2021", "2022"], "count": ["3", "1", "2"]}
    asked = plan(field("year", PLAIN, "keep"), field("count", PLAIN, "keep"))
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    assert done.order == "kept" and done.levels == {} and done.loss == 0
    assert read(done.path).to_dict("list") == columns


def test_buckets_give_the_same_rows_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = table(tmp_path / "in", register())
    asked = plan(*FIELDS, k=5)
    treat(source, asked, key=KEY, out=tmp_path / "one")
    monkeypatch.setattr(shuffle, "BUCKET_ROWS", 100)
    assert shuffle.bucket_bits(ROWS, 0) == 5
    treat(source, asked, key=KEY, out=tmp_path / "many")
    assert read(tmp_path / "one").equals(read(tmp_path / "many"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "many", "one"]


def test_nothing_of_a_suppressed_row_is_in_the_file(tmp_path: Path) -> None:
    canary = "CanaryQ7"
    columns = {
        "city": ["a", "b"] * 50 + [canary],
        "age": ["30"] * 100 + ["104"],
        "illness": ["flu", "gout"] * 50 + [canary + "-illness"],
        "note": ["x"] * 100 + [canary + "-note"],
    }
    asked = plan(
        field("city", QUASI, "generalize", hierarchy={"kind": "redact"}, max_level=0),
        quasi("age", kind="interval", width=10),
        field("illness", SENSITIVE, "keep"),
        field("note", PLAIN, "keep"),
        k=5,
    )
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    assert done.suppressed_rows == 1 and done.rows_out == 100
    content = everything_in(done.path)
    assert canary not in content and "104" not in read(done.path)["age"].tolist()
    assert "flu" in content and canary not in repr(done)


def test_generalised_values_leave_no_trace_of_the_raw_ones(tmp_path: Path) -> None:
    columns = {"postcode": ["200433", "200001", "200002", "200434"] * 5, "sex": ["男"] * 20}
    asked = plan(
        field("postcode", QUASI, "generalize", hierarchy={"kind": "prefix", "keep": [3]}, level=1),
        quasi("sex", kind="redact"),
        k=5,
    )
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    content = everything_in(done.path)
    assert "200*" in content and not any(value in content for value in columns["postcode"])


def test_missing_cells_are_a_group_of_their_own_until_the_top(tmp_path: Path) -> None:
    columns = {"age": ["30"] * 5 + ["31"] * 5 + [None] * 3, "sex": ["男"] * 13}
    asked = plan(quasi("age", kind="interval", width=5, levels=2), quasi("sex", kind="redact"), k=3, limit=0)
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    assert done.levels["age"] == 0 and read(done.path)["age"].isna().sum() == 3
    columns["age"] = ["30"] * 10 + [None]
    columns["sex"] = ["男"] * 11
    done = treated(treat(table(tmp_path / "in2", columns), asked, key=KEY, out=tmp_path / "o2"))
    assert done.levels["age"] == 2 and read(done.path)["age"].tolist() == ["*"] * 11
    columns["age"] = [None] * 11
    done = treated(treat(table(tmp_path / "in3", columns), asked, key=KEY, out=tmp_path / "o3"))
    assert set(read(done.path)["age"].fillna("*")) == {"*"}


def test_quasi_identifiers_with_a_treatment_of_their_own_count_too(tmp_path: Path) -> None:
    columns = {
        "born": [f"19{year:02d}-01-{day:02d}" for year in (50, 60, 70) for day in range(1, 29)] + ["1999-01-01"],
        "name": ["张三", "张伟"] * 42 + ["龚七"],
        "kept": ["x"] * 85,
    }
    asked = plan(
        field("born", QUASI, "year-only"),
        field("name", QUASI, "mask", kind="name"),
        field("kept", QUASI, "keep"),
        k=5,
    )
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    frame = read(done.path)
    assert done.suppressed_rows == 1 and sorted(set(frame["born"])) == ["1950", "1960", "1970"]
    assert set(frame["name"]) == {"张*"} and smallest_class(frame, list(frame)) == 28


def test_levels_can_be_fixed_bounded_and_prepared(tmp_path: Path) -> None:
    columns = {
        "age": [str(age) for age in range(20, 100)] * 5,
        "income": [str(n * 7) for n in range(400)],
        "born": ["1961-02-03", "1975-02-03", None, "1979-12-31"] * 100,
    }
    asked = plan(
        field(
            "age",
            QUASI,
            "generalize",
            hierarchy={"kind": "interval", "width": 10, "levels": 3, "top": 90},
            before=[{"method": "top-code", "params": {"at": 90, "label": "90"}}],
            min_level=1,
            max_level=2,
        ),
        field("income", SENSITIVE, "generalize", hierarchy={"kind": "quantile", "groups": 4}, level=1),
        field(
            "born",
            PLAIN,
            "generalize",
            hierarchy={"kind": "prefix", "keep": [3]},
            before=[{"method": "year-only"}],
            level=1,
        ),
        k=5,
        models=(ModelSpec("distinct-l-diversity", {"field": "income", "l": 2}),),
    )
    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o"))
    frame = read(done.path)
    assert done.levels == {"age": 1} and "90+" in set(frame["age"]) and "20-29" in set(frame["age"])
    assert set(frame["income"].value_counts()) == {100}
    assert frame["born"].fillna("").value_counts().to_dict() == {"197*": 200, "196*": 100, "": 100}
    assert done.nodes["lattice"] == 2


def test_free_text_goes_through_the_finder(tmp_path: Path) -> None:
    columns = {"text": ["找张三", None, "平安"], "n": ["1", "2", "3"]}
    asked = plan(field("text", PLAIN, "redact-text"), field("n", PLAIN, "keep"))

    def names(texts):
        return [
            [(text.index("张三"), text.index("张三") + 2, "person.name")] if "张三" in text else [] for text in texts
        ]

    done = treated(treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o", spans=names))
    assert read(done.path)["text"].tolist()[0] == "找[person.name]" and "张三" not in everything_in(done.path)


def test_l_diversity_and_t_closeness_hold_for_the_published_values(tmp_path: Path) -> None:
    source = table(tmp_path / "in", register())
    models = (
        ModelSpec("distinct-l-diversity", {"field": "illness", "l": 3}),
        ModelSpec("t-closeness", {"field": "income", "t": 0.3, "distance": "ordered"}),
    )
    done = treated(treat(source, plan(*FIELDS, k=5, models=models), key=KEY, out=tmp_path / "o"))
    frame = read(done.path).fillna("")
    grouped = frame.groupby(list(QUASIS))
    assert grouped["illness"].nunique().min() >= 3 and grouped.size().min() >= 5


def test_hierarchical_distance_takes_the_tree_of_the_model(tmp_path: Path) -> None:
    columns = {"age": ["30", "31"] * 40, "illness": ["flu", "asthma", "gout", "ulcer"] * 20}
    tree = {
        "kind": "csv",
        "rows": [["flu", "lung", "*"], ["asthma", "lung", "*"], ["gout", "x", "*"], ["ulcer", "x", "*"]],
    }
    source = table(tmp_path / "in", columns)
    for distance, level in (("hierarchical", 0), ("equal", 1)):
        model = ModelSpec("t-closeness", {"field": "illness", "t": 0.3, "distance": distance, "hierarchy": tree})
        asked = plan(quasi("age", kind="redact"), field("illness", SENSITIVE, "keep"), models=(model,))
        assert treated(treat(source, asked, key=KEY, out=tmp_path / "o")).levels == {"age": level}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (plan(field("age", QUASI, "keep"), field("x", PLAIN, "keep"), k=3, limit=0), "treat.no-solution"),
        (plan(field("age", QUASI, "keep"), field("x", PLAIN, "keep"), k=3, limit=1), "treat.nothing-left"),
        (plan(field("age", QUASI, "drop"), field("x", PLAIN, "drop"), k=3), "treat.no-field"),
    ],
)
def test_a_no_is_a_value_with_a_remedy(tmp_path: Path, asked, code: str) -> None:
    source = table(tmp_path / "in", {"age": ["30", "31", "32"], "x": ["Canary-1"] * 3})
    answer = treat(source, asked, key=KEY, out=tmp_path / "o")
    assert isinstance(answer, tuple) and [type(one) for one in answer] == [Refusal]
    assert answer[0].code == code and answer[0].remedy and "Canary" not in repr(answer)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    answer = treat(table(tmp_path / "in", {"a": []}), plan(field("a", PLAIN, "keep")), key=KEY, out=tmp_path / "o")
    assert isinstance(answer, tuple) and answer[0].code == "treat.no-row"


CELLS = st.sampled_from(["1", "2", "3", "14", "15", "40", None])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["x", "y", "z"])), min_size=1, max_size=60),
    k=st.integers(1, 6),
    limit=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
)
def test_whatever_comes_in_k_holds_and_no_row_is_lost_unseen(tmp_path: Path, rows, k: int, limit: float) -> None:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("a", "b", "s"))}
    source = table(tmp_path / "in", columns)
    asked = plan(
        quasi("a", kind="interval", width=10, levels=3),
        field("b", QUASI, "generalize", hierarchy={"kind": "redact"}),
        field("s", SENSITIVE, "keep"),
        k=k,
        limit=limit,
    )
    answer = treat(source, asked, key=KEY, out=tmp_path / "o")
    if isinstance(answer, tuple):
        assert len(rows) < k or answer[0].code == "treat.nothing-left"
        return
    frame = read(answer.path)
    assert smallest_class(frame, ("a", "b")) >= k
    assert len(frame) == answer.rows_out and answer.suppressed_rows <= limit * len(rows)
    left = sorted(row[2] for row in rows)
    for value in frame["s"]:
        left.remove(value)
    assert len(left) == answer.suppressed_rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=5, max_size=80),
    k=st.integers(2, 5),
    limit=st.sampled_from([0.0, 0.05, 0.3]),
)
def test_levels_left_out_of_the_search_could_not_have_won(tmp_path: Path, rows, k: int, limit: float) -> None:
    columns = {"a": [str(a) for a, _ in rows], "b": [str(b) for _, b in rows]}
    source = table(tmp_path / "in", columns)
    asked = plan(
        quasi("a", kind="interval", width=4, levels=4), quasi("b", kind="interval", width=7, levels=3), k=k, limit=limit
    )
    with pytest.MonkeyPatch.context() as patch:
        spared = treat(source, asked, key=KEY, out=tmp_path / "o")
        if isinstance(spared, Treated):
            assert smallest_class(read(spared.path), ("a", "b")) >= k
        patch.setattr(searching, "raise_floor", lambda axis, counts, **_: axis)
        full = treat(source, asked, key=KEY, out=tmp_path / "o")
    if isinstance(full, tuple):
        assert isinstance(spared, tuple) and spared[0].code == full[0].code
        return
    assert isinstance(spared, Treated)
    assert spared.loss == pytest.approx(full.loss), "among equals the search may choose another, never a worse one"
    assert spared.nodes["lattice"] == full.nodes["lattice"]
