"""The steward's pages: the list, what was found, corrections, plan, treatment; and every step of the table.

The reviewer works on the same sheet: which steps it shows is the workflow table's answer for whoever looks.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from release.desk import datasets, grading, jobs, planning, publication, review
from release.nouns.refusal import Refusal
from release.web.pages import evidence
from release.web.pages.answer import back, missing, page
from release.web.pages.sheet import sheet
from release.web.pages.visitor import Visitor, count, form, line, required, visitor
from release.workflow.records import Release
from release.workflow.releasing import RELEASE
from release.workflow.role import Role

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]


@ROUTER.get("/work")
def work(asker: Asker, q: str = "", offset: str = "") -> Response:
    """The steward's datasets; everyone's for the authority."""
    if not (asker.actor.has(Role.STEWARD) or asker.actor.has(Role.AUTHORITY)):
        return required(asker) or missing(asker)
    found = datasets.list_releases(asker.desk, asker.actor, text=line(q), offset=count(offset))
    return page(
        asker, "work.html", found=found, text=line(q), states=RELEASE.states, uploads=asker.actor.has(Role.STEWARD)
    )


@ROUTER.get("/work/{release}")
def release(asker: Asker, release: str) -> Response:
    """One release with its evidence and what can be done to it."""
    return required(asker) or sheet(asker, release)


@ROUTER.get("/work/{release}/progress")
def progress(asker: Asker, release: str) -> Response:
    """The part of the page that htmx asks for while a job runs; it tells the browser to reload when it has ended."""
    view = datasets.show_release(asker.desk, asker.actor, release)
    if isinstance(view, tuple):
        return missing(asker)
    answer = page(asker, "progress.html", view=view, job=evidence.running(view))
    if evidence.running(view) is None:
        answer.headers["HX-Refresh"] = "true"
    return answer


@ROUTER.post("/work/{release}/stop")
def stop(asker: Asker, release: str, given: Form) -> Response:
    """Stops the running job; the release stays where it was."""
    view = datasets.show_release(asker.desk, asker.actor, release)
    job = None if isinstance(view, tuple) else evidence.running(view)
    if job is None:
        return sheet(asker, release)
    made = jobs.cancel_job(asker.desk, asker.actor, job.id)
    return sheet(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


@ROUTER.post("/work/{release}/override")
def override(asker: Asker, release: str, given: Form) -> Response:
    """A correction of one field's category."""
    made = grading.override(
        asker.desk, asker.actor, release, given.get("field", ""), given.get("category", ""), given.get("reason", "")
    )
    return _after(asker, release, made)


@ROUTER.post("/work/{release}/plan")
def plan(asker: Asker, release: str, given: Form) -> Response:
    """Asks for a plan at an openness."""
    search: dict[str, Any] = {}
    if given.get("suppression_limit"):
        share = _share(given["suppression_limit"])
        if share is None:
            return sheet(asker, release, (Refusal("input.number", asker.t("release.not_a_number")),))
        search["suppression_limit"] = share
    made = planning.make_plan(
        asker.desk, asker.actor, release, given.get("openness", ""), given.get("policy", ""), search
    )
    return _after(asker, release, made)


@ROUTER.post("/work/{release}/{command}")
def step(asker: Asker, release: str, command: str, given: Form) -> Response:
    """Every other command of the table that takes at most a comment."""
    desk, actor, comment = asker.desk, asker.actor, given.get("comment", "")
    steps = {
        "retry": lambda: datasets.retry(desk, actor, release),
        "start-treatment": lambda: planning.start_treatment(desk, actor, release),
        "submit": lambda: review.submit(desk, actor, release),
        "approve": lambda: review.approve(desk, actor, release, comment),
        "return": lambda: review.return_release(desk, actor, release, comment),
        "publish": lambda: publication.publish(desk, actor, release),
        "suspend": lambda: publication.suspend(desk, actor, release, comment),
        "resume": lambda: publication.resume(desk, actor, release, comment),
        "withdraw": lambda: publication.withdraw(desk, actor, release, comment),
    }
    return _after(asker, release, steps[command]()) if command in steps else missing(asker)


def _after(asker: Visitor, release: str, made: Release | tuple[Refusal, ...]) -> Response:
    return sheet(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


def _share(percent: str) -> float | None:
    """A share of rows from a percentage as typed; None when it is no number from 0 to 100."""
    try:
        typed = float(percent)
    except ValueError:
        return None
    return typed / 100 if 0 <= typed <= 100 else None
