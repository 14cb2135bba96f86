"""The pages on which people decide what a field is, disagree, confirm, and see what a newer pack makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from release.desk import dissents, grading, gradings, labels, review
from release.store.engine import open_store, sqlite_url
from release.workflow.labelling import LabelState
from release.workflow.records import Dissent, Release
from tests.service import road
from tests.service.house import TABLE, House, build, done
from tests.web.test_pages import enter, well_formed


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    store = open_store(sqlite_url(tmp_path / "sluice.db"))
    yield build(store, tmp_path / "home")
    store.close()


@pytest.fixture
def pack() -> Iterator[dict[str, str]]:
    before = dict(road.PACK)
    yield road.PACK
    road.PACK.update(before)


def submitted(house: House) -> Release:
    return done(review.submit(house.desk, house.who["steward"], house.treated().id))


def test_a_reviewer_disagrees_and_somebody_else_settles_it(house: House) -> None:
    release = submitted(house)
    at = f"/work/{release.id}"
    reviewer, second, steward = enter(house, "reviewer"), enter(house, "reviewer2"), enter(house, "steward")
    assert f'action="{at}/dissent"' in reviewer.get(at).text
    assert f'action="{at}/dissent"' not in steward.get(at).text
    assert reviewer.submit(f"{at}/dissent", field="age", category="", grade="", reason="why").status_code == 409
    assert reviewer.submit(f"{at}/dissent", field="age", category="person.age", reason="").status_code == 409
    assert steward.submit(f"{at}/dissent", field="age", category="person.age", reason="why").status_code == 409
    assert reviewer.submit(f"{at}/dissent", field="age", category="person.age", reason="Ages!").status_code == 303
    for client in (reviewer, steward):
        text = client.get(at, params={"lang": "en"}).text
        well_formed(text, "en")
        assert "Ages!" in text and "disputed" in text
    assert "disputed" in second.get("/review", params={"lang": "en"}).text
    assert reviewer.submit(f"{at}/approve").status_code == 409
    one = dissents.of_release(house.desk, house.who["reviewer"], release.id)[0]
    assert isinstance(one, Dissent)
    assert f"{at}/dissents/{one.id}/overrule" in second.get(at).text
    assert f"{at}/dissents/{one.id}/overrule" not in reviewer.get(at).text
    assert steward.submit(f"{at}/dissents/{one.id}/overrule", comment="no").status_code == 409
    assert second.submit(f"{at}/dissents/{one.id}/overrule", comment="").status_code == 409
    assert second.submit(f"{at}/dissents/{one.id}/overrule", comment="As the directory says").status_code == 303
    assert second.submit(f"{at}/dissents/{one.id}/nonsense", comment="x").status_code == 404
    assert reviewer.submit(f"{at}/approve").status_code == 303


def test_the_history_page_says_who_when_and_which_version(house: House) -> None:
    release = house.upload()
    house.work()
    done(grading.override(house.desk, house.who["steward"], release.id, "age", "person.age", "<b>Ages</b>"))
    house.work()
    text = enter(house, "steward").get(f"/work/{release.id}/field", params={"name": "age", "lang": "zh"}).text
    well_formed(text, "zh")
    assert "&lt;b&gt;Ages&lt;/b&gt;" in text and "Steward" in text and "更正类别" in text and "short 1" in text
    assert enter(house, "stranger").get(f"/work/{release.id}/field?name=age").status_code == 404
    assert enter(house, "steward").get(f"/work/{release.id}/field?name=nothing").status_code == 404


def test_labels_are_confirmed_and_removed_with_a_reason(house: House) -> None:
    release = house.upload()
    house.work()
    done(grading.override(house.desk, house.who["steward"], release.id, "age", "person.age", "ages"))
    one = labels.list_labels(house.desk, house.who["reviewer"]).items[0]
    reviewer, steward = enter(house, "reviewer"), enter(house, "steward")
    assert f"/words/{one.id}/confirm" in reviewer.get("/words").text
    assert f"/words/{one.id}/confirm" not in steward.get("/words").text
    assert "ages" not in enter(house, "stranger").get("/words").text
    assert steward.submit(f"/words/{one.id}/confirm", comment="me too").status_code == 409
    assert reviewer.submit(f"/words/{one.id}/confirm", comment="").status_code == 409
    assert reviewer.submit(f"/words/{one.id}/confirm", comment="seen").status_code == 303
    assert steward.submit(f"/words/{one.id}/remove", comment="wrong").status_code == 303
    assert labels.list_labels(house.desk, house.who["reviewer"]).items[0].state is LabelState.REMOVED
    authority = enter(house, "authority")
    assert "/words/retrain" in authority.get("/words").text and "/words/retrain" not in steward.get("/words").text
    assert steward.submit("/words/retrain").status_code == 409
    assert authority.submit("/words/retrain").status_code == 409, "no correction is in force"
    assert authority.submit("/words/revert", comment="why").status_code == 409


def test_the_regrading_page_lists_every_difference(house: House, pack: dict[str, str]) -> None:
    release = house.published()
    house.published("conditional", text=TABLE.replace("30", "31"))
    authority, reviewer = enter(house, "authority"), enter(house, "reviewer")
    pack.update(version="2", openness="conditional")
    assert "2 datasets were graded" in authority.get("/regradings", params={"lang": "en"}).text
    assert reviewer.submit("/regradings").status_code == 409
    assert authority.submit("/regradings", policy="none").status_code == 409
    assert authority.submit("/regradings").status_code == 303
    house.work()
    for language, words in (("en", ("suspended", "to be looked at", "graver")), ("zh", ("已暂停", "请复核", "升高"))):
        text = reviewer.get("/regradings", params={"lang": language}).text
        well_formed(text, language)
        assert all(word in text for word in words)
        sheet = reviewer.get(f"/work/{release.id}", params={"lang": language}).text
        well_formed(sheet, language)
    found = gradings.list_regradings(house.desk, house.who["reviewer"]).items
    assert reviewer.submit(f"/regradings/{found[0].id}/close", comment="").status_code == 409
    assert reviewer.submit(f"/regradings/{found[0].id}/close", comment="seen").status_code == 303
    assert enter(house, "stranger").submit(f"/regradings/{found[1].id}/close", comment="x").status_code == 404
