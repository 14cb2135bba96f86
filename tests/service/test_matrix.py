"""Every route for every role: what is allowed works, what is not changes nothing, and no route is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from release.web.app import OPENAPI, create_app
from tests.service.house import TABLE
from tests.service.stage import ROLES, Stage, set_stage

NONE: dict[str, Any] = {}
SAY = {"comment": "because"}
PASSWORD = "correct horse battery"

# method, path, address with names of the stage, body, and the status for each role, in the order of ROLES:
# public, requester (the applicant), requester2, steward (the owner), stranger (another agency's), reviewer, authority
MATRIX: tuple[tuple[str, str, str, Any, str], ...] = (
    ("GET", "/datasets", "/datasets", None, "200 200 200 200 200 200 200"),
    ("GET", "/datasets/{dataset}", "/datasets/{published_dataset}", None, "200 200 200 200 200 200 200"),
    ("GET", "/datasets/{dataset}", "/datasets/{offered_dataset}", None, "200 200 200 200 200 200 200"),
    ("GET", "/datasets/{dataset}", "/datasets/{suspended_dataset}", None, "404 404 404 404 404 404 404"),
    (
        "GET",
        "/datasets/{dataset}/preview",
        "/datasets/{published_dataset}/preview",
        None,
        "200 200 200 200 200 200 200",
    ),
    ("GET", "/datasets/{dataset}/preview", "/datasets/{offered_dataset}/preview", None, "403 200 403 403 403 403 403"),
    (
        "GET",
        "/datasets/{dataset}/files/{name:path}",
        "/datasets/{published_dataset}/files/data/table.csv",
        None,
        "200 200 200 200 200 200 200",
    ),
    (
        "GET",
        "/datasets/{dataset}/files/{name:path}",
        "/datasets/{offered_dataset}/files/data/table.csv",
        None,
        "403 200 403 403 403 403 403",
    ),
    (
        "GET",
        "/datasets/{dataset}/files/{name:path}",
        "/datasets/{published_dataset}/files/evidence.json",
        None,
        "404 404 404 404 404 404 404",
    ),
    (
        "HEAD",
        "/datasets/{dataset}/files/{name:path}",
        "/datasets/{offered_dataset}/files/data/table.csv",
        None,
        "403 200 403 403 403 403 403",
    ),
    ("GET", "/policies", "/policies", None, "200 200 200 200 200 200 200"),
    ("GET", "/workflow", "/workflow", None, "200 200 200 200 200 200 200"),
    ("GET", "/key", "/key", None, "200 200 200 200 200 200 200"),
    ("GET", "/health", "/health", None, "200 200 200 200 200 200 200"),
    ("POST", "/people", "/people", {"login": "newcomer", "password": PASSWORD}, "201 201 201 201 201 201 201"),
    ("POST", "/session", "/session", {"login": "steward", "password": PASSWORD}, "401 401 401 401 401 401 401"),
    ("GET", "/session", "/session", None, "401 200 200 200 200 200 200"),
    ("DELETE", "/session", "/session", None, "401 204 204 204 204 204 204"),
    ("POST", "/session/password", "/session/password", {"old": "x", "new": PASSWORD}, "401 401 401 401 401 401 401"),
    ("GET", "/keys", "/keys", None, "401 200 200 200 200 200 200"),
    ("POST", "/keys", "/keys", {"label": "x", "days": 1}, "401 201 201 201 201 201 201"),
    ("DELETE", "/keys/{key}", "/keys/{key_steward}", None, "401 404 404 200 404 404 404"),
    ("GET", "/people", "/people", None, "401 403 403 403 403 403 200"),
    ("POST", "/accounts", "/accounts", {"login": "made", "password": PASSWORD}, "401 403 403 403 403 403 201"),
    (
        "PUT",
        "/people/{person}/roles",
        "/people/{person_requester2}/roles",
        {"roles": ["reviewer"]},
        "401 403 403 403 403 403 200",
    ),
    (
        "PUT",
        "/people/{person}/active",
        "/people/{person_both}/active",
        {"active": False},
        "401 403 403 403 403 403 200",
    ),
    ("POST", "/datasets", "/datasets?title=t&filename=t.csv", TABLE.encode(), "401 403 403 201 201 403 403"),
    (
        "POST",
        "/datasets/{dataset}/versions",
        "/datasets/{published_dataset}/versions?filename=t.csv",
        TABLE.encode(),
        "401 404 404 201 404 404 404",
    ),
    (
        "GET",
        "/datasets/{dataset}/versions",
        "/datasets/{published_dataset}/versions",
        None,
        "401 404 404 200 404 200 200",
    ),
    ("GET", "/releases", "/releases", None, "401 200 200 200 200 200 200"),
    ("GET", "/reviews", "/reviews", None, "401 200 200 200 200 200 200"),
    ("GET", "/releases/{release}", "/releases/{treated}", None, "401 404 404 200 404 404 200"),
    ("GET", "/releases/{release}", "/releases/{submitted}", None, "401 404 404 200 404 200 200"),
    ("GET", "/releases/{release}/journal", "/releases/{treated}/journal", None, "401 404 404 200 404 404 200"),
    ("GET", "/releases/{release}/files", "/releases/{treated}/files", None, "401 404 404 200 404 404 200"),
    (
        "GET",
        "/releases/{release}/files/{name:path}",
        "/releases/{submitted}/files/evidence.json",
        None,
        "401 404 404 200 404 200 200",
    ),
    (
        "PUT",
        "/releases/{release}/file",
        "/releases/{treated}/file?filename=t.csv",
        TABLE.encode(),
        "401 404 404 200 404 404 404",
    ),
    (
        "PUT",
        "/releases/{release}/description",
        "/releases/{graded}/description",
        {"title": "x"},
        "401 404 404 200 404 404 403",
    ),
    (
        "POST",
        "/releases/{release}/override",
        "/releases/{graded}/override",
        {"field": "age", "category": "person.age", "reason": "ages"},
        "401 404 404 200 404 404 403",
    ),
    (
        "POST",
        "/releases/{release}/make-plan",
        "/releases/{graded}/make-plan",
        {"openness": "conditional"},
        "401 404 404 200 404 404 403",
    ),
    (
        "POST",
        "/releases/{release}/start-treatment",
        "/releases/{treated}/start-treatment",
        NONE,
        "401 404 404 200 404 404 403",
    ),
    ("POST", "/releases/{release}/retry", "/releases/{failed}/retry", NONE, "401 404 404 200 404 404 403"),
    ("POST", "/releases/{release}/submit", "/releases/{treated}/submit", NONE, "401 404 404 200 404 404 403"),
    ("POST", "/releases/{release}/approve", "/releases/{submitted}/approve", SAY, "401 404 404 403 404 200 403"),
    ("POST", "/releases/{release}/return", "/releases/{submitted}/return", SAY, "401 404 404 403 404 200 403"),
    ("POST", "/releases/{release}/publish", "/releases/{approved}/publish", NONE, "401 404 404 200 404 403 200"),
    ("POST", "/releases/{release}/suspend", "/releases/{published}/suspend", SAY, "401 404 404 200 404 200 200"),
    ("POST", "/releases/{release}/resume", "/releases/{suspended}/resume", SAY, "401 404 404 403 404 200 200"),
    ("POST", "/releases/{release}/withdraw", "/releases/{published}/withdraw", SAY, "401 404 404 200 404 403 200"),
    (
        "POST",
        "/releases/{release}/destroy-raw",
        "/releases/{published}/destroy-raw",
        SAY,
        "401 404 404 200 404 403 200",
    ),
    (
        "GET",
        "/releases/{release}/history",
        "/releases/{submitted}/history?field=age",
        None,
        "401 404 404 200 404 200 200",
    ),
    (
        "GET",
        "/releases/{release}/disagreements",
        "/releases/{disputed}/disagreements",
        None,
        "401 404 404 200 404 200 200",
    ),
    (
        "POST",
        "/releases/{release}/disagreements",
        "/releases/{submitted}/disagreements",
        {"field": "district", "category": "person.age", "reason": "ages"},
        "401 404 404 403 404 201 403",
    ),
    ("POST", "/releases/{release}/approve", "/releases/{disputed}/approve", SAY, "401 404 404 403 404 409 403"),
    (
        "POST",
        "/disagreements/{disagreement}/retract",
        "/disagreements/{disputed_id}/retract",
        SAY,
        "401 404 404 403 404 200 403",
    ),
    (
        "POST",
        "/disagreements/{disagreement}/overrule",
        "/disagreements/{contested_id}/overrule",
        SAY,
        "401 404 404 403 404 200 200",
    ),
    ("GET", "/labels", "/labels", None, "401 200 200 200 200 200 200"),
    ("POST", "/labels/{label}/confirm", "/labels/{label}/confirm", SAY, "401 404 404 403 404 200 200"),
    ("POST", "/labels/{label}/remove", "/labels/{label}/remove", SAY, "401 404 404 200 404 200 200"),
    ("GET", "/regradings", "/regradings", None, "401 200 200 200 200 200 200"),
    ("POST", "/regradings", "/regradings", NONE, "401 403 403 403 403 403 202"),
    (
        "POST",
        "/regradings/{regrading}/close",
        "/regradings/{regrading}/close",
        SAY,
        "401 404 404 403 404 200 200",
    ),
    ("GET", "/rankers", "/rankers", None, "401 403 403 200 200 200 200"),
    ("POST", "/rankers", "/rankers", None, "401 403 403 403 403 403 202"),
    ("POST", "/rankers/revert", "/rankers/revert", SAY, "401 403 403 403 403 403 200"),
    ("GET", "/jobs/{job}", "/jobs/{job}", None, "401 404 404 200 404 404 200"),
    ("POST", "/jobs/{job}/cancel", "/jobs/{job}/cancel", NONE, "401 404 404 200 404 404 404"),
    (
        "POST",
        "/applications",
        "/applications",
        {"dataset": "{offered_dataset}", "purpose": "study", "accept_terms": True},
        "401 201 201 403 403 403 403",
    ),
    ("GET", "/applications", "/applications", None, "401 200 200 200 200 200 200"),
    ("GET", "/applications/queue", "/applications/queue", None, "401 200 200 200 200 200 200"),
    ("GET", "/applications/{application}", "/applications/{application_draft}", None, "401 200 404 404 404 404 404"),
    ("GET", "/applications/{application}", "/applications/{application_sent}", None, "401 200 404 200 404 200 200"),
    (
        "PUT",
        "/applications/{application}",
        "/applications/{application_draft}",
        {"purpose": "other"},
        "401 200 404 404 404 404 404",
    ),
    (
        "POST",
        "/applications/{application}/submit",
        "/applications/{application_draft}/submit",
        NONE,
        "401 200 404 404 404 404 404",
    ),
    (
        "POST",
        "/applications/{application}/approve",
        "/applications/{application_sent}/approve",
        SAY,
        "401 403 404 403 404 200 200",
    ),
    (
        "POST",
        "/applications/{application}/refuse",
        "/applications/{application_sent}/refuse",
        SAY,
        "401 403 404 403 404 200 200",
    ),
    (
        "POST",
        "/applications/{application}/grant",
        "/applications/{application_agreed}/grant",
        {"days": 9},
        "401 403 404 200 404 200 200",
    ),
    (
        "POST",
        "/applications/{application}/revoke",
        "/applications/{application_active}/revoke",
        SAY,
        "401 403 404 200 404 200 200",
    ),
    (
        "POST",
        "/applications/{application}/withdraw",
        "/applications/{application_active}/withdraw",
        NONE,
        "401 200 404 403 404 403 403",
    ),
    ("GET", "/journal", "/journal", None, "401 403 403 403 403 403 200"),
    ("GET", "/journal/proof", "/journal/proof", None, "401 403 403 403 403 403 200"),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return set_stage(tmp_path_factory.mktemp("stage"))


def filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, str):
        for name, id_ in ids.items():
            value = value.replace("{" + name + "}", id_)
        return value
    if isinstance(value, dict):
        return {k: filled(v, ids) for k, v in value.items()}
    return value


def call(stage: Stage, client: Any, method: str, address: str, body: Any, who: str) -> Any:
    given = {"content": body} if isinstance(body, bytes) else {} if body is None else {"json": filled(body, stage.ids)}
    return client.request(method, "/api/v1" + filled(address, stage.ids), headers=stage.headers(who), **given)


@pytest.mark.parametrize(
    ("method", "address", "body", "expected"),
    [(method, address, body, expected) for method, _, address, body, expected in MATRIX],
    ids=[f"{method} {address}" for method, _, address, _, _ in MATRIX],
)
def test_the_matrix(stage: Stage, tmp_path: Path, method: str, address: str, body: Any, expected: str) -> None:
    client = stage.client()
    wanted = dict(zip(ROLES, (int(code) for code in expected.split()), strict=True))
    before = stage.entries()
    for who, status in wanted.items():
        if status >= 400 or method in ("GET", "HEAD"):
            got = call(stage, client, method, address, body, who)
            assert got.status_code == status, (who, got.text)
            if status >= 400 and method != "HEAD":
                assert got.headers["content-type"] == "application/problem+json" and got.json()["status"] == status
    if method not in ("GET", "HEAD"):
        assert stage.entries() == before, "somebody who was refused changed something"
    for number, (who, status) in enumerate(wanted.items()):
        if status < 400 and method not in ("GET", "HEAD"):
            desk = stage.copy(tmp_path / str(number))
            got = call(stage, stage.client(desk), method, address, body, who)
            desk.store.close()
            assert got.status_code == status, (who, got.text)


def every_route(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """(method, path) of every route, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from every_route(inner.routes)
        else:
            yield from ((method, route.path) for method in route.methods)


def test_no_route_is_left_out(stage: Stage) -> None:
    found = set(every_route(create_app(stage.house.desk).routes))
    assert ("POST", "/api/v1/releases/{release}/approve") in found
    assert found - {("GET", OPENAPI), ("HEAD", OPENAPI)} == {(method, "/api/v1" + path) for method, path, *_ in MATRIX}


def test_what_is_hidden_is_answered_like_what_is_not_there(stage: Stage) -> None:
    client = stage.client()
    for who in ("requester", "stranger", "reviewer", "requester2"):
        headers = stage.headers(who)
        for kind, name in (
            ("releases", "treated"),
            ("applications", "application_draft"),
            ("jobs", "job"),
            ("datasets", "suspended_dataset"),
        ):
            if who == "requester" and kind == "applications":
                continue
            hidden = client.get(f"/api/v1/{kind}/{stage.ids[name]}", headers=headers)
            absent = client.get(f"/api/v1/{kind}/{name[:3]}_999999", headers=headers)
            assert (hidden.status_code, hidden.content) == (404, absent.content)
            assert {k: v for k, v in hidden.headers.items() if k != "date"} == dict(absent.headers)
