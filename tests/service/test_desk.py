"""The use cases, end to end, on both databases: the road a dataset takes and every way it may not."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from release.desk import access, audit, catalogue, datasets, download, grading, planning, publication, review
from release.desk.datasets import TooLarge, Words, plain_name, receive
from release.desk.desk import Rules
from release.desk.download import Download
from release.desk.upkeep import keep_up
from release.nouns.errors import Tampered
from release.store import aggregate, journal
from release.workflow.records import Application, Release
from release.workflow.releasing import ReleaseState
from tests.service.house import CANARY, TABLE, House, codes, done


def fetch(house: House, who: str, release: Release, name: str = "data/table.csv") -> Download | tuple[object, ...]:
    return download.open_file(house.desk, house.who[who], release.dataset, name)


def sound(house: House) -> None:
    with house.desk.store.read() as work:
        assert list(aggregate.faults(work)) == []


def test_from_upload_to_anybodys_download(house: House) -> None:
    release = house.upload()
    assert release.state is ReleaseState.DRAFT
    assert house.work() == ["done"]
    view = datasets.show_release(house.desk, house.who["steward"], release.id)
    assert not isinstance(view, tuple) and view.examination is not None
    assert [f["field"] for f in view.examination["findings"]] == ["name", "age", "district"]
    assert {"make-plan", "override", "replace", "withdraw"} <= set(view.commands)
    done(planning.make_plan(house.desk, house.who["steward"], release.id, "unconditional"))
    assert house.work() == ["done"]
    done(planning.start_treatment(house.desk, house.who["steward"], release.id))
    assert house.work() == ["done"]
    assert house.release(release.id).report_passed
    assert codes(fetch(house, "public", release)) == {"missing"}
    done(review.submit(house.desk, house.who["steward"], release.id))
    done(review.approve(house.desk, house.who["reviewer"], release.id, "sound"))
    assert catalogue.search(house.desk).total == 0
    done(publication.publish(house.desk, house.who["steward"], release.id))
    got = fetch(house, "public", release)
    assert isinstance(got, Download) and got.public
    assert got.path.read_text() == '"age","district"\n"30","north"\n"30","north"\n"40","south"\n"40","south"\n'
    found = catalogue.search(house.desk, "就诊")
    assert found.total == 1 and found.items[0].fields == ("age", "district")
    sound(house)


def test_conditional_apply_grant_download_revoke(house: House) -> None:
    release = house.published("conditional")
    assert catalogue.search(house.desk).total == 1
    shelf = catalogue.show(house.desk, house.who["public"], release.dataset)
    assert not isinstance(shelf, tuple)
    assert "data/table.csv" not in shelf.fetchable and "datapackage.json" in shelf.fetchable
    assert codes(fetch(house, "public", release)) == {"workflow.conditional"}
    assert codes(fetch(house, "requester", release)) == {"workflow.conditional"}
    grant = house.granted(release)
    assert isinstance(fetch(house, "requester", release), Download)
    assert codes(fetch(house, "requester2", release)) == {"workflow.conditional"}
    assert isinstance(access.revoke(house.desk, house.who["reviewer"], grant.id, "breach"), Application)
    assert codes(fetch(house, "requester", release)) == {"workflow.conditional"}
    sound(house)
    with house.desk.store.read() as work:
        entries = journal.entries(work, f"application:{grant.id}")
    assert [e.type for e in entries] == ["open", "submit", "approve", "grant", "download", "revoke"]


def test_a_grant_ends_by_the_clock_before_anybody_marks_it(house: House) -> None:
    release = house.published("conditional")
    grant = house.granted(release, days=2)
    house.clock.forward(days=2, seconds=-30)
    assert isinstance(fetch(house, "requester", release), Download)
    house.clock.forward(seconds=31)
    assert codes(fetch(house, "requester", release)) == {"workflow.expired"}
    assert keep_up(house.desk).expired == 1
    shown = access.show_application(house.desk, house.who["requester"], grant.id)
    assert not isinstance(shown, tuple) and shown.application.state == "expired"
    sound(house)


@pytest.mark.parametrize("openness", ["unconditional", "conditional"])
def test_suspended_is_gone_from_the_next_request_on(house: House, openness: str) -> None:
    release = house.published(openness)
    if openness == "conditional":
        house.granted(release)
    assert isinstance(fetch(house, "requester", release), Download)
    done(publication.suspend(house.desk, house.who["reviewer2"], release.id, "a claim"))
    assert codes(fetch(house, "requester", release)) == {"missing"}
    assert codes(catalogue.show(house.desk, house.who["public"], release.dataset)) == {"missing"}
    assert catalogue.search(house.desk).total == 0
    done(publication.resume(house.desk, house.who["reviewer2"], release.id, "unfounded"))
    assert isinstance(fetch(house, "requester", release), Download)
    done(publication.withdraw(house.desk, house.who["steward"], release.id, "an error"))
    assert codes(fetch(house, "requester", release)) == {"missing"}
    sound(house)


def test_nobody_approves_their_own_in_whatever_role(house: House) -> None:
    release = house.treated(who="both")
    done(review.submit(house.desk, house.who["both"], release.id))
    assert codes(review.approve(house.desk, house.who["both"], release.id)) == {"workflow.own-work"}
    assert codes(review.approve(house.desk, house.who["steward"], release.id)) == {"workflow.role"}
    assert codes(review.approve(house.desk, house.who["stranger"], release.id)) == {"missing"}
    helped = house.treated(who="steward")
    done(grading.override(house.desk, house.who["both"], helped.id, "age", "person.age", "looks like ages"))
    house.work()
    done(planning.make_plan(house.desk, house.who["steward"], helped.id, "unconditional"))
    house.work()
    done(planning.start_treatment(house.desk, house.who["steward"], helped.id))
    house.work()
    done(review.submit(house.desk, house.who["steward"], helped.id))
    assert codes(review.approve(house.desk, house.who["both"], helped.id)) == {"workflow.own-work"}
    done(review.approve(house.desk, house.who["everything"], helped.id))


def test_an_applicant_decides_on_nothing_of_theirs(house: House) -> None:
    release = house.published("conditional")
    application = access.apply(house.desk, house.who["everything"], release.dataset, "study", {}, accept_terms=True)
    assert isinstance(application, Application)
    for decide in (access.approve_application, access.refuse_application):
        assert codes(decide(house.desk, house.who["everything"], application.id, "yes")) == {"workflow.own-work"}


CHANGES: dict[str, Callable[[House, Release], object]] = {
    "override": lambda h, r: grading.override(h.desk, h.who["steward"], r.id, "age", "person.age", "ages"),
    "describe": lambda h, r: datasets.describe(h.desk, h.who["steward"], r.id, Words("Another title")),
    "plan": lambda h, r: planning.make_plan(h.desk, h.who["steward"], r.id, "conditional"),
    "replace": lambda h, r: replace(h, r),
}


def replace(house: House, release: Release) -> object:
    with receive(house.desk) as inlet:
        inlet.write(TABLE.replace("north", "west").encode())
    assert inlet.stored is not None
    return datasets.replace(house.desk, house.who["steward"], release.id, inlet.stored, "again.csv")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("approved", [False, True])
def test_any_change_after_submission_resets_the_review(lodge: House, change: str, approved: bool) -> None:
    release = lodge.treated()
    done(review.submit(lodge.desk, lodge.who["steward"], release.id))
    if approved:
        done(review.approve(lodge.desk, lodge.who["reviewer"], release.id))
    CHANGES[change](lodge, release)
    now = lodge.release(release.id)
    assert (now.sealed, now.approver, now.report_passed, now.package) == ("", "", False, "")
    assert codes(publication.publish(lodge.desk, lodge.who["steward"], release.id)) == {"workflow.state"}
    view = datasets.show_release(lodge.desk, lodge.who["steward"], release.id)
    assert not isinstance(view, tuple) and all(r.void for r in view.reviews)


@pytest.mark.parametrize("when", ["submitted", "approved", "published"])
def test_a_byte_changed_on_the_disk_stops_everything(lodge: House, when: str) -> None:
    release = lodge.treated()
    done(review.submit(lodge.desk, lodge.who["steward"], release.id))
    if when != "submitted":
        done(review.approve(lodge.desk, lodge.who["reviewer"], release.id))
    if when == "published":
        done(publication.publish(lodge.desk, lodge.who["steward"], release.id))
        assert isinstance(fetch(lodge, "public", release), Download)
    file = lodge.desk.vault.packages.path(release.package) / "data" / "table.csv"
    file.write_bytes(file.read_bytes().replace(b"north", b"NORTH"))
    if when == "submitted":
        answer: object = review.approve(lodge.desk, lodge.who["reviewer"], release.id)
    elif when == "approved":
        answer = publication.publish(lodge.desk, lodge.who["steward"], release.id)
    else:
        answer = fetch(lodge, "public", release)
        assert catalogue.search(lodge.desk).items == ()
    assert codes(answer) == {"workflow.changed"}


def test_a_report_that_fails_holds_the_release(lodge: House) -> None:
    release = lodge.upload()
    lodge.work()
    done(planning.make_plan(lodge.desk, lodge.who["steward"], release.id, "unconditional", search={"k": 3}))
    lodge.work()
    done(planning.start_treatment(lodge.desk, lodge.who["steward"], release.id))
    assert lodge.work() == ["refused"]
    held = lodge.release(release.id)
    assert held.state is ReleaseState.PLANNED and held.refusals[0].code == "verify.breach" and not held.package
    assert codes(review.submit(lodge.desk, lodge.who["steward"], release.id)) == {"workflow.state"}


def test_refusals_of_the_road_stay_with_the_release(lodge: House) -> None:
    release = lodge.upload(text=TABLE.replace("district", "income"))
    lodge.work()
    done(planning.make_plan(lodge.desk, lodge.who["steward"], release.id, "unconditional"))
    assert lodge.work() == ["refused"]
    held = lodge.release(release.id)
    assert held.state is ReleaseState.GRADED and held.refusals[0].article == "art. 2"
    blocked = lodge.upload(text="state_secret\n1\n")
    assert lodge.work() == ["refused"]
    assert lodge.release(blocked.id).state is ReleaseState.FAILED
    empty = lodge.upload(text="")
    assert lodge.work() == ["failed"]
    assert lodge.release(empty.id).refusals[0].message == "The file is empty."
    done(datasets.retry(lodge.desk, lodge.who["steward"], empty.id))
    assert lodge.work() == ["failed"]


def test_no_cell_reaches_the_database_or_a_message(lodge: House, tmp_path: Path) -> None:
    release = lodge.upload()
    lodge.work()
    search = {"crash": "cell"}
    done(planning.make_plan(lodge.desk, lodge.who["steward"], release.id, "unconditional", search=search))
    lodge.work()
    done(planning.start_treatment(lodge.desk, lodge.who["steward"], release.id))
    assert lodge.work() == ["failed"]
    assert lodge.release(release.id).refusals[0].code == "job.broken"
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


def test_strangers_see_nothing(lodge: House) -> None:
    release = lodge.treated()
    application_free = ("stranger", "loner", "requester", "public", "reviewer")
    for who in application_free:
        actor = lodge.who[who]
        assert codes(datasets.show_release(lodge.desk, actor, release.id)) == {"missing"}
        assert codes(datasets.describe(lodge.desk, actor, release.id, Words("x"))) == {"missing"}
        assert codes(grading.override(lodge.desk, actor, release.id, "age", "", "x")) == {"missing"}
        assert codes(planning.make_plan(lodge.desk, actor, release.id, "conditional")) == {"missing"}
        assert codes(planning.start_treatment(lodge.desk, actor, release.id)) == {"missing"}
        assert codes(review.submit(lodge.desk, actor, release.id)) == {"missing"}
        assert codes(publication.publish(lodge.desk, actor, release.id)) == {"missing"}
        assert codes(download.open_evidence(lodge.desk, actor, release.id, "evidence.json")) == {"missing"}
        assert codes(datasets.versions(lodge.desk, actor, release.dataset)) == {"missing"}
        assert datasets.list_releases(lodge.desk, actor).total == 0
    assert datasets.list_releases(lodge.desk, lodge.who["colleague"]).total == 1
    for who in ("steward", "colleague", "authority"):
        assert isinstance(download.open_evidence(lodge.desk, lodge.who[who], release.id, "evidence.json"), Download)


def test_the_reviewers_files_never_leave_by_the_shelf(lodge: House) -> None:
    release = lodge.published()
    for who in ("public", "reviewer", "authority", "steward"):
        assert codes(fetch(lodge, who, release, "evidence.json")) == {"missing"}
        assert codes(fetch(lodge, who, release, "../../keys/signing.pem")) == {"missing"}


def test_preview_is_the_released_artefact(lodge: House) -> None:
    release = lodge.published("conditional")
    assert codes(catalogue.preview(lodge.desk, lodge.who["public"], release.dataset)) == {"workflow.conditional"}
    lodge.granted(release)
    shown = catalogue.preview(lodge.desk, lodge.who["requester"], release.dataset, rows=2)
    assert not isinstance(shown, tuple)
    assert (shown.fields, shown.rows, shown.total) == (("age", "district"), (("30", "north"), ("30", "north")), 4)


def test_a_new_version_supersedes_the_old_one_in_one_step(house: House) -> None:
    first = house.published()
    with receive(house.desk) as inlet:
        inlet.write(TABLE.replace("north", "west").encode())
    assert inlet.stored is not None
    second = done(datasets.new_version(house.desk, house.who["colleague"], first.dataset, inlet.stored, "v2.csv"))
    assert (second.number, second.owner) == (2, first.owner)
    house.work()
    done(planning.make_plan(house.desk, house.who["steward"], second.id, "unconditional"))
    house.work()
    done(planning.start_treatment(house.desk, house.who["steward"], second.id))
    house.work()
    got = fetch(house, "public", first)
    assert isinstance(got, Download) and b"north" in got.path.read_bytes()
    done(review.submit(house.desk, house.who["colleague"], second.id))
    assert codes(review.approve(house.desk, house.who["both"], first.id)) == {"workflow.state"}
    done(review.approve(house.desk, house.who["reviewer"], second.id))
    done(publication.publish(house.desk, house.who["steward"], second.id))
    got = fetch(house, "public", first)
    assert isinstance(got, Download) and b"west" in got.path.read_bytes()
    assert house.release(first.id).state is ReleaseState.SUPERSEDED
    manifest = json.loads(
        (house.desk.vault.packages.path(house.release(second.id).package) / "MANIFEST.json").read_bytes()
    )
    assert manifest["previous"] == house.release(first.id).manifest
    sound(house)


def test_a_version_on_its_way_blocks_the_next(lodge: House) -> None:
    release = lodge.treated()
    with receive(lodge.desk) as inlet:
        inlet.write(b"a\n1\n")
    assert inlet.stored is not None
    answer = datasets.new_version(lodge.desk, lodge.who["steward"], release.dataset, inlet.stored, "v2.csv")
    assert codes(answer) == {"input.open-version"}
    assert not lodge.desk.vault.objects.holds(inlet.stored.name)


def test_thirty_two_approvals_at_once_make_one(house: House) -> None:
    release = house.treated()
    done(review.submit(house.desk, house.who["steward"], release.id))
    answers: list[object] = []

    def go(who: str) -> None:
        answers.append(review.approve(house.desk, house.who[who], release.id))

    threads = [threading.Thread(target=go, args=("reviewer" if n % 2 else "reviewer2",)) for n in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 32
    assert sum(isinstance(a, Release) for a in answers) == 1
    assert all(codes(a) == {"workflow.state"} for a in answers if not isinstance(a, Release))
    view = datasets.show_release(house.desk, house.who["steward"], release.id)
    assert not isinstance(view, tuple) and len(view.reviews) == 1
    sound(house)


def test_a_result_that_comes_too_late_has_no_effect(house: House) -> None:
    release = house.treated()
    done(planning.start_treatment(house.desk, house.who["steward"], release.id))
    with house.desk.store.write() as work:
        job = audit_claim(house, work)
    done(datasets.describe(house.desk, house.who["steward"], release.id, Words("Renamed meanwhile")))
    from release.desk.jobs import run_job

    assert run_job(house.desk, job) == "stale"
    now = house.release(release.id)
    assert now.state is ReleaseState.PLANNED and now.package == "" and now.title == "Renamed meanwhile"
    sound(house)


def audit_claim(house: House, work):  # type: ignore[no-untyped-def]
    from release.store import jobs

    job = jobs.claim(work, "test", 60.0, house.desk.now())
    assert job is not None
    return job


def test_the_raw_data_are_destroyed_with_a_certificate(house: House) -> None:
    release = house.published()
    assert codes(publication.destroy_raw(house.desk, house.who["steward"], release.id, "")) == {"workflow.reason"}
    made = publication.destroy_raw(house.desk, house.who["steward"], release.id, "retention is over")
    assert isinstance(made, publication.Certificate)
    assert house.desk.vault.keyring.verify(made.words.encode(), made.signature)
    assert not house.desk.vault.objects.holds(release.raw_object)
    assert not house.desk.vault.objects.holds(release.columnar_object)
    assert isinstance(fetch(house, "public", release), Download)
    assert codes(publication.destroy_raw(house.desk, house.who["steward"], release.id, "again")) == {"missing"}
    sound(house)


def test_seals_notice_what_the_chain_cannot(lodge: House) -> None:
    from sqlalchemy import text

    release = lodge.published()
    assert audit.seal_journal(lodge.desk) == 1
    assert audit.seal_journal(lodge.desk) == 0
    assert audit.verify_journal(lodge.desk).faults == ()
    with lodge.desk.store.write() as work:
        name = f"release:{release.id}"
        last = journal.entries(work, name)[-1]
        before = journal.entries(work, name)[-2]
        work.connection.execute(
            text("DELETE FROM journal WHERE aggregate = :a AND seq = :s"), {"a": name, "s": last.seq}
        )
        work.connection.execute(
            text("UPDATE releases SET state='approved', published_at='', changed_at=:c, seq=:s, head=:h WHERE id=:i"),
            {"s": before.seq, "h": before.hash, "i": release.id, "c": before.payload["set"]["changed_at"]},
        )
    with lodge.desk.store.read() as work:
        assert list(aggregate.faults(work)) == []
    assert [f.what for f in audit.verify_journal(lodge.desk).faults] == ["a sealed entry is gone or was changed"]
    with lodge.desk.store.write() as work:
        work.connection.execute(text("UPDATE seals SET heads = '{}'"))
    assert [f.aggregate for f in audit.verify_journal(lodge.desk).faults] == ["seal:1"]


def test_upkeep_drops_only_what_nothing_points_at(lodge: House) -> None:
    release = lodge.published()
    with receive(lodge.desk) as inlet:
        inlet.write(b"nobody's")
    assert inlet.stored is not None
    round_ = keep_up(lodge.desk, grace=-1)
    assert (round_.objects, round_.packages, round_.seal) == (1, 0, 1)
    assert isinstance(fetch(lodge, "public", release), Download)
    assert lodge.desk.vault.objects.holds(release.raw_object)


def test_uploads_have_a_size(lodge: House) -> None:
    desk = dataclasses.replace(lodge.desk, rules=Rules(max_upload_bytes=10))
    with pytest.raises(TooLarge), receive(desk) as inlet:
        for _ in range(3):
            inlet.write(b"12345")
    assert lodge.desk.vault.objects.names() == ()


def test_words_and_policies_are_checked(lodge: House) -> None:
    steward = lodge.who["steward"]
    assert codes(lodge.try_upload(steward, TABLE, " ")) == {"input.title"}
    assert codes(lodge.try_upload(steward, TABLE, "t", keywords=("x" * 41,))) == {"input.keywords"}
    assert codes(lodge.try_upload(lodge.who["requester"], TABLE)) == {"workflow.role"}
    assert codes(lodge.try_upload(lodge.who["public"], TABLE)) == {"workflow.role"}
    assert lodge.desk.vault.objects.names() == ()
    release = lodge.upload()
    lodge.work()
    assert codes(grading.override(lodge.desk, steward, release.id, "no such", "person.age", "why")) == {"input.field"}
    assert codes(grading.override(lodge.desk, steward, release.id, "age", "no.such", "why")) == {"input.category"}
    assert codes(grading.override(lodge.desk, steward, release.id, "age", "person.age", " ")) == {"workflow.reason"}
    assert codes(planning.make_plan(lodge.desk, steward, release.id, "closed")) == {"input.openness"}
    assert codes(planning.make_plan(lodge.desk, steward, release.id, "conditional", "none")) == {"input.policy"}


def test_another_policy_grades_again(lodge: House) -> None:
    release = lodge.upload()
    lodge.work()
    done(planning.make_plan(lodge.desk, lodge.who["steward"], release.id, "conditional", "other"))
    assert lodge.work() == ["done"]
    now = lodge.release(release.id)
    assert (now.policy, now.openness.value) == ("other", "conditional")


def test_a_correction_counts_until_it_is_taken_back(lodge: House) -> None:
    release = lodge.upload()
    lodge.work()
    for category, expected in (("person.name", "person.name"), ("", "thing.count")):
        done(grading.override(lodge.desk, lodge.who["steward"], release.id, "district", category, "I know it"))
        lodge.work()
        view = datasets.show_release(lodge.desk, lodge.who["steward"], release.id)
        assert not isinstance(view, tuple) and view.examination is not None
        found = {f["field"]: f["category"] for f in view.examination["findings"]}
        assert found["district"] == expected


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\数据.csv", "数据.csv"),
        ("..", "upload"),
        ("", "upload"),
        ("a\u202egpj.csv\x00", "agpj.csv"),
        (".hidden", "hidden"),
    ],
)
def test_file_names_are_only_ever_shown(given: str, shown: str) -> None:
    assert plain_name(given) == shown


def test_long_names_keep_their_ending() -> None:
    name = plain_name("数" * 300 + ".xlsx")
    assert name.endswith(".xlsx") and len(name.encode()) <= 200


def test_a_package_for_another_openness_is_never_served(lodge: House) -> None:
    release = lodge.published("conditional")
    with pytest.raises(Tampered):
        download.manifest_of(lodge.desk, dataclasses.replace(release, openness="unconditional"))  # type: ignore[arg-type]
