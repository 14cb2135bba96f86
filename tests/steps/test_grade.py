"""Findings become facts without loss, and a treated table is graded on what was measured."""

from __future__ import annotations

from pathlib import Path

from policies.pack import load
from release.nouns.openness import Openness
from release.nouns.override import Override
from release.nouns.plan import Plan
from release.steps.classify import corrected
from release.steps.grade import about, facts, grade, outgrown, regrade
from release.steps.plan import make_plan
from tests.steps.plan_tables import found, make, people

SHANGHAI = load("cn-shanghai-open-data")


def test_facts_say_what_the_findings_and_the_table_say(tmp_path: Path) -> None:
    table = make(tmp_path / "t.parquet", {"a": ["1", "2", None, "2"]}, {"a": "integer"})
    finding = found("a", "thing.count", confidence=0.6, review=True, person__basic__age=0.3)
    (fact,) = facts(table, [finding])
    assert (fact.name, fact.category, fact.role, fact.confidence) == ("a", "thing.count", "insensitive", 0.6)
    assert (fact.distinct, fact.type, fact.needs_review, fact.overridden) == (2, "integer", True, False)
    assert fact.alternatives == (("person.basic.age", 0.3),)


def test_what_a_person_decided_is_a_fact(tmp_path: Path) -> None:
    table = make(tmp_path / "t.parquet", {"a": ["1", "2"]})
    decided = corrected(found("a", "unknown", review=True), Override("thing.count", "seen"))
    (fact,) = facts(table, [decided])
    assert fact.overridden
    assert grade(table, [decided], SHANGHAI).openness == "unconditional"


def test_subjects_are_counted_by_whole_identity_numbers(tmp_path: Path) -> None:
    whole = make(tmp_path / "w.parquet", {"id": ["1", "2", "2", "3"]})
    holed = make(tmp_path / "h.parquet", {"id": ["1", "2", "2", None]})
    number = [found("id", "person.identity.resident-id")]
    assert about(whole, number).subjects == 3
    assert about(holed, number).subjects == 4
    assert about(whole, [found("id", "person.name")]).subjects == 4


def test_a_plan_that_keeps_its_promises_is_graded_as_promised(tmp_path: Path) -> None:
    table, findings = people(tmp_path)
    plan = make_plan(table, findings, SHANGHAI, openness=Openness.UNCONDITIONAL)
    assert isinstance(plan, Plan)
    measures = {limit.metric: limit.value for limit in plan.limits}
    after = regrade(table, findings, SHANGHAI, plan, measures)
    assert after.openness == "unconditional"
    assert [g.field for g in after.fields] == [one.field for one in plan.fields if one.method != "drop"]
    assert outgrown(after, plan) == ()
    for metric in ("max-risk", "residual-identifiers", "l:收入"):
        left = {name: value for name, value in measures.items() if name != metric}
        (refusal,) = outgrown(regrade(table, findings, SHANGHAI, plan, left), plan)
        assert refusal.code == "grade.outgrown"
        assert refusal.article
