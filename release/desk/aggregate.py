"""A protected table instead of microdata: charged first, then counted, then noised, then written.

What a reader would get wrong: once the charge is started an exception does not give the budget back.  Whether a
question breaks can depend on the data, so a refund would be an answer.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from release.desk.allowance import allowance, refusals
from release.desk.attested import CARD, SIGNATURE, beside, write
from release.desk.path import Examination
from release.dp.card import card
from release.dp.noise import Measurement, build, charge, noisy
from release.dp.query import Query, read_query
from release.dp.statistics import check_fields, exact
from release.ledger import ledger
from release.nouns.dataset import Table
from release.nouns.digest import digest
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.publish.signature import SigningKey
from release.store.work import Store

DEFAULT_CAP_RHO = 0.5
ABANDONED = timedelta(hours=6)  # whoever is not done by then was killed


@dataclass(frozen=True, slots=True)
class Aggregated:
    """What was written.  ``charged_nrho`` is 0 when the same question had been answered before."""

    path: Path
    card: Mapping[str, Any]
    cells: int
    charged_nrho: int
    balance: ledger.Balance


def aggregate(
    found: Examination,
    section: Mapping[str, Any],
    *,
    store: Store,
    salt: str,
    signing: bytes,
    out: Path,
    now: datetime,
    publisher: str = "",
) -> Aggregated | tuple[Refusal, ...]:
    """Answers the ``[aggregate]`` section of a job file into ``out`` (CSV), its card and the card's signature.

    ``signing`` is the seed of the workspace's key.  Refuses what the policy of ``found`` does not allow."""
    for path in (out, beside(out, CARD), beside(out, SIGNATURE)):
        if path.exists():
            raise BadInput(f"{path.name} exists already.", "Name a new file: a protected table is never overwritten.")
    table, key = found.table, SigningKey(signing)
    query = read_query(section, dataset=table.dataset.name)
    check_fields(query, table.dataset)
    allowed = allowance(found.grading)
    if refused := refusals(query, found.grading, allowed):
        return refused
    measurements = build(query)
    account = f"lineage:{query.lineage}"
    ledger.create(store.engine)
    ledger.recover(store.engine, now, ABANDONED)
    ledger.open_account(store.engine, account, _cap(section, allowed.cap_rho()))
    fingerprint = digest({"data": table.dataset.digest, "query": query})
    taken = ledger.reserve(
        store.engine,
        account,
        fingerprint,
        charge(measurements),
        purpose=f"protected table of {table.dataset.name}",
        now=now,
    )
    if isinstance(taken, Refusal):
        return (taken,)
    fresh = taken.answer is None
    text = taken.answer if taken.answer is not None else _answer(table, query, measurements, store, taken, salt)
    balance = ledger.balance(store.engine, account)
    described = card(
        query,
        measurements,
        name=table.dataset.name,
        publisher=publisher,
        created=now,
        spent_nrho=balance.spent_nrho,
        policy=allowed.policy,
    )
    described = write(out, text, described, key)
    return Aggregated(out, described, query.cells(), taken.nrho if fresh else 0, balance)


def _cap(section: Mapping[str, Any], policy_cap_rho: float | None) -> int:
    asked = section.get("cap_rho", DEFAULT_CAP_RHO if policy_cap_rho is None else policy_cap_rho)
    if isinstance(asked, bool) or not isinstance(asked, (int, float)) or not 0 < asked <= 100:
        raise BadInput("[aggregate] cap_rho must be a number above 0 and at most 100.")
    cap = asked if policy_cap_rho is None else min(asked, policy_cap_rho)
    return int(cap * ledger.NANO)


def _answer(
    table: Table, query: Query, measurements: tuple[Measurement, ...], store: Store, taken: ledger.Charge, salt: str
) -> str:
    ledger.start(store.engine, taken)
    try:
        vectors = exact(table, query, salt=salt)
        noised = [noisy(m, vectors[m.statistic.name]) for m in measurements]
        text = _csv(query, measurements, noised)
    except BaseException:
        ledger.burn(store.engine, taken)
        raise
    ledger.commit(store.engine, taken, text)
    return text


def _csv(query: Query, measurements: tuple[Measurement, ...], noised: list[Any]) -> str:
    """Groups in the order of the public keys, numbers in the statistic's own unit."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*query.group_by, *(m.statistic.name for m in measurements)])
    for position, keys in enumerate(itertools.product(*query.keys)):
        values = (_spelled(int(v[position]), m.statistic.decimals) for v, m in zip(noised, measurements, strict=True))
        writer.writerow([*keys, *values])
    return written.getvalue()


def _spelled(steps: int, decimals: int) -> str:
    if decimals == 0:
        return str(steps)
    sign, digits = ("-" if steps < 0 else ""), str(abs(steps)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def document(done: Aggregated) -> dict[str, Any]:
    """``sluice aggregate --json``."""
    return {
        "out": str(done.path),
        "cells": done.cells,
        "charged_rho": done.charged_nrho / ledger.NANO,
        "budget": {
            "account": done.balance.account,
            "cap_rho": done.balance.cap_nrho / ledger.NANO,
            "spent_rho": done.balance.spent_nrho / ledger.NANO,
        },
        "card": done.card,
    }


def lines(done: Aggregated) -> Iterator[str]:
    """What it cost, how exact it is, what it promises."""
    for mechanism in done.card["implementation"]["mechanisms"]:
        yield (
            f"  {mechanism['statistic']}: {mechanism['mechanism']}, "
            f"within ±{mechanism['half_width_95']:.4g} in 95 of 100 cells"
        )
    for name, value in done.card["privacy_loss"]["privacy_parameters"].items():
        yield f"  {name}: {value:.6g}"
    spent, cap = done.balance.spent_nrho / ledger.NANO, done.balance.cap_nrho / ledger.NANO
    told = (
        f"charged ρ = {done.charged_nrho / ledger.NANO:.6g}" if done.charged_nrho else "asked before: nothing charged"
    )
    yield f"  {told}; {done.balance.account} has spent {spent:.6g} of {cap:.6g}"
    yield f"  {done.card['plain_words']['en']}"
    yield f"{done.cells} groups: {done.path}"
