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
    """Every difference as a document.  Where no order tells which way it went, it counts as graver."""
    from policies.difference import MILDER, differences, ranks_of

    ranks = ranks_of((scale.id, {level.id: level.rank for level in scale.levels}) for scale in pack.scales.values())
    for one in differences(before, now, ranks):
        said = one.now or one.was
        yield {
            "field": one.field,
            "scale": one.scale,
            "before": one.before,
            "after": one.after,
            "article": said.article if said else "",
            "rose": one.way != MILDER,
            "rule": said.rule if said else "",
            "rule_before": one.was.rule if one.was else "",
            "text": said.text if said else "",
            "text_zh": said.text_zh if said else "",
        }
