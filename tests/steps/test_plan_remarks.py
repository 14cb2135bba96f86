"""A plan tells its reader what to decide and how, which openness a refusal is about, and never a value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policies.pack import Pack, found, load
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.steps.plan import make_plan
from tests.steps import plan_tables
from tests.steps.plan_tables import CANARY, make

SHANGHAI = load("cn-shanghai-open-data")
UNCONDITIONAL, CONDITIONAL = Openness.UNCONDITIONAL, Openness.CONDITIONAL


def test_income_needs_diversity_on_conditions_too(tmp_path: Path) -> None:
    table, findings = plan_tables.people(tmp_path)
    plan = make_plan(table, findings, SHANGHAI, openness=CONDITIONAL)
    assert isinstance(plan, Plan)
    assert ("l:收入", 2.0) in {(limit.metric, limit.value) for limit in plan.limits}
    assert {"l": 2, "field": "收入"} in [dict(model.params) for model in plan.models]


@pytest.mark.parametrize("openness", [UNCONDITIONAL, CONDITIONAL])
def test_what_nearly_every_row_has_its_own_of_is_banded(tmp_path: Path, openness: Openness) -> None:
    columns = {"性别": [f"{i % 2}" for i in range(400)], "步数": [str(i * 7919) for i in range(400)]}
    table = make(tmp_path / "t.parquet", columns, {"步数": "integer"})
    findings = (plan_tables.found("性别", "person.basic.sex"), plan_tables.found("步数", "person.health.vital"))
    plan = make_plan(table, findings, SHANGHAI, openness=openness)
    assert isinstance(plan, Plan)
    steps = plan.fields[1]
    assert (steps.method, steps.params["level"]) == ("generalize", 1)
    assert steps.params["hierarchy"]["kind"] == "quantile"
    assert steps.reason_zh


def test_one_doubtful_pair_of_coordinates_leaves_the_rest_alone(tmp_path: Path) -> None:
    columns = {
        "站点": [f"{i % 4}" for i in range(400)],
        "时间": [f"2024-01-{1 + i % 28:02d}" for i in range(400)],
        "经度": ["121.4"] * 400,
    }
    table = make(tmp_path / "t.parquet", columns, {"时间": "date", "经度": "decimal"})
    findings = (
        plan_tables.found("站点", "thing.name"),
        plan_tables.found("时间", "thing.date"),
        plan_tables.found("经度", "thing.coordinates", "sensitive", 0.6, True, person__location__coordinates=0.37),
    )
    for openness in (UNCONDITIONAL, CONDITIONAL):
        plan = make_plan(table, findings, SHANGHAI, openness=openness)
        assert isinstance(plan, Plan)
        assert [one.method for one in plan.fields] == ["keep", "keep", "drop"]
        assert not plan.models


def test_sole_traders_are_counted_and_not_shown(tmp_path: Path) -> None:
    columns = {"名称": [f"{CANARY}{i}" for i in range(6)], "代码": [f"9{1 + i % 2}{CANARY}{i}" for i in range(6)]}
    table = make(tmp_path / "t.parquet", columns)
    findings = (plan_tables.found("名称", "organisation.name"), plan_tables.found("代码", "organisation.uscc"))
    plan = make_plan(table, findings, SHANGHAI)
    assert isinstance(plan, Plan)
    assert any("sole traders may be among them" in line and "个体工商户" in line for line in plan.reasons)
    assert any(line.startswith("3 rows of '代码'") for line in plan.reasons)
    assert CANARY not in repr(plan)
    firms = make(tmp_path / "f.parquet", {**columns, "代码": [f"91{i}" for i in range(6)]})
    plan = make_plan(firms, findings, SHANGHAI)
    assert isinstance(plan, Plan)
    assert not any("rows of '代码'" in line for line in plan.reasons)


def test_a_plan_that_leaves_most_out_says_what_to_decide(tmp_path: Path) -> None:
    table = make(tmp_path / "t.parquet", {name: ["x", "y"] for name in "甲乙丙"})
    findings = (
        plan_tables.found("甲", "unknown", review=True),
        plan_tables.found("乙", "unknown", review=True),
        plan_tables.found("丙", "thing.type"),
    )
    plan = make_plan(table, findings, SHANGHAI)
    assert isinstance(plan, Plan)
    line = next(line for line in plan.reasons if line.startswith("Most fields are left out"))
    assert "甲, 乙" in line
    assert '[fields."甲"] with category' in line
    assert "--openness conditional" in line
    settled = (
        findings[0],
        *(replace(one, category="thing.type", role="insensitive", needs_review=False) for one in findings[1:]),
    )
    plan = make_plan(table, settled, SHANGHAI)
    assert isinstance(plan, Plan)
    assert not any(line.startswith("Most fields") for line in plan.reasons)


def test_a_refusal_says_which_openness_it_is_about(tmp_path: Path) -> None:
    table = make(tmp_path / "t.parquet", {"姓名": [f"{CANARY}{i}" for i in range(9)]})
    refusals = make_plan(table, (plan_tables.found("姓名", "person.name"),), SHANGHAI)
    assert isinstance(refusals, tuple)
    assert [one.message.split(":")[0] for one in refusals] == ["For unconditional release", "For conditional release"]
    assert all("one column, '姓名'" in one.message for one in refusals)
    both = make_plan(table, (plan_tables.found("姓名", "person.name"),), SHANGHAI, attributes={"state-secret": "yes"})
    assert isinstance(both, tuple)
    assert [one.message.startswith("For ") for one in both if one.code == "grade.state-secret"] == [False]


@pytest.mark.parametrize("pack", found(), ids=lambda pack: pack.meta.id)
def test_every_ask_of_a_pack_speaks_chinese(pack: Pack) -> None:
    assert all(treatment.words.zh and treatment.words.en for treatment in pack.treatments)
    assert all(rule.words.zh and rule.words.en for rule in pack.rules)
