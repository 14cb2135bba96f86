"""The JSON interface: the whole road over HTTP, uploads as they stream, downloads as clients expect, and its shield."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from release.desk.desk import Rules
from release.web.app import create_app
from release.web.rate import Buckets, Limit
from tests.service.house import CANARY, TABLE, House
from tests.service.stage import GENEROUS, Stage, set_stage

PASSWORD = "correct horse battery"


def client_of(house: House, **buckets: Any) -> TestClient:
    app = create_app(house.desk, buckets=Buckets(limits=GENEROUS | buckets))
    return TestClient(app, raise_server_exceptions=False, base_url="http://sluice.test")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return set_stage(tmp_path)


def key(house: House, who: str) -> dict[str, str]:
    from release.desk import people

    made = people.create_key(house.desk, house.who[who], "test")
    assert isinstance(made, people.NewKey)
    return {"Authorization": f"Bearer {made.secret}"}


def ok(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    return response.json()


def test_the_whole_road_over_http(house: House) -> None:
    client = client_of(house)
    steward, reviewer = key(house, "steward"), key(house, "reviewer")
    requester = key(house, "requester")
    form = {"title": "就诊记录", "keywords": "卫生，门诊", "description": "2025"}
    made = client.post(
        "/api/v1/datasets", data=form, files={"file": ("就诊 表.csv", TABLE.encode(), "text/csv")}, headers=steward
    )
    release = ok(made, 201)
    assert made.headers["location"] == f"/api/v1/releases/{release['id']}"
    assert (release["filename"], release["keywords"], release["state"]) == ("就诊 表.csv", ["卫生", "门诊"], "draft")
    at = f"/api/v1/releases/{release['id']}"
    house.work()
    detail = ok(client.get(at, headers=steward))
    assert detail["release"]["state"] == "graded" and detail["jobs"][0]["status"] == "done"
    correction = {"field": "age", "category": "person.age", "reason": "年龄"}
    ok(client.post(f"{at}/override", json=correction, headers=steward))
    house.work()
    ok(client.post(f"{at}/make-plan", json={"openness": "conditional", "search": {"k": 2}}, headers=steward))
    house.work()
    ok(client.post(f"{at}/start-treatment", headers=steward))
    house.work()
    detail = ok(client.get(at, headers=steward))
    assert detail["report"]["risk"]["k"] == 2 and "submit" in detail["commands"]
    ok(client.post(f"{at}/submit", headers=steward))
    assert ok(client.get("/api/v1/reviews", headers=reviewer))["total"] == 1
    own = client.post(f"{at}/approve", json={"comment": "fine"}, headers=key(house, "both"))
    assert own.status_code == 200  # "both" had no hand in this one
    ok(client.post(f"{at}/publish", headers=steward))
    listed = ok(client.get("/api/v1/datasets", params={"q": "就诊", "openness": "conditional"}))
    assert listed["total"] == 1
    dataset = listed["items"][0]["dataset"]
    data = f"/api/v1/datasets/{dataset}/files/data/table.csv"
    assert client.get(data).status_code == 403
    applied = {"dataset": dataset, "purpose": "流行病学研究", "accept_terms": True}
    application = ok(client.post("/api/v1/applications", json=applied, headers=requester), 201)
    on = f"/api/v1/applications/{application['id']}"
    assert client.get(data, headers=requester).status_code == 403
    ok(client.post(f"{on}/approve", json={}, headers=reviewer))
    granted = ok(client.post(f"{on}/grant", json={"days": 30}, headers=reviewer))
    assert granted["state"] == "active" and granted["ends_at"] > granted["starts_at"]
    got = client.get(data, headers=requester)
    assert got.status_code == 200 and CANARY.encode() not in got.content
    assert got.headers["cache-control"] == "no-store"
    ok(client.post(f"{on}/revoke", json={"comment": "breach"}, headers=reviewer))
    assert client.get(data, headers=requester).status_code == 403
    journal = ok(client.get(f"{at}/journal", headers=steward))
    assert [e["type"] for e in journal][-3:] == ["submit", "approve", "publish"]
    proof = ok(client.get("/api/v1/journal/proof", headers=key(house, "authority")))
    assert proof["sound"] and proof["entries"] > 20


def test_a_raw_body_is_an_upload_too(lodge: House) -> None:
    client = client_of(lodge)
    query = {"filename": "t.csv", "title": "T", "policy": "other"}
    made = client.post("/api/v1/datasets", params=query, content=TABLE.encode(), headers=key(lodge, "steward"))
    assert ok(made, 201)["policy"] == "other"
    lodge.work()
    assert lodge.release(made.json()["id"]).state == "graded"


@pytest.mark.parametrize("form", [False, True])
def test_an_upload_lies_nowhere_in_plain(
    lodge: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: bool
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    client, big = client_of(lodge), (CANARY * 1000 + "\n").encode() * 20
    if form:
        made = client.post(
            "/api/v1/datasets", data={"title": "T"}, files={"file": ("t.csv", big)}, headers=key(lodge, "steward")
        )
    else:
        query = {"filename": "t.csv", "title": "T"}
        made = client.post("/api/v1/datasets", params=query, content=big, headers=key(lodge, "steward"))
    assert ok(made, 201)["size"] == len(big)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("form", [False, True])
def test_uploads_are_cut_off_at_their_size(lodge: House, form: bool) -> None:
    client, big = client_of(lodge), b"x" * (lodge.desk.rules.max_upload_bytes + 1)
    headers = key(lodge, "steward")
    if form:
        made = client.post("/api/v1/datasets", data={"title": "T"}, files={"file": ("t.csv", big)}, headers=headers)
    else:
        made = client.post("/api/v1/datasets?filename=t.csv&title=T", content=big, headers=headers)
    assert made.status_code == 413 and made.json()["code"] == "request.too-large"
    assert lodge.desk.vault.objects.names() == ()


BOUNDARY = "multipart/form-data; boundary=XX"
PART = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\n1\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        (BOUNDARY, b"no boundary here"),
        (BOUNDARY, PART),
        (BOUNDARY, PART + PART + b"--XX--\r\n"),
        (BOUNDARY, b'--XX\r\nContent-Disposition: form-data; name="title"\r\n\r\nT\r\n--XX--\r\n'),
        (BOUNDARY, b'--XX\r\nContent-Disposition: form-data; name="t"\r\n\r\n' + b"T" * 70_000 + b"\r\n--XX--\r\n"),
        ("text/csv", b""),
    ],
)
def test_forms_that_are_none(lodge: House, kind: str, body: bytes) -> None:
    headers = {**key(lodge, "steward"), "content-type": kind}
    answer = client_of(lodge).post("/api/v1/datasets?title=T", content=body, headers=headers)
    assert answer.status_code == 400 and answer.json()["code"] == "input.bad"
    assert lodge.desk.vault.objects.names() == ()


def test_downloads_as_clients_expect_them(stage: Stage) -> None:
    client = stage.client()
    url = f"/api/v1/datasets/{stage.ids['published_dataset']}/files/data/table.csv"
    whole = client.get(url)
    sha = hashlib.sha256(whole.content)
    etag = f'"{sha.hexdigest()}"'
    assert whole.status_code == 200 and whole.headers["etag"] == etag
    assert whole.headers["repr-digest"] == f"sha-256=:{base64.b64encode(sha.digest()).decode()}:"
    assert whole.headers["cache-control"] == "public, no-cache"
    assert "filename*=utf-8''Visits%20%E5%B0%B1%E8%AF%8A" in whole.headers["content-disposition"]
    assert whole.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in whole.headers["content-security-policy"]
    head = client.head(url)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)
    part = client.get(url, headers={"Range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, whole.content[3:10])
    assert client.get(url, headers={"Range": "bytes=3-9", "If-Range": etag}).status_code == 206
    assert client.get(url, headers={"Range": "bytes=3-9", "If-Range": '"other"'}).status_code == 200
    assert client.get(url, headers={"Range": "bytes=9999-"}).status_code == 416
    same = client.get(url, headers={"If-None-Match": f'"x", W/{etag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    assert client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200
    view = ok(client.get(f"/api/v1/releases/{stage.ids['published']}", headers=stage.headers("steward")))
    assert view["downloads"] == 2, "continued, head-only and not-modified requests are no downloads"


def test_what_leaves_under_a_grant_is_in_the_journal_however_it_is_asked_for(stage: Stage) -> None:
    client, headers = stage.client(), stage.headers("requester")
    url = f"/api/v1/datasets/{stage.ids['offered_dataset']}/files/data/table.csv"
    etag = client.get(url, headers=headers).headers["etag"]
    before = stage.entries()
    tricks = (
        {"Range": "bytes=1-"},
        {"If-None-Match": '"x"'},
        {"Range": "bytes=-1"},
        {"If-Range": '"x"', "Range": "bytes=5-"},
    )
    for count, trick in enumerate(tricks, start=1):
        assert client.get(url, headers=headers | trick).status_code in (200, 206)
        assert stage.entries() == before + count
    assert client.get(url, headers=headers | {"If-None-Match": etag}).status_code == 304
    assert client.head(url, headers=headers).status_code == 200
    assert stage.entries() == before + len(tricks)


def test_who_has_it_already_still_needs_the_right(stage: Stage) -> None:
    client = stage.client()
    url = f"/api/v1/datasets/{stage.ids['offered_dataset']}/files/data/table.csv"
    etag = client.get(url, headers=stage.headers("requester")).headers["etag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 403
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == 403
    assert client.head(url).status_code == 403


@pytest.mark.parametrize("name", ["api_key", "apikey", "key", "token", "access_token", "KEY"])
def test_a_key_in_an_address_is_refused(lodge: House, name: str) -> None:
    answer = client_of(lodge).get(f"/api/v1/datasets?{name}=slk_x")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.key-in-url")


def test_a_wrong_key_is_never_the_public(lodge: House) -> None:
    client = client_of(lodge)
    for value in ("Bearer slk_wrong", "Basic YTpi", "Bearer", "slk_x"):
        answer = client.get("/api/v1/datasets/x", headers={"Authorization": value})
        assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")


def test_a_session_needs_its_token_for_every_change(lodge: House) -> None:
    client = client_of(lodge)
    ok(client.post("/api/v1/people", json={"login": "ada", "password": PASSWORD}), 201)
    signed = client.post("/api/v1/session", json={"login": "ada", "password": PASSWORD})
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    token = ok(signed)["csrf"]
    assert ok(client.get("/api/v1/session"))["person"]["login"] == "ada"
    for headers in ({}, {"X-CSRF-Token": "wrong"}):
        answer = client.post("/api/v1/keys", json={"label": "x"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "people.csrf")
    made = ok(client.post("/api/v1/keys", json={"label": "x"}, headers={"X-CSRF-Token": token}), 201)
    assert made["secret"].startswith("slk_")
    assert "secret" not in json.dumps([k for k in ok(client.get("/api/v1/keys")) if k["secret"]])
    assert client.delete("/api/v1/session", headers={"X-CSRF-Token": token}).status_code == 204
    assert client.get("/api/v1/session").status_code == 401


def test_every_answer_carries_the_headers(stage: Stage) -> None:
    client = stage.client()
    for url in ("/api/v1/datasets", "/api/v1/releases", "/nowhere", "/api/v1/datasets?key=x"):
        headers = client.get(url).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_too_often_is_told_when_to_come_again(lodge: House) -> None:
    client = client_of(lodge, **{"log-in": Limit(3, 60.0)})
    codes = [client.post("/api/v1/session", json={"login": "a", "password": "b"}).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    answer = client.post("/api/v1/session", json={"login": "a", "password": "b"})
    assert 0 < int(answer.headers["retry-after"]) <= 60


def test_buckets_refill_and_forget() -> None:
    now = [0.0]
    buckets = Buckets(clock=lambda: now[0], limits={"x": Limit(2, 10.0)})
    assert [buckets.take("x", "a") for _ in range(3)] == [0.0, 0.0, 10.0]
    assert buckets.take("x", "b") == 0.0
    now[0] = 10.0
    assert buckets.take("x", "a") == 0.0 and buckets.take("x", "a") > 0
    now[0] = 1e6
    assert [buckets.take("x", "a") > 0 for _ in range(3)] == [False, False, True]


def test_bodies_are_bounded_and_never_quoted(lodge: House) -> None:
    client = client_of(lodge)
    answer = client.post("/api/v1/people", content=b"x" * (2 << 20), headers={"content-type": "application/json"})
    assert answer.status_code == 413

    def endless() -> Any:
        for _ in range(64):
            yield b"x" * (1 << 16)

    assert client.post("/api/v1/people", content=endless()).status_code in (400, 413)
    for body in (f'{{"login": "{CANARY}", "password": 7}}', f'{{"login": ["{CANARY}"]}}', f"{{{CANARY}"):
        answer = client.post("/api/v1/people", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 422 and CANARY not in answer.text


def test_what_breaks_says_nothing(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    package = stage.house.desk.vault.packages.path(stage.house.release(stage.ids["published"]).package)
    (package / "MANIFEST.json").write_text(CANARY)
    answer = stage.client().get(f"/api/v1/datasets/{stage.ids['published_dataset']}")
    assert answer.status_code == 404
    answer = stage.client().get(f"/api/v1/datasets/{stage.ids['published_dataset']}/files/data/table.csv")
    assert answer.status_code == 500 and answer.json()["code"] == "tampered"
    assert CANARY not in answer.text and CANARY not in caplog.text


def test_an_exception_nobody_foresaw_is_not_quoted(
    lodge: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(f"cannot convert {CANARY}")

    monkeypatch.setattr("release.desk.catalogue.search", broken)
    answer = TestClient(create_app(lodge.desk)).get("/api/v1/datasets")
    assert answer.status_code == 500 and answer.json()["code"] == "internal"
    assert "default-src" in answer.headers["content-security-policy"]
    assert CANARY not in answer.text + caplog.text and "ValueError at test_api.py" in caplog.text


NASTY = (
    "\x00",
    "\ud800",
    "\U0010ffff",
    "%",
    "_",
    "'; DROP TABLE people; --",
    "{{7*7}}",
    "<script>",
    "\u202e",
    "x" * 5000,
)


@pytest.mark.parametrize("text", NASTY, ids=[f"{n}" for n in range(len(NASTY))])
def test_no_text_breaks_anything(house: House, text: str) -> None:
    client, steward = client_of(house), key(house, "steward")
    release = house.upload()
    house.work()
    at = f"/api/v1/releases/{release.id}"
    sent = json.dumps

    def post(url: str, body: dict[str, Any], headers: dict[str, str]) -> int:
        typed = headers | {"content-type": "application/json"}
        return client.post(url, content=sent(body).encode("utf-8"), headers=typed).status_code

    codes = [
        post(f"{at}/override", {"field": "age", "category": "person.age", "reason": text}, steward),
        post(f"{at}/override", {"field": text, "category": text, "reason": text}, steward),
        post(f"{at}/make-plan", {"openness": "conditional", "policy": text}, steward),
        post(f"{at}/make-plan", {"openness": "conditional", "search": {text: text}}, steward),
        post("/api/v1/people", {"login": text, "password": text, "name": text}, {}),
        post("/api/v1/people", {"login": "fine", "password": PASSWORD, "name": text, "organisation": text}, {}),
        post("/api/v1/session", {"login": text, "password": text}, {}),
        post("/api/v1/keys", {"label": text}, steward),
        post("/api/v1/applications", {"dataset": text, "purpose": text, "answers": {text: text}}, steward),
    ]
    words = {"title": text, "description": text, "keywords": [text]}
    typed = steward | {"content-type": "application/json"}
    codes.append(client.put(f"{at}/description", content=sent(words).encode(), headers=typed).status_code)
    if text != "\ud800":
        codes += [
            client.get("/api/v1/datasets", params={"q": text[:200]}).status_code,
            client.get("/api/v1/releases", params={"q": text[:200]}, headers=steward).status_code,
            client.get("/api/v1/datasets/" + quote(text, safe="")).status_code,
            client.get("/api/v1/datasets/x/files/" + quote(text, safe="")).status_code,
            client.get("/api/v1/releases/" + quote(text, safe=""), headers=steward).status_code,
            client.post(
                "/api/v1/datasets", data={"title": text}, files={"file": (text[:200], b"a\n1\n")}, headers=steward
            ).status_code,
        ]
    assert all(code < 500 for code in codes), codes
    house.work()
    assert ok(client.get("/api/v1/journal/proof", headers=key(house, "authority")))["sound"]


def test_no_conditional_word_leaks_to_the_public(stage: Stage) -> None:
    """Crawls everything the public can ask; the cells of conditional, suspended and raw data are canaries."""
    client = stage.client()
    seen = []
    addresses = ["/api/v1/datasets", "/api/v1/openapi.json", "/api/v1/workflow"]
    for name in ("offered_dataset", "suspended_dataset"):
        base = f"/api/v1/datasets/{stage.ids[name]}"
        files = ("data/table.csv", "data/table.parquet", "datapackage.json", "evidence.json", "MANIFEST.json")
        addresses += [base, f"{base}/preview", *(f"{base}/files/{f}" for f in files)]
    for who in ("public", "requester2"):
        seen += [client.get(address, headers=stage.headers(who)).content for address in addresses]
    for content in seen:
        assert CANARY.encode() not in content
        assert b'"offered"' not in content and b"suspended," not in content and b'"suspended"\n' not in content


def test_the_openapi_document_is_whole(lodge: House) -> None:
    document = ok(client_of(lodge).get("/api/v1/openapi.json"))
    assert document["openapi"] == "3.1.0"
    names = [o["operationId"] for p in document["paths"].values() for o in p.values()]
    assert len(names) == len(set(names)) >= 55
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"] and operation["description"], path
            assert operation["responses"]["404"]["content"]["application/problem+json"]
            for content in operation.get("requestBody", {}).get("content", {}).items():
                assert content[0] != "application/json" or "example" in content[1], operation["operationId"]
    assert set(document["components"]["schemas"]["ReleaseState"]["enum"]) >= {"published", "suspended"}
    text = json.dumps(document)
    for reference in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert reference in document["components"]["schemas"], reference


def test_there_is_no_page_that_loads_from_elsewhere(lodge: House) -> None:
    client = client_of(lodge)
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


def test_rules_close_the_door(tmp_path: Path, lodge: House) -> None:
    import dataclasses

    closed = dataclasses.replace(lodge.desk, rules=Rules(open_sign_up=False))
    answer = client_of(House(closed, lodge.clock)).post("/api/v1/people", json={"login": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (403, "people.closed")
