"""Plan and treatment: both are work for the worker; here they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from release.desk.advance import UNPLANNED, UNTREATED, rework, seen
from release.desk.datasets import start
from release.desk.desk import Desk, Refusals, bad
from release.nouns.openness import Openness
from release.workflow.records import Release
from release.workflow.releasing import ReleaseCommand
from release.workflow.role import Actor

OFFERED = (Openness.UNCONDITIONAL, Openness.CONDITIONAL)


def make_plan(
    desk: Desk,
    actor: Actor,
    release_id: str,
    openness: str,
    policy: str = "",
    search: Mapping[str, Any] | None = None,
) -> Release | Refusals:
    """Asks for a plan that makes the dataset fit for ``openness`` under ``policy`` (the release's own when empty).

    ``search`` are the members of the ``[search]`` table of a job file.  The plan, or the refusals, are on the
    release when the job is done.
    """
    if openness not in OFFERED:
        return bad("openness", "A plan is for unconditional or conditional.", "Leave a closed dataset unplanned.")
    if policy and policy not in desk.road.policies():
        return bad("policy", "There is no such policy.", f"Policies: {', '.join(desk.road.policies())}.")
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        note = {"openness": openness, "policy": policy or release.policy}
        moved = rework(desk, work, actor, release, ReleaseCommand.MAKE_PLAN, note=note, **UNPLANNED)
        if isinstance(moved, Release):
            start(desk, work, moved, "plan", **note, search=dict(search or {}))
        return moved


def start_treatment(desk: Desk, actor: Actor, release_id: str) -> Release | Refusals:
    """Asks for the treated, verified package of the plan as it stands."""
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        moved = rework(desk, work, actor, release, ReleaseCommand.START_TREATMENT, **UNTREATED)
        if isinstance(moved, Release):
            start(desk, work, moved, "produce")
        return moved
