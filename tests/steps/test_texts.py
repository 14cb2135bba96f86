"""Running text: never to everybody, redacted on conditions, and with its limit told in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.pack import found as packs
from policies.pack import load
from policies.treatment import Ask
from release.desk.path import _spans
from release.job.job import Job, JobField
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.steps.plan import make_plan
from release.steps.texts import limits, unconditional
from release.steps.treat import treat
from release.steps.uphold import uphold
from tests.steps.plan_tables import found, make

KEY = bytes(range(32))


def visits(folder: Path):  # type: ignore[no-untyped-def]
    rows = 600
    columns = {
        "性别": ["男" if i % 2 else "女" for i in range(rows)],
        "备注": [f"联系人王小明，电话1380013{i:04d}，家住文三路{i + 1}号" for i in range(rows)],
    }
    return make(folder / "visits.parquet", columns), (found("性别", "person.basic.sex"), found("备注", "text.free"))


@pytest.mark.parametrize("pack", [p for p in packs() if p.treatments], ids=lambda p: p.meta.id)
def test_no_pack_opens_free_text_to_everybody(pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table, findings = visits(tmp_path)
    plan = make_plan(table, findings, pack, openness=Openness.UNCONDITIONAL)
    if isinstance(plan, Plan):
        assert next(f.method for f in plan.fields if f.field == "备注") == "drop"


def test_a_job_file_cannot_either(tmp_path: Path) -> None:
    table, findings = visits(tmp_path)
    job = Job(fields={"备注": JobField("备注", treatment="redact-text", params={})})
    refused = make_plan(table, findings, load("cn-shanghai-open-data"), openness=Openness.UNCONDITIONAL, job=job)
    assert not isinstance(refused, Plan)
    assert {"plan.weaker-than-policy"} <= {one.code for one in refused}


def test_an_edited_plan_cannot_either(tmp_path: Path) -> None:
    from dataclasses import replace

    table, findings = visits(tmp_path)
    pack = load("cn-shanghai-open-data")
    plan = make_plan(table, findings, pack, openness=Openness.UNCONDITIONAL)
    assert isinstance(plan, Plan) and uphold(table, findings, pack, plan) == ()
    fields = tuple(replace(f, method="redact-text") if f.field == "备注" else f for f in plan.fields)
    assert uphold(table, findings, pack, replace(plan, fields=fields))


def test_the_guard_stands_whatever_a_pack_says() -> None:
    asks = [Ask("备注", method, {}, "art. 1", "verified", "") for method in ("redact-text", "keep", "drop")]
    free = {"备注": "text.free"}
    assert [len(unconditional([ask], free, Openness.UNCONDITIONAL)) for ask in asks] == [1, 1, 0]
    assert unconditional(asks, free, Openness.CONDITIONAL) == []
    assert unconditional(asks[:1], {"备注": "thing.name"}, Openness.UNCONDITIONAL)
    assert unconditional(asks[1:2], {"备注": "text.description"}, Openness.UNCONDITIONAL) == []


def test_the_limit_is_told_in_both_languages(tmp_path: Path) -> None:
    table, findings = visits(tmp_path)
    plan = make_plan(table, findings, load("cn-shanghai-open-data"), openness=Openness.CONDITIONAL)
    assert isinstance(plan, Plan)
    line = next(reason for reason in plan.reasons if "running text" in reason)
    assert "备注" in line and "a person must read it" in line and "须由人工审阅" in line and "%" in line
    assert limits([Ask("a", "drop", {}, "", "", "")]) == []


def test_what_is_treated_holds_tags_and_nobody(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table, findings = visits(tmp_path)
    plan = make_plan(table, findings, load("cn-shanghai-open-data"), openness=Openness.CONDITIONAL)
    assert isinstance(plan, Plan)
    done = treat(table, plan, key=KEY, out=tmp_path / "out.parquet", spans=_spans(table, plan))
    assert not isinstance(done, tuple)
    texts = set(pq.read_table(done.path)["备注"].to_pylist())
    assert texts == {"联系人〔姓名〕，电话〔电话〕，家住〔地址〕"}
