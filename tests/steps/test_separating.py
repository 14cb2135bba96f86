"""Quasi-identifiers found by measuring: suggested with their figure, and treated before anybody sees the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifiers.finding import Finding
from policies.pack import load
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.override import Override
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal
from release.samples.samples import write
from release.steps.classify import classify
from release.steps.plan import make_plan
from release.steps.separating import QUASI, RULE, separate, with_separation
from tests.cli.run import sluice
from tests.steps.plan_tables import found, make

ROWS = 2_000
PACK = "cn-shanghai-open-data"


def register(folder: Path, **more: list[str]) -> Table:
    """Persons by sex, age and district, with the columns ``more``."""
    draw = np.random.default_rng(5)
    columns = {
        "性别": [("男", "女")[i] for i in draw.integers(0, 2, ROWS)],
        "年龄": [str(i) for i in draw.integers(18, 78, ROWS)],
        "所在区": [("310115", "310104", "310106", "310110")[i] for i in draw.integers(0, 4, ROWS)],
        **more,
    }
    return make(folder / "register.parquet", columns, {"年龄": "integer"})


def findings(**more: Finding) -> tuple[Finding, ...]:
    return (
        found("性别", "person.basic.sex"),
        found("年龄", "person.basic.age"),
        found("所在区", "person.location.place"),
        *more.values(),
    )


def spread(values: int) -> list[str]:
    return [f"CANARY{i}" for i in np.random.default_rng(6).integers(0, values, ROWS)]


def test_a_harmless_looking_field_that_separates_is_suggested_with_its_figure(tmp_path: Path) -> None:
    table = register(tmp_path, 型号=spread(700))
    told = with_separation(table, findings(型号=found("型号", "thing.type")))
    assert [f.role for f in told] == [QUASI] * 4
    said = next(r for r in told[-1].reasons if r.rule == RULE)
    rows = list(zip(*(_cells(table, name) for name in ("年龄", "所在区", "型号")), strict=True))
    alone = sum(rows.count(row) == 1 for row in rows) / ROWS
    assert f"{alone * 100:.0f} %" in said.text and "With 年龄" in said.text
    assert "CANARY" not in said.text


def _cells(table: Table, name: str) -> list[str]:
    import pyarrow.parquet as pq

    return list(pq.read_table(table.path, columns=[name]).column(0).to_pylist())


@pytest.mark.parametrize("openness", [Openness.UNCONDITIONAL, Openness.CONDITIONAL])
def test_such_a_field_is_not_opened_as_it_is(tmp_path: Path, openness: Openness) -> None:
    table = register(tmp_path, 型号=spread(700))
    plain = findings(型号=found("型号", "thing.type"))
    pack = load(PACK)
    before = make_plan(table, plain, pack, openness=openness)
    after = make_plan(table, with_separation(table, plain), pack, openness=openness)
    assert isinstance(before, Plan) and isinstance(after, Plan)
    assert next(f for f in before.fields if f.field == "型号").method == "keep"
    assert next(f for f in after.fields if f.field == "型号").method in ("drop", "generalize")
    assert any("'型号' is a quasi-identifier: with 年龄" in line for line in after.reasons)


def test_an_unknown_field_that_separates_is_never_unconditional(tmp_path: Path) -> None:
    table = register(tmp_path, 列=spread(900))
    told = with_separation(table, findings(列=found("列", "unknown", review=True)))
    plan = make_plan(table, told, load(PACK), openness=Openness.UNCONDITIONAL)
    if not isinstance(plan, Plan):
        assert all(isinstance(one, Refusal) for one in plan)
        return
    assert next(f for f in plan.fields if f.field == "列").method == "drop"


def test_few_values_or_no_persons_or_a_decision_change_no_role(tmp_path: Path) -> None:
    few = register(tmp_path, 型号=spread(20))
    told = findings(型号=found("型号", "thing.type"))
    assert with_separation(few, told)[-1].role == "insensitive"
    many = register(tmp_path, 型号=spread(700))
    assert with_separation(many, told, ["型号"])[-1].role == "insensitive"
    things = tuple(found(f.field, "thing.type") for f in told)
    assert with_separation(many, things) == things


def test_classify_says_it_and_a_persons_word_stands(tmp_path: Path) -> None:
    table = register(tmp_path, 型号=spread(700))
    told = classify(table)
    assert [f.role for f in told if f.field == "年龄"] == [QUASI]
    decided = classify(table, {"型号": Override("thing.type", "model of a car", "steward")})
    assert decided[-1].role == "insensitive"
    measured = {f.field for f in told if any(r.rule == RULE for r in f.reasons)}
    assert told[-1].role == "insensitive" or "型号" in measured


def test_a_key_by_itself_is_named_and_left_out_of_combinations(tmp_path: Path) -> None:
    table = register(tmp_path, 序号=[f"{i}" for i in range(ROWS)], 姓名=spread(1500))
    told = findings(序号=found("序号", "thing.code"), 姓名=found("姓名", "person.name"))
    measured = separate(table, told, size=2)
    assert measured.keys == (("序号",),)
    assert set(measured.left_out) == {"序号", "姓名"}
    assert measured.candidates == ("年龄", "所在区", "性别")
    assert next(f for f in measured.fields if f.field == "序号").suggested == QUASI


def test_no_candidate_is_no_breakage(tmp_path: Path) -> None:
    table = make(tmp_path / "t.parquet", {"姓名": ["CANARY"] * 30})
    measured = separate(table, (found("姓名", "person.name"),))
    assert measured.subsets == () and measured.keys == () and measured.fields == ()
    gone = Table(table.dataset, tmp_path / "gone.parquet")
    with pytest.raises(BadInput, match="ingest it again"):
        separate(gone, (found("姓名", "person.name"),))


def test_the_command_line_shows_it(tmp_path: Path) -> None:
    path = write("people", tmp_path, rows=400)
    ran = sluice("quasi", path, "--size", "2", "--json", home=tmp_path / "home")
    assert ran.code == 0, ran.err
    told = ran.json()
    assert told["size"] == 2 and told["rows"] == 400
    assert all({"distinction", "separation", "alone", "fields"} <= set(one) for one in told["subsets"])
    assert all(0 <= one["alone"] <= 1 and one["reason_zh"] for one in told["fields"])
    birth = next(one for one in told["fields"] if one["category"] == "person.basic.birth-date")
    assert birth["role"] == QUASI and birth["alone"] > 0
    assert sluice("quasi", path, home=tmp_path / "home").code == 0
    wrong = sluice("quasi", path, "--size", "6", "--json", home=tmp_path / "home")
    assert wrong.code == 2 and "1 to 5" in wrong.out
