"""Random walks: people in every role give any command in any order, on both databases.

After every step the same things hold, whatever happened: no bytes leave without a passed report and a second person,
what leaves is what was approved, an ended grant opens nothing, and replaying the journal gives the rows.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from release.desk import (
    access,
    catalogue,
    datasets,
    dissents,
    download,
    grading,
    gradings,
    labels,
    planning,
    publication,
    review,
)
from release.desk.datasets import Words, receive
from release.desk.download import Download
from release.nouns.digest import file_digest
from release.store import aggregate, applications, journal, releases
from release.store import labels as store
from release.workflow.access import AccessState
from release.workflow.dissenting import DissentState
from release.workflow.records import Application, Dissent, Release
from release.workflow.releasing import ReleaseState
from release.workflow.role import Role
from tests.service.house import TABLE, House
from tests.service.road import PACK

PEOPLE = ("steward", "colleague", "stranger", "reviewer", "both", "requester", "authority", "everything", "public")
TAKERS = ("public", "requester", "everything")
WHO = st.sampled_from(PEOPLE)
WORKERS = st.sampled_from(("steward", "steward", "both", "everything", "stranger"))
REVIEWERS = st.sampled_from(("reviewer", "both", "everything", "reviewer2", "steward"))
SAY = st.sampled_from(("because", "because", ""))
PICK = st.integers(0, 7)
OPENNESS = st.sampled_from(("unconditional", "conditional"))
WORDS = ("labels", "dissents", "regradings", "rankers")


class Walk(RuleBasedStateMachine):
    """One service; every rule is one command by somebody."""

    house: House
    left: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.releases: list[str] = []
        self.applications: list[str] = []
        self.versions = itertools.count()

    def _with(self, pick: int, command: Callable[[str], Any]) -> None:
        if self.releases:
            answer = command(self.releases[pick % len(self.releases)])
            assert isinstance(answer, (Release, publication.Certificate)) or (isinstance(answer, tuple) and answer)

    def _about(self, pick: int, command: Callable[[str], Any]) -> None:
        if self.applications:
            answer = command(self.applications[pick % len(self.applications)])
            assert isinstance(answer, Application) or (isinstance(answer, tuple) and answer)

    def _line(self, release_id: str) -> str:
        return self.house.release(release_id).dataset

    @initialize(openness=OPENNESS, far=st.sampled_from((True, True, True, False)), who=WORKERS, by=REVIEWERS)
    def first(self, openness: str, far: bool, who: str, by: str) -> None:
        """A walk begins with an upload, or far down the road where there is more to break."""
        with self.house.desk.store.write() as work:
            for table in (*("releases", "datasets", "applications", "jobs"), *WORDS):
                work.connection.execute(text(f"DELETE FROM {table}"))
            work.connection.execute(text("DELETE FROM journal WHERE aggregate NOT LIKE 'person:%'"))
        self.upload("steward")
        self.worker()
        if far:
            self.the_whole_road(0, openness, who, by)
            self.the_whole_application("requester", by)

    @rule(who=WORKERS)
    def upload(self, who: str) -> None:
        answer = self.house.try_upload(self.house.who[who], TABLE.replace("30", str(next(self.versions) % 50)))
        if isinstance(answer, Release):
            self.releases.append(answer.id)

    @rule(who=WORKERS, pick=PICK, new=st.booleans())
    def other_bytes(self, who: str, pick: int, new: bool) -> None:
        desk, actor = self.house.desk, self.house.who[who]
        with receive(desk) as inlet:
            inlet.write(TABLE.replace("40", str(next(self.versions))).encode())
        stored = inlet.stored
        assert stored is not None
        if new and self.releases:
            line = self._line(self.releases[pick % len(self.releases)])
            answer = datasets.new_version(desk, actor, line, stored, "v.csv")
            if isinstance(answer, Release):
                self.releases.append(answer.id)
        else:
            self._with(pick, lambda r: datasets.replace(desk, actor, r, stored, "r.csv"))

    @rule()
    def worker(self) -> None:
        self.house.work()

    @rule(who=WORKERS, pick=PICK, openness=OPENNESS)
    def whole_preparation(self, who: str, pick: int, openness: str) -> None:
        """Several steps in one, so that walks get far enough to be interesting."""
        self.house.work()
        self.plan(who, pick, openness, 1)
        self.house.work()
        self.treat(who, pick)
        self.house.work()
        self.submit(who, pick)

    @rule(who=WORKERS, pick=PICK, openness=OPENNESS, k=st.sampled_from((1, 1, 9)))
    def plan(self, who: str, pick: int, openness: str, k: int) -> None:
        actor = self.house.who[who]
        self._with(pick, lambda r: planning.make_plan(self.house.desk, actor, r, openness, search={"k": k}))

    @rule(who=WORKERS, pick=PICK)
    def treat(self, who: str, pick: int) -> None:
        self._with(pick, lambda r: planning.start_treatment(self.house.desk, self.house.who[who], r))

    @rule(who=WORKERS, pick=PICK)
    def correct(self, who: str, pick: int) -> None:
        actor = self.house.who[who]
        self._with(pick, lambda r: grading.override(self.house.desk, actor, r, "age", "person.age", "ages"))

    @rule(who=REVIEWERS, pick=PICK, by=REVIEWERS, end=st.sampled_from((dissents.retract, dissents.overrule, None)))
    def disagree(self, who: str, pick: int, by: str, end: Any) -> None:
        """A disagreement, and perhaps its end by whoever tries."""
        if self.releases:
            desk, release = self.house.desk, self.releases[pick % len(self.releases)]
            made = dissents.dissent(desk, self.house.who[who], release, "district", "ages?", "person.age")
            if isinstance(made, Dissent):
                view = datasets.show_release(desk, self.house.who[by], release)
                assert isinstance(view, tuple) or "approve" not in view.commands
                if end is not None:
                    end(desk, self.house.who[by], made.id, "because")

    @rule(who=st.sampled_from(PEOPLE), say=SAY, end=st.sampled_from((labels.confirm_label, labels.remove_label)))
    def second_word(self, who: str, say: str, end: Any) -> None:
        for label in labels.list_labels(self.house.desk, self.house.who["reviewer"]).items:
            end(self.house.desk, self.house.who[who], label.id, say)

    @rule(openness=st.sampled_from(("conditional", "closed")))
    def other_pack(self, openness: str) -> None:
        """Another pack for a moment: what outgrew it is off the shelf before anybody asks."""
        before = dict(PACK)
        PACK.update(version=f"v{next(self.versions)}", openness=openness)
        try:
            for look in gradings.regrade_all(self.house.desk).found:
                assert look.within or self.house.release(look.release).state is not ReleaseState.PUBLISHED
        finally:
            PACK.update(before)
        gradings.regrade_all(self.house.desk)

    @invariant()
    def what_is_disputed_was_not_approved_since(self) -> None:
        with self.house.desk.store.read() as work:
            for id_ in self.releases:
                opened = [d.at for d in store.dissents(work, id_) if d.state is DissentState.OPEN]
                entries = journal.entries(work, f"release:{id_}") if opened else ()
                assert not [e for e in entries if e.type in ("approve", "publish") and e.at > min(opened)]

    @rule(who=WORKERS, pick=PICK)
    def rename(self, who: str, pick: int) -> None:
        actor = self.house.who[who]
        self._with(pick, lambda r: datasets.describe(self.house.desk, actor, r, Words(f"T{next(self.versions)}")))

    @rule(who=WORKERS, pick=PICK)
    def submit(self, who: str, pick: int) -> None:
        self._with(pick, lambda r: review.submit(self.house.desk, self.house.who[who], r))

    @rule(who=REVIEWERS, pick=PICK)
    def approve(self, who: str, pick: int) -> None:
        self._with(pick, lambda r: review.approve(self.house.desk, self.house.who[who], r))

    @rule(who=REVIEWERS, pick=PICK, say=SAY)
    def send_back(self, who: str, pick: int, say: str) -> None:
        self._with(pick, lambda r: review.return_release(self.house.desk, self.house.who[who], r, say))

    @rule(who=WHO, pick=PICK)
    def publish(self, who: str, pick: int) -> None:
        self._with(pick, lambda r: publication.publish(self.house.desk, self.house.who[who], r))

    @rule(who=WORKERS, by=REVIEWERS, pick=PICK)
    def approve_and_publish(self, who: str, by: str, pick: int) -> None:
        self.approve(by, pick)
        self.publish(who, pick)

    @rule(who=WHO, pick=PICK, say=SAY, verb=st.sampled_from(("suspend", "resume", "withdraw", "destroy_raw")))
    def off_the_shelf(self, who: str, pick: int, say: str, verb: str) -> None:
        step = getattr(publication, verb)
        self._with(pick, lambda r: step(self.house.desk, self.house.who[who], r, say))

    @rule(pick=PICK, openness=OPENNESS, who=WORKERS, by=REVIEWERS)
    def the_whole_road(self, pick: int, openness: str, who: str, by: str) -> None:
        """As it is meant to be walked; what other rules did before may still stop it anywhere."""
        self.whole_preparation(who, pick, openness)
        self.approve_and_publish("steward", by, pick)

    @rule(who=st.sampled_from(("requester", "everything")), by=REVIEWERS)
    def the_whole_application(self, who: str, by: str) -> None:
        """The same for an application, where anything is on offer."""
        offered = [n for n, r in enumerate(self._all()) if (r.state, r.openness) == ("published", "conditional")]
        if offered:
            self.apply(who, offered[0], True, True)
            self.decide(by, len(self.applications) * 3 - 1, "")
            self.grant(by, len(self.applications) - 1, 30)

    @rule(who=WHO, pick=PICK, accept=st.booleans(), send=st.booleans())
    def apply(self, who: str, pick: int, accept: bool, send: bool) -> None:
        if self.releases:
            line = self._line(self.releases[pick % len(self.releases)])
            answer = access.apply(self.house.desk, self.house.who[who], line, "study", {}, accept, send)
            if isinstance(answer, Application):
                self.applications.append(answer.id)

    @rule(who=REVIEWERS, pick=PICK, say=SAY)
    def decide(self, who: str, pick: int, say: str) -> None:
        step = access.approve_application if pick % 3 else access.refuse_application
        self._about(pick, lambda a: step(self.house.desk, self.house.who[who], a, say))

    @rule(who=WHO, pick=PICK, days=st.sampled_from((1, 30, 366)))
    def grant(self, who: str, pick: int, days: int) -> None:
        self._about(pick, lambda a: access.grant(self.house.desk, self.house.who[who], a, days))

    @rule(by=REVIEWERS, pick=PICK)
    def let_in(self, by: str, pick: int) -> None:
        for application in range(len(self.applications)):
            self.decide(by, application * 3 + 1, "")
            self.grant(by, application, 30)

    @rule(who=WHO, pick=PICK, say=SAY)
    def revoke(self, who: str, pick: int, say: str) -> None:
        self._about(pick, lambda a: access.revoke(self.house.desk, self.house.who[who], a, say))

    @rule(who=WHO, pick=PICK)
    def take_back(self, who: str, pick: int) -> None:
        self._about(pick, lambda a: access.withdraw_application(self.house.desk, self.house.who[who], a))

    @rule(days=st.sampled_from((1, 40)), mark=st.booleans())
    def wait(self, days: int, mark: bool) -> None:
        self.house.clock.forward(days=days)
        if mark:
            access.expire_grants(self.house.desk)

    @invariant()
    def what_leaves_was_approved_by_a_second_person(self) -> None:
        desk = self.house.desk
        for line in {r.dataset for r in self._all()}:
            for who in TAKERS:
                counts = who == "requester"
                got = download.open_file(desk, self.house.who[who], line, "data/table.csv", counts)
                if isinstance(got, Download):
                    self._rightly(who, line, got)

    def _rightly(self, who: str, line: str, got: Download) -> None:
        desk, actor = self.house.desk, self.house.who[who]
        with desk.store.read() as work:
            dataset = releases.dataset(work, line)
            assert dataset is not None
            release = releases.get(work, dataset.published)
            assert release is not None and release.state is ReleaseState.PUBLISHED and release.report_passed
            report = releases.document(work, release.report_doc)
            entries = journal.entries(work, f"release:{release.id}")
            grants = applications.grants_of(work, actor.id, line) if actor.id else ()
        assert report["risk"]["k"] >= report["risk"]["limit"]
        approvals = [e for e in entries if e.type == "approve"]
        workers = {e.actor for e in entries if e.role == Role.STEWARD} - {
            e.actor for e in entries if e.type in ("publish", "suspend", "withdraw", "destroy-raw")
        }
        last = approvals[-1]
        assert last.actor not in workers | {release.owner, release.uploader, release.submitter}
        after = {e.type for e in entries if e.seq > last.seq}
        assert after <= {"publish", "suspend", "resume", "destroy-raw"}
        assert last.payload["note"]["sealed"] == release.sealed
        assert desk.vault.packages.measured(release.package) == release.package
        assert file_digest(got.path) == got.file.sha256
        if release.openness == "conditional":
            assert any(g.applicant == actor.id and g.ends_at > desk.now() for g in grants)
            with desk.store.read() as work:
                for grant in grants:
                    said = journal.entries(work, f"application:{grant.id}")
                    assert any(e.type == "approve" and e.actor != grant.applicant for e in said)
        self.left[release.openness.value] += 1

    @invariant()
    def the_catalogue_shows_only_what_is_on_the_shelf(self) -> None:
        ours = {r.dataset for r in self._all()}
        shown = {item.dataset for item in catalogue.search(self.house.desk, limit=1000).items} & ours
        on = {r.dataset for r in self._all() if r.state is ReleaseState.PUBLISHED}
        assert shown == on
        lines = [r.dataset for r in self._all() if r.state is ReleaseState.PUBLISHED]
        assert len(lines) == len(set(lines)), "two versions of one dataset on the shelf"

    @invariant()
    def replaying_the_journal_gives_the_rows(self) -> None:
        with self.house.desk.store.read() as work:
            assert list(aggregate.faults(work)) == []

    @invariant()
    def nobody_was_let_in_by_themselves(self) -> None:
        with self.house.desk.store.read() as work:
            for id_ in self.applications:
                found = applications.get(work, id_)
                if found is not None and found.state is AccessState.ACTIVE:
                    assert found.applicant not in (found.decided_by, found.granted_by)

    def _all(self) -> list[Release]:
        with self.house.desk.store.read() as work:
            return [r for r in (releases.get(work, id_) for id_ in self.releases) if r is not None]


@pytest.mark.slow
def test_no_walk_finds_a_road_around(house: House) -> None:
    class Here(Walk):
        pass

    Here.house, Here.left = house, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
    assert Here.left["unconditional"] and Here.left["conditional"], "the walks never got anywhere: nothing was tried"
