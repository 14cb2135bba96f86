"""The sheet of one release: where it stands, its evidence, and what this visitor can do to it now."""

from __future__ import annotations

from fastapi.responses import Response

from classifiers.category import tree
from release.desk import audit, datasets, dissents, download, people
from release.desk.datasets import ReleaseView
from release.nouns.refusal import Refusal
from release.web.pages import evidence
from release.web.pages.answer import missing, page
from release.web.pages.visitor import Visitor
from release.workflow.dissenting import DISSENT
from release.workflow.records import Entry, PackageFile, Release
from release.workflow.releasing import RELEASE, ReleaseState
from release.workflow.role import LABELS, SYSTEM, Role

PATH = ("draft", "graded", "planned", "treated", "submitted", "approved", "published")
SHELVED = (ReleaseState.PUBLISHED, ReleaseState.SUSPENDED, ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN)


def sheet(asker: Visitor, release: str, refusals: tuple[Refusal, ...] = ()) -> Response:
    """The page; the one for what is not there to whoever may not see the release."""
    view = datasets.show_release(asker.desk, asker.actor, release)
    if isinstance(view, tuple):
        return missing(asker)
    one = view.release
    history = _history(asker, release)
    versions = _versions(asker, one)
    reviewers = {review.reviewer for review in view.reviews}
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
        standing=evidence.standing(view),
        fields=evidence.fields(view),
        levels=(view.report or {}).get("levels", {}),
        kept=(view.report or {}).get("utility", {}).get("values", {}),
        histogram=evidence.histogram(view),
        categories=tree(),
        policies=asker.desk.road.policies(),
        files=_files(asker, release),
        history=history,
        versions=versions,
        may_continue=_may_continue(asker, view, versions),
        names={
            **people.names_of(
                asker.desk, {entry.actor for entry in history} | {one.owner} | reviewers | _talking(view)
            ),
            SYSTEM.id: asker.pick(LABELS[Role.SYSTEM]),
        },
        methods=evidence.methods(),
        dissents=[(one, dissents.commands_for(asker.actor, view.release, one)) for one in view.dissents],
        dissent_states=DISSENT.states,
        dissent_commands=DISSENT.commands,
        may_dissent=dissents.may_dissent(asker.actor, one),
        regradings=view.regradings,
        grade_levels=_grade_levels(asker, one),
    )


def _talking(view: ReleaseView) -> set[str]:
    """Whoever disagreed, or settled it."""
    return {id_ for one in view.dissents for id_ in (one.reviewer, one.settled_by) if id_}


def _grade_levels(asker: Visitor, release: Release) -> list[tuple[str, str]]:
    """(scale, level) that a disagreement may name."""
    road = asker.desk.road
    return [(scale, level) for scale in road.scales(release.policy) for level in road.levels(release.policy, scale)]


def _history(asker: Visitor, release: str) -> list[Entry]:
    found = audit.history(asker.desk, asker.actor, release)
    return [entry for entry in found if isinstance(entry, Entry)]


def _files(asker: Visitor, release: str) -> list[PackageFile]:
    found = download.evidence_files(asker.desk, asker.actor, release)
    return [file for file in found if isinstance(file, PackageFile)]


def _versions(asker: Visitor, release: Release) -> list[Release]:
    found = datasets.versions(asker.desk, asker.actor, release.dataset)
    return [version for version in found if isinstance(version, Release)]


def _may_continue(asker: Visitor, view: ReleaseView, versions: list[Release]) -> bool:
    """Whether this is the last version, its way is over, and the visitor may bring the next one."""
    one = view.release
    if one.state not in SHELVED or not versions or versions[0].id != one.id:
        return False
    return not datasets.may_upload(asker.desk, asker.actor, dataset_id=one.dataset)
