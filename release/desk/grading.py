"""Corrections: a person says what a field is, with a reason, and the policy grades it again.

A correction is kept with the release, and as a label for the next table of the same schema.  It lowers nothing by
itself: the policy's floors still hold, and what a checksum proves holds until a second person confirms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from release.desk import labels
from release.desk.advance import UNPLANNED, advance, facts_of, rework, seen
from release.desk.datasets import start
from release.desk.decided import HELD, Decision, Told
from release.desk.desk import Desk, Refusals, bad
from release.desk.dissents import accepted
from release.desk.labels import Word
from release.desk.lineage import released_before
from release.desk.proof import proven_by
from release.desk.schemas import schema_of_document
from release.desk.weights import in_use
from release.store import jobs, releases
from release.store import labels as store
from release.store.work import Work
from release.workflow.labelling import LabelState
from release.workflow.records import Label, Override, Release
from release.workflow.releasing import EDITABLE, RELEASE, ReleaseCommand
from release.workflow.role import SYSTEM, Actor
from release.workflow.transition import decide

LONGEST_REASON = 2000


def override(desk: Desk, actor: Actor, release_id: str, field: str, category: str, reason: str) -> Release | Refusals:
    """Corrects the category of a field; an empty ``category`` takes an earlier correction back.

    The release is graded again, and a review or a plan it had is void.  The word is kept as a label of the schema.
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
            _label(desk, work, actor, release, field, category, reason)
            accepted(desk, work, actor, release, field, category)
            start(desk, work, moved, "examine")
        return moved


def told_of(desk: Desk, work: Work, release: Release) -> Told:
    """What people told about this release and about its schema, and the weights in use."""
    scopes = (labels.WORKSPACE, labels.scope_of(release.organisation, release.owner))
    found = labels.told(work, scopes, _said(work, release, scopes[-1]))
    return replace(found, **in_use(desk, work), released=released_before(work, release))


def field_names(work: Work, release: Release) -> frozenset[str]:
    """The fields of the examined table; none before the first examination."""
    if not release.examination_doc:
        return frozenset()
    examination = releases.document(work, release.examination_doc)
    return frozenset(f["name"] for f in examination["dataset"]["fields"])


def examine_again(desk: Desk, work: Work, release_id: str, note: Mapping[str, Any]) -> bool:
    """The service itself sends a release that is not published back to its examination; whether it could."""
    release = releases.get(work, release_id)
    if release is None or not release.raw_object:
        return False
    facts = facts_of(desk, release, thorough=False)
    if isinstance(decide(RELEASE, release.state, ReleaseCommand.REEXAMINE, SYSTEM, facts), tuple):
        return False
    values = {"generation": release.generation + 1, **UNPLANNED}
    moved = advance(desk, work, SYSTEM, release, ReleaseCommand.REEXAMINE, facts, dict(note), **values)
    if not isinstance(moved, Release):
        return False
    releases.void_reviews(work, release.id)
    jobs.cancel(work, release.id, desk.now())
    start(desk, work, moved, "examine")
    return True


def waiting_for(work: Work, label: Label) -> tuple[str, ...]:
    """The releases not published yet in whose table the label could not be applied; what it was said for first."""
    kind, _, whose = label.scope.partition(":")
    owner, organisation = (whose if kind == "person" else ""), (whose if kind == "org" else "")
    found = [label.release] if label.release and label.state is LabelState.PENDING else []
    offset = 0
    while True:
        page = releases.listing(
            work, states=[s.value for s in EDITABLE], owner=owner, organisation=organisation, offset=offset, limit=100
        )
        found += [one.id for one in page.items if one.examination_doc and _held(work, one, label.field)]
        offset += len(page.items)
        if not page.items or offset >= page.total:
            return tuple(dict.fromkeys(found))


def _held(work: Work, release: Release, field: str) -> bool:
    document = releases.document(work, release.examination_doc)
    reasons = (r for f in document["findings"] if f["field"] == field for r in f.get("reasons", ()))
    return any(reason.get("rule") == HELD for reason in reasons)


def _said(work: Work, release: Release, scope: str) -> dict[str, Decision]:
    """The release's own corrections; a second person's word on the same label counts for them too."""
    if not release.examination_doc:
        return {}
    schema = schema_of_document(releases.document(work, release.examination_doc))
    known = {label.field: label for label in store.of_schema(work, (scope,), schema)}
    found: dict[str, Decision] = {}
    for one in releases.overrides(work, release.id):
        label = known.get(one.field)
        same = label is not None and label.category == one.category and label.state is not LabelState.REMOVED
        found[one.field] = Decision(
            category=one.category,
            reason=one.reason,
            name=label.name if same and label else _name(work, one.actor),
            at=one.at,
            person=one.actor,
            confirmed=bool(same and label and label.confirmed_by),
            second=label.confirmed_name if same and label else "",
            label=label.id if same and label else "",
        )
    return found


def _label(
    desk: Desk, work: Work, actor: Actor, release: Release, field: str, category: str, reason: str
) -> Label | Refusals | None:
    """The correction as a label, or the end of the label when it is taken back."""
    document = releases.document(work, release.examination_doc)
    schema, scope = schema_of_document(document), labels.scope_of(release.organisation, release.owner)
    if not category:
        before = store.get(work, store.label_id(scope, schema, field))
        live = before is not None and before.state is not LabelState.REMOVED
        return labels.remove(desk, work, actor, before, reason) if live and before else None
    finding: Mapping[str, Any] = next((f for f in document["findings"] if f["field"] == field), {})
    column: Mapping[str, Any] = next(f for f in document["dataset"]["fields"] if f["name"] == field)
    word = Word(
        scope=scope,
        schema=schema,
        table_name=str(document["dataset"].get("name", "")),
        field=field,
        category=category,
        reason=reason,
        found=str(finding.get("category", "")),
        proven=proven_by(finding.get("reasons", ())),
        physical=str(column.get("physical", "")),
        comment=str(column.get("comment", "")),
        release=release.id,
        evidence=observed(document, field),
    )
    return labels.say(desk, work, actor, word)


def observed(document: Mapping[str, Any], field: str) -> dict[str, Any]:
    """What the ranker saw of a field when it was examined, as it may learn from it.  An examination that is older than
    this keeps only the reasons of its findings: nats by category, and no word of a person."""
    if field in document.get("observed", {}):
        return {"seen": dict(document["observed"][field])}
    finding: Mapping[str, Any] = next((f for f in document["findings"] if f["field"] == field), {})
    nats: dict[str, float] = {}
    for reason in finding.get("reasons", ()):
        if reason.get("source") not in ("person", "correction", "ranker"):
            category = str(reason.get("category", ""))
            nats[category] = round(nats.get(category, 0.0) + float(reason.get("weight", 0.0)), 3)
    return {"seen": {f"rule:{category}": weight for category, weight in sorted(nats.items()) if weight}}


def _name(work: Work, person: str) -> str:
    from release.store import people

    return people.names(work, {person}).get(person, person)
