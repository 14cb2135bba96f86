"""The feeds and exports: valid, complete, and of published datasets only."""

from __future__ import annotations

import xml.etree.ElementTree as tree
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from release.desk import publication
from release.store.engine import open_store, sqlite_url
from release.workflow.records import Release
from tests.service.house import CANARY, House, build, done
from tests.web.stage import application

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://localhost"
HOSTILE = "A <b>title</b> & \x0b ]]> 数据"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("home")
    store = open_store(sqlite_url(home / "sluice.db"))
    yield build(store, home / "vault")
    store.close()


@pytest.fixture(scope="module")
def shelf(house: House) -> dict[str, Release]:
    """One of every kind; two of them are not to be seen."""
    found = {"open": house.published(), "conditional": house.published("conditional"), "hidden": house.treated()}
    other = house.published(who="stranger")
    suspended = house.published()
    done(publication.suspend(house.desk, house.who["steward"], suspended.id, "a doubt"))
    return {**found, "other": other, "suspended": suspended}


@pytest.fixture(scope="module")
def client(house: House, shelf: dict[str, Release]) -> TestClient:
    return TestClient(application(house.desk), base_url=HOST)


def seen(shelf: dict[str, Release]) -> set[str]:
    return {shelf[name].dataset for name in ("open", "conditional", "other")}


def act(client: TestClient, action: str, **params: Any) -> Any:
    answer = client.get(f"/api/3/action/{action}", params=params)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["success"] is True and action in body["help"]
    return body["result"]


def test_the_feed_holds_what_is_published(client: TestClient, shelf: dict[str, Release]) -> None:
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = tree.fromstring(answer.text)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert {e.findtext(f"{ATOM}id") for e in entries} == {f"{HOST}/datasets/{d}" for d in seen(shelf)}
    for one in (feed, *entries):
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo == UTC
        assert one.findtext(f"{ATOM}title")
    updates = [e.findtext(f"{ATOM}updated") or "" for e in entries]
    assert updates == sorted(updates, reverse=True) and feed.findtext(f"{ATOM}updated") == updates[0]
    assert all(e.findtext(f"{ATOM}author/{ATOM}name") for e in entries)


def test_the_feed_stays_xml_whatever_is_written(house: House, client: TestClient) -> None:
    release = house.upload(title=HOSTILE, description=HOSTILE, keywords=('"<k>', "\x01k"))
    house.work()
    from release.desk import planning, review

    done(planning.make_plan(house.desk, house.who["steward"], release.id, "unconditional"))
    house.work()
    done(planning.start_treatment(house.desk, house.who["steward"], release.id))
    house.work()
    done(review.submit(house.desk, house.who["steward"], release.id))
    done(review.approve(house.desk, house.who["reviewer"], release.id))
    done(publication.publish(house.desk, house.who["steward"], release.id))
    feed = tree.fromstring(client.get("/feed.atom", params={"q": "<b>title</b>"}).text)
    assert [e.findtext(f"{ATOM}title") for e in feed.findall(f"{ATOM}entry")] == ["A <b>title</b> &  ]]> 数据"]
    done(publication.withdraw(house.desk, house.who["steward"], release.id, "only for this test"))
    assert not tree.fromstring(client.get("/feed.atom?q=title").text).findall(f"{ATOM}entry")


def test_the_catalogue_is_linked_data_with_addresses(client: TestClient, shelf: dict[str, Release]) -> None:
    answer = client.get("/catalog.jsonld")
    assert answer.headers["content-type"].startswith("application/ld+json")
    catalogue = answer.json()
    assert catalogue["@type"] == "dcat:Catalog" and catalogue["dct:title"] and catalogue["dct:publisher"]["foaf:name"]
    assert {one["dct:identifier"] for one in catalogue["dcat:dataset"]} == seen(shelf)
    assert catalogue["hydra:view"]["hydra:totalItems"] == 3 and "hydra:next" not in catalogue["hydra:view"]
    for one in catalogue["dcat:dataset"]:
        assert "@context" not in one and one["@id"].startswith(f"{HOST}/datasets/")
        assert one["dcat:distribution"], "a harvester drops what offers nothing"
        for distribution in one["dcat:distribution"]:
            assert distribution["dcat:accessURL"]["@id"].startswith(f"{HOST}/datasets/{one['dct:identifier']}")
    closed = next(o for o in catalogue["dcat:dataset"] if o["dct:identifier"] == shelf["conditional"].dataset)
    assert closed["dct:accessRights"]["@id"].endswith("RESTRICTED")
    assert closed["dcat:distribution"][0]["dcat:accessURL"]["@id"].endswith("/apply")
    assert all("dcat:downloadURL" not in d for d in closed["dcat:distribution"])


def test_the_catalogue_is_paged(client: TestClient, monkeypatch: pytest.MonkeyPatch, shelf: dict[str, Release]) -> None:
    from release.web.harvest import dcat

    monkeypatch.setattr(dcat, "PAGE", 1)
    found, address = set(), f"{HOST}/catalog.jsonld"
    for _ in range(10):
        page = client.get(address).json()
        found |= {one["dct:identifier"] for one in page["dcat:dataset"]}
        following = page["hydra:view"].get("hydra:next")
        if following is None:
            break
        address = following["@id"]
    assert found == seen(shelf)


def test_addresses_of_a_package_become_addresses_of_the_service() -> None:
    from release.web.harvest.dcat import _renamed

    said = {"@id": "urn:sluice:dataset:p", "odrl:hasPolicy": {"@id": "urn:sluice:dataset:p:offer", "x": ["p"]}}
    assert _renamed(said, "urn:sluice:dataset:p", "http://h/datasets/d") == {
        "@id": "http://h/datasets/d",
        "odrl:hasPolicy": {"@id": "http://h/datasets/d#offer", "x": ["p"]},
    }


def test_ckan_lists_and_shows(client: TestClient, shelf: dict[str, Release]) -> None:
    names = act(client, "package_list")
    assert set(names) == seen(shelf)
    assert act(client, "package_list", limit=1, offset=1) == names[1:2]
    opened = act(client, "package_show", id=shelf["open"].dataset)
    assert opened["private"] is False and opened["state"] == "active" and opened["title"] == shelf["open"].title
    assert opened["num_resources"] == len(opened["resources"]) > 1
    for resource in opened["resources"]:
        assert resource["package_id"] == opened["id"]
        assert resource["hash"].startswith("sha256:")
        fetched = client.get(resource["url"])
        assert fetched.status_code == 200 and len(fetched.content) == resource["size"]
    closed = act(client, "package_show", id=shelf["conditional"].dataset)
    assert closed["private"] is False and closed["isopen"] is False
    assert closed["resources"][0]["url"].endswith("/apply")
    assert not any(resource["url"].endswith("table.csv") for resource in closed["resources"])


def test_ckan_searches(client: TestClient, shelf: dict[str, Release]) -> None:
    every = act(client, "package_search", q="*:*", rows=100)
    assert every["count"] == 3 and {r["id"] for r in every["results"]} == seen(shelf)
    assert act(client, "package_search", rows=0)["results"] == []
    assert act(client, "package_search", q="visits")["count"] == 3
    assert act(client, "package_search", q="nothing like it")["count"] == 0
    one = act(client, "package_show", id=shelf["other"].dataset)
    own = act(client, "package_search", fq=f"organization:{one['organization']['name']}")
    assert [r["id"] for r in own["results"]] == [one["id"]]
    assert act(client, "package_search", fq=f"-organization:{one['organization']['name']}")["count"] == 2
    assert act(client, "package_search", fq="openness:conditional")["count"] == 1
    assert act(client, "package_search", fq="metadata_modified:[2999-01-01T00:00:00Z TO *]")["count"] == 0
    assert act(client, "package_search", fq="+metadata_modified:[* TO *] +state:active")["count"] == 3
    ids = [r["id"] for r in act(client, "package_search", sort="id asc")["results"]]
    assert ids == sorted(ids)
    assert [r["id"] for r in act(client, "package_search", sort="id desc", start=1, rows=1)["results"]] == ids[1:2]
    found = act(client, "package_search", **{"facet.field": '["organization", "openness"]'})
    assert found["facets"]["openness"] == {"unconditional": 2, "conditional": 1}
    assert sum(item["count"] for item in found["search_facets"]["organization"]["items"]) == 3


@pytest.mark.parametrize(
    ("action", "params", "status", "kind"),
    [
        ("package_show", {"id": "dat_none"}, 404, "Not Found Error"),
        ("package_show", {}, 409, "Validation Error"),
        ("package_search", {"fq": "colour:red"}, 409, "Validation Error"),
        ("package_search", {"fq": "metadata_modified:[yesterday TO *]"}, 409, "Validation Error"),
        ("package_search", {"fq": ")("}, 409, "Validation Error"),
        ("package_search", {"rows": "-1"}, 409, "Validation Error"),
        ("package_search", {"sort": "colour asc"}, 409, "Validation Error"),
        ("organization_show", {"id": "org-none"}, 404, "Not Found Error"),
    ],
)
def test_ckan_refuses_as_ckan_does(
    action: str, params: dict[str, str], status: int, kind: str, client: TestClient
) -> None:
    answer = client.get(f"/api/3/action/{action}", params=params)
    assert answer.status_code == status
    assert answer.json()["success"] is False and answer.json()["error"]["__type"] == kind


def test_ckan_takes_posted_json_and_nothing_else(client: TestClient, shelf: dict[str, Release]) -> None:
    shown = client.post("/api/3/action/package_show", json={"id": shelf["open"].dataset})
    assert shown.json()["result"]["id"] == shelf["open"].dataset
    assert client.post("/api/3/action/package_show", json={"id": ["x"]}).status_code == 409
    for body in (b"[1]", b"{", b"\xff", b"[" * 100_000):
        assert client.post("/api/3/action/package_list", content=body).status_code == 400
    assert client.get("/api/3/action/package_delete").status_code == 400


def test_ckan_knows_the_organisations(client: TestClient, shelf: dict[str, Release]) -> None:
    names = act(client, "organization_list")
    every = act(client, "organization_list", all_fields="true")
    assert sorted(names) == sorted(one["name"] for one in every)
    assert sum(one["package_count"] for one in every) == 3
    shown = act(client, "organization_show", id=names[0], include_datasets="true")
    assert shown["package_count"] == len(shown["packages"]) > 0
    assert act(client, "status_show")["site_url"] == HOST


def test_a_hidden_dataset_is_nowhere(client: TestClient, shelf: dict[str, Release]) -> None:
    """Not the ones on their way, not the suspended ones; and no cell of raw data in what is public."""
    for address in ("/feed.atom", "/catalog.jsonld", "/api/3/action/package_search", "/api/3/action/package_list"):
        text = client.get(address).text
        assert CANARY not in text
        for name in ("hidden", "suspended"):
            assert shelf[name].dataset not in text and shelf[name].id not in text
    for name in ("hidden", "suspended"):
        assert client.get(f"/api/3/action/package_show?id={shelf[name].dataset}").status_code == 404
