"""Several accounts are charged together or not at all, and a ledger that was bent is seen to be bent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from release.ledger import chain, ledger
from release.nouns.refusal import Refusal
from release.store.engine import open_store
from release.store.work import Store

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LINEAGE, REQUESTER, PROJECT = "lineage:people", "requester:u@people", "project:p@people"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = open_store(database)
    ledger.create(store.engine)
    for account, cap in ((LINEAGE, 100), (REQUESTER, 30), (PROJECT, 60)):
        ledger.open_account(store.engine, account, cap)
    yield store
    store.close()


def reserve(store: Store, name: str, nrho: int = 20, ndelta: int = 0) -> ledger.Charge | Refusal:
    return ledger.reserve(
        store.engine, LINEAGE, name, nrho, purpose="t", now=NOW, others=(REQUESTER, PROJECT), ndelta=ndelta
    )


def spent(store: Store) -> list[int]:
    return [ledger.balance(store.engine, a).spent_nrho for a in (LINEAGE, REQUESTER, PROJECT)]


def test_every_account_is_charged_or_none(store: Store) -> None:
    first = reserve(store, "one")
    assert isinstance(first, ledger.Charge)
    assert spent(store) == [20, 20, 20]
    refused = reserve(store, "two")
    assert isinstance(refused, Refusal) and REQUESTER in refused.message
    assert spent(store) == [20, 20, 20]
    ledger.void(store.engine, first)
    assert spent(store) == [0, 0, 0]
    assert chain.verify(store.engine).breaks == ()


def test_delta_has_a_cap_of_its_own(store: Store) -> None:
    assert isinstance(reserve(store, "one", 1, ndelta=ledger.CAP_NDELTA), ledger.Charge)
    refused = reserve(store, "two", 1, ndelta=1)
    assert isinstance(refused, Refusal) and "δ" in refused.message
    assert spent(store) == [1, 1, 1]


def test_a_stored_answer_is_free_for_whoever_asks(store: Store) -> None:
    first = reserve(store, "one")
    assert isinstance(first, ledger.Charge)
    ledger.start(store.engine, first)
    ledger.commit(store.engine, first, "answer")
    again = ledger.reserve(store.engine, LINEAGE, "one", 20, purpose="t", now=NOW, others=("requester:v@people",))
    assert isinstance(again, ledger.Charge) and again.answer == "answer"
    assert spent(store) == [20, 20, 20]


def test_a_policy_that_became_stricter_binds_at_once(store: Store) -> None:
    assert isinstance(reserve(store, "one"), ledger.Charge)
    given = {"purpose": "t", "now": NOW, "ceilings": {LINEAGE: 39}}
    refused = ledger.reserve(store.engine, LINEAGE, "two", 20, **given)  # type: ignore[arg-type]
    assert isinstance(refused, Refusal) and "1.9e-08 left" in refused.message
    assert isinstance(ledger.reserve(store.engine, LINEAGE, "two", 19, **given), ledger.Charge)  # type: ignore[arg-type]
    assert ledger.balance(store.engine, LINEAGE).cap_nrho == 100


def test_the_accounts_of_a_lineage_stand_together_with_what_they_amount_to(tmp_path: Path) -> None:
    from release.desk import budget

    store = open_store(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.create(store.engine)
    for account, cap in ((LINEAGE, 10**8), (REQUESTER, 6 * 10**8), ("requester:u@others", 5), ("lineage:others", 5)):
        ledger.open_account(store.engine, account, cap)
    taken = ledger.reserve(
        store.engine, LINEAGE, "q", 95 * 10**6, purpose="a table", now=NOW, others=(REQUESTER,), ndelta=10**7
    )
    assert isinstance(taken, ledger.Charge)
    told = budget.document(store, "people")
    assert [one["account"] for one in told["accounts"]] == [LINEAGE, REQUESTER]
    lineage, requester = told["accounts"]
    # ρ = 0.095 at δ = 1e-6 in all, a hundredth of which is spent on keys.
    assert lineage["spent_epsilon_at_delta_1e-06"] == pytest.approx(2.08, abs=0.01)
    assert lineage["warnings"] == ["lineage:people has less than a tenth of its budget left."]
    assert requester["warnings"] == [
        "requester:u@people may lose more than ρ = 0.5, where little is promised any more."
    ]
    assert "█████░" in "\n".join(budget.lines(told)) and "a table" in "\n".join(budget.lines(told))
    assert budget.document(store, "lineage:people") == told
    found = budget.proof(store)
    assert found.breaks == () and budget.proof_document(found)["holds"] is True
    assert any(found.heads[LINEAGE] in line for line in budget.proof_lines(found))
    with store.engine.begin() as con:
        con.execute(text("DELETE FROM dp_event WHERE account = 'requester:u@people'"))
        con.execute(
            text("UPDATE dp_account SET spent_nrho = 0, spent_ndelta = 0, head = '' WHERE id LIKE 'requester:u@people'")
        )
    broken = budget.proof(store)
    assert any("has no event" in line for line in budget.proof_lines(broken)), "a joint account was forgotten whole"
    store.close()


@pytest.mark.parametrize(
    "bend",
    [
        "UPDATE dp_event SET nrho = 1 WHERE number = 1",
        "UPDATE dp_charge SET nrho = 1",
        "UPDATE dp_charge SET answer = 'another'",
        "UPDATE dp_charge SET state = 'VOID'",
        "UPDATE dp_account SET spent_nrho = 0",
        "DELETE FROM dp_event WHERE number = 3",
        "DELETE FROM dp_event WHERE number = 2",
        "DELETE FROM dp_charge",
        "DELETE FROM dp_event",
    ],
)
def test_what_was_bent_is_seen(store: Store, bend: str) -> None:
    first = reserve(store, "one")
    assert isinstance(first, ledger.Charge)
    ledger.start(store.engine, first)
    ledger.commit(store.engine, first, "answer")
    assert chain.verify(store.engine).breaks == ()
    with store.engine.begin() as con:
        con.execute(text(bend))
    assert chain.verify(store.engine).breaks


def test_a_ledger_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    with store.engine.begin() as con:
        con.execute(
            text("CREATE TABLE dp_account (id VARCHAR(200) PRIMARY KEY, cap_nrho BIGINT, spent_nrho BIGINT NOT NULL)")
        )
        con.execute(
            text(
                "CREATE TABLE dp_charge (id VARCHAR(36) PRIMARY KEY, account VARCHAR(200), fingerprint VARCHAR(64), "
                "nrho BIGINT, state VARCHAR(10), purpose TEXT, created VARCHAR(32), answer TEXT)"
            )
        )
        con.execute(text("INSERT INTO dp_account VALUES ('lineage:people', 100, 20)"))
        con.execute(
            text(
                "INSERT INTO dp_charge VALUES ('1', 'lineage:people', 'f', 20, 'COMMITTED', 't', "
                "'2026-01-01T00:00:00+00:00', 'answer')"
            )
        )
    ledger.create(store.engine)
    assert chain.verify(store.engine).breaks == ()
    taken = ledger.reserve(store.engine, LINEAGE, "f", 20, purpose="t", now=NOW)
    assert isinstance(taken, ledger.Charge) and taken.answer == "answer"
    assert isinstance(ledger.reserve(store.engine, LINEAGE, "g", 80, purpose="t", now=NOW), ledger.Charge)
    assert chain.verify(store.engine).breaks == ()
    store.close()
