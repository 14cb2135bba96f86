"""The steward's pages: datasets on their way, upload, and one release with everything known about it.

The reviewer sees the same release page: evidence that one of them cannot see would be no evidence.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from classifiers.category import tree
from release.desk import audit, datasets, download, grading, people, planning, publication, review
from release.desk.datasets import TooLarge, Words
from release.nouns.refusal import Refusal
from release.web.pages import evidence
from release.web.pages.visitor import Visitor, back, form, missing, page, required, visitor
from release.workflow.records import Release
from release.workflow.releasing import RELEASE, ReleaseState
from release.workflow.role import Role

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]
PATH = ("draft", "graded", "planned", "treated", "submitted", "approved", "published")
PIECE = 1 << 20


@ROUTER.get("/work")
def work(asker: Asker, q: str = "", offset: int = 0) -> Response:
    """The steward's datasets, returned ones included."""
    found = datasets.list_releases(asker.desk, asker.actor, text=q, offset=max(0, offset))
    return required(asker) or page(asker, "work.html", found=found, text=q, states=RELEASE.states)


@ROUTER.get("/work/new")
def new(asker: Asker) -> Response:
    """The upload form."""
    return required(asker) or _new(asker, {}, ())


@ROUTER.post("/work/new")
async def upload(asker: Asker, given: Form, request: Request) -> Response:
    """Takes the file into the vault, encrypted, and starts its examination."""
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _new(asker, given, (Refusal("input.file", asker.t("upload.no_file")),))
    refused = datasets.may_upload(asker.desk, asker.actor)
    if refused:
        return _new(asker, given, refused)
    try:
        with datasets.receive(asker.desk) as inlet:
            while piece := await sent.read(PIECE):
                inlet.write(piece)
    except TooLarge as error:
        return _new(asker, given, (Refusal("input.size", error.message, remedy=error.remedy),))
    assert inlet.stored is not None
    keywords = tuple(word.strip() for word in given.get("keywords", "").replace("，", ",").split(",") if word.strip())
    said = Words(given.get("title", ""), given.get("description", ""), keywords)
    made = datasets.upload(asker.desk, asker.actor, inlet.stored, sent.filename, said, given.get("policy", ""))
    return _new(asker, given, made) if isinstance(made, tuple) else back(f"/work/{made.id}", "uploaded")


def _new(asker: Visitor, filled: dict[str, str], refusals: tuple[Refusal, ...]) -> Response:
    if not asker.actor.has(Role.STEWARD):
        return missing(asker)
    return page(asker, "upload.html", refusals=refusals, filled=filled, policies=asker.desk.road.policies())


@ROUTER.get("/work/{release}")
def release(asker: Asker, release: str) -> Response:
    """One release with its evidence and what can be done to it."""
    return required(asker) or _release(asker, release, ())


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
        try:
            search["suppression_limit"] = float(given["suppression_limit"]) / 100
        except ValueError:
            return _release(asker, release, (Refusal("input.number", asker.t("release.not_a_number")),))
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
    return _release(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


def _release(asker: Visitor, release: str, refusals: tuple[Refusal, ...]) -> Response:
    view = datasets.show_release(asker.desk, asker.actor, release)
    if isinstance(view, tuple):
        return missing(asker)
    one = view.release
    entries = audit.history(asker.desk, asker.actor, release)
    files = download.evidence_files(asker.desk, asker.actor, release)
    history = () if isinstance(entries, tuple) and entries and isinstance(entries[0], Refusal) else entries
    return page(
        asker,
        "release.html",
        refusals=refusals,
        view=view,
        one=one,
        job=evidence.running(view),
        path=[(name, evidence.passage(name, one.state, PATH)) for name in PATH],
        states=RELEASE.states,
        commands=RELEASE.commands,
        fields=evidence.fields(view),
        histogram=evidence.histogram(view),
        categories=tree(),
        policies=asker.desk.road.policies(),
        files=() if isinstance(files, tuple) and files and isinstance(files[0], Refusal) else files,
        history=history,
        names=people.names_of(asker.desk, {e.actor for e in history} | {one.owner}),  # type: ignore[union-attr]
        methods=evidence.methods(),
        off=one.state in (ReleaseState.RETURNED, ReleaseState.FAILED, ReleaseState.SUSPENDED, ReleaseState.WITHDRAWN),
    )
