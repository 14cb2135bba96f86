"""What people say of fields: labels and their second person, disagreements, histories; and what newer packs and
trainings make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from release.desk import dissents, gradings, history, labels, weights
from release.web.api.catalogue import Limit, Offset
from release.web.api.releases import Comment
from release.web.api.said import (
    DissentOut,
    LabelOut,
    LabelPage,
    MomentOut,
    RankerOut,
    RegradingOut,
    RegradingPage,
    dissent_out,
    label_out,
    labels_out,
    moment_out,
    ranker_out,
    regrading_out,
    regradings_out,
)
from release.web.api.shapes import JobOut, job_out
from release.web.identity import AnyDesk, SignedIn, given

ROUTER = APIRouter(prefix="/api/v1", tags=["fields"])


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a reviewer holds of a field: a category, or a level of a scale, and why."""

    field: str
    reason: str
    category: str = ""
    scale: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class RoundWish:
    """Which pack's datasets to grade again; all when empty."""

    policy: str = ""


@ROUTER.get("/releases/{release}/history", operation_id="field_history")
def field_history(
    release: str, desk: AnyDesk, actor: SignedIn, field: Annotated[str, Query(min_length=1, max_length=1000)]
) -> tuple[MomentOut, ...]:
    """Who or what said when what a field is, and in which version."""
    return tuple(moment_out(one) for one in given(history.of_field(desk, actor, release, field), actor))


@ROUTER.get("/releases/{release}/disagreements", operation_id="list_disagreements")
def list_disagreements(release: str, desk: AnyDesk, actor: SignedIn) -> tuple[DissentOut, ...]:
    """Where reviewers and steward disagree, settled ones included."""
    return tuple(dissent_out(one) for one in given(dissents.of_release(desk, actor, release), actor))


@ROUTER.post("/releases/{release}/disagreements", operation_id="disagree", status_code=201)
def disagree(release: str, body: Disagreement, desk: AnyDesk, actor: SignedIn) -> DissentOut:
    """A reviewer holds something else; nobody approves until it is settled."""
    made = dissents.dissent(desk, actor, release, body.field, body.reason, body.category, body.scale, body.level)
    return dissent_out(given(made, actor))


@ROUTER.post("/disagreements/{disagreement}/retract", operation_id="retract_disagreement")
def retract(disagreement: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> DissentOut:
    """The reviewer takes it back."""
    return dissent_out(given(dissents.retract(desk, actor, disagreement, body.comment), actor))


@ROUTER.post("/disagreements/{disagreement}/overrule", operation_id="overrule_disagreement")
def overrule(disagreement: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> DissentOut:
    """A third person decides against it."""
    return dissent_out(given(dissents.overrule(desk, actor, disagreement, body.comment), actor))


@ROUTER.get("/labels", operation_id="list_labels")
def list_labels(desk: AnyDesk, actor: SignedIn, offset: Offset = 0, limit: Limit = 20) -> LabelPage:
    """What people said of fields, by schema: labelled evidence."""
    return labels_out(labels.list_labels(desk, actor, offset, limit))


@ROUTER.post("/labels/{label}/confirm", operation_id="confirm_label")
def confirm(label: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> LabelOut:
    """A second person says the same; the label then holds against what a checksum proves."""
    return label_out(given(labels.confirm_label(desk, actor, label, body.comment), actor))


@ROUTER.post("/labels/{label}/remove", operation_id="remove_label")
def remove(label: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> LabelOut:
    """Takes a label back for the next table."""
    return label_out(given(labels.remove_label(desk, actor, label, body.comment), actor))


@ROUTER.get("/regradings", operation_id="list_regradings")
def list_regradings(desk: AnyDesk, actor: SignedIn, offset: Offset = 0, limit: Limit = 20) -> RegradingPage:
    """What newer packs changed in the grades of releases, and what followed."""
    return regradings_out(gradings.list_regradings(desk, actor, offset, limit))


@ROUTER.post("/regradings", operation_id="regrade", status_code=202)
def regrade(body: RoundWish, desk: AnyDesk, actor: SignedIn) -> JobOut:
    """Grades the catalogue again under the packs as they are now; for the authority."""
    return job_out(given(gradings.ask(desk, actor, body.policy), actor))


@ROUTER.post("/regradings/{regrading}/close", operation_id="close_regrading")
def close(regrading: str, body: Comment, desk: AnyDesk, actor: SignedIn) -> RegradingOut:
    """Somebody looked at it; nothing goes back on the shelf by this."""
    return regrading_out(given(gradings.close(desk, actor, regrading, body.comment), actor))


@ROUTER.get("/rankers", operation_id="list_rankers")
def list_rankers(desk: AnyDesk, actor: SignedIn) -> tuple[RankerOut, ...]:
    """Every training of the ranker, newest first."""
    return tuple(ranker_out(one) for one in given(weights.versions(desk, actor), actor))


@ROUTER.post("/rankers", operation_id="retrain", status_code=202)
def retrain(desk: AnyDesk, actor: SignedIn) -> RankerOut:
    """Trains the ranker from every label in force, in the background; for the authority."""
    return ranker_out(given(weights.ask(desk, actor), actor))


@ROUTER.post("/rankers/revert", operation_id="revert_ranker")
def revert(body: Comment, desk: AnyDesk, actor: SignedIn) -> tuple[RankerOut, ...]:
    """Sets the weights in use aside; answers with what is in use then (nothing: the weights that ship)."""
    made = given(weights.revert(desk, actor, body.comment), actor)
    return (ranker_out(made),) if made is not None else ()
