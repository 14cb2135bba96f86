"""What of the same people is out already: earlier versions of a dataset, and other datasets of its schema.

What a reader would get wrong: a release that was suspended, superseded or withdrawn is out all the same; whoever
fetched it holds it.  Fields that were dropped are not, so categories come from the plan and not from the raw table.
"""

from __future__ import annotations

from typing import Any

from release.desk.decided import Released
from release.desk.schemas import schema_of_document
from release.store import releases
from release.store.work import Work
from release.workflow.records import Release
from release.workflow.releasing import ReleaseState

SAME_DATASET = ""
OUT = (ReleaseState.PUBLISHED, ReleaseState.SUSPENDED, ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN)
BATCH = 200


def released_before(work: Work, release: Release) -> dict[str, tuple[Released, ...]]:
    """By schema, the releases of the owner or organisation that are out; under the empty key the earlier versions of
    this very dataset, whatever their schema."""
    found: dict[str, list[Released]] = {}
    for one in _out(work, release):
        if one.id == release.id or not one.plan_doc or not one.examination_doc:
            continue
        if one.dataset == release.dataset and one.number > release.number:
            continue
        document = releases.document(work, one.examination_doc)
        key = SAME_DATASET if one.dataset == release.dataset else schema_of_document(document)
        found.setdefault(key, []).append(Released(one.id, _categories(releases.document(work, one.plan_doc))))
    return {key: tuple(sorted(them, key=lambda one: one.id)) for key, them in found.items()}


def _out(work: Work, release: Release) -> list[Release]:
    found: list[Release] = []
    seen = 0
    while True:
        page = releases.listing(
            work,
            states=[s.value for s in OUT],
            owner=release.owner,
            organisation=release.organisation,
            offset=seen,
            limit=BATCH,
        )
        found += [one for one in page.items if one.published_at]
        seen += len(page.items)
        if not page.items or seen >= page.total:
            return found


def _categories(plan: Any) -> tuple[str, ...]:
    fields = plan.get("fields", ())
    return tuple(sorted({str(f["category"]) for f in fields if f["method"] != "drop"}))
