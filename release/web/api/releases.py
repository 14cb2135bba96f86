"""A release on its way: upload, correct, plan, treat, submit, review, publish; one route per command of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from release.desk import audit, datasets, download, grading, jobs, planning, publication, review
from release.desk.datasets import Words
from release.desk.desk import Refusals
from release.nouns.openness import Openness
from release.web.api.catalogue import Limit, Offset
from release.web.api.shapes import (
    EntryOut,
    FileOut,
    JobOut,
    ReleaseDetail,
    ReleaseOut,
    ReleasePage,
    detail_out,
    entry_out,
    job_out,
    release_out,
    releases_out,
)
from release.web.identity import AnyDesk, SignedIn, given
from release.web.intake import Taken, take
from release.web.problem import Refused
from release.web.rate import limited
from release.web.send import send
from release.workflow.releasing import ReleaseState
from release.workflow.role import Actor

ROUTER = APIRouter(prefix="/api/v1", tags=["releases"])


@dataclass(frozen=True, slots=True)
class Description:
    """Other words for a release."""

    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a field is, and why; an empty category takes a correction back."""

    field: str
    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanWish:
    """For whom to plan, under which policy; ``search`` holds members of a job file's ``[search]`` table."""

    openness: Openness
    policy: str = ""
    search: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comment:
    """A reason."""

    comment: str = ""


@dataclass(frozen=True, slots=True)
class CertificateOut:
    """Proof that raw data were destroyed."""

    words: str
    signature: str
    public_key: str


@ROUTER.post("/datasets", operation_id="upload_dataset", status_code=201, dependencies=[limited("upload")])
async def upload_dataset(request: Request, response: Response, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Uploads a table as a new dataset: multipart/form-data with one file, or the raw file as the body with
    ``?filename=&title=``.  The examination starts at once."""
    taken, said = await _taken(request, desk, actor, datasets.may_upload(desk, actor))
    words = Words(said.get("title", ""), said.get("description", ""), _keywords(said.get("keywords", "")))
    made = await run_in_threadpool(
        datasets.upload, desk, actor, taken.stored, taken.filename, words, said.get("policy", "")
    )
    return _created(response, given(made, actor))


@ROUTER.post(
    "/datasets/{dataset}/versions", operation_id="upload_version", status_code=201, dependencies=[limited("upload")]
)
async def upload_version(
    dataset: str, request: Request, response: Response, desk: AnyDesk, actor: SignedIn
) -> ReleaseOut:
    """Uploads the next version of a dataset."""
    taken, _ = await _taken(request, desk, actor, datasets.may_upload(desk, actor, dataset_id=dataset))
    made = await run_in_threadpool(datasets.new_version, desk, actor, dataset, taken.stored, taken.filename)
    return _created(response, given(made, actor))


@ROUTER.get("/datasets/{dataset}/versions", operation_id="list_versions")
def list_versions(dataset: str, desk: AnyDesk, actor: SignedIn) -> tuple[ReleaseOut, ...]:
    """All versions of a dataset that the asker may see, newest first."""
    return tuple(release_out(r) for r in given(datasets.versions(desk, actor, dataset), actor))


@ROUTER.get("/releases", operation_id="list_releases")
def list_releases(
    desk: AnyDesk,
    actor: SignedIn,
    state: Annotated[list[ReleaseState] | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    offset: Offset = 0,
    limit: Limit = 20,
) -> ReleasePage:
    """Releases that the asker works on."""
    return releases_out(datasets.list_releases(desk, actor, state or (), q, offset, limit))


@ROUTER.get("/reviews", operation_id="review_queue")
def review_queue(
    desk: AnyDesk,
    actor: SignedIn,
    state: Annotated[list[ReleaseState] | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> ReleasePage:
    """What waits for reviewers."""
    return releases_out(review.review_queue(desk, actor, tuple(state or ()), offset, limit))


@ROUTER.get("/releases/{release}", operation_id="show_release")
def show_release(release: str, desk: AnyDesk, actor: SignedIn) -> ReleaseDetail:
    """A release with its evidence."""
    return detail_out(given(datasets.show_release(desk, actor, release), actor))


@ROUTER.get("/releases/{release}/journal", operation_id="release_journal")
def release_journal(release: str, desk: AnyDesk, actor: SignedIn) -> tuple[EntryOut, ...]:
    """What happened to a release."""
    return tuple(entry_out(e) for e in given(audit.history(desk, actor, release), actor))


@ROUTER.get("/releases/{release}/files", operation_id="evidence_files")
def evidence_files(release: str, desk: AnyDesk, actor: SignedIn) -> tuple[FileOut, ...]:
    """Every file of the produced package, the reviewers' included."""
    found = given(download.evidence_files(desk, actor, release), actor)
    base = f"/api/v1/releases/{release}/files"
    return tuple(FileOut(f.name, f.size, f.sha256, f.media_type, f"{base}/{f.name}", True) for f in found)


@ROUTER.get("/releases/{release}/files/{name:path}", operation_id="evidence_file", response_class=Response)
def evidence_file(release: str, name: str, request: Request, desk: AnyDesk, actor: SignedIn) -> Response:
    """A file of the produced package."""
    answer = send(request, given(download.open_evidence(desk, actor, release, name), actor))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@ROUTER.put("/releases/{release}/file", operation_id="replace_file", dependencies=[limited("upload")])
async def replace_file(release: str, request: Request, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Other bytes: everything begins again, the review too."""
    taken, _ = await _taken(request, desk, actor, datasets.may_upload(desk, actor, release_id=release))
    made = await run_in_threadpool(datasets.replace, desk, actor, release, taken.stored, taken.filename)
    return release_out(given(made, actor))


@ROUTER.put("/releases/{release}/description", operation_id="describe")
def describe(release: str, body: Description, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Other words; a treated release must be treated again, because they stand in the package."""
    words = Words(body.title, body.description, body.keywords)
    return release_out(given(datasets.describe(desk, actor, release, words), actor))


@ROUTER.post("/releases/{release}/override", operation_id="override")
def override(release: str, body: Correction, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Corrects the category of a field, with a reason."""
    made = grading.override(desk, actor, release, body.field, body.category, body.reason)
    return release_out(given(made, actor))


@ROUTER.post("/releases/{release}/make-plan", operation_id="make_plan")
def make_plan(release: str, body: PlanWish, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Asks for a plan; it (or its refusals) is on the release when the job is done."""
    made = planning.make_plan(desk, actor, release, body.openness, body.policy, body.search)
    return release_out(given(made, actor))


@ROUTER.post("/releases/{release}/start-treatment", operation_id="start_treatment")
def start_treatment(release: str, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Asks for the treated and verified package."""
    return release_out(given(planning.start_treatment(desk, actor, release), actor))


@ROUTER.post("/releases/{release}/retry", operation_id="retry")
def retry(release: str, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Examines the same bytes once more."""
    return release_out(given(datasets.retry(desk, actor, release), actor))


@ROUTER.post("/releases/{release}/submit", operation_id="submit")
def submit(release: str, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Hands the release to the reviewers."""
    return release_out(given(review.submit(desk, actor, release), actor))


@ROUTER.post("/releases/{release}/approve", operation_id="approve")
def approve(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Approves; refused to whoever had a hand in it."""
    return release_out(given(review.approve(desk, actor, release, body.comment), actor))


@ROUTER.post("/releases/{release}/return", operation_id="return_release")
def return_release(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Sends back, with a reason."""
    return release_out(given(review.return_release(desk, actor, release, body.comment), actor))


@ROUTER.post("/releases/{release}/publish", operation_id="publish")
def publish(release: str, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Puts an approved release on the shelf."""
    return release_out(given(publication.publish(desk, actor, release), actor))


@ROUTER.post("/releases/{release}/suspend", operation_id="suspend")
def suspend(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Takes it off the shelf for now."""
    return release_out(given(publication.suspend(desk, actor, release, body.comment), actor))


@ROUTER.post("/releases/{release}/resume", operation_id="resume")
def resume(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Puts it back, unchanged."""
    return release_out(given(publication.resume(desk, actor, release, body.comment), actor))


@ROUTER.post("/releases/{release}/withdraw", operation_id="withdraw")
def withdraw(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> ReleaseOut:
    """Takes it back for good."""
    return release_out(given(publication.withdraw(desk, actor, release, body.comment), actor))


@ROUTER.post("/releases/{release}/destroy-raw", operation_id="destroy_raw")
def destroy_raw(release: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> CertificateOut:
    """Destroys the keys of the raw data, with a certificate."""
    made = given(publication.destroy_raw(desk, actor, release, body.comment), actor)
    return CertificateOut(made.words, made.signature, made.public_key)


@ROUTER.get("/jobs/{job}", operation_id="show_job")
def show_job(job: str, desk: AnyDesk, actor: SignedIn) -> JobOut:
    """How far a job is."""
    return job_out(given(jobs.show_job(desk, actor, job), actor))


@ROUTER.post("/jobs/{job}/cancel", operation_id="cancel_job")
def cancel_job(job: str, desk: AnyDesk, actor: SignedIn) -> JobOut:
    """Stops the work for a release one has a hand in."""
    return job_out(given(jobs.cancel_job(desk, actor, job), actor))


async def _taken(request: Request, desk: AnyDesk, actor: Actor, refused: Refusals) -> tuple[Taken, dict[str, str]]:
    """The upload with its fields; who may not upload is told before a byte is read."""
    if refused:
        raise Refused(refused, anonymous=not actor.id)
    taken = await take(request, desk)
    return taken, {**request.query_params, **taken.fields}


def _keywords(text: str) -> tuple[str, ...]:
    words = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(word.strip() for word in words if word.strip())


def _created(response: Response, release: Any) -> ReleaseOut:
    response.headers["Location"] = f"/api/v1/releases/{release.id}"
    return release_out(release)
