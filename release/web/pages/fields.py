"""What people say of fields: one's history, disagreements, the labels of a workspace; newer packs and trainings."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from release.desk import datasets, dissents, gradings, history, labels, people, weights
from release.desk.history import Moment
from release.nouns.refusal import Refusal
from release.web.pages import evidence
from release.web.pages.answer import back, missing, page
from release.web.pages.overseer import MACHINES
from release.web.pages.sheet import sheet
from release.web.pages.visitor import Visitor, count, form, required, visitor
from release.workflow.labelling import LABEL
from release.workflow.records import Ranker
from release.workflow.regrading import REGRADING
from release.workflow.role import LABELS, SYSTEM, Role
from release.workflow.training import TRAINING

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]
Refusals = tuple[Refusal, ...]
WORKERS = (Role.STEWARD, Role.REVIEWER, Role.AUTHORITY)
STEP = 20


@ROUTER.get("/work/{release}/field")
def field(asker: Asker, release: str, name: str = "") -> Response:
    """One field: what it is said to be, and who or what said so when, in which version."""
    view = datasets.show_release(asker.desk, asker.actor, release)
    found = history.of_field(asker.desk, asker.actor, release, name)
    if isinstance(view, tuple) or not found or isinstance(found[0], Refusal):
        return required(asker) or missing(asker)
    shown = next((f for f in evidence.fields(view) if f["finding"]["field"] == name), None)
    if shown is None:
        return missing(asker)
    return page(
        asker,
        "field.html",
        one=view.release,
        f=shown,
        moments=[moment for moment in found if isinstance(moment, Moment)],
        commands={command: said for machine in MACHINES for command, said in machine.commands.items()},
        system=SYSTEM.id,
        system_name=asker.pick(LABELS[Role.SYSTEM]),
    )


@ROUTER.post("/work/{release}/dissent")
def dissent(asker: Asker, release: str, given: Form) -> Response:
    """A reviewer holds another category, or another level, for a field."""
    scale, _, level = given.get("grade", "").partition("=")
    made = dissents.dissent(
        asker.desk,
        asker.actor,
        release,
        given.get("field", ""),
        given.get("reason", ""),
        given.get("category", ""),
        scale,
        level,
    )
    return sheet(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


@ROUTER.post("/work/{release}/dissents/{one}/{end}")
def settle(asker: Asker, release: str, one: str, end: str, given: Form) -> Response:
    """Retracts or overrules a disagreement."""
    ends = {"retract": dissents.retract, "overrule": dissents.overrule}
    if end not in ends:
        return missing(asker)
    made = ends[end](asker.desk, asker.actor, one, given.get("comment", ""))
    return sheet(asker, release, made) if isinstance(made, tuple) else back(f"/work/{release}", "saved")


@ROUTER.get("/words")
def words(asker: Asker, offset: str = "") -> Response:
    """What people said of fields, and the ranker that learned from it."""
    return required(asker) or _words(asker, (), count(offset))


@ROUTER.post("/words/retrain")
def retrain(asker: Asker, given: Form) -> Response:
    """Trains the ranker in the background."""
    made = weights.ask(asker.desk, asker.actor)
    return _words(asker, made) if isinstance(made, tuple) else back("/words", "queued")


@ROUTER.post("/words/revert")
def revert(asker: Asker, given: Form) -> Response:
    """Sets the trained weights aside."""
    made = weights.revert(asker.desk, asker.actor, given.get("comment", ""))
    return _words(asker, made) if isinstance(made, tuple) else back("/words", "saved")


@ROUTER.post("/words/{label}/{end}")
def second(asker: Asker, label: str, end: str, given: Form) -> Response:
    """Confirms or removes a label."""
    ends = {"confirm": labels.confirm_label, "remove": labels.remove_label}
    if end not in ends:
        return missing(asker)
    made = ends[end](asker.desk, asker.actor, label, given.get("comment", ""))
    return _words(asker, made) if isinstance(made, tuple) else back("/words", "saved")


@ROUTER.get("/regradings")
def regradings(asker: Asker, offset: str = "") -> Response:
    """What newer packs change in the grades of releases, and what follows."""
    return required(asker) or _regradings(asker, (), count(offset))


@ROUTER.post("/regradings")
def regrade(asker: Asker, given: Form) -> Response:
    """Grades the catalogue again in the background."""
    made = gradings.ask(asker.desk, asker.actor, given.get("policy", ""))
    return _regradings(asker, made) if isinstance(made, tuple) else back("/regradings", "queued")


@ROUTER.post("/regradings/{one}/close")
def close(asker: Asker, one: str, given: Form) -> Response:
    """Somebody looked at it."""
    made = gradings.close(asker.desk, asker.actor, one, given.get("comment", ""))
    return _regradings(asker, made) if isinstance(made, tuple) else back("/regradings", "saved")


def _words(asker: Visitor, refusals: Refusals, offset: int = 0) -> Response:
    if not any(asker.actor.has(role) for role in WORKERS):
        return missing(asker)
    found = labels.list_labels(asker.desk, asker.actor, offset, STEP)
    trained = [one for one in weights.versions(asker.desk, asker.actor) if isinstance(one, Ranker)]
    return page(
        asker,
        "words.html",
        refusals=refusals,
        found=found,
        may={one.id: labels.commands_for(asker.actor, one) for one in found.items},
        states=LABEL.states,
        commands=LABEL.commands,
        trained=trained,
        training=TRAINING,
        administers=asker.actor.has(Role.AUTHORITY),
        used=next((one for one in trained if one.state == "in-use"), None),
        busy=any(one.state == "training" for one in trained),
    )


def _regradings(asker: Visitor, refusals: Refusals, offset: int = 0) -> Response:
    if not any(asker.actor.has(role) for role in WORKERS):
        return missing(asker)
    found = gradings.list_views(asker.desk, asker.actor, offset, STEP)
    administers = asker.actor.has(Role.AUTHORITY)
    values: dict[str, Any] = {
        "found": found,
        "states": REGRADING.states,
        "policies": asker.desk.road.policies(),
        "administers": administers,
        "names": people.names_of(asker.desk, {view.regrading.settled_by for view in found.items}),
        "stale": len(gradings.stale(asker.desk)) if administers else 0,
    }
    return page(asker, "regradings.html", refusals=refusals, **values)
