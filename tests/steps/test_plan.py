"""A plan says what is done to every field and why, opens nothing further than the pack, and refuses all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policies.pack import load
from policies.pack import load_file as load_pack
from release.job.job import Job, JobField
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import Limit, ModelSpec, Plan, SearchSpec
from release.nouns.plan_json import to_json
from release.nouns.refusal import Refusal
from release.steps.grade import grade, outgrown, regrade
from release.steps.plan import make_plan
from release.steps.quasi import MOST, Candidate, choose
from release.steps.treat import treat
from tests.policies import small
from tests.steps.plan_tables import CANARY, found, make, people, stations

SHANGHAI = load("cn-shanghai-open-data")
UNCONDITIONAL, CONDITIONAL = Openness.UNCONDITIONAL, Openness.CONDITIONAL


def planned(folder: Path, job: Job | None = None, openness: Openness | None = UNCONDITIONAL, **more: object) -> Plan:
    table, findings = people(folder)
    plan = make_plan(table, findings, SHANGHAI, openness=openness, job=job, **more)  # type: ignore[arg-type]
    assert isinstance(plan, Plan), plan
    return plan


def refused(
    folder: Path, job: Job | None = None, openness: Openness | None = UNCONDITIONAL, **more: object
) -> list[str]:
    table, findings = people(folder)
    answer = make_plan(table, findings, SHANGHAI, openness=openness, job=job, **more)  # type: ignore[arg-type]
    assert isinstance(answer, tuple), answer
    assert all(isinstance(refusal, Refusal) and refusal.message and refusal.remedy for refusal in answer)
    return [refusal.code for refusal in answer]


def methods(plan: Plan) -> dict[str, str]:
    return {one.field: one.method for one in plan.fields}


def test_a_register_of_persons_to_everyone(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert methods(plan) == {
        "编号": "drop",
        "姓名": "drop",
        "身份证号": "drop",
        "性别": "generalize",
        "年龄": "generalize",
        "出生日期": "drop",
        "民族": "generalize",
        "所在区": "generalize",
        "单位": "drop",
        "收入": "generalize",
        "备注": "drop",
        "次数": "keep",
        "列": "drop",
    }
    by_name = {one.field: one for one in plan.fields}
    assert by_name["年龄"].params["hierarchy"] == {"kind": "interval", "width": 5, "levels": 5, "top": 90}
    assert by_name["所在区"].params["hierarchy"] == {"kind": "places"}
    assert by_name["收入"].params["level"] == 1
    assert by_name["收入"].params["hierarchy"]["kind"] == "quantile"
    assert by_name["收入"].role == "sensitive"
    assert by_name["编号"].role == "direct-identifier"
    assert by_name["出生日期"].reason == "says the same as '年龄', which is kept, so it is left out"
    assert by_name["单位"].reason.startswith("its values have no coarser form")
    assert plan.models == (
        ModelSpec("k-anonymity", {"k": 20}),
        ModelSpec("distinct-l-diversity", {"l": 3, "field": "收入"}),
    )
    assert {limit.metric for limit in plan.limits} == {
        "residual-identifiers", "k", "max-risk", "l:收入", "suppressed-share",
    }  # fmt: skip
    assert plan.search == SearchSpec(suppression_limit=0.05, weights={"性别": 2.0, "年龄": 2.0, "所在区": 2.0})
    assert plan.policy.digest == SHANGHAI.digest()
    assert all(one.article and one.evidence and one.reason and one.reason_zh for one in plan.fields)


def test_the_plan_can_be_carried_out_and_keeps_its_word(tmp_path: Path) -> None:
    table, findings = people(tmp_path)
    for openness in (UNCONDITIONAL, CONDITIONAL):
        plan = make_plan(table, findings, SHANGHAI, openness=openness)
        assert isinstance(plan, Plan)
        out = tmp_path / f"{openness}.parquet"
        treated = treat(table, plan, key=bytes(32), out=out, spans=lambda texts: [[] for _ in texts])
        assert not isinstance(treated, tuple), treated
        measures = {limit.metric: limit.value for limit in plan.limits}
        assert outgrown(regrade(table, findings, SHANGHAI, plan, measures), plan) == ()
        worse = {**measures, "max-risk": 1.0}
        assert [r.code for r in outgrown(regrade(table, findings, SHANGHAI, plan, worse), plan)] == ["grade.outgrown"]
        assert [r.code for r in outgrown(regrade(table, findings, SHANGHAI, plan, {}), plan)] == ["grade.outgrown"]


def test_conditions_show_more(tmp_path: Path) -> None:
    plan = planned(tmp_path, openness=CONDITIONAL)
    asked = methods(plan)
    assert asked["身份证号"] == asked["编号"] == "pseudonym"
    assert asked["姓名"] == asked["列"] == "drop"
    assert asked["收入"] == "keep"
    assert asked["备注"] == "redact-text"
    assert ModelSpec("k-anonymity", {"k": 5}) in plan.models
    assert len(plan.obligations) == 6
    assert all(" / " in duty for duty in plan.obligations)


def test_no_openness_asked_for_means_the_widest(tmp_path: Path) -> None:
    plan = planned(tmp_path, openness=None)
    assert plan.openness is UNCONDITIONAL
    assert any("conditional release could show" in reason for reason in plan.reasons)
    realtime = planned(tmp_path, openness=None, attributes={"update": "realtime"})
    assert realtime.openness is CONDITIONAL
    assert any(reason.startswith("Not unconditional: ") for reason in realtime.reasons)


def test_the_job_file_names_the_openness(tmp_path: Path) -> None:
    assert planned(tmp_path, Job(openness=CONDITIONAL), openness=None).openness is CONDITIONAL
    assert planned(tmp_path, Job(openness=CONDITIONAL), openness=UNCONDITIONAL).openness is UNCONDITIONAL


def test_the_same_question_has_the_same_plan(tmp_path: Path) -> None:
    one, other = planned(tmp_path), planned(tmp_path)
    assert one == other
    assert one.digest() == other.digest()


def test_no_cell_stands_in_a_plan_or_a_refusal(tmp_path: Path) -> None:
    for openness in (UNCONDITIONAL, CONDITIONAL):
        assert CANARY not in to_json(planned(tmp_path, openness=openness))
    table, findings = people(tmp_path)
    answer = make_plan(table, findings, SHANGHAI, attributes={"origin": "shared"})
    assert CANARY not in repr(answer)


def test_things_need_no_anonymity(tmp_path: Path) -> None:
    table, findings = stations(tmp_path)
    plan = make_plan(table, findings, SHANGHAI)
    assert isinstance(plan, Plan)
    assert plan.openness is UNCONDITIONAL
    assert methods(plan) == {"站点": "keep", "余位": "keep"}
    assert plan.models == ()
    assert [limit.metric for limit in plan.limits] == ["residual-identifiers"]


def test_all_refusals_at_once(tmp_path: Path) -> None:
    columns = {"口令": ["x"] * 4, "姓名": ["y"] * 4, "性别": ["z"] * 4}
    table = make(tmp_path / "t.parquet", columns)
    findings = (
        found("口令", "person.credential.password"),
        found("姓名", "person.name"),
        found("性别", "person.basic.sex"),
    )
    job = Job(fields={"姓名": JobField("姓名", treatment="keep")}, models=(ModelSpec("k-anonymity", {"k": 2}),))
    answer = make_plan(table, findings, SHANGHAI, openness=CONDITIONAL, job=job, attributes={"state-secret": "yes"})
    assert isinstance(answer, tuple)
    assert [refusal.code for refusal in answer] == [
        "plan.weaker-than-policy",
        "grade.credential",
        "grade.state-secret",
        "grade.closed",
        "plan.too-few-rows",
    ]
    either = make_plan(table, findings, SHANGHAI, job=job, attributes={"state-secret": "yes"})
    assert isinstance(either, tuple)
    assert len(either) == len(set(either))
    assert {refusal.code for refusal in answer} <= {refusal.code for refusal in either}


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"origin": "shared"}, "grade.closed"),
        ({"trade-secret": "yes"}, "grade.closed"),
        ({"state-secret": "yes"}, "grade.state-secret"),
    ],
)
def test_declared_facts_close_the_table(tmp_path: Path, attributes: dict[str, str], code: str) -> None:
    assert code in refused(tmp_path, openness=None, attributes=attributes)


def test_facts_nobody_knows_are_bad_input(tmp_path: Path) -> None:
    table, findings = people(tmp_path)
    with pytest.raises(BadInput, match="knows no attribute 'orign'"):
        make_plan(table, findings, SHANGHAI, attributes={"orign": "shared"})
    with pytest.raises(BadInput, match="must be one of own, shared"):
        grade(table, findings, SHANGHAI, {"origin": "stolen"})


def test_attributes_of_the_call_stand_above_the_job_file(tmp_path: Path) -> None:
    job = Job(attributes={"origin": "shared"})
    assert refused(tmp_path, job)
    assert planned(tmp_path, job, attributes={"origin": "own"})


def test_the_job_file_may_ask_for_more(tmp_path: Path) -> None:
    job = Job(
        fields={
            "次数": JobField("次数", drop=True, reason="not needed"),
            "民族": JobField("民族", treatment="suppress"),
            "年龄": JobField("年龄", hierarchy={"kind": "interval", "width": 10, "levels": 3}, min_level=1),
            "列": JobField("列", category="thing.status"),
        },
        models=(ModelSpec("k-anonymity", {"k": 30}), ModelSpec("t-closeness", {"field": "收入", "t": 0.4})),
        search=SearchSpec(suppression_limit=0.5, metric="aecs", weights={"年龄": 2.0}),
    )
    plan = planned(tmp_path, job)
    by_name = {one.field: one for one in plan.fields}
    assert by_name["次数"].method == "drop"
    assert by_name["次数"].reason == "decided in the job file: not needed"
    assert by_name["民族"].method == "suppress"
    assert by_name["列"].method == "keep"
    assert by_name["列"].category == "thing.status"
    assert by_name["年龄"].params == {"hierarchy": {"kind": "interval", "width": 10, "levels": 3}, "min_level": 1}
    assert plan.models[0] == ModelSpec("k-anonymity", {"k": 30})
    assert plan.models[-1] == ModelSpec("t-closeness", {"field": "收入", "t": 0.4})
    assert plan.search == SearchSpec(suppression_limit=0.05, metric="aecs", weights={"年龄": 2.0})
    assert Limit("k", ">=", 30.0, plan.limits[1].article) in plan.limits
    assert Limit("t:收入", "<=", 0.4) in plan.limits


def test_the_job_file_may_not_ask_for_less(tmp_path: Path) -> None:
    job = Job(fields={"身份证号": JobField("身份证号", treatment="mask", params={"kind": "resident-id"})})
    assert refused(tmp_path, job) == ["plan.weaker-than-policy"]
    weak = planned(
        tmp_path, Job(models=(ModelSpec("k-anonymity", {"k": 2}),), search=SearchSpec(suppression_limit=0.9))
    )
    assert weak.models[0].params["k"] == 20
    assert weak.search.suppression_limit == 0.05
    role = planned(tmp_path, Job(fields={"姓名": JobField("姓名", role="insensitive")}))
    assert methods(role)["姓名"] == "drop"


def test_a_role_given_in_the_job_file_counts(tmp_path: Path) -> None:
    plan = planned(tmp_path, Job(fields={"次数": JobField("次数", role="quasi-identifier")}))
    by_name = {one.field: one for one in plan.fields}
    assert (by_name["次数"].role, by_name["次数"].method) == ("quasi-identifier", "generalize")


def test_a_hierarchy_that_does_not_fit_is_bad_input(tmp_path: Path) -> None:
    table, findings = people(tmp_path)
    job = Job(fields={"民族": JobField("民族", hierarchy={"kind": "interval", "width": 5})})
    with pytest.raises(BadInput, match=r"民族.*have no place"):
        make_plan(table, findings, SHANGHAI, job=job)


@pytest.mark.parametrize(
    "job",
    [
        Job(fields={"没有": JobField("没有", drop=True)}),
        Job(search=SearchSpec(weights={"没有": 1.0})),
        Job(models=(ModelSpec("t-closeness", {"field": "没有", "t": 0.2}),)),
    ],
)
def test_a_job_file_about_another_table_is_bad_input(tmp_path: Path, job: Job) -> None:
    table, findings = people(tmp_path)
    with pytest.raises(BadInput, match="没有"):
        make_plan(table, findings, SHANGHAI, job=job)


def test_a_model_of_a_dropped_field_is_refused(tmp_path: Path) -> None:
    job = Job(models=(ModelSpec("t-closeness", {"field": "备注", "t": 0.2}),))
    assert refused(tmp_path, job) == ["plan.model-of-dropped-field"]


def test_a_closed_release_is_bad_input(tmp_path: Path) -> None:
    table, findings = stations(tmp_path)
    with pytest.raises(BadInput, match="not released"):
        make_plan(table, findings, SHANGHAI, openness=Openness.CLOSED)


def test_a_pack_may_ask_for_protected_aggregates(tmp_path: Path) -> None:
    asks = 'kind = "differential-privacy", params = { epsilon = 1.0 }, openness = "unconditional"'
    rule = (
        '\n[[rules]]\nid = "dp"\nstage = "dataset"\nwhen = { has_any = ["thing"] }\n'
        f"then = [{{ require_release = {{ {asks} }} }}]\n"
        'zh = "聚合"\nen = "aggregates"\narticle = "a"\nevidence = "recalled"\n'
    )
    pack = load_pack(small.write(tmp_path, small.PACK + rule))
    table, findings = stations(tmp_path)
    answer = make_plan(table, findings, pack, openness=UNCONDITIONAL)
    assert isinstance(answer, tuple)
    assert [refusal.code for refusal in answer] == ["release.differential-privacy"]


def candidate(
    name: str, category: str = "thing.x", spread: float = 5, height: int = 2, asked: bool = False
) -> Candidate:
    return Candidate(name, category, spread, height, {}, asked)


def kept(*candidates: Candidate, groups: float = 1e30, most: int | None = None) -> list[str]:
    given_up, chinese = choose(candidates, groups, most)
    assert set(given_up) == set(chinese)
    return [one.field for one in candidates if one.field not in given_up]


def test_a_plan_keeps_few_quasi_identifiers() -> None:
    many = [candidate(f"q{i:02d}", spread=22 - i) for i in range(20)]
    assert kept(*many) == [f"q{i}" for i in range(20 - MOST, 20)]
    assert kept(*many, most=3) == ["q17", "q18", "q19"]
    wanted = [*many, candidate("asked", spread=10**6, asked=True), candidate("sex", "person.basic.sex", 10**6)]
    assert {"asked", "sex"} <= set(kept(*wanted))
    assert len(kept(*wanted)) == MOST


def test_a_plan_keeps_no_more_groups_than_rows_can_fill() -> None:
    some = [candidate("a", spread=10), candidate("b", spread=3), candidate("c", spread=2), candidate("d", spread=4)]
    assert kept(*some, groups=24) == ["b", "c", "d"]
    assert kept(*some, groups=23.9) == ["b", "c"]
    assert kept(*some, groups=240) == ["a", "b", "c", "d"]
    assert kept(*some, groups=0.1) == []
    assert kept(candidate("x", spread=99, asked=True), *some, groups=24) == ["x"]
    assert kept(*some, groups=0.1, most=4) == ["a", "b", "c", "d"]


def test_a_plan_keeps_the_search_small() -> None:
    tall = [candidate(f"q{i}", height=30) for i in range(6)]
    assert kept(*tall) == ["q0", "q1", "q2"]


def test_the_choice_does_not_depend_on_the_order_of_equals() -> None:
    some = [candidate("a", spread=3), candidate("b", spread=2), candidate("c", spread=9)]
    assert set(kept(*some, most=2)) == set(kept(*reversed(some), most=2)) == {"a", "b"}


def test_what_says_the_same_is_kept_once() -> None:
    age, birth = candidate("age", "person.basic.age"), candidate("birth", "person.basic.birth-date")
    assert kept(birth, age) == ["age"]
    assert kept(replace(birth, asked=True), age) == ["birth"]
