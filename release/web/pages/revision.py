"""A steward's file and words: the first upload, another file, the next version, another description, the end of the
raw data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from release.desk import datasets, publication
from release.desk.datasets import Words
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.web.intake import Taken, take
from release.web.pages.answer import back, missing, page
from release.web.pages.sheet import sheet
from release.web.pages.visitor import Foreign, Visitor, form, from_here, required, sent_from_here, visitor
from release.web.rate import limited
from release.workflow.records import Release
from release.workflow.role import Role

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]
Refusals = tuple[Refusal, ...]


@ROUTER.get("/work/new")
def new(asker: Asker) -> Response:
    """The upload form."""
    return required(asker) or _new(asker, {}, ())


@ROUTER.post("/work/new", dependencies=[limited("upload")])
async def upload(asker: Asker, request: Request) -> Response:
    """Takes the file into the vault, encrypted, and starts its examination."""
    refused = datasets.may_upload(asker.desk, asker.actor)
    if refused:
        return required(asker) or _new(asker, {}, refused)

    def enter(taken: Taken) -> Release | Refusals:
        given = taken.fields
        return datasets.upload(
            asker.desk, asker.actor, taken.stored, taken.filename, _words(given), given.get("policy", "")
        )

    fields, made = await _enter(asker, request, enter)
    if isinstance(made, tuple):
        return await run_in_threadpool(_new, asker, fields, made)
    return back(f"/work/{made.id}", "uploaded")


@ROUTER.post("/work/{release}/file", dependencies=[limited("upload")])
async def replace(asker: Asker, release: str, request: Request) -> Response:
    """Another file for a version that is not published; everything begins again."""
    refused = datasets.may_upload(asker.desk, asker.actor, release_id=release)
    if refused:
        return required(asker) or sheet(asker, release, refused)

    def enter(taken: Taken) -> Release | Refusals:
        return datasets.replace(asker.desk, asker.actor, release, taken.stored, taken.filename)

    _, made = await _enter(asker, request, enter)
    if isinstance(made, tuple):
        return await run_in_threadpool(sheet, asker, release, made)
    return back(f"/work/{release}", "uploaded")


@ROUTER.post("/work/{release}/versions", dependencies=[limited("upload")])
async def new_version(asker: Asker, release: str, request: Request) -> Response:
    """The next version of the dataset of this release."""
    view = datasets.show_release(asker.desk, asker.actor, release)
    if isinstance(view, tuple):
        return required(asker) or missing(asker)
    dataset = view.release.dataset
    refused = datasets.may_upload(asker.desk, asker.actor, dataset_id=dataset)
    if refused:
        return sheet(asker, release, refused)

    def enter(taken: Taken) -> Release | Refusals:
        return datasets.new_version(asker.desk, asker.actor, dataset, taken.stored, taken.filename)

    _, made = await _enter(asker, request, enter)
    if isinstance(made, tuple):
        return await run_in_threadpool(sheet, asker, release, made)
    return back(f"/work/{made.id}", "uploaded")


@ROUTER.post("/work/{release}/describe")
def describe(asker: Asker, release: str, given: Form) -> Response:
    """Another title, description, keywords."""
    made = datasets.describe(asker.desk, asker.actor, release, _words(given))
    return sheet(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


@ROUTER.post("/work/{release}/destroy-raw")
def destroy_raw(asker: Asker, release: str, given: Form) -> Response:
    """Destroys the keys of the raw data and shows the certificate."""
    made = publication.destroy_raw(asker.desk, asker.actor, release, given.get("comment", ""))
    if isinstance(made, tuple):
        return sheet(asker, release, made)
    return page(asker, "certificate.html", certificate=made, release=release)


async def _enter(
    asker: Visitor, request: Request, enter: Callable[[Taken], Release | Refusals]
) -> tuple[Mapping[str, str], Release | Refusals]:
    """The form's words, and what ``enter`` makes of its file; what is wrong with it as refusals.

    The token stands in the same form as the file, so a file from elsewhere is known only once it is here: it is
    destroyed then.
    """
    from_here(request)
    try:
        taken = await take(request, asker.desk)
    except BadInput as error:
        return {}, (Refusal("input.file", error.message, remedy=error.remedy),)
    try:
        sent_from_here(request, taken.fields)
    except Foreign:
        asker.desk.vault.objects.shred(taken.stored.name)
        raise
    return taken.fields, await run_in_threadpool(enter, taken)


def _words(given: Mapping[str, str]) -> Words:
    """Title, description and keywords; keywords end at a comma or an enumeration comma."""
    said = given.get("keywords", "").replace("，", ",").replace("、", ",")
    keywords = tuple(dict.fromkeys(word.strip() for word in said.split(",") if word.strip()))
    return Words(given.get("title", ""), given.get("description", ""), keywords)


def _new(asker: Visitor, filled: Mapping[str, str], refusals: Refusals) -> Response:
    if not asker.actor.has(Role.STEWARD):
        return missing(asker)
    return page(asker, "upload.html", refusals=refusals, filled=filled, policies=asker.desk.road.policies())
