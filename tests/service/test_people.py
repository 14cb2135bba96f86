"""Accounts, sessions and keys: secrets are shown once, ends are ends, and nobody lifts themselves up."""

from __future__ import annotations

from pathlib import Path

import pytest

from release.desk import people
from release.desk.people import NewKey, Session
from release.store import aggregate
from release.workflow.records import Person
from release.workflow.role import SYSTEM, Role
from tests.service.house import House, codes

PASSWORD = "correct horse battery"


def test_sign_up_log_in_log_out(house: House, tmp_path: Path) -> None:
    ada = people.sign_up(house.desk, " Ada@Example ", PASSWORD, "阿达", "a claim")
    assert isinstance(ada, Person) and ada.login == "ada@example" and ada.roles == {Role.REQUESTER}
    assert codes(people.sign_up(house.desk, "ADA@example", PASSWORD, "x")) == {"input.login-taken"}
    assert codes(people.log_in(house.desk, "ada@example", "wrong")) == {"people.password"}
    assert codes(people.log_in(house.desk, "nobody", PASSWORD)) == {"people.password"}
    session = people.log_in(house.desk, "Ada@example", PASSWORD)
    assert isinstance(session, Session) and session.token and session.csrf not in repr(session)
    again = people.session(house.desk, session.token)
    assert again is not None and again.person == ada and again.csrf == session.csrf
    people.log_out(house.desk, session.token)
    assert people.session(house.desk, session.token) is None
    for path in tmp_path.rglob("*.db*"):
        content = path.read_bytes()
        assert PASSWORD.encode() not in content and session.token.encode() not in content


def test_a_session_ends(lodge: House) -> None:
    people.sign_up(lodge.desk, "ada", PASSWORD, "Ada")
    session = people.log_in(lodge.desk, "ada", PASSWORD)
    assert isinstance(session, Session)
    lodge.clock.forward(hours=lodge.desk.rules.session_hours, seconds=1)
    assert people.session(lodge.desk, session.token) is None


def test_keys_work_until_they_do_not(house: House) -> None:
    who = house.who["steward"]
    made = people.create_key(house.desk, who, "laptop", 2)
    assert isinstance(made, NewKey) and made.secret.startswith("slk_") and made.secret not in repr(made)
    found = people.actor_of_key(house.desk, made.secret)
    assert found is not None and (found.id, found.roles) == (who.id, who.roles)
    assert people.actor_of_key(house.desk, made.secret[:-1]) is None
    assert [k.prefix for k in people.list_keys(house.desk, who)] == [made.secret[:10]]
    assert codes(people.revoke_key(house.desk, house.who["stranger"], made.key.id)) == {"missing"}
    assert not isinstance(people.revoke_key(house.desk, who, made.key.id), tuple)
    assert people.actor_of_key(house.desk, made.secret) is None
    second = people.create_key(house.desk, who, "other", 2)
    assert isinstance(second, NewKey)
    house.clock.forward(days=2, seconds=1)
    assert people.actor_of_key(house.desk, second.secret) is None
    assert codes(people.create_key(house.desk, who, "long", 10_000)) == {"input.days"}
    assert codes(people.create_key(house.desk, house.who["public"], "x")) == {"missing"}
    with house.desk.store.read() as work:
        assert list(aggregate.faults(work)) == []


def test_the_authority_manages_accounts_but_not_its_own(house: House) -> None:
    authority = house.who["authority"]
    made = people.add_person(house.desk, authority, "bo", PASSWORD, "Bo", "health", [Role.STEWARD])
    assert isinstance(made, Person) and made.roles == {Role.STEWARD}
    changed = people.set_roles(house.desk, authority, made.id, [Role.REVIEWER], "traffic")
    assert isinstance(changed, Person)
    assert changed.roles == {Role.REVIEWER} and changed.organisation == "traffic"
    for who in ("steward", "reviewer", "requester", "public"):
        assert codes(people.set_roles(house.desk, house.who[who], made.id, [Role.STEWARD])) == {"workflow.role"}
        assert codes(people.list_people(house.desk, house.who[who])) == {"workflow.role"}
        assert codes(people.add_person(house.desk, house.who[who], "x1", PASSWORD, "x")) == {"workflow.role"}
    assert codes(people.set_roles(house.desk, authority, authority.id, [Role.REVIEWER])) == {"workflow.own-work"}
    assert codes(people.set_roles(house.desk, authority, made.id, [Role.SYSTEM])) == {"input.roles"}
    assert codes(people.set_active(house.desk, authority, authority.id, False)) == {"workflow.own-work"}


def test_a_closed_account_is_out_at_once(house: House) -> None:
    person = people.sign_up(house.desk, "ada", PASSWORD, "Ada")
    assert isinstance(person, Person)
    session, key = people.log_in(house.desk, "ada", PASSWORD), people.create_key(house.desk, person.actor(), "k")
    assert isinstance(session, Session) and isinstance(key, NewKey)
    people.set_active(house.desk, house.who["authority"], person.id, False)
    assert people.session(house.desk, session.token) is None
    assert people.actor_of_key(house.desk, key.secret) is None
    assert codes(people.log_in(house.desk, "ada", PASSWORD)) == {"people.password"}


def test_a_new_password_ends_every_session(lodge: House) -> None:
    person = people.sign_up(lodge.desk, "ada", PASSWORD, "Ada")
    session = people.log_in(lodge.desk, "ada", PASSWORD)
    assert isinstance(person, Person) and isinstance(session, Session)
    assert codes(people.change_password(lodge.desk, person.actor(), "wrong", "another password")) == {"people.password"}
    assert codes(people.change_password(lodge.desk, person.actor(), PASSWORD, "short")) == {"input.password"}
    assert isinstance(people.change_password(lodge.desk, person.actor(), PASSWORD, "another password"), Person)
    assert people.session(lodge.desk, session.token) is None
    assert isinstance(people.log_in(lodge.desk, "ada", "another password"), Session)


@pytest.mark.parametrize("login", ["", "a", "-ab", "a b", "a\nb", "ä" * 3, "x" * 90])
def test_logins(lodge: House, login: str) -> None:
    assert codes(people.sign_up(lodge.desk, login, PASSWORD, "x")) == {"input.login"}


@pytest.mark.parametrize("password", ["", "short", "same-as-login", "x" * 2000])
def test_passwords(lodge: House, password: str) -> None:
    assert codes(people.sign_up(lodge.desk, "same-as-login", password, "x")) == {"input.password"}


def test_the_first_authority_is_first_only_once(lodge: House) -> None:
    assert codes(people.first_authority(lodge.desk, "root", PASSWORD)) == {"people.not-first"}
    assert codes(people.set_active(lodge.desk, SYSTEM, "per_authority", False)) == {"workflow.role"}
