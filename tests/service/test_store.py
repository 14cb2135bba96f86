"""The store on both databases: one transaction, one chain, one row."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from release.nouns.errors import BadInput, ReleaseError
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal
from release.store import aggregate, applications, jobs, journal, people, releases
from release.store.engine import open_store, sqlite_url
from release.store.journal import Event
from release.store.work import Conflict, Store
from release.workflow.access import AccessState
from release.workflow.records import ApiKey, Application, Dataset, Fault, Person, Release, Review
from release.workflow.releasing import ReleaseState
from release.workflow.role import Actor, Role

AT = "2026-01-01T00:00:00.000000Z"
ADA = Actor("per_ada", frozenset({Role.STEWARD}), "health", "Ada")


def event(kind: str, at: str = AT) -> Event:
    return Event(kind, ADA, Role.STEWARD, at)


def person(id_: str = "per_ada", login: str = "ada") -> Person:
    return Person(id_, login, "Ada 阿达", "health", frozenset({Role.STEWARD, Role.REQUESTER}), True, AT)


def release(id_: str = "rel_1", **change: object) -> Release:
    values: dict[str, object] = {
        "id": id_,
        "dataset": "dat_1",
        "number": 1,
        "state": ReleaseState.DRAFT,
        "title": "Schools 学校 100%_x",
        "description": "Where they are",
        "keywords": ("school", "学校"),
        "owner": "per_ada",
        "organisation": "health",
        "uploader": "per_ada",
        "filename": "学校.csv",
        "size": 12,
        "raw_object": "o",
        "raw_digest": "d",
        "policy": "p",
        "openness": Openness.CLOSED,
        "hands": frozenset({"per_ada"}),
        "created_at": AT,
        "changed_at": AT,
        "refusals": (Refusal("a", "b", "c", "d"),),
    }
    return Release(**{**values, **change})  # type: ignore[arg-type]


def application(id_: str = "app_1", **change: object) -> Application:
    values: dict[str, object] = {
        "id": id_,
        "dataset": "dat_1",
        "applicant": "per_r",
        "organisation": "",
        "state": AccessState.DRAFT,
        "purpose": "study",
        "answers": {"place": "here"},
        "terms": "t",
        "terms_accepted": True,
        "created_at": AT,
        "changed_at": AT,
    }
    return Application(**{**values, **change})  # type: ignore[arg-type]


def fill(store: Store) -> None:
    with store.write() as work:
        people.add(work, event("sign-up"), person(), "$hash")
        releases.add_dataset(work, event("upload"), Dataset("dat_1", "per_ada", "health", AT, "rel_1"))
        releases.add_release(work, event("upload"), release())
    with store.write() as work:
        first = releases.get(work, "rel_1")
        assert first is not None
        releases.change_release(work, event("ingest"), first, state=ReleaseState.INGESTED)
    with store.write() as work:
        applications.add(work, event("open"), application())


def faults(store: Store) -> list[Fault]:
    with store.read() as work:
        return list(aggregate.faults(work))


def test_values_come_back_as_they_went_in(store: Store) -> None:
    fill(store)
    with store.read() as work:
        assert people.get(work, "per_ada") == people.by_login(work, "ADA")
        again = releases.get(work, "rel_1")
        assert again == release(state=ReleaseState.INGESTED, seq=2)
        assert releases.dataset(work, "dat_1") == Dataset("dat_1", "per_ada", "health", AT, "rel_1", "", 1)
        assert applications.get(work, "app_1") == application(seq=1)
        assert people.password_hash(work, "per_ada") == "$hash"


def test_replaying_the_journal_gives_the_rows(store: Store) -> None:
    fill(store)
    assert faults(store) == []


def test_nothing_is_written_when_a_transaction_breaks(store: Store) -> None:
    fill(store)
    with pytest.raises(RuntimeError), store.write() as work:
        first = releases.get(work, "rel_1")
        assert first is not None
        releases.change_release(work, event("grade"), first, state=ReleaseState.GRADED)
        raise RuntimeError
    with store.read() as work:
        kept = releases.get(work, "rel_1")
        assert kept is not None and kept.state is ReleaseState.INGESTED
        assert len(journal.entries(work, "release:rel_1")) == 2


def test_writing_over_a_newer_row_is_a_conflict(store: Store) -> None:
    fill(store)
    with store.read() as work:
        seen = releases.get(work, "rel_1")
    assert seen is not None
    with store.write() as work:
        releases.change_release(work, event("grade"), seen, state=ReleaseState.GRADED)
    with pytest.raises(Conflict), store.write() as work:
        releases.change_release(work, event("grade"), seen, state=ReleaseState.GRADED)
    assert faults(store) == []


def test_two_who_take_the_same_login_at_once(store: Store) -> None:
    answers: list[str] = []
    together = threading.Barrier(4)

    def sign_up(number: int) -> None:
        together.wait()
        try:
            with store.write() as work:
                people.add(work, event("sign-up"), person(f"per_{number}", "same"), "")
            answers.append("in")
        except Conflict:
            answers.append("out")

    threads = [threading.Thread(target=sign_up, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["in", "out", "out", "out"]
    assert faults(store) == []


def test_an_error_of_the_database_names_no_value(store: Store) -> None:
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError) as caught, store.write() as work:
        work.connection.execute(text("INSERT INTO nowhere VALUES (:v)"), {"v": "CANARY-1"})
    assert "CANARY" not in str(caught.value)


TAMPERING = {
    "flip a byte of a payload": "UPDATE journal SET payload = replace(payload, 'ingested', 'approved') WHERE seq = 2",
    "change the actor": "UPDATE journal SET actor = 'per_eve' WHERE seq = 2",
    "change the time": "UPDATE journal SET at = '2026-01-02' WHERE aggregate = 'release:rel_1' AND seq = 1",
    "change the type": "UPDATE journal SET type = 'approve' WHERE seq = 2",
    "delete the first entry": "DELETE FROM journal WHERE aggregate = 'release:rel_1' AND seq = 1",
    "delete the last entry": "DELETE FROM journal WHERE aggregate = 'release:rel_1' AND seq = 2",
    "delete all entries of a row": "DELETE FROM journal WHERE aggregate = 'release:rel_1'",
    "write the row alone": "UPDATE releases SET state = 'published' WHERE id = 'rel_1'",
    "grant by hand": "UPDATE applications SET state = 'active' WHERE id = 'app_1'",
    "give a role by hand": "UPDATE people SET roles = '[\"authority\"]' WHERE id = 'per_ada'",
    "delete the row": "DELETE FROM releases WHERE id = 'rel_1'",
    "cut row and journal back together": (
        "DELETE FROM journal WHERE aggregate = 'release:rel_1' AND seq = 2;"
        "UPDATE releases SET seq = 1 WHERE id = 'rel_1'"
    ),
    "reorder": (
        "UPDATE journal SET seq = 9 WHERE aggregate = 'release:rel_1' AND seq = 1;"
        "UPDATE journal SET seq = 1 WHERE aggregate = 'release:rel_1' AND seq = 2;"
        "UPDATE journal SET seq = 2 WHERE aggregate = 'release:rel_1' AND seq = 9"
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_whoever_bends_the_journal_is_seen(store: Store, what: str) -> None:
    fill(store)
    with store.engine.connect().execution_options(sluice_writes=True) as connection, connection.begin():
        for statement in TAMPERING[what].split(";"):
            assert connection.execute(text(statement)).rowcount >= 1
    found = faults(store)
    assert found, what
    assert {f.aggregate.partition(":")[0] for f in found} <= {"release", "application", "person"}


def test_documents_are_kept_by_their_digest_and_checked(store: Store) -> None:
    with store.write() as work:
        name = releases.put_document(work, "plan", {"b": 1, "a": [1, 2]})
        assert releases.put_document(work, "plan", {"a": [1, 2], "b": 1}) == name
    with store.read() as work:
        assert releases.document(work, name) == {"a": [1, 2], "b": 1}
    with store.write() as work:
        work.connection.execute(text("UPDATE documents SET body = '{}'"))
    with store.read() as work, pytest.raises(ReleaseError):
        releases.document(work, name)
    with store.read() as work, pytest.raises(ReleaseError):
        releases.document(work, "0" * 64)


def test_search_takes_no_wildcards_from_the_asker(store: Store) -> None:
    fill(store)
    with store.read() as work:
        for words, hits in (("学校", 1), ("SCHOOLS where", 1), ("100%_x", 1), ("1%x", 0), ("100_", 0), ("nothing", 0)):
            assert releases.listing(work, text=words).total == hits, words
        assert releases.listing(work, organisation="elsewhere").total == 0
        assert releases.listing(work, owner="per_ada", states=("ingested",)).total == 1


def test_reviews_are_voided_together(store: Store) -> None:
    with store.write() as work:
        releases.add_review(work, Review("rev_1", "rel_1", "per_r", "approve", "", "s", AT))
        assert releases.void_reviews(work, "rel_1") == 1
        assert releases.void_reviews(work, "rel_1") == 0
        assert releases.reviews(work, "rel_1")[0].void is True


def test_keys_and_sessions_end(store: Store) -> None:
    key = ApiKey("key_1", "per_ada", "laptop", "slk_ab", AT, "2027-01-01")
    with store.write() as work:
        people.add_key(work, key, "h" * 64)
        people.add_session(work, "t" * 64, "per_ada", "csrf", AT, "2026-01-02")
    with store.write() as work:
        assert people.key_by_hash(work, "h" * 64) == key
        assert people.session(work, "t" * 64, AT) == ("per_ada", "csrf")
        assert people.session(work, "t" * 64, "2026-01-02") is None
        assert not people.revoke_key(work, "per_eve", "key_1", AT)
        assert people.revoke_key(work, "per_ada", "key_1", AT)
        people.set_password(work, "per_ada", "$other")
        assert people.session(work, "t" * 64, AT) is None


def test_downloads_are_counted(store: Store) -> None:
    with store.write() as work:
        for _ in range(3):
            releases.count_download(work, "rel_1", "data.csv", "2026-01-01")
        assert releases.downloads(work, "rel_1") == 3


def test_a_job_is_claimed_once_and_fenced_by_its_attempt(store: Store) -> None:
    with store.write() as work:
        jobs.enqueue(work, "job_1", "produce", "rel_1", 1, {}, AT)
        jobs.enqueue(work, "job_2", "produce", "rel_2", 1, {}, AT)
    claimed: list[str] = []

    def take(name: str) -> None:
        with store.write() as work:
            job = jobs.claim(work, name, 60.0, AT)
            if job is not None:
                claimed.append(job.id)

    threads = [threading.Thread(target=take, args=(f"w{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == ["job_1", "job_2"]


def test_a_lost_lease_loses_the_attempt(store: Store) -> None:
    with store.write() as work:
        jobs.enqueue(work, "job_1", "produce", "rel_1", 1, {}, AT)
    with store.write() as work:
        first = jobs.claim(work, "w1", -1.0, AT)
    with store.write() as work:
        second = jobs.claim(work, "w2", 60.0, AT)
    assert first is not None and second is not None and (first.attempt, second.attempt) == (1, 2)
    with store.write() as work:
        assert not jobs.report(work, first, "treat", 0.5)
        assert not jobs.finish(work, first, "done", "", AT)
        assert jobs.renew(work, first, 60.0) is None
        assert jobs.report(work, second, "treat", 0.5)
        assert jobs.finish(work, second, "done", "", AT)
        assert not jobs.finish(work, second, "failed", "", AT)
        done = jobs.get(work, "job_1")
        assert done is not None and (done.status, done.attempt, done.progress) == ("done", 2, 1.0)
        assert jobs.claim(work, "w1", 60.0, AT) is None


def test_cancel_ends_what_waits_and_asks_what_runs(store: Store) -> None:
    with store.write() as work:
        jobs.enqueue(work, "job_1", "produce", "rel_1", 1, {}, AT)
    with store.write() as work:
        running = jobs.claim(work, "w1", 60.0, AT)
        jobs.enqueue(work, "job_2", "produce", "rel_1", 2, {}, AT)
    with store.write() as work:
        assert jobs.cancel(work, "rel_1", AT) == 2
        assert running is not None
        renewed = jobs.renew(work, running, 60.0)
        assert renewed is not None and renewed.cancel
        waiting = jobs.get(work, "job_2")
        assert waiting is not None and waiting.status == "cancelled"


def test_a_requeued_job_waits_a_little(store: Store) -> None:
    with store.write() as work:
        jobs.enqueue(work, "job_1", "produce", "rel_1", 1, {}, AT)
    with store.write() as work:
        job = jobs.claim(work, "w1", 60.0, AT)
        assert job is not None and jobs.requeue(work, job, "the worker ended")
    with store.write() as work:
        assert jobs.claim(work, "w1", 60.0, AT) is None


def test_the_clock_is_the_databases(store: Store) -> None:
    import time

    with store.read() as work:
        assert abs(work.clock() - time.time()) < 60


def test_opening_twice_keeps_what_is_there(database: str) -> None:
    first = open_store(database)
    fill(first)
    second = open_store(database)
    assert faults(second) == []
    with second.read() as work:
        assert journal.size(work) == 5
    first.close()
    second.close()


def test_a_newer_schema_is_refused(database: str) -> None:
    opened = open_store(database)
    with opened.write() as work:
        work.connection.execute(text("UPDATE meta SET value = '99'"))
    opened.close()
    with pytest.raises(ReleaseError, match="schema 99"):
        open_store(database)


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:"])
def test_urls_that_cannot_be_used(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be opened"):
        open_store(sqlite_url(tmp_path / "no" / "such" / "folder.db"))
