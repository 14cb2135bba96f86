"""Short Chinese names of a removed column count when several of them are cells elsewhere; one coincidence does not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from release.nouns.plan import FieldPlan
from release.steps.overlap import names_in
from release.steps.sides import side_by_side
from release.steps.verify import verify
from tests.publish import example

NAMES = [f"{surname}{given}" for surname in "王李张刘陈" for given in ("伟", "秀芳", "敏")]
MANY = [f"货{i}" for i in range(1000)]


@pytest.mark.parametrize(
    ("released", "count"),
    [
        ([*NAMES[:3], "牛奶", "茶叶"], 3),
        ([*NAMES[:2], "牛奶", "茶叶"], 0),
        ([*NAMES[:5], *MANY], 0),
        ([*NAMES[:6], *MANY], 6),
        (["华泰公司分店一", "12", "ab"] * 3, 0),
    ],
)
def test_names_of_a_removed_column_in_another(tmp_path: Path, released: list[str | None], count: int) -> None:
    raw: list[str | None] = [NAMES[i % len(NAMES)] for i in range(len(released))]
    before = example.write(tmp_path / "raw.parquet", {"姓名": raw, "货": released})
    after = example.write(tmp_path / "treated.parquet", {"货": released})
    with side_by_side(before, after, memory_mb=256) as sides:
        assert names_in(sides, ["姓名", "别名"], "货") == count
        assert names_in(sides, [], "货") == 0


@pytest.mark.parametrize(("category", "overlap"), [("thing.other", 4.0), ("person.name.legal-representative", 0.0)])
def test_a_name_that_is_published_by_decision_is_no_leak(tmp_path: Path, category: str, overlap: float) -> None:
    raw = example.raw_columns()
    rows = len(raw["姓名"])
    raw["姓名"] = [NAMES[i % len(NAMES)] for i in range(rows)]
    raw["备注"] = [(*NAMES[:4], "牛奶")[i % 5] for i in range(rows)]
    table = example.table(tmp_path / "raw.parquet", raw, example.TYPES)
    plan = example.make_plan(table.dataset)
    fields = tuple(dataclasses.replace(f, category=category) if f.field == "备注" else f for f in plan.fields)
    assert isinstance(fields[0], FieldPlan)
    treated = example.write(tmp_path / "treated.parquet", example.treated_columns(raw))
    risk, _ = verify(table, treated, dataclasses.replace(plan, fields=fields), example.Info(example.LEVELS, 1))
    assert risk.values["raw-overlap"] == overlap
