"""Every page for every role in both languages, and what hostile words, forms and addresses come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from release.desk import access, datasets, people
from release.desk.desk import Desk
from release.store.engine import open_store, sqlite_url
from release.vault.password import hash_password
from release.workflow.records import Application, Release
from tests.service.house import House, build, done
from tests.web.stage import application

HOST = "http://localhost"
WEB = Path(__file__).parent.parent.parent / "release" / "web"
LANGUAGES = ("zh", "en")
VOID = {"meta", "link", "input", "img", "br", "hr", "rect", "source"}
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202ereversed {{7*7}}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("home")
    store = open_store(sqlite_url(home / "sluice.db"))
    yield build(store, home / "vault")
    store.close()


@pytest.fixture(scope="module")
def shown(house: House) -> dict[str, str]:
    """Addresses of one thing of every kind."""
    opened = house.published("unconditional")
    closed = house.published("conditional")
    waiting = house.treated()
    grant = house.granted(closed)
    fresh = house.upload("steward", title=NASTY, description=NASTY, keywords=("<b>x</b>",))
    house.work()
    return {
        "open": opened.dataset,
        "conditional": closed.dataset,
        "published": opened.id,
        "treated": waiting.id,
        "graded": fresh.id,
        "application": grant.id,
    }


class Client(TestClient):
    """A browser that sends its origin and the token of its pages."""

    def __init__(self, desk: Desk, token: str = "", csrf: str = "") -> None:
        super().__init__(application(desk), base_url=HOST, follow_redirects=False, headers={"origin": HOST})
        self.csrf = csrf
        if token:
            self.cookies.set("sluice_session", token)

    def submit(self, path: str, **fields: str):
        return self.post(path, data={"csrf": self.csrf, **fields})


def enter(house: House, who: str = "") -> Client:
    """A client with a session; the cast has no passwords, so one is put in."""
    if not who:
        return Client(house.desk)
    from release.store import people as kept

    with house.desk.store.write() as work:
        if not kept.password_hash(work, f"per_{who}"):
            kept.set_password(work, f"per_{who}", HASHED)
    session = people.log_in(house.desk, who, "correct horse battery")
    assert not isinstance(session, tuple)
    return Client(house.desk, session.token, session.csrf)


HASHED = hash_password("correct horse battery")

ANYONE, SIGN_IN, NOT_HERE = 200, 303, 404
STEWARDS, EVERYBODY = ("steward", "authority"), ("", "requester", "steward", "stranger", "reviewer", "authority")
# Path → who sees it; whoever is not signed in is sent to sign in, the others find nothing there.
PAGES: dict[str, tuple[str, ...]] = {
    "/": EVERYBODY,
    "/login": EVERYBODY,
    "/terms": EVERYBODY,
    "/datasets/{open}": EVERYBODY,
    "/datasets/{conditional}": EVERYBODY,
    "/account": EVERYBODY[1:],
    "/applications": EVERYBODY[1:],
    "/datasets/{conditional}/apply": EVERYBODY[1:],
    "/work": ("steward", "stranger", "authority"),
    "/work/new": ("steward", "stranger"),
    "/work/{graded}": STEWARDS,
    "/work/{treated}": STEWARDS,
    "/work/{published}": (*STEWARDS, "reviewer"),
    "/applications/{application}": ("requester", "steward", "reviewer", "authority"),
    "/review": ("steward", "stranger", "reviewer", "authority"),
    "/words": ("steward", "stranger", "reviewer", "authority"),
    "/regradings": ("steward", "stranger", "reviewer", "authority"),
    "/people": ("authority",),
    "/journal": ("authority",),
}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_there_for_its_readers_and_nobody_else(who: str, house: House, shown: dict[str, str]) -> None:
    client = enter(house, who)
    for path, readers in PAGES.items():
        expected = ANYONE if who in readers else NOT_HERE if who else SIGN_IN
        for language in LANGUAGES:
            answer = client.get(path.format(**shown), params={"lang": language})
            assert answer.status_code == expected, (path, who, language)
            assert expected == SIGN_IN or answer.headers["cache-control"] == "no-store"
            if expected == SIGN_IN:
                assert answer.headers["location"].startswith("/login?next=/")
            else:
                well_formed(answer.text, language)


def test_what_is_not_there_and_what_may_not_be_seen_look_the_same(house: House, shown: dict[str, str]) -> None:
    client = enter(house, "stranger")
    hidden = client.get(f"/work/{shown['graded']}").text.replace(shown["graded"], "X")
    absent = client.get("/work/rel_none").text.replace("rel_none", "X")
    assert hidden == absent


class Reader(HTMLParser):
    """Checks what a page must hold: closed tags, labels, one heading in order, no script or style of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.posts = self.tokens = 0
        self.language = ""
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = given["lang"] or ""
        if "id" in given:
            self.ids.append(given["id"] or "")
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.faults.append("an inline script")
        if tag == "style":
            self.faults.append("an inline style")
        if tag == "label" and given.get("for"):
            self.labelled.add(str(given["for"]))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden" and "label" not in self.open:
            self.inputs.append(given)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and given.get("alt") is None:
            self.faults.append("an image without words")
        self.posts += tag == "form" and given.get("method") == "post"
        self.tokens += tag == "input" and given.get("name") == "csrf"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def well_formed(text: str, language: str = "") -> Reader:
    page = Reader()
    page.feed(text)
    assert not page.faults, page.faults
    assert not page.open
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    for one in page.inputs:
        assert one.get("id") in page.labelled or one.get("aria-label"), one
    assert page.headings.count(1) == 1, page.headings
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert page.posts == page.tokens, "a form has no token"
    if language:
        assert page.language == {"zh": "zh-CN", "en": "en"}[language]
    return page


def test_hostile_words_are_shown_and_not_obeyed(house: House, shown: dict[str, str]) -> None:
    client = enter(house, "steward")
    for path in ("/work", f"/work/{shown['graded']}"):
        text = client.get(path).text
        well_formed(text)
        assert "<script>alert" not in text and "onerror=alert(1)>" not in text.replace("&gt;", "")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "{{7*7}}" in text and "49}}" not in text
        assert f"<bdi>{'&lt;script'}" in text  # turned-round letters stay within their own piece of the line


def test_hostile_headers_of_a_table_are_shown_and_not_obeyed(house: House) -> None:
    release = house.upload("steward", text=f'"{NASTY.replace(chr(34), "")}",b\n1,2\n')
    house.work()
    text = enter(house, "steward").get(f"/work/{release.id}").text
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    well_formed(text)


def test_hostile_words_in_addresses(house: House) -> None:
    client = enter(house)
    for path, params in (
        ("/", {"q": NASTY, "openness": NASTY, "offset": "9" * 40, "lang": NASTY, "done": NASTY}),
        ("/", {"q": "\x00", "offset": "-1"}),
        ("/", {"q": "x", "offset": "1e3", "done": "saved"}),
        ("/login", {"next": NASTY}),
        ("/datasets/" + "x" * 3000, {}),
    ):
        answer = client.get(path, params=params)
        assert answer.status_code in (200, 404), (path, params)
        well_formed(answer.text)
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/login", "/signup", "/logout", "/account/keys", "/people", "/work/x/approve"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://localhost.evil.example"])
def test_a_form_from_elsewhere_does_nothing(path: str, origin: str, house: House) -> None:
    client = enter(house, "authority")
    answer = client.post(path, data={"csrf": client.csrf}, headers={"origin": origin})
    assert answer.status_code == 403
    well_formed(answer.text)


@pytest.mark.parametrize("token", ["", "wrong", "ключ"])
def test_a_form_without_its_token_does_nothing(token: str, house: House, shown: dict[str, str]) -> None:
    client = enter(house, "steward")
    assert client.post(f"/work/{shown['treated']}/submit", data={"csrf": token}).status_code == 403
    file = {"file": ("a.csv", b"a,b\n1,2\n")}
    for path in ("/work/new", f"/work/{shown['treated']}/file", f"/work/{shown['published']}/versions"):
        before = set(house.desk.vault.objects.names())
        assert client.post(path, data={"csrf": token, "title": "x"}, files=file).status_code == 403
        assert set(house.desk.vault.objects.names()) == before, "the bytes of a foreign form were kept"


@pytest.mark.parametrize(
    "next_",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:x", "/\t/evil", "", "x"],
)
def test_signing_in_leads_nowhere_else(next_: str, house: House) -> None:
    enter(house, "steward").close()
    client = enter(house)
    answer = client.submit("/login", login="steward", password="correct horse battery", next=next_)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_signing_in_and_up(house: House) -> None:
    client = enter(house)
    assert client.submit("/login", login="steward", password="wrong wrong wrong").status_code == 401
    weak = client.submit("/signup", login="newcomer", password="short", name="N")
    assert weak.status_code == 409 and "newcomer" not in str(client.cookies)
    made = client.submit("/signup", login="newcomer", password="a long enough one", name=NASTY, next="/applications")
    assert (made.status_code, made.headers["location"]) == (303, "/applications")
    text = client.get("/account").text
    well_formed(text)
    assert "<script>alert" not in text
    client.csrf = token_of(text)
    assert client.submit("/logout").status_code == 303
    assert client.get("/account").status_code == 303


def token_of(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found[1]


def test_a_key_is_shown_once_and_can_be_ended(house: House) -> None:
    client = enter(house, "requester")
    made = client.submit("/account/keys", label="harvest", days="30")
    secret = re.search(r"slk_[\w-]{30,}", made.text)
    assert secret and made.headers["cache-control"] == "no-store"
    well_formed(made.text)
    assert secret[0] not in client.get("/account").text
    assert people.actor_of_key(house.desk, secret[0]) is not None
    key = people.list_keys(house.desk, house.who["requester"])[0]
    assert client.submit(f"/account/keys/{key.id}/revoke").status_code == 303
    assert people.actor_of_key(house.desk, secret[0]) is None
    assert client.submit("/account/keys", label="x", days="100000").status_code == 409
    assert enter(house, "steward").submit(f"/account/keys/{key.id}/revoke").status_code == 404


def test_another_password_ends_every_session(house: House) -> None:
    client = enter(house, "requester2")
    assert client.submit("/account/password", old="wrong", new="another long one").status_code == 401
    changed = client.submit("/account/password", old="correct horse battery", new="another long one")
    assert changed.headers["location"] == "/login?done=password"
    assert client.get("/account").status_code == 303


def test_the_steward_changes_file_and_words(house: House) -> None:
    release = house.treated()
    client = enter(house, "steward")
    said = client.submit(f"/work/{release.id}/describe", title="Other title", description="d", keywords="甲、乙，丙,甲")
    assert said.status_code == 303
    assert house.release(release.id).keywords == ("甲", "乙", "丙")
    assert house.release(release.id).state == "planned"
    sent = {"file": ("other.csv", b"name,age\nx,1\ny,2\n")}
    assert client.post(f"/work/{release.id}/file", data={"csrf": client.csrf}, files=sent).status_code == 303
    house.work()
    after = house.release(release.id)
    assert (after.filename, after.state) == ("other.csv", "graded")
    assert client.submit(f"/work/{release.id}/describe", title="").status_code == 409
    empty = client.post(f"/work/{release.id}/file", data={"csrf": client.csrf}, files={"file": ("", b"")})
    assert empty.status_code == 409
    well_formed(empty.text)


def test_a_next_version_and_the_end_of_the_raw_data(house: House) -> None:
    first = house.published()
    client = enter(house, "steward")
    assert "/versions" in client.get(f"/work/{first.id}").text
    sent = {"file": ("second.csv", b"name,age\nx,1\nx,1\n")}
    answer = client.post(f"/work/{first.id}/versions", data={"csrf": client.csrf}, files=sent)
    assert answer.status_code == 303
    second = answer.headers["location"].split("/")[2].split("?")[0]
    assert house.release(second).number == 2
    assert "/versions" not in client.get(f"/work/{first.id}").text
    assert client.submit(f"/work/{first.id}/destroy-raw", comment="").status_code == 409
    gone = client.submit(f"/work/{first.id}/destroy-raw", comment="The term is over.")
    assert gone.status_code == 200 and "Ed25519" in gone.text
    well_formed(gone.text)
    assert house.release(first.id).raw_object == ""
    assert "destroy-raw" not in client.get(f"/work/{first.id}").text
    assert enter(house, "stranger").submit(f"/work/{first.id}/destroy-raw", comment="x").status_code == 404


def test_a_correction_needs_a_reason_and_a_category(house: House) -> None:
    release = house.upload()
    house.work()
    client = enter(house, "steward")
    at = f"/work/{release.id}/override"
    assert client.submit(at, field="age", category="person.age", reason="").status_code == 409
    assert client.submit(at, field="age", category="nonsense", reason="r").status_code == 409
    assert client.submit(at, field="age", category="person.age", reason="It is an age.").status_code == 303
    house.work()
    shown = client.get(f"/work/{release.id}", params={"lang": "zh"}).text
    assert "人工确定" in shown and "It is an age." in shown


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "101", "x"])
def test_a_share_that_is_none(typed: str, house: House) -> None:
    release = house.upload()
    house.work()
    answer = enter(house, "steward").submit(
        f"/work/{release.id}/plan", openness="unconditional", suppression_limit=typed
    )
    assert answer.status_code == 409


def test_progress_is_a_piece_of_a_page_that_ends_by_itself(house: House) -> None:
    release = house.upload()
    client = enter(house, "steward")
    piece = client.get(f"/work/{release.id}/progress")
    assert "<html" not in piece.text and 'hx-trigger="every 1s"' in piece.text and "HX-Refresh" not in piece.headers
    assert client.submit(f"/work/{release.id}/stop").status_code == 303
    assert client.get(f"/work/{release.id}/progress").headers["HX-Refresh"] == "true"
    assert client.submit(f"/work/{release.id}/retry").status_code == 303
    house.work()
    ended = client.get(f"/work/{release.id}/progress")
    assert ended.headers["HX-Refresh"] == "true" and "hx-get" not in ended.text
    assert enter(house, "stranger").get(f"/work/{release.id}/progress").status_code == 404


def test_files_leave_only_to_whoever_may_have_them(house: House, shown: dict[str, str]) -> None:
    nobody, holder, stranger = enter(house), enter(house, "requester"), enter(house, "stranger")
    opened, closed = f"/datasets/{shown['open']}/files/", f"/datasets/{shown['conditional']}/files/"
    whole = nobody.get(opened + "data/table.csv")
    assert whole.status_code == 200 and "sandbox" in whole.headers["content-security-policy"]
    assert whole.headers["content-disposition"].startswith("attachment")
    assert "filename*=utf-8''Visits%20" in whole.headers["content-disposition"].replace("UTF-8", "utf-8")
    assert nobody.get(opened + "data/table.csv", headers={"if-none-match": whole.headers["etag"]}).status_code == 304
    part = nobody.get(opened + "data/table.csv", headers={"range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, whole.content[2:6])
    assert nobody.head(opened + "data/table.csv").headers["content-length"] == str(len(whole.content))
    for name in ("evidence.json", "../MANIFEST.json", "data/../../x", "%2e%2e/x"):
        assert nobody.get(opened + name).status_code == 404
    assert nobody.get(closed + "data/table.csv").status_code == 403
    mine = holder.get(closed + "data/table.csv")
    assert mine.status_code == 200 and mine.headers["cache-control"] == "no-store"
    evidence = f"/work/{shown['treated']}/files/evidence.json"
    assert enter(house, "steward").get(evidence).headers["cache-control"] == "no-store"
    for client in (nobody, holder, stranger, enter(house, "reviewer")):
        assert client.get(evidence).status_code == 404


def test_people_are_managed_by_the_authority(house: House) -> None:
    client = enter(house, "authority")
    made = client.submit("/people", login="late.comer", password="long enough for all", name="Late", organisation="o")
    assert made.status_code == 303
    person = next(p for p in people.list_people(house.desk, house.who["authority"]) if p.login == "late.comer")
    given = client.post(
        f"/people/{person.id}/roles", data={"csrf": client.csrf, "roles": ["steward", "reviewer"], "organisation": "x"}
    )
    assert given.status_code == 303
    assert client.submit(f"/people/{person.id}/active", active="no").status_code == 303
    after = next(p for p in people.list_people(house.desk, house.who["authority"]) if p.id == person.id)
    assert {r.value for r in after.roles} == {"steward", "reviewer"} and not after.active
    assert client.submit("/people/per_authority/roles", roles="steward").status_code == 409
    assert enter(house, "steward").submit(f"/people/{person.id}/roles", roles="authority").status_code == 404


def test_a_refusal_is_said_in_the_language_of_the_page(house: House) -> None:
    release = house.treated(who="both")
    from release.desk import review

    done(review.submit(house.desk, house.who["both"], release.id))
    client = enter(house, "both")
    client.get("/", params={"lang": "zh"})
    refused = client.submit(f"/work/{release.id}/approve")
    assert refused.status_code == 409
    assert "任何人都不能审批自己经手的内容" in refused.text and "Nobody decides" not in refused.text
    assert "/approve" not in client.get(f"/work/{release.id}").text
    client.get("/", params={"lang": "en"})
    assert "Nobody decides on their own work." in client.submit(f"/work/{release.id}/approve").text


def test_an_application_through_its_pages(house: House) -> None:
    dataset = house.published("conditional").dataset
    client = enter(house, "requester")
    assert client.submit(f"/datasets/{dataset}/apply", purpose="x").status_code == 409
    sent = client.submit(f"/datasets/{dataset}/apply", purpose=NASTY, terms="yes", outputs=NASTY)
    address = sent.headers["location"].partition("?")[0]
    text = client.get(address).text
    well_formed(text)
    assert "<script>alert" not in text and "/approve" not in text
    assert client.submit(f"{address}/approve").status_code == 409
    reviewer = enter(house, "reviewer")
    assert reviewer.submit(f"{address}/refuse", comment="").status_code == 409
    assert reviewer.submit(f"{address}/approve").status_code == 303
    assert reviewer.submit(f"{address}/grant", days="x").status_code == 409
    assert reviewer.submit(f"{address}/grant", days="5").status_code == 303
    assert client.get(f"/datasets/{dataset}/files/data/table.csv").status_code == 200
    assert reviewer.submit(f"{address}/revoke", comment="over").status_code == 303
    assert client.get(f"/datasets/{dataset}/files/data/table.csv").status_code == 403
    view = access.show_application(house.desk, house.who["requester"], address.rsplit("/", 1)[-1])
    assert not isinstance(view, tuple) and isinstance(view.application, Application)
    assert enter(house, "stranger").get(address).status_code == 404
    assert enter(house, "steward").get(f"/datasets/{dataset}/apply").status_code == 200


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    for path in sorted((WEB / "templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", text), path.name
        assert not re.search(r"https?://", text), f"{path.name} loads something from elsewhere"
        assert "|safe" not in text.replace("| safe", "|safe"), path.name


def test_pages_forbid_what_they_do_not_need(house: House) -> None:
    policy = enter(house).get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_no_page_holds_a_cell_of_raw_data(house: House, shown: dict[str, str]) -> None:
    from tests.service.house import CANARY

    for who in EVERYBODY:
        client = enter(house, who)
        for path in PAGES:
            assert CANARY not in client.get(path.format(**shown)).text, (who, path)


def test_a_release_is_a_release(house: House, shown: dict[str, str]) -> None:
    """The fixtures are what the tests above take them for."""
    found = datasets.show_release(house.desk, house.who["steward"], shown["published"])
    assert not isinstance(found, tuple) and isinstance(found.release, Release) and found.release.state == "published"


def test_an_address_where_nothing_is(house: House) -> None:
    client = enter(house)
    page = client.get("/no/such/page", headers={"accept": "text/html,*/*"})
    assert page.status_code == 404
    well_formed(page.text)
    assert client.get("/no/such/page", headers={"accept": "application/json"}).json()["status"] == 404
    assert client.get("/api/v1/nothing", headers={"accept": "text/html"}).json()["status"] == 404
    assert client.get("/static/nothing.css").status_code == 404
