"""The history of one field's label: who or what said when that it is what, in which version, folded from the journal.

What a reader would get wrong: nothing here is kept beside the journal.  Examinations are found by the entries that set
them, words and disagreements by their own journals, so a history that was bent shows in ``audit verify``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from release.desk import labels
from release.desk.advance import seen
from release.desk.desk import Desk, Refusals, bad
from release.desk.grading import field_names
from release.desk.schemas import schema_of_document
from release.store import findings, journal, people, releases
from release.store import labels as store
from release.store.work import Work
from release.workflow.records import Entry, Release
from release.workflow.role import SYSTEM, Actor

MOST_RULES = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was said of a field.

    ``what`` is a command of one of the workflow tables.  ``by`` is a person's id or ``system``; for an examination
    ``versions`` name the pack, the program and the ranker that spoke, and ``rules`` the rules that were heard.
    """

    at: str
    what: str
    by: str
    name: str
    category: str = ""
    confidence: float | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    article: str = ""
    reason: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    changed: bool = True


def of_field(desk: Desk, actor: Actor, release_id: str, name: str) -> tuple[Moment, ...] | Refusals:
    """Everything that was said of a field of a release, oldest first, for those who may see the release."""
    with desk.store.read() as work:
        release = seen(work, actor, release_id)
        if not isinstance(release, Release):
            return release
        if name not in field_names(work, release):
            return bad("field", "The dataset has no such field.", "Name a field as the examination lists it.")
        found = sorted(_all(work, release, name), key=lambda one: one.at)
        called = people.names(work, {one.by for one in found})
    return tuple(_marked(found, called))


def _all(work: Work, release: Release, name: str) -> Iterator[Moment]:
    for entry in journal.entries(work, f"release:{release.id}"):
        yield from _of_release(work, entry, name)
    scope = labels.scope_of(release.organisation, release.owner)
    schema = schema_of_document(releases.document(work, release.examination_doc))
    for whose in (labels.WORKSPACE, scope):
        for entry in journal.entries(work, f"label:{store.label_id(whose, schema, name)}"):
            yield _of_label(entry)
    for dissent in store.dissents(work, release.id):
        if dissent.field == name:
            for entry in journal.entries(work, f"dissent:{dissent.id}"):
                said = entry.payload["set"]
                wanted = dissent.category or f"{dissent.scale} {dissent.level}"
                reason = str(said.get("reason") or said.get("settled_reason") or "")
                yield Moment(entry.at, entry.type, entry.actor, "", category=wanted, reason=reason)
    for look in findings.regradings_of(work, release.id):
        for change in look.differences:
            if change.get("field") == name:
                versions = {"policy": f"{look.policy} {look.version_after}", "digest": look.digest_after}
                levels = {str(change["scale"]): f"{change['before'] or '–'} → {change['after']}"}
                article = str(change["article"])
                yield Moment(look.at, "find", SYSTEM.id, "", levels=levels, article=article, versions=versions)


def _of_release(work: Work, entry: Entry, name: str) -> Iterator[Moment]:
    note, set_ = entry.payload.get("note", {}), entry.payload.get("set", {})
    if entry.type == "override" and note.get("field") == name:
        yield Moment(
            entry.at, "override", entry.actor, "", category=str(note["category"]), reason=str(note.get("reason", ""))
        )
    if set_.get("examination_doc"):
        yield from _examined(entry, releases.document(work, set_["examination_doc"]), name)


def _examined(entry: Entry, document: Mapping[str, Any], name: str) -> Iterator[Moment]:
    finding = next((f for f in document.get("findings", ()) if f["field"] == name), None)
    if finding is None:
        return
    grade: Mapping[str, Any] = next(
        (g for g in document.get("grading", {}).get("fields", ()) if g["field"] == name), {}
    )
    policy, ranker = document.get("policy", {}), document.get("ranker", {})
    versions = {
        "policy": f"{policy.get('id', '')} {policy.get('version', '')}".strip(),
        "digest": str(policy.get("digest", "")),
        "program": str(document.get("version", "")),
        "ranker": str(ranker.get("digest", "")),
    }
    heard = [
        f"{r['source']}:{r['rule']}" for r in finding.get("reasons", ()) if r.get("category") == finding["category"]
    ]
    steps = [s["rule"] for s in grade.get("steps", ())]
    yield Moment(
        at=entry.at,
        what=entry.type,
        by=entry.actor,
        name="",
        category=str(finding["category"]),
        confidence=finding.get("confidence"),
        levels=dict(grade.get("levels", {})),
        article=str(grade.get("article", "")),
        versions={key: value for key, value in versions.items() if value},
        rules=tuple(dict.fromkeys((*heard[:MOST_RULES], *steps))),
    )


def _of_label(entry: Entry) -> Moment:
    said = entry.payload["set"]
    reason = said.get("reason") or said.get("confirmed_reason") or entry.payload.get("note", {}).get("reason", "")
    name = said.get("name") or said.get("confirmed_name") or entry.actor.removeprefix("cli:")
    return Moment(entry.at, entry.type, entry.actor, str(name), category=said.get("category", ""), reason=str(reason))


def _marked(found: list[Moment], called: Mapping[str, str]) -> Iterator[Moment]:
    """With names, and with the examinations that found nothing new marked as such."""
    before: tuple[Any, ...] = ()
    for one in found:
        name = called.get(one.by, one.name or one.by)
        now = (one.category, dict(one.levels), dict(one.versions))
        changed = not one.versions or one.what == "find" or now != before
        before = now if one.versions and one.what != "find" else before
        yield Moment(
            one.at, one.what, one.by, name, one.category, one.confidence, one.levels, one.article, one.reason,
            one.versions, one.rules, changed,
        )  # fmt: skip
