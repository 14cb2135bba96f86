"""Corrections: a person says what a field is, with a reason, and the policy grades it again.

A correction is kept in the journal with its author, and lowers nothing by itself: the policy's floors still hold.
"""

from __future__ import annotations

from release.desk.advance import UNPLANNED, rework, seen
from release.desk.datasets import start
from release.desk.desk import Desk, Refusals, bad
from release.store import releases
from release.store.work import Work
from release.workflow.records import Override, Release
from release.workflow.releasing import ReleaseCommand
from release.workflow.role import Actor

LONGEST_REASON = 2000


def override(desk: Desk, actor: Actor, release_id: str, field: str, category: str, reason: str) -> Release | Refusals:
    """Corrects the category of a field; an empty ``category`` takes an earlier correction back.

    The release is graded again, and a review or a plan it had is void.
    """
    if len(reason) > LONGEST_REASON:
        return bad("reason", f"A reason has at most {LONGEST_REASON} characters.")
    if category and category not in desk.road.categories():
        return bad("category", "There is no such category.", "Choose one of the category tree.")
    with desk.store.write() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        if field not in field_names(work, release):
            return bad("field", "The dataset has no such field.", "Name a field as the examination lists it.")
        note = {"field": field, "category": category, "reason": reason.strip()}
        moved = rework(desk, work, actor, release, ReleaseCommand.OVERRIDE, reason, note, **UNPLANNED)
        if isinstance(moved, Release):
            said = Override(desk.ids("ovr"), release.id, field, category, reason.strip(), actor.id, desk.now())
            releases.add_override(work, said)
            start(desk, work, moved, "examine")
        return moved


def corrections(work: Work, release_id: str) -> dict[str, str]:
    """The categories that people decided on, by field; the last word holds."""
    said = {o.field: o.category for o in releases.overrides(work, release_id)}
    return {field: category for field, category in said.items() if category}


def field_names(work: Work, release: Release) -> frozenset[str]:
    """The fields of the examined table; none before the first examination."""
    if not release.examination_doc:
        return frozenset()
    examination = releases.document(work, release.examination_doc)
    return frozenset(f["name"] for f in examination["dataset"]["fields"])
