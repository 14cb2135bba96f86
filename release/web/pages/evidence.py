"""What a release's documents say, in the shape that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.discovery import treatments
from release.desk.datasets import ReleaseView
from release.desk.decided import HELD
from release.workflow.dissenting import DissentState
from release.workflow.records import Job

SHOWN_AS = {"ingested": "draft", "failed": "draft", "returned": "submitted", "suspended": "published",
            "superseded": "published", "withdrawn": "published"}  # fmt: skip


BARE_FINDING = {"confidence": None, "needs_review": False, "reasons": ()}
BARE_GRADING = {"levels": {}, "article": "", "openness": "closed"}


def methods() -> dict[str, tuple[str, str]]:
    """What every treatment is called, as the treatments themselves say it, in Chinese and English."""
    return {name: (one.title_zh, one.title_en) for name, one in treatments().items()}


def running(view: ReleaseView) -> Job | None:
    """The job that is queued or at work, if any."""
    return next((job for job in view.jobs if job.status in ("queued", "running")), None)


def passage(step: str, state: str, path: Sequence[str]) -> str:
    """Whether a step of the path is done, now, off (returned, failed, withdrawn) or still to come."""
    place = path.index(SHOWN_AS.get(state, state))
    here = path.index(step)
    if here == place:
        return "off" if state in ("failed", "returned", "suspended", "withdrawn") else "now"
    return "done" if here < place else ""


def fields(view: ReleaseView) -> list[dict[str, Any]]:
    """One entry a field: what it is, how grave, what will be done to it."""
    document: Mapping[str, Any] = view.examination or {}
    grades = {g["field"]: g for g in document.get("grading", {}).get("fields", ())}
    plans = {p["field"]: p for p in (view.plan or {}).get("fields", ())}
    words: Mapping[str, Any] = document.get("decisions", {})
    return [
        {
            "finding": {**BARE_FINDING, **finding},
            "grade": grades.get(finding["field"]),
            "plan": plans.get(finding["field"]),
            "word": words.get(finding["field"]),
            "held": next((r for r in finding.get("reasons", ()) if r.get("rule") == HELD), None),
            "dissents": [d for d in view.dissents if d.field == finding["field"] and d.state is DissentState.OPEN],
        }
        for finding in document.get("findings", ())
    ]


def standing(view: ReleaseView) -> dict[str, Any]:
    """The table as it came: rows (None when they were not counted) and what the policy says of it."""
    document: Mapping[str, Any] = view.examination or {}
    return {**BARE_GRADING, **document.get("grading", {}), "rows": document.get("dataset", {}).get("rows")}


def histogram(view: ReleaseView) -> list[tuple[str, float]]:
    """(class size, classes) for the plot; empty when no classes were measured."""
    classes = (view.report or {}).get("risk", {}).get("classes", {})
    found = []
    for entry in classes.get("histogram", ()):
        low, high, count = entry[0], entry[1], entry[2]
        found.append((str(low) if low == high else f"{low}–{high}", float(count)))
    return found
