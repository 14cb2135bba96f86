"""A stored examination under the pack as it is now: every difference, and whether the released table may stay out.

No raw row is needed: the engine judges facts, and the facts stand in the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.desk.road import Document, Regraded
from release.nouns.errors import ReleaseError

if TYPE_CHECKING:
    from policies.grading import Grading
    from policies.pack import Pack
    from release.desk.gradings import Round


def regrade(examination: Document, plan: Document | None, report: Document | None) -> Regraded:
    """The differences between the stored grading and that of the installed pack.  Raises ReleaseError where the pack
    cannot grade what is stored, or the stored documents are not understood."""
    from classifiers.finding import Finding
    from policies.errors import PackError
    from policies.facts import ReleasedBefore
    from policies.grading import Grading
    from policies.openness import exceeds
    from policies.pack import load
    from release.desk.whole import typed
    from release.nouns.dataset import Dataset, Table
    from release.nouns.plan import Plan
    from release.steps.grade import grade
    from release.steps.grade import regrade as after

    try:
        pack = load(examination["policy"]["id"])
        before: Grading = typed(Grading, examination["grading"])
        table = Table(typed(Dataset, examination["dataset"]), Path())
        findings = tuple(typed(Finding, finding) for finding in examination["findings"])
        declared = examination["attributes"]
        out = tuple(typed(ReleasedBefore, one) for one in examination.get("released", ()))
        now = grade(table, findings, pack, declared, out)
        within = True
        if plan is not None and report is not None:
            promised = typed(Plan, plan)
            measured = after(table, findings, pack, promised, report["risk"]["values"], declared, out)
            within = not measured.blocks and not exceeds(measured.openness, promised.openness.value)
    except (PackError, KeyError, ValueError) as error:
        raise ReleaseError(
            f"The policy as it is now cannot grade what is stored ({type(error).__name__}).", "Examine the table again."
        ) from None
    return Regraded(tuple(_differences(pack, before, now)), within)


def lines(done: Round) -> Iterator[str]:
    """A round as lines for a person: each release, every difference beneath it, and what follows."""
    for one in done.found:
        versions = f"{one.version_before or '?'} → {one.version_after}"
        yield f"{one.release}  {one.policy} {versions}: {one.outcome}"
        for change in one.differences:
            where = change["field"] or "the dataset"
            mark = "↑" if change["rose"] else "↓"
            moved = f"{change['scale']}: {change['before'] or '–'} → {change['after']}"
            yield f"  {mark} {where}  {moved}  {change['article']}"
    yield f"{done.looked} looked at, {len(done.found)} under another pack by now, {done.same} as they were"


def _differences(pack: Pack, before: Grading, now: Grading) -> Iterator[dict[str, Any]]:
    earlier = {grade.field: grade for grade in before.fields}
    for grade in now.fields:
        was = earlier.get(grade.field)
        yield from _levels(pack, grade.field, was.levels if was else {}, grade.levels, grade.article)
        yield from _openness(grade.field, was.openness if was else "", grade.openness, grade.article)
    yield from _levels(pack, "", before.levels, now.levels, now.article)
    yield from _openness("", before.openness, now.openness, now.article)


def _levels(pack: Pack, field: str, before: Any, now: Any, article: str) -> Iterator[dict[str, Any]]:
    for scale in dict.fromkeys((*before, *now)):
        old, new = str(before.get(scale, "")), str(now.get(scale, ""))
        if old != new:
            yield _entry(field, scale, old, new, article, _rose(pack, scale, old, new))


def _openness(field: str, before: str, now: str, article: str) -> Iterator[dict[str, Any]]:
    from policies.openness import ORDER

    if before != now:
        yield _entry(field, "openness", before, now, article, ORDER.get(now, 9) > ORDER.get(before, -1))


def _rose(pack: Pack, scale: str, old: str, new: str) -> bool:
    """Whether the level is graver now; a level or a scale that only one of the two packs knows counts as graver."""
    levels = [level.id for level in pack.scales[scale].levels] if scale in pack.scales else []
    return old not in levels or new not in levels or levels.index(new) > levels.index(old)


def _entry(field: str, scale: str, before: str, after: str, article: str, rose: bool) -> dict[str, Any]:
    return {"field": field, "scale": scale, "before": before, "after": after, "article": article, "rose": rose}
