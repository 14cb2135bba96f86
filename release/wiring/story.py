"""The demo's workspace: made-up and openly licensed tables at every stage of the path, and people to look with.

Everything goes through the desk's own use cases and the worker's own jobs; nothing is written around them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from release.desk import access, datasets, people, planning, publication, review
from release.desk.datasets import Words
from release.desk.desk import Desk
from release.desk.jobs import run_job
from release.nouns.errors import ReleaseError
from release.samples import samples
from release.store import jobs
from release.workflow.records import Person, Release
from release.workflow.role import Actor, Role

PASSWORD = "sluice-demo-2026"  # noqa: S105 - of made-up people on a demo workspace, printed for whoever looks
T = TypeVar("T")
Tell = Callable[[str], None]

CAST = (
    ("steward", "李专员", "示例区民政局", (Role.STEWARD,)),
    ("reviewer", "王审核", "示例市大数据中心", (Role.REVIEWER,)),
    ("researcher", "赵研究员", "示例大学", (Role.REQUESTER,)),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One dataset of the demo and how far it has come."""

    sample: str
    title: str
    description: str
    keywords: tuple[str, ...]
    policy: str
    openness: str
    until: str


SCENES = (
    Scene("company", "企业登记信息", "企业名称、统一社会信用代码、注册资本等登记公示信息（生成的样例）。",
          ("企业", "市场监管"), "cn-shanghai-open-data", "unconditional", "published"),
    Scene("people", "常住人口登记信息", "人口登记样例（生成的样例，没有真人）。仅限研究申请使用。",
          ("人口", "民政"), "cn-shanghai-open-data", "conditional", "published"),
    Scene("us_legislators", "Members of the United States Congress", "Names, offices and accounts; CC0.",
          ("congress", "politics"), "cn-gbt-43697-2024", "unconditional", "submitted"),
    Scene("clinic", "Clinic visits", "A made-up table of visits, graded under HIPAA Safe Harbor.",
          ("health",), "us-hipaa-safe-harbor", "unconditional", "treated"),
    Scene("adult", "Adult census extract", "3,016 rows of UCI Adult, CC BY 4.0 (Becker and Kohavi 1996).",
          ("census", "income"), "cn-shanghai-open-data", "", "graded"),
)  # fmt: skip


def tell(desk: Desk, say: Tell) -> None:
    """Fills an empty workspace.  What is there already stays as it is."""
    cast = _people(desk)
    if datasets.list_releases(desk, cast["admin"]).total:
        say("the workspace has its datasets already")
        return
    with tempfile.TemporaryDirectory(prefix="sluice-demo-") as folder:
        for scene in SCENES:
            say(f"{scene.title}: {_play(desk, cast, scene, Path(folder))}")
    _apply(desk, cast)


def _people(desk: Desk) -> dict[str, Actor]:
    people.first_authority(desk, "admin", PASSWORD)
    admin = _sure(people.log_in(desk, "admin", PASSWORD)).person.actor()
    for login, name, organisation, roles in CAST:
        people.add_person(desk, admin, login, PASSWORD, name, organisation, roles)
    everyone = people.list_people(desk, admin)
    return {**{p.login: p.actor() for p in everyone if isinstance(p, Person)}, "admin": admin}


def _play(desk: Desk, cast: dict[str, Actor], scene: Scene, folder: Path) -> str:
    steward, reviewer = cast["steward"], cast["reviewer"]
    path = samples.write(scene.sample, folder)
    words = Words(scene.title, scene.description, scene.keywords)
    release = _sure(datasets.upload_file(desk, steward, path, words, scene.policy))
    steps: tuple[tuple[str, Callable[[], Release | tuple[object, ...]]], ...] = (
        ("planned", lambda: planning.make_plan(desk, steward, release.id, scene.openness)),
        ("treated", lambda: planning.start_treatment(desk, steward, release.id)),
        ("submitted", lambda: review.submit(desk, steward, release.id)),
        ("approved", lambda: review.approve(desk, reviewer, release.id, "证据充分，限值均已满足。")),
        ("published", lambda: publication.publish(desk, steward, release.id)),
    )
    _work_off(desk)
    for state, step in steps:
        if _state(desk, steward, release.id) == scene.until:
            break
        _sure(step())
        _work_off(desk)
        if _state(desk, steward, release.id) != state:
            break
    return _state(desk, steward, release.id)


def _apply(desk: Desk, cast: dict[str, Actor]) -> None:
    """One application that was granted; it shows what a requester sees."""
    views = datasets.list_releases(desk, cast["admin"], states=("published",)).items
    conditional = [r for r in views if r.openness == "conditional"]
    if not conditional:
        return
    answers = {"outputs": "论文一篇", "protection": "仅在校内服务器使用", "retention": "六个月后删除"}
    made = access.apply(
        desk, cast["researcher"], conditional[0].dataset, "人口老龄化与就业结构研究", answers, accept_terms=True
    )
    application = _sure(made)
    _sure(access.approve_application(desk, cast["reviewer"], application.id, "用途明确。"))
    _sure(access.grant(desk, cast["reviewer"], application.id, 90))


def _work_off(desk: Desk) -> None:
    while True:
        with desk.store.write() as work:
            job = jobs.claim(work, "demo", 600.0, desk.now())
        if job is None:
            return
        run_job(desk, job)


def _state(desk: Desk, actor: Actor, release: str) -> str:
    return _sure(datasets.show_release(desk, actor, release)).release.state.value


def _sure(made: T | tuple[object, ...]) -> T:
    if isinstance(made, tuple):
        raise ReleaseError(f"The demo stopped: {getattr(made[0], 'message', 'refused')}")
    return made
