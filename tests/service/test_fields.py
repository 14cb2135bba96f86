"""What people say of fields in the service: labels, disagreement, histories; and what newer packs make of releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from release.desk import (
    audit,
    catalogue,
    datasets,
    dissents,
    grading,
    gradings,
    history,
    labels,
    publication,
    review,
    weights,
)
from release.desk.history import Moment
from release.desk.upkeep import keep_up
from release.nouns.refusal import Refusal
from release.store import aggregate, journal
from release.store.engine import open_store, sqlite_url
from release.workflow.dissenting import DissentState
from release.workflow.labelling import LabelState
from release.workflow.records import Dissent, Job, Label, Ranker, Regrading, Release
from release.workflow.releasing import ReleaseState
from tests.service import road
from tests.service.house import CANARY, TABLE, House, codes, done


def sound(house: House) -> None:
    """Replaying the journal gives every row, on whichever database."""
    with house.desk.store.read() as work:
        assert list(aggregate.faults(work)) == []


def category(house: House, release: Release, field: str) -> str:
    view = datasets.show_release(house.desk, house.who["authority"], release.id)
    assert not isinstance(view, tuple) and view.examination is not None
    return next(f["category"] for f in view.examination["findings"] if f["field"] == field)


def submitted(house: House, **words: str) -> Release:
    release = house.treated(**words)
    return done(review.submit(house.desk, house.who["steward"], release.id))


def label(house: House) -> Label:
    found: Label = labels.list_labels(house.desk, house.who["reviewer"]).items[0]
    return found


@pytest.fixture
def pack() -> Iterator[dict[str, str]]:
    """The installed pack, as it was again afterwards."""
    before = dict(road.PACK)
    yield road.PACK
    road.PACK.update(before)


def test_a_correction_holds_for_the_next_dataset_of_the_schema(house: House) -> None:
    first = house.upload()
    house.work()
    done(grading.override(house.desk, house.who["steward"], first.id, "age", "person.age", "these are ages"))
    house.work()
    second = house.upload("colleague", TABLE.replace("30", "31"))
    foreign = house.upload("stranger")
    other = house.upload(text=TABLE.replace("district", "area"))
    house.work()
    assert category(house, second, "age") == "person.age"
    assert category(house, foreign, "age") == "thing.count", "another organisation judges for itself"
    assert category(house, other, "age") == "thing.count", "another schema is another table"
    assert house.release(second.id).hands >= {"per_steward", "per_colleague"}, "whose word it was had a hand in it"
    kept = label(house)
    assert (kept.state, kept.name, kept.found) == (LabelState.IN_FORCE, "Steward", "thing.count")
    assert CANARY not in repr(kept)
    done(grading.override(house.desk, house.who["steward"], first.id, "age", "", "no, counts"))
    third = house.upload()
    house.work()
    assert category(house, third, "age") == "thing.count" and label(house).state is LabelState.REMOVED
    sound(house)


@pytest.mark.parametrize("reason", ["", " ", "x"])
def test_without_a_reason_nothing_is_kept(lodge: House, reason: str) -> None:
    release = lodge.upload()
    lodge.work()
    answer = grading.override(lodge.desk, lodge.who["steward"], release.id, "age", "person.age", reason)
    assert codes(answer) == {"workflow.reason"}
    assert labels.list_labels(lodge.desk, lodge.who["reviewer"]).total == 0


def test_who_may_see_and_settle_a_label(lodge: House) -> None:
    release = lodge.upload()
    lodge.work()
    done(grading.override(lodge.desk, lodge.who["steward"], release.id, "age", "person.age", "ages"))
    for who, total in {"steward": 1, "colleague": 1, "stranger": 0, "requester": 0, "public": 0, "reviewer": 1}.items():
        assert labels.list_labels(lodge.desk, lodge.who[who]).total == total, who
    one = label(lodge)
    assert codes(labels.confirm_label(lodge.desk, lodge.who["stranger"], one.id, "yes")) == {"missing"}
    assert codes(labels.confirm_label(lodge.desk, lodge.who["colleague"], one.id, "yes")) == {"workflow.role"}
    assert codes(labels.confirm_label(lodge.desk, lodge.who["reviewer"], one.id, "")) == {"workflow.reason"}
    made = labels.confirm_label(lodge.desk, lodge.who["reviewer"], one.id, "yes")
    assert isinstance(made, Label) and made.confirmed_by == "per_reviewer"
    own = done(grading.override(lodge.desk, lodge.who["both"], release.id, "district", "thing.count", "counts"))
    assert own.id == release.id
    mine = next(x for x in labels.list_labels(lodge.desk, lodge.who["both"]).items if x.field == "district")
    assert codes(labels.confirm_label(lodge.desk, lodge.who["both"], mine.id, "yes")) == {"workflow.own-work"}
    sound(lodge)


def test_a_disagreement_stops_approval_until_it_is_settled(house: House) -> None:
    desk, reviewer, steward = house.desk, house.who["reviewer"], house.who["steward"]
    release = submitted(house)
    refused = dissents.dissent(desk, reviewer, release.id, "age", "", "person.age")
    assert codes(refused) == {"workflow.reason"}
    assert codes(dissents.dissent(desk, steward, release.id, "age", "why not", "person.age")) == {"workflow.role"}
    assert codes(dissents.dissent(desk, reviewer, release.id, "age", "why not", "thing.count")) == {"input.same"}
    assert codes(dissents.dissent(desk, reviewer, release.id, "age", "why", scale="none", level="9")) == {"input.level"}
    made = dissents.dissent(desk, reviewer, release.id, "age", "these are ages", "person.age")
    assert isinstance(made, Dissent) and made.held == "thing.count"
    for who in ("reviewer", "reviewer2"):
        assert "workflow.disputed" in codes(review.approve(desk, house.who[who], release.id))
    view = datasets.show_release(desk, reviewer, release.id)
    assert not isinstance(view, tuple) and view.dissents == (made,) and "approve" not in view.commands
    assert codes(dissents.overrule(desk, reviewer, made.id, "after all")) == {"workflow.own-work"}
    assert codes(dissents.overrule(desk, steward, made.id, "I am right")) == {"workflow.role"}
    assert codes(dissents.retract(desk, house.who["reviewer2"], made.id, "for them")) == {"workflow.not-yours"}
    assert codes(dissents.overrule(desk, house.who["reviewer2"], made.id, "")) == {"workflow.reason"}
    over = dissents.overrule(desk, house.who["reviewer2"], made.id, "the directory defines it")
    assert isinstance(over, Dissent) and over.state is DissentState.OVERRULED
    assert codes(dissents.retract(desk, reviewer, made.id, "late")) == {"workflow.state"}
    done(review.approve(desk, reviewer, release.id))
    again = dissents.dissent(desk, house.who["reviewer2"], release.id, "district", "looks like names", "person.name")
    assert isinstance(again, Dissent)
    assert "workflow.disputed" in codes(publication.publish(desk, steward, release.id))
    assert isinstance(dissents.retract(desk, house.who["reviewer2"], again.id, "seen the file"), Dissent)
    done(publication.publish(desk, steward, release.id))
    sound(house)


def test_a_steward_who_gives_in_ends_the_disagreement(lodge: House) -> None:
    release = submitted(lodge)
    made = dissents.dissent(lodge.desk, lodge.who["reviewer"], release.id, "age", "ages", "person.age")
    assert isinstance(made, Dissent)
    done(grading.override(lodge.desk, lodge.who["steward"], release.id, "age", "person.age", "as the reviewer says"))
    found = dissents.of_release(lodge.desk, lodge.who["steward"], release.id)
    assert [one.state for one in found if isinstance(one, Dissent)] == [DissentState.ACCEPTED]
    assert lodge.release(release.id).state is ReleaseState.INGESTED
    sound(lodge)


def test_the_history_of_a_field_is_folded_from_the_journal(house: House) -> None:
    desk, steward = house.desk, house.who["steward"]
    release = submitted(house)
    dissents.dissent(desk, house.who["reviewer"], release.id, "age", "ages", "person.age")
    done(grading.override(desk, steward, release.id, "age", "person.age", "the reviewer is right"))
    house.work()
    found = [one for one in history.of_field(desk, steward, release.id, "age") if isinstance(one, Moment)]
    said = [(one.what, one.name, one.category) for one in found]
    assert said == [
        ("grade", "system", "thing.count"),
        ("dissent", "Reviewer", "person.age"),
        ("override", "Steward", "person.age"),
        ("decide", "Steward", "person.age"),
        ("accept", "Steward", "person.age"),
        ("grade", "system", "person.age"),
    ]
    assert found[0].versions["policy"] == "short 1" and found[0].versions["digest"]
    assert found[2].reason == "the reviewer is right"
    with desk.store.read() as work:
        entries = journal.entries(work, f"release:{release.id}")
    assert {one.at for one in found if one.what in ("grade", "override")} <= {entry.at for entry in entries}
    assert codes(history.of_field(desk, house.who["stranger"], release.id, "age")) == {"missing"}
    assert codes(history.of_field(desk, steward, release.id, "nothing")) == {"input.field"}
    other = [one for one in history.of_field(desk, steward, release.id, "district") if isinstance(one, Moment)]
    assert [(one.what, one.changed) for one in other] == [("grade", True), ("grade", False)]


def test_a_pack_that_rises_flags_suspends_and_sends_back(house: House, pack: dict[str, str]) -> None:
    desk, authority = house.desk, house.who["authority"]
    open_, offered = house.published(), house.published("conditional", text=TABLE.replace("30", "33"))
    waiting, drafted = submitted(house), house.upload(text=TABLE.replace("30", "34"))
    house.work()
    assert gradings.regrade_all(desk).found == (), "the pack is the one that graded"
    pack.update(version="2", openness="conditional")
    assert {r.id for r in gradings.stale(desk)} == {open_.id, offered.id, waiting.id, drafted.id}
    assert codes(gradings.ask(desk, house.who["reviewer"])) == {"workflow.role"}
    assert isinstance(gradings.ask(desk, authority), Job)
    assert house.work()[0] == "done"
    page = gradings.list_regradings(desk, authority)
    outcomes = {one.release: one.outcome for one in page.items}
    assert outcomes == {
        open_.id: "suspended", offered.id: "flagged", waiting.id: "re-examined", drafted.id: "re-examined"
    }  # fmt: skip
    change = next(one for one in page.items if one.release == open_.id).differences[0]
    assert (change["scale"], change["before"], change["after"]) == ("openness", "unconditional", "conditional")
    assert change["article"] == "art. 9"
    assert house.release(open_.id).state is ReleaseState.SUSPENDED and house.release(open_.id).package
    assert isinstance(catalogue.show(desk, house.who["public"], open_.dataset), tuple)
    assert house.release(offered.id).state is ReleaseState.PUBLISHED
    assert house.release(waiting.id).state is ReleaseState.GRADED and not house.release(waiting.id).plan_doc
    assert gradings.regrade_all(desk).found == (), "looked at already"
    assert "workflow.outgrown" in codes(publication.resume(desk, house.who["reviewer"], open_.id, "please"))
    for one in page.items:
        if one.outcome in ("suspended", "flagged"):
            assert codes(gradings.close(desk, house.who["steward"], one.id, "seen")) & {"workflow.role"}
            assert codes(gradings.close(desk, house.who["stranger"], one.id, "seen")) == {"missing"}
            assert isinstance(gradings.close(desk, house.who["reviewer"], one.id, "seen"), Regrading)
    assert "workflow.outgrown" in codes(publication.resume(desk, house.who["reviewer"], open_.id, "please"))
    pack.update(version="1", openness="")
    assert {one.outcome for one in gradings.regrade_all(desk).found} >= {"unchanged"}
    done(publication.resume(desk, house.who["reviewer"], open_.id, "the pack allows it again"))
    sound(house)


def test_a_pack_that_cannot_grade_allows_nothing(lodge: House, pack: dict[str, str]) -> None:
    release = lodge.published()
    pack.update(version="3", openness="broken")
    made = gradings.regrade_all(lodge.desk).found
    assert [(one.outcome, one.within) for one in made] == [("suspended", False)]
    assert lodge.release(release.id).state is ReleaseState.SUSPENDED
    sound(lodge)


def test_a_pack_that_is_no_longer_in_force_is_flagged_once(lodge: House, pack: dict[str, str]) -> None:
    release, drafted = lodge.published(), lodge.upload(text=TABLE.replace("30", "36"))
    lodge.work()
    pack.update(until="2026-03-02")
    assert gradings.regrade_all(lodge.desk).found == ()
    lodge.clock.forward(days=2)
    made = gradings.regrade_all(lodge.desk).found
    assert [(one.release, one.outcome, one.within) for one in made] == [(release.id, "flagged", True)]
    assert made[0].differences[-1]["scale"] == "in-force"
    assert gradings.regrade_all(lodge.desk).found == ()
    assert lodge.release(drafted.id).state is ReleaseState.GRADED
    pack.update(until="")
    assert [one.outcome for one in gradings.regrade_all(lodge.desk).found] == ["unchanged"]


def test_upkeep_notices_a_changed_pack(lodge: House, pack: dict[str, str]) -> None:
    lodge.published()
    keep_up(lodge.desk)
    assert lodge.work() == []
    pack.update(version="4")
    keep_up(lodge.desk)
    keep_up(lodge.desk)
    assert lodge.work() == ["done"], "one round, however often it was noticed"


def test_training_is_a_job_for_the_authority(lodge: House) -> None:
    desk, authority = lodge.desk, lodge.who["authority"]
    assert codes(weights.ask(desk, authority)) == {"ranker.no-corrections"}
    release = lodge.upload()
    lodge.work()
    done(grading.override(desk, lodge.who["steward"], release.id, "age", "person.name", "names"))
    assert codes(weights.ask(desk, lodge.who["steward"])) == {"workflow.role"}
    lodge.work()
    asked = weights.ask(desk, authority)
    assert isinstance(asked, Ranker) and asked.state == "training"
    assert codes(weights.ask(desk, authority)) == {"ranker.busy"}
    assert lodge.work() == ["done"]
    made = next(one for one in weights.versions(desk, authority) if isinstance(one, Ranker))
    assert (made.state, made.corrections) == ("in-use", 1)
    with desk.store.read() as work:
        used = weights.in_use(desk, work)
    assert used["ranker"].is_file() and used["version"]["sha256"] == made.document
    assert codes(weights.revert(desk, lodge.who["steward"], "worse")) == {"workflow.role"}
    assert weights.revert(desk, authority, "worse") is None
    assert all(isinstance(one, Refusal) for one in weights.versions(desk, lodge.who["requester"]))
    sound(lodge)


def test_a_training_that_breaks_leaves_what_is_in_use(lodge: House, monkeypatch: pytest.MonkeyPatch) -> None:
    release = lodge.upload()
    lodge.work()
    done(grading.override(lodge.desk, lodge.who["steward"], release.id, "age", "person.age", "no such category"))
    lodge.work()
    assert isinstance(weights.ask(lodge.desk, lodge.who["authority"]), Ranker)
    assert lodge.work() == ["failed"], "the short road knows categories that the ranker does not"
    made = next(one for one in weights.versions(lodge.desk, lodge.who["authority"]) if isinstance(one, Ranker))
    assert made.state == "failed" and made.message
    sound(lodge)


def test_an_older_database_is_brought_up(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "old.db")
    first = open_store(url)
    with first.write() as work:
        for table in ("labels", "dissents", "regradings", "rankers"):
            work.connection.execute(text(f"DROP TABLE {table}"))
        work.connection.execute(text("UPDATE meta SET value = '1'"))
    first.close()
    second = open_store(url)
    with second.read() as work:
        assert work.connection.execute(text("SELECT value FROM meta")).scalar_one() == "2"
        assert list(aggregate.faults(work)) == []
        assert work.connection.execute(text("SELECT count(*) FROM labels")).scalar_one() == 0
    second.close()


def test_a_bent_label_is_noticed(lodge: House) -> None:
    release = lodge.upload()
    lodge.work()
    done(grading.override(lodge.desk, lodge.who["steward"], release.id, "age", "person.age", "ages"))
    assert audit.verify_journal(lodge.desk).faults == ()
    with lodge.desk.store.write() as work:
        work.connection.execute(text("UPDATE labels SET category = 'thing.count'"))
    assert [fault.aggregate.split(":")[0] for fault in audit.verify_journal(lodge.desk).faults] == ["label"]
