"""Many processes, killed processes, the same question twice at once: the budget is spent exactly, never over."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from release.ledger import chain, ledger
from release.nouns.errors import ReleaseError
from release.store.engine import open_store
from tests.dp.racers import ACCOUNT, EDGES, NOW, PRICE, killed, payer, refunder, same_question, spender

PROCESSES = 8
CAP = PRICE * 300  # 480 requests of 7 are made, 300 of them fit
LATER = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)
# Every racer is forked from one server that has everything imported: eight imports would cost more than the race.
SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.dp.racers"])


def prepared(url: str, cap: int = CAP) -> None:
    store = open_store(url)
    ledger.create(store.engine)
    ledger.open_account(store.engine, ACCOUNT, cap)
    store.close()


def balance(url: str) -> ledger.Balance:
    store = open_store(url)
    try:
        return ledger.balance(store.engine, ACCOUNT)
    finally:
        store.close()


def side_by_side(target: Callable[..., None], arguments: list[tuple[Any, ...]]) -> list[Any]:
    """Runs every call in a process of its own, all released at once; what each put into the queue."""
    gate, queue = SPAWN.Barrier(len(arguments)), SPAWN.Queue()
    started = [SPAWN.Process(target=target, args=(gate, queue, *given)) for given in arguments]
    for process in started:
        process.start()
    answers: list[Any] = []
    while len(answers) < len(started):
        try:
            answers.append(queue.get(timeout=1))
        except Empty:
            assert all(process.exitcode in (None, 0) for process in started), "a racer broke down"
    for process in started:
        process.join(60)
        assert process.exitcode == 0
    return answers


@pytest.mark.slow
def test_eight_processes_spend_the_cap_exactly(database: str) -> None:
    prepared(database)
    granted = side_by_side(spender, [(database, number) for number in range(PROCESSES)])
    assert sum(granted) * PRICE == CAP
    assert balance(database).spent_nrho == CAP


@pytest.mark.slow
def test_refunds_in_between_lose_nothing(database: str) -> None:
    prepared(database)
    kept = side_by_side(refunder, [(database, number) for number in range(PROCESSES)])
    assert balance(database).spent_nrho == sum(kept) * PRICE <= CAP


@pytest.mark.slow
def test_the_same_question_at_once_is_charged_once(database: str) -> None:
    prepared(database)
    answers = side_by_side(same_question, [(database,)] * PROCESSES)
    assert sorted(answers) == ["RESERVED", *["ledger.busy"] * (PROCESSES - 1)]
    assert balance(database).spent_nrho == PRICE


def asker(gate: Any, queue: Any, url: str, folder: Path) -> None:
    from tests.dp.test_aggregate import ask  # heavy, and only this racer needs it

    store = open_store(url)
    folder.mkdir()
    gate.wait()
    for _ in range(200):
        done = ask(folder, store, "out.csv")
        if not isinstance(done, tuple):
            break
        assert done[0].code == "ledger.busy"
    store.close()
    queue.put(((folder / "out.csv").read_bytes(), done.charged_nrho, done.balance.spent_nrho))  # type: ignore[union-attr]


@pytest.mark.slow
def test_two_who_ask_the_same_at_once_read_the_same_numbers(database: str, tmp_path: Path) -> None:
    answers = side_by_side(asker, [(database, tmp_path / name) for name in ("one", "two")])
    (one, charged, spent), (two, other, _) = answers
    assert one == two
    assert sorted([charged, other])[0] == 0 and charged + other == spent > 0


@pytest.mark.slow
def test_three_accounts_at_once_are_charged_alike_and_nobody_waits_forever(database: str) -> None:
    prepared(database)
    store = open_store(database)
    for name in range(4):
        ledger.open_account(store.engine, f"requester:{name}@people", PRICE * 40)
    for name in range(2):
        ledger.open_account(store.engine, f"project:{name}@people", PRICE * 70)
    granted = side_by_side(payer, [(database, number) for number in range(PROCESSES)])
    spent = {one.account: one.spent_nrho for one in ledger.balances(store.engine)}
    for name in range(4):
        assert spent[f"requester:{name}@people"] == PRICE * sum(n for who, n in granted if who == name)
    assert spent[ACCOUNT] == spent["project:0@people"] + spent["project:1@people"] == PRICE * sum(n for _, n in granted)
    assert spent["project:0@people"] + spent["project:1@people"] >= PRICE * 120, "the caps were not raced for"
    assert chain.verify(store.engine).breaks == ()
    store.close()


SETTLED = {
    "in reserve": (0, []),
    "reserved": (0, ["VOID"]),
    "in start": (0, ["VOID"]),
    "started": (PRICE, ["BURNT"]),
    "in commit": (PRICE, ["BURNT"]),
    "committed": (PRICE, ["COMMITTED"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("edge", EDGES)
def test_a_kill_at_any_edge_is_settled(database: str, edge: str) -> None:
    prepared(database)
    store = open_store(database)
    others = ("project:p@people", "requester:u@people")
    for name in others:
        ledger.open_account(store.engine, name, CAP)
    process = SPAWN.Process(target=killed, args=(database, edge))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    spent, states = SETTLED[edge]
    assert chain.verify(store.engine).breaks == ()
    assert ledger.recover(store.engine, NOW + HOUR / 2, HOUR) == (0, 0), "it may still be at work"
    assert ledger.recover(store.engine, LATER, HOUR) == (int(states == ["VOID"]), int(states == ["BURNT"]))
    assert ledger.recover(store.engine, LATER, HOUR) == (0, 0), "it was settled already"
    assert chain.verify(store.engine).breaks == ()
    for name in (ACCOUNT, *others):
        assert ledger.balance(store.engine, name).spent_nrho == spent
        assert [line.state for line in ledger.charges(store.engine, name)] == states
    again = ledger.reserve(store.engine, ACCOUNT, "asked", PRICE, purpose="again", now=LATER, others=others)
    assert isinstance(again, ledger.Charge)
    assert again.answer == ("answer" if edge == "committed" else None)
    store.close()


def test_who_was_only_slow_loses_its_answer_and_nothing_else(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    prepared(url)
    store = open_store(url)
    slow = ledger.reserve(store.engine, ACCOUNT, "slow", PRICE, purpose="slow", now=NOW)
    assert isinstance(slow, ledger.Charge)
    ledger.start(store.engine, slow)
    ledger.recover(store.engine, LATER, HOUR)
    with pytest.raises(ReleaseError, match="not STARTED"):
        ledger.commit(store.engine, slow, "answer")
    assert ledger.balance(store.engine, ACCOUNT).spent_nrho == PRICE
    store.close()
