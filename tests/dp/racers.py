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


def payer(gate: Any, queue: Any, url: str, number: int) -> None:
    """Charges the lineage, one of two projects and a requester, named in an order that differs from racer to racer."""
    store = open_store(url)
    gate.wait()
    granted = 0
    for request in range(REQUESTS // 2):
        others = (f"requester:{number % 4}@people", f"project:{(number + request) % 2}@people")
        taken = ledger.reserve(
            store.engine,
            ACCOUNT,
            f"{number}/{request}",
            PRICE,
            purpose="race",
            now=NOW,
            others=others[:: 1 if number % 2 else -1],
        )
        if isinstance(taken, Refusal):
            assert taken.code == "ledger.spent", taken
            continue
        if request % 5 == 0:
            ledger.void(store.engine, taken)
            continue
        ledger.start(store.engine, taken)
        ledger.commit(store.engine, taken, "answer")
        granted += 1
    store.close()
    queue.put((number % 4, granted))


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


EDGES = ("in reserve", "reserved", "in start", "started", "in commit", "committed")


def killed(url: str, edge: str) -> None:
    """Dies at ``edge``: within a transaction, before it is committed, or right after."""
    store = open_store(url)
    others = ("project:p@people", "requester:u@people")
    for step in ("reserve", "start", "commit"):
        if edge == f"in {step}":
            ledger._told = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        if step == "reserve":
            taken = ledger.reserve(store.engine, ACCOUNT, "asked", PRICE, purpose="killed", now=NOW, others=others)
            assert isinstance(taken, ledger.Charge)
        elif step == "start":
            ledger.start(store.engine, taken)
        else:
            ledger.commit(store.engine, taken, "answer")
        if edge == {"reserve": "reserved", "start": "started", "commit": "committed"}[step]:
            os.kill(os.getpid(), signal.SIGKILL)
