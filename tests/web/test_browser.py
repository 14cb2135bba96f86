"""The whole road in a real Chromium: a steward, a reviewer, a requester and nobody in particular."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.stage import COLUMNS, PASSWORD, Stage, register, serving, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 45_000


def absent(why: str) -> None:
    """Skips, or fails where a browser must be there."""
    if os.environ.get("SLUICE_REQUIRE_BROWSER") == "1":
        pytest.fail(f"a browser is required: {why}")
    pytest.skip(f"no browser for this test: {why}")


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:  # noqa: F821, UP037 - only known once Playwright is there
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        absent("install Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("install playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with serving(settle(tmp_path_factory.mktemp("home"))) as running:
        yield running


class Person:
    """Somebody with a browser of their own.  Dialogs, errors in the console and broken policies are failures."""

    def __init__(self, chromium, stage: Stage, login: str = "") -> None:
        self.context = chromium.new_context(base_url=stage.address, locale="en-GB", accept_downloads=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.troubles: list[str] = []
        self.page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("console", self._hear)
        if login:
            self.page.goto("/login")
            self.page.fill("#login", login)
            self.page.fill("#password", PASSWORD)
            self.press("Sign in")
            self.page.wait_for_url("**/")

    def _hear(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def unfold(self, name: str) -> None:
        self.page.locator("summary", has_text=re.compile(f"^{name}$")).click()

    def standing(self, state: str) -> None:
        """Waits for the state beside the title; htmx reloads the page when a job has ended."""
        from playwright.sync_api import TimeoutError as Waited

        try:
            self.page.locator("header.head .tag", has_text=re.compile(f"^{state}$")).wait_for()
        except Waited:
            pytest.fail(f"never {state}: {self.page.locator('main').inner_text()[:1500]}")

    def post(self, path: str, **fields: str) -> int:
        """What a hand-made form would get: the right token and origin, but no button."""
        token = self.page.locator("input[name=csrf]").first.get_attribute("value")
        origin = self.page.evaluate("location.origin")
        answer = self.context.request.post(path, form={"csrf": token, **fields}, headers={"origin": origin})
        return answer.status

    def fetch(self, link: str, folder: Path) -> Path:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link, exact=True).click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def leave(self) -> None:
        self.context.close()
        assert not self.troubles, self.troubles


@pytest.fixture
def cast(chromium, stage: Stage) -> Iterator:
    came: list[Person] = []

    def enter(login: str = "") -> Person:
        came.append(Person(chromium, stage, login))
        return came[-1]

    yield enter
    for person in came:
        person.leave()


def brought(steward: Person, table: Path, title: str, openness: str) -> str:
    """Upload → graded → planned → treated → submitted; the address of the release."""
    page = steward.page
    page.goto("/work/new")
    page.set_input_files("#file", table)
    page.fill("#title", title)
    page.fill("#keywords", "people, register")
    steward.press("Upload")
    steward.standing("classified and graded")
    for column in COLUMNS:
        assert page.get_by_role("rowheader", name=column).count() == 1
    page.select_option("#openness", openness)
    steward.press("Make a plan")
    steward.standing("planned")
    steward.press("Start the treatment")
    steward.standing("treated and verified")
    assert page.get_by_text("✓ holds").count() > 3
    assert page.get_by_text("✗ breach").count() == 0
    steward.press("Submit for review")
    steward.standing("under review")
    return page.url.partition("?")[0]


def let_out(cast, address: str, steward: Person) -> None:
    """A second person approves, the steward publishes."""
    reviewer = cast("reviewer")
    reviewer.page.goto("/review")
    reviewer.page.goto(address)
    reviewer.page.fill("#c-approve", "Looks sound.")
    reviewer.press("Approve")
    reviewer.standing("approved")
    steward.page.goto(address)
    steward.press("Publish")
    steward.standing("published")


def test_open_data_go_out_to_nobody_in_particular(cast, tmp_path: Path) -> None:
    table = register(tmp_path / "register.csv")
    steward = cast("both")  # a steward who is a reviewer too, and still may not approve this
    address = brought(steward, table, "Open register", "unconditional")
    assert steward.page.get_by_role("button", name="Approve", exact=True).count() == 0
    assert steward.post(f"{address}/approve", comment="mine") == 409
    steward.page.goto(address)
    steward.standing("under review")
    visitor = cast()
    assert visitor.context.request.get(f"{address}/files/data/register.csv", max_redirects=0).status in (303, 404)
    let_out(cast, address, steward)

    visitor.page.goto("/?q=register")
    visitor.page.get_by_role("link", name="Open register").click()
    visitor.sees("How safe is it")
    got = visitor.fetch("data/register.csv", tmp_path)
    assert got.name.startswith("Open register v1")
    with got.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert set(rows[0]) < set(COLUMNS) and not {"姓名", "身份证号", "手机号"} & set(rows[0])
    assert len(rows) > 1000
    raw = table.read_text(encoding="utf-8").splitlines()[1:]
    names = {line.split(",")[1].strip('"') for line in raw}
    assert not names & {cell for row in rows[1:] for cell in row}
    visitor.page.get_by_role("link", name="Read the whole report").click()
    visitor.page.wait_for_load_state()
    assert visitor.page.url.endswith("report.html")
    assert visitor.page.evaluate("self.origin") == "null"  # the sandbox: it is not of the service's origin


def test_conditional_data_go_to_who_was_let_in_and_stop_when_revoked(cast, tmp_path: Path) -> None:
    steward = cast("steward")
    address = brought(steward, register(tmp_path / "members.csv"), "Closed register", "conditional")
    let_out(cast, address, steward)
    visitor = cast()
    visitor.page.goto("/?q=closed")
    visitor.page.get_by_role("link", name="Closed register").click()
    dataset = visitor.page.url
    file = f"{dataset}/files/data/members.csv"
    visitor.sees("for those who were granted access")
    assert visitor.page.get_by_role("link", name="data/members.csv", exact=True).count() == 0
    assert visitor.context.request.get(file).status == 403

    requester = cast("requester")
    requester.page.goto(dataset)
    requester.page.get_by_role("link", name="Apply", exact=True).click()
    requester.page.fill("#purpose", "A study of registers.")
    requester.page.check("[name=terms]")
    requester.press("Send the application")
    requester.sees("Your application was sent.")
    application = requester.page.url.partition("?")[0]
    assert requester.post(f"{application}/approve") == 409
    assert requester.context.request.get(file).status == 403

    reviewer = cast("reviewer")
    reviewer.page.goto("/review")
    reviewer.page.get_by_role("link", name="Closed register").click()
    reviewer.press("Approve")
    reviewer.page.fill("#days", "30")
    reviewer.press("Grant")
    reviewer.standing("granted")

    requester.page.goto(application)
    requester.page.get_by_role("link", name="Download the data").click()
    got = requester.fetch("data/members.csv", tmp_path)
    assert got.stat().st_size > 1000
    assert requester.context.request.get(file).status == 200
    assert visitor.context.request.get(file).status == 403

    reviewer.unfold("Revoke")
    reviewer.page.fill("#c-revoke", "The study was called off.")
    reviewer.press("Revoke")
    reviewer.standing("revoked")
    assert requester.context.request.get(file).status == 403


def test_progress_comes_by_itself_and_without_scripts_by_asking(chromium, stage: Stage, tmp_path: Path) -> None:
    context = chromium.new_context(base_url=stage.address, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/login")
    page.fill("#login", "steward")
    page.fill("#password", PASSWORD)
    page.locator("form[action='/login'] button").click()
    page.goto("/work/new")
    page.set_input_files("#file", register(tmp_path / "small.csv", 200))
    page.fill("#title", "Without scripts")
    page.locator("form[action='/work/new'] button").click()
    for _ in range(60):
        if page.locator("header.head .tag", has_text="classified and graded").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    assert page.locator("header.head .tag", has_text="classified and graded").count() == 1
    context.close()
