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

from release.ledger import ledger
from release.nouns.errors import ReleaseError
from release.store.engine import open_store
from tests.dp.racers import ACCOUNT, NOW, PRICE, killed, refunder, same_question, spender

PROCESSES = 8
CAP = PRICE * 300  # 480 requests of 7 are made, 300 of them fit
LATER = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)
SPAWN = multiprocessing.get_context("spawn")


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
@pytest.mark.parametrize(("steps", "spent", "state"), [(0, 0, "VOID"), (1, PRICE, "BURNT"), (2, PRICE, "COMMITTED")])
def test_a_kill_between_the_steps_is_settled(database: str, steps: int, spent: int, state: str) -> None:
    prepared(database)
    process = SPAWN.Process(target=killed, args=(database, steps))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    store = open_store(database)
    assert ledger.recover(store.engine, NOW + HOUR / 2, HOUR) == (0, 0), "it may still be at work"
    assert ledger.recover(store.engine, LATER, HOUR) == (int(steps == 0), int(steps == 1))
    assert ledger.recover(store.engine, LATER, HOUR) == (0, 0), "it was settled already"
    assert ledger.balance(store.engine, ACCOUNT).spent_nrho == spent
    assert [line.state for line in ledger.charges(store.engine, ACCOUNT)] == [state]
    again = ledger.reserve(store.engine, ACCOUNT, f"step {steps}", PRICE, purpose="again", now=LATER)
    assert isinstance(again, ledger.Charge)
    assert again.answer == ("answer" if steps == 2 else None)
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
