"""Every cell of the tables: state x command x role x guard.  What has no row is refused."""

from __future__ import annotations

import dataclasses
from collections import deque
from itertools import product
from pathlib import Path

import pytest

from release.workflow.access import ACCESS, AccessCommand, AccessState
from release.workflow.dissenting import DISSENT, DissentCommand, DissentState
from release.workflow.document import MACHINES, render
from release.workflow.guards import GUARDS, Facts
from release.workflow.labelling import LABEL, LabelCommand, LabelState
from release.workflow.regrading import REGRADING, RegradingCommand, RegradingState
from release.workflow.releasing import RELEASE, ReleaseCommand, ReleaseState
from release.workflow.role import ANONYMOUS, GRANTABLE, SYSTEM, Actor, Role
from release.workflow.training import TRAINING, TrainingCommand, TrainingState
from release.workflow.transition import START, Machine, Row, decide, open_to

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "workflow.md"

# For every guard: an actor's view in which it holds, given an actor "p" of organisation "o".
GOOD = Facts(
    owner="w",
    organisation="o",
    hands=frozenset({"w"}),
    approver="r",
    report_passed=True,
    sealed="d",
    current="d",
    openness="unconditional",
    release_state="published",
    comment="because",
    applicant="",
    purpose="a study",
    terms_accepted=True,
    now="2026-01-02",
    ends_at="2026-02-01",
    latest_end="2027-01-01",
    undisputed=True,
    within_grade=True,
    above_proof=True,
    decider="q",
)
BREAKS: dict[str, list[dict[str, object]]] = {
    "own-agency": [{"organisation": "elsewhere"}, {"organisation": ""}],
    "not-own-work": [{"hands": frozenset({"p"})}, {"owner": "p"}],
    "other-person": [{"applicant": "p"}, {"applicant": ""}],
    "second-person": [{"approver": ""}, {"approver": "w"}, {"hands": frozenset({"w", "r"})}, {"owner": "r"}],
    "report-passed": [{"report_passed": False}],
    "digest-unchanged": [{"current": "e"}, {"sealed": "", "current": ""}],
    "not-closed": [{"openness": "closed"}, {"openness": ""}],
    "unconditional": [{"openness": "conditional"}, {"openness": "closed"}],
    "conditional-published": [{"release_state": "suspended"}, {"openness": "unconditional"}],
    "reason-given": [{"comment": "  "}],
    "own-application": [{"applicant": "q"}, {"applicant": ""}],
    "purpose-given": [{"purpose": ""}],
    "terms-accepted": [{"terms_accepted": False}],
    "end-ahead": [{"ends_at": "2026-01-01"}, {"ends_at": "2028-01-01"}, {"ends_at": ""}, {"now": ""}],
    "grant-live": [{"ends_at": "2026-01-02"}, {"ends_at": ""}, {"now": ""}],
    "past-end": [{"ends_at": "2026-02-01"}, {"ends_at": ""}],
    "undisputed": [{"undisputed": False}],
    "within-grade": [{"within_grade": False}],
    "above-proof": [{"above_proof": False}],
    "other-decider": [{"decider": "p"}, {"decider": ""}],
    "own-dissent": [{"decider": "q"}, {"decider": ""}],
    "under-review": [{"release_state": "treated"}, {"release_state": "published"}, {"release_state": ""}],
}


def actor(role: Role) -> Actor:
    return Actor(id="p", roles=frozenset({role}), organisation="o")


def facts_for(row: Row) -> Facts:
    """Facts under which every guard of ``row`` holds for the actor "p"."""
    change: dict[str, object] = {}
    if "own-application" in row.guards:
        change["applicant"] = "p"
    if "other-person" in row.guards:
        change["applicant"] = "q"
    if "conditional-published" in row.guards:
        change["openness"] = "conditional"
    if "past-end" in row.guards:
        change["ends_at"] = "2026-01-01"
    if "under-review" in row.guards:
        change["release_state"] = "submitted"
    if "own-dissent" in row.guards:
        change["decider"] = "p"
    return dataclasses.replace(GOOD, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_every_cell_of_the_table(machine: Machine) -> None:
    cells = 0
    for state, command, role in product((START, *machine.states), machine.commands, Role):
        rows = [r for r in machine.rows if (r.state, r.command, r.role) == (state, command, role)]
        who = actor(role)
        if not rows:
            answer = decide(machine, state, command, who, GOOD)
            assert isinstance(answer, tuple) and answer, (state, command, role)
            expected = "workflow.role" if machine.at(state, command) else "workflow.state"
            assert answer[0].code == expected
            cells += 1
        for row in rows:
            facts = facts_for(row)
            assert decide(machine, state, command, who, facts) == row, row
            for guard in row.guards:
                for broken in BREAKS[guard]:
                    others = [r for r in rows if r is not row]
                    assert not others, "two rows for one role: say which comes first, here"
                    bad = dataclasses.replace(facts, **broken)  # type: ignore[arg-type]
                    answer = decide(machine, state, command, who, bad)
                    assert isinstance(answer, tuple) and answer, (row, guard, broken)
                    cells += 1
    assert cells > (500 if machine in (RELEASE, ACCESS) else 30)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_facts_nobody_established_refuse(machine: Machine) -> None:
    for row in machine.rows:
        if row.guards:
            answer = decide(machine, row.state, row.command, Actor("", frozenset({row.role})), Facts())
            assert isinstance(answer, tuple) and answer, row


def test_guards_are_all_used_and_all_tried() -> None:
    used = {g for m in MACHINES for r in m.rows for g in r.guards}
    assert used == set(GUARDS) == set(BREAKS)


def test_enums_are_the_tables() -> None:
    for machine, states, commands in (
        (RELEASE, ReleaseState, ReleaseCommand),
        (ACCESS, AccessState, AccessCommand),
        (LABEL, LabelState, LabelCommand),
        (DISSENT, DissentState, DissentCommand),
        (REGRADING, RegradingState, RegradingCommand),
        (TRAINING, TrainingState, TrainingCommand),
    ):
        assert set(machine.states) == {s.value for s in states}
        assert set(machine.commands) == {c.value for c in commands}
        assert {r.to for r in machine.rows} == set(machine.states)
        assert {r.command for r in machine.rows} == set(machine.commands)
        for labels in (*machine.states.values(), *machine.commands.values()):
            assert all(labels)


def reachable(machine: Machine, without: tuple[str, ...]) -> set[str]:
    """States that can be reached from the start when the commands ``without`` do not exist."""
    seen, queue = {START}, deque([START])
    while queue:
        state = queue.popleft()
        for row in machine.rows:
            if row.state == state and row.command not in without and row.to not in seen:
                seen.add(row.to)
                queue.append(row.to)
    return seen


def test_no_road_to_the_public_without_report_and_second_person() -> None:
    assert "published" not in reachable(RELEASE, ("approve",))
    assert "published" not in reachable(RELEASE, ("treat",))
    assert "published" not in reachable(RELEASE, ("submit",))
    assert "active" not in reachable(ACCESS, ("approve",))
    for row in RELEASE.rows:
        if row.to == "published" and row.state != "published":
            assert {"second-person", "report-passed", "digest-unchanged", "not-closed"} <= set(row.guards)
        if row.to == "approved":
            assert "not-own-work" in row.guards and row.role is Role.REVIEWER


def test_any_change_after_submission_leads_back_before_the_review() -> None:
    for state in ("submitted", "approved", "returned"):
        for command in ("replace", "override", "describe", "make-plan"):
            for row in RELEASE.at(state, command):
                assert row.to in {"draft", "ingested", "graded", "planned"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_final_states_take_nothing_but_the_end_of_the_raw_data(machine: Machine) -> None:
    for row in machine.rows:
        if row.state in machine.final:
            assert row.command == "destroy-raw"


def test_the_anonymous_public_can_only_read_what_is_published() -> None:
    for machine in MACHINES:
        for row in machine.rows:
            if row.role is Role.PUBLIC:
                assert row.command in ("read", "download") and row.state == row.to == "published"
    assert decide(RELEASE, "published", "download", ANONYMOUS, GOOD)


def test_the_system_role_is_nobodys() -> None:
    assert Role.SYSTEM not in GRANTABLE
    assert SYSTEM.roles == frozenset({Role.SYSTEM})


def test_all_reasons_come_at_once() -> None:
    bad = dataclasses.replace(GOOD, report_passed=False, current="e", hands=frozenset({"p"}))
    answer = decide(RELEASE, "submitted", "approve", actor(Role.REVIEWER), bad)
    assert isinstance(answer, tuple)
    assert {r.code for r in answer} == {"workflow.report", "workflow.changed", "workflow.own-work"}


def test_open_to_names_what_could_be_done_now() -> None:
    assert open_to(RELEASE, "submitted", actor(Role.REVIEWER), GOOD) == ("approve", "return")
    assert open_to(RELEASE, "submitted", Actor("w", frozenset({Role.REVIEWER})), GOOD) == ()


def test_the_document_is_the_table() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render(), (
        "run python -m release.workflow.document > docs/workflow.md"
    )
