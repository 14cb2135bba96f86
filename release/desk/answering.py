"""One question answered under the ledger: reserved, started, counted, noised, committed.

What a reader would get wrong: once the charge is started an exception does not give the budget back.  Whether a
question breaks can depend on the data, so a refund would be an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from release.dp.canonical import arranged, canonical, fingerprint, restored, stored
from release.dp.noise import Measurement, Noisy, build, charge, delta, noisy
from release.dp.query import Query
from release.dp.statistics import check, exact
from release.ledger import ledger
from release.nouns.dataset import Table
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.refusal import Refusal
from release.store.work import Store

DEFAULT_CAP_RHO = 0.5
LONGEST_NAME = 80
BROKEN = "The answer broke after the data was touched: its budget is spent, and why is not said, for that could tell."
ABANDONED = timedelta(hours=6)  # whoever is not done by then was killed


@dataclass(frozen=True, slots=True)
class Payers:
    """Whose budgets are charged beside the lineage's: a project, a requester, the lineages of what was joined in.

    ``share_nrho`` is the most that a project or requester may spend of a lineage."""

    project: str = ""
    requester: str = ""
    lineages: tuple[str, ...] = ()
    share_nrho: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer in the order asked for.  ``charged_nrho`` is 0 when the same question had been answered before."""

    query: Query
    measurements: tuple[Measurement, ...]
    answer: Noisy
    charged_nrho: int
    balance: ledger.Balance


def ask(
    table: Table,
    query: Query,
    *,
    store: Store,
    salt: str,
    cap_nrho: int,
    purpose: str,
    now: datetime,
    payers: Payers | None = None,
) -> Answered | Refusal:
    """Answers ``query`` over ``table``, or refuses before the data is touched.

    Raises ReleaseError when the answer breaks after that: the charge is then burnt, and the error says no more."""
    check(table, query)
    asked, account = canonical(query), f"lineage:{query.lineage}"
    measurements = build(asked)
    ledger.create(store.engine)
    ledger.recover(store.engine, now, ABANDONED)
    ledger.open_account(store.engine, account, cap_nrho)
    others = open_others(store, query.lineage, payers or Payers(), cap_nrho)
    taken = ledger.reserve(
        store.engine,
        account,
        fingerprint(query, table.dataset.digest),
        charge(measurements),
        purpose=purpose,
        now=now,
        others=tuple(others),
        ndelta=-int(-delta(measurements) * ledger.DELTA_PARTS // 1),
        evidence=evidence(measurements),
        ceilings={**others, account: cap_nrho},
    )
    if isinstance(taken, Refusal):
        return taken
    fresh = taken.answer is None
    kept = taken.answer if taken.answer is not None else _answer(table, asked, measurements, store, taken, salt)
    return Answered(
        query,
        measurements,
        arranged(restored(kept, asked), query),
        taken.nrho if fresh else 0,
        ledger.balance(store.engine, account),
    )


def cap(section: Any, policy_cap_rho: float | None, *, where: str) -> int:
    """Billionths of ρ that a lineage may lose in all: what the job file asks for, never more than the policy's."""
    asked = section.get("cap_rho", DEFAULT_CAP_RHO if policy_cap_rho is None else policy_cap_rho)
    if isinstance(asked, bool) or not isinstance(asked, (int, float)) or not 0 < asked <= 100:
        raise BadInput(f"{where} cap_rho must be a number above 0 and at most 100.")
    return int((asked if policy_cap_rho is None else min(asked, policy_cap_rho)) * ledger.NANO)


def evidence(measurements: tuple[Measurement, ...]) -> str:
    """The measurements as OpenDP serializes them, kept with the charge."""
    return json.dumps([{"component": m.component.name, "measurement": m.serialized} for m in measurements])


def read_payers(
    section: Mapping[str, Any], where: str, *, project: str = "", requester: str = "", share: int | None = None
) -> Payers:
    """Who pays beside the lineage, as a job file says it.  Raises BadInput on a name that is none."""
    lineages = section.get("lineages", [])
    if not isinstance(lineages, list):
        raise BadInput(f"{where} lineages must be a list.", "Name the lineages of the data that was joined in.")
    for name in (section.get("project", ""), section.get("requester", ""), project, requester, *lineages):
        if not isinstance(name, str) or len(name) > LONGEST_NAME:
            raise BadInput(f"{where}: a project, requester or lineage is a text of up to {LONGEST_NAME} characters.")
    if not all(lineages):
        raise BadInput(f"{where} lineages has an empty name.", "Remove it.")
    return Payers(
        project or section.get("project", ""), requester or section.get("requester", ""), tuple(lineages), share
    )


def open_others(store: Store, lineage: str, payers: Payers, cap_nrho: int) -> dict[str, int]:
    """The accounts that pay beside the lineage's, opened, each with what it may have spent in all."""
    share = cap_nrho if payers.share_nrho is None else payers.share_nrho
    named = {f"lineage:{name}": cap_nrho for name in payers.lineages if name != lineage}
    for kind, name in (("project", payers.project), ("requester", payers.requester)):
        if name:
            named |= {f"{kind}:{name}@{one}": share for one in (lineage, *payers.lineages)}
    for account, most in named.items():
        ledger.open_account(store.engine, account, most)
    return named


def _answer(
    table: Table, query: Query, measurements: tuple[Measurement, ...], store: Store, taken: ledger.Charge, salt: str
) -> str:
    ledger.start(store.engine, taken)
    try:
        text = stored(noisy(measurements, exact(table, query, salt=salt)), query)
    except BaseException as error:
        ledger.burn(store.engine, taken)
        if not isinstance(error, Exception):
            raise
        # Whatever an engine says here it says about the data, so it is not handed on.
        raise ReleaseError(BROKEN) from None
    ledger.commit(store.engine, taken, text)
    return text
