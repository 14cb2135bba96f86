"""A protected table instead of microdata: charged first, then counted, then noised, then written.

What a reader would get wrong: once the charge is started an exception does not give the budget back.  Whether a
question breaks can depend on the data, so a refund would be an answer.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from release.desk.allowance import allowance, refusals
from release.desk.attested import CARD, SIGNATURE, beside, write
from release.desk.path import Examination
from release.dp.canonical import arranged, canonical, fingerprint, groups, restored, stored
from release.dp.card import card
from release.dp.derive import Column, columns
from release.dp.noise import Measurement, Noisy, build, charge, noisy
from release.dp.query import Query
from release.dp.read import read_query
from release.dp.statistics import check_fields, exact
from release.ledger import ledger
from release.nouns.dataset import Table
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
    asked = canonical(query)
    measurements = build(asked)
    account = f"lineage:{query.lineage}"
    ledger.create(store.engine)
    ledger.recover(store.engine, now, ABANDONED)
    ledger.open_account(store.engine, account, _cap(section, allowed.cap_rho()))
    taken = ledger.reserve(
        store.engine,
        account,
        fingerprint(query, table.dataset.digest),
        charge(measurements),
        purpose=f"protected table of {table.dataset.name}",
        now=now,
    )
    if isinstance(taken, Refusal):
        return (taken,)
    fresh = taken.answer is None
    kept = taken.answer if taken.answer is not None else _answer(table, asked, measurements, store, taken, salt)
    answer = arranged(restored(kept, asked), query)
    balance = ledger.balance(store.engine, account)
    described = card(
        query,
        build(query),
        name=table.dataset.name,
        publisher=publisher,
        created=now,
        spent_nrho=balance.spent_nrho,
        policy=allowed.policy,
    )
    described = write(out, _csv(query, build(query), answer), described, key)
    return Aggregated(out, described, len(groups(query, answer)), taken.nrho if fresh else 0, balance)


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
        text = stored(noisy(measurements, exact(table, query, salt=salt)), query)
    except BaseException:
        ledger.burn(store.engine, taken)
        raise
    ledger.commit(store.engine, taken, text)
    return text


def _csv(query: Query, measurements: tuple[Measurement, ...], answer: Noisy) -> str:
    """Groups in the order asked for, numbers in the statistic's own unit, nothing where nothing can be said."""
    made = columns(query, measurements, answer)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*query.group_by, *(column.name for column in made)])
    spelled = [_spelled(column) for column in made]
    for keys, *values in zip(groups(query, answer), *spelled, strict=True):
        writer.writerow([*keys, *values])
    return written.getvalue()


def _spelled(column: Column) -> list[str]:
    return ["" if math.isnan(value) else f"{value:.{column.decimals}f}" for value in column.values.tolist()]


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
    for told in done.card["implementation"]["statistics"]:
        width = told["half_width_95"]
        within = "its interval stands in the table" if width is None else f"within ±{width:.4g} in 95 of 100 cells"
        yield f"  {told['statistic']}: {told['mechanism']}, {within}"
    for name, value in done.card["privacy_loss"]["privacy_parameters"].items():
        yield f"  {name}: {value:.6g}"
    spent, cap = done.balance.spent_nrho / ledger.NANO, done.balance.cap_nrho / ledger.NANO
    told = (
        f"charged ρ = {done.charged_nrho / ledger.NANO:.6g}" if done.charged_nrho else "asked before: nothing charged"
    )
    yield f"  {told}; {done.balance.account} has spent {spent:.6g} of {cap:.6g}"
    yield f"  {done.card['plain_words']['en']}"
    yield f"{done.cells} groups: {done.path}"
