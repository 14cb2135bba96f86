"""What the processes of the contention tests do; kept apart, so that starting one imports little."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from typing import Any

from release.ledger import ledger
from release.nouns.refusal import Refusal
from release.store.engine import open_store

REQUESTS, PRICE = 60, 7
ACCOUNT = "lineage:people"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def spender(gate: Any, queue: Any, url: str, number: int) -> None:
    store = open_store(url)
    gate.wait()
    granted = 0
    for request in range(REQUESTS):
        taken = ledger.reserve(store.engine, ACCOUNT, f"{number}/{request}", PRICE, purpose="race", now=NOW)
        if isinstance(taken, Refusal):
            assert taken.code == "ledger.spent", taken
            continue
        ledger.start(store.engine, taken)
        ledger.commit(store.engine, taken, "answer")
        granted += 1
    store.close()
    queue.put(granted)


def refunder(gate: Any, queue: Any, url: str, number: int) -> None:
    store = open_store(url)
    gate.wait()
    kept = 0
    for request in range(REQUESTS):
        taken = ledger.reserve(store.engine, ACCOUNT, f"{number}/{request}", PRICE, purpose="race", now=NOW)
        if isinstance(taken, Refusal):
            continue
        if request % 2:
            ledger.void(store.engine, taken)
            continue
        ledger.start(store.engine, taken)
        kept += 1
    store.close()
    queue.put(kept)


def same_question(gate: Any, queue: Any, url: str) -> None:
    store = open_store(url)
    gate.wait()
    taken = ledger.reserve(store.engine, ACCOUNT, "f" * 64, PRICE, purpose="race", now=NOW)
    store.close()
    queue.put(taken.code if isinstance(taken, Refusal) else taken.state)


def killed(url: str, steps: int) -> None:
    store = open_store(url)
    taken = ledger.reserve(store.engine, ACCOUNT, f"step {steps}", PRICE, purpose="killed", now=NOW)
    assert isinstance(taken, ledger.Charge)
    if steps > 0:
        ledger.start(store.engine, taken)
    if steps > 1:
        ledger.commit(store.engine, taken, "answer")
    os.kill(os.getpid(), signal.SIGKILL)
