"""Takes the pictures of docs/pictures from a running service, and with ``--all DIR`` every page for looking at.

    .venv/bin/python -m tests.web.pictures [--all DIR]

Chromium, 1280 pixels wide, on made-up people; nothing in the pictures is drawn by hand.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from release.desk import access, datasets, people, planning, publication, review
from release.desk.datasets import Words
from release.desk.desk import Desk
from release.desk.jobs import run_job
from release.samples.samples import write
from release.store import jobs
from release.workflow.records import Application, Release
from release.workflow.role import Actor
from tests.web.small_png import shrink
from tests.web.stage import PASSWORD, register, serving, settle

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]
PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
SAID = {
    "open": ("常住人口登记抽样", "抽取的人口登记样例（生成的数据，没有真人）。每季度更新。", ("人口", "民政")),
    "conditional": ("婚姻登记明细", "按人的婚姻登记样例（生成的数据），仅限研究申请使用。", ("婚姻", "民政")),
    "english": ("Register of residents", "A made-up register of residents: sex, ethnicity, education.", ("people",)),
    "waiting": ("文化程度调查", "等待审核的样例。", ("教育",)),
}


def main(folder: Path | None) -> None:
    """Makes the service, lets it be looked at."""
    with tempfile.TemporaryDirectory() as room:
        desk = settle(Path(room) / "home")
        made = furnish(desk, Path(room))
        with serving(desk) as stage, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            if folder is not None:
                look_at_everything(browser, stage.address, made, folder)
            else:
                keep_three(browser, stage.address, made)
            browser.close()


def furnish(desk: Desk, room: Path) -> dict[str, str]:
    """Datasets at several stages."""
    who = {login: actor(desk, login) for login in ("steward", "reviewer", "requester")}
    table = register(room / "人口登记.csv")
    made: dict[str, str] = {}
    for name, (title, description, keywords) in SAID.items():
        openness = "conditional" if name == "conditional" else "unconditional"
        words = Words(title, description, keywords)
        release = brought(desk, who["steward"], table, words, openness)
        made[name] = release.id
        if name == "waiting":
            continue
        approved = review.approve(desk, who["reviewer"], release.id, "分级、抑制比例和等价类都合适。")
        assert isinstance(approved, Release), approved
        published = publication.publish(desk, who["steward"], release.id)
        assert isinstance(published, Release), published
        made[f"{name}-dataset"] = published.dataset
    sent = access.apply(
        desk,
        who["requester"],
        made["conditional-dataset"],
        "研究婚姻登记与受教育程度的关系。",
        {"outputs": "一篇论文", "protection": "只在内网计算"},
        accept_terms=True,
    )
    assert isinstance(sent, Application), sent
    made["application"] = sent.id
    fresh = datasets.upload_file(desk, who["steward"], write("adult", room), Words("Adult census extract"))
    assert isinstance(fresh, Release)
    work(desk)
    made["graded"] = fresh.id
    return made


def brought(desk: Desk, steward: Actor, table: Path, words: Words, openness: str) -> Release:
    """A submitted release."""
    release = datasets.upload_file(desk, steward, table, words)
    assert isinstance(release, Release)
    work(desk)
    for step in (
        lambda: planning.make_plan(desk, steward, release.id, openness),
        lambda: planning.start_treatment(desk, steward, release.id),
        lambda: review.submit(desk, steward, release.id),
    ):
        moved = step()
        assert isinstance(moved, Release), moved
        work(desk)
    return moved


def work(desk: Desk) -> None:
    """Does what is queued."""
    while True:
        with desk.store.write() as unit:
            job = jobs.claim(unit, "pictures", 60.0, desk.now())
        if job is None:
            return
        run_job(desk, job)


def actor(desk: Desk, login: str) -> Actor:
    """Somebody of the cast."""
    session = people.log_in(desk, login, PASSWORD)
    assert not isinstance(session, tuple)
    return session.person.actor()


def enter(
    browser: Any, address: str, login: str = "", width: int = 1280, tongue: str = "zh-CN", scheme: str = "light"
) -> Page:
    """A browser of somebody's own."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, locale=tongue, color_scheme=scheme
    )
    page: Page = context.new_page()
    if login:
        page.goto("/login")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.locator("form[action='/login'] button").click()
        page.wait_for_url("**/")
    return page


def keep_three(browser: Any, address: str, made: dict[str, str]) -> None:
    """home.png and release.png in Chinese, dataset.png in English."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = enter(browser, address)
    page.goto("/")
    page.screenshot(path=PICTURES / "home.png")
    page = enter(browser, address, "reviewer")
    page.goto(f"/work/{made['waiting']}")
    page.set_viewport_size({"width": 1280, "height": 1640})
    page.screenshot(path=PICTURES / "release.png")
    page = enter(browser, address, tongue="en-GB")
    page.goto(f"/datasets/{made['english-dataset']}")
    page.set_viewport_size({"width": 1280, "height": 1130})
    page.screenshot(path=PICTURES / "dataset.png")
    for name in ("home", "release", "dataset"):
        shrink(PICTURES / f"{name}.png")


def look_at_everything(browser: Any, address: str, made: dict[str, str], folder: Path) -> None:
    """Every page, wide and narrow, in both languages, and some in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    looks = (
        ("", "home", "/"),
        ("", "none", "/?q=nothing"),
        ("", "login", "/login"),
        ("", "terms", "/terms"),
        ("", "dataset", f"/datasets/{made['open-dataset']}"),
        ("requester", "conditional", f"/datasets/{made['conditional-dataset']}"),
        ("requester", "apply", f"/datasets/{made['conditional-dataset']}/apply"),
        ("requester", "applications", "/applications"),
        ("requester", "account", "/account"),
        ("steward", "work", "/work"),
        ("steward", "upload", "/work/new"),
        ("steward", "graded", f"/work/{made['graded']}"),
        ("steward", "published", f"/work/{made['open']}"),
        ("reviewer", "review", "/review"),
        ("reviewer", "waiting", f"/work/{made['waiting']}"),
        ("reviewer", "application", f"/applications/{made['application']}"),
        ("authority", "people", "/people"),
        ("authority", "journal", "/journal"),
        ("authority", "missing", "/work/none"),
    )
    for width, tongue, scheme in ((1280, "zh-CN", "light"), (390, "zh-CN", "light"), (1280, "en-GB", "dark"),
                                  (390, "en-GB", "light")):  # fmt: skip
        pages = {who: enter(browser, address, who, width, tongue, scheme) for who in {look[0] for look in looks}}
        for who, name, path in looks:
            page = pages[who]
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            if wide:
                print(f"{name} {tongue} {width}: wider than the window", file=sys.stderr)
            page.screenshot(path=folder / f"{name}-{width}-{tongue[:2]}.png", full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[2]) if sys.argv[1:2] == ["--all"] else None)
