"""Synthetic rows instead of microdata: charged first, then measured and fitted in a process of its own, then written.

What a reader would get wrong: once the charge is started nothing gives the budget back, not even a process that was
killed for its memory.  Whether it needs much can depend on the data, so a refund would be an answer.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from release.desk.allowance import NAMING, Allowance, allowance
from release.desk.answering import ABANDONED, cap, open_others, read_payers
from release.desk.attested import CARD, SIGNATURE, beside, write
from release.desk.drawn import undisguised
from release.desk.path import Examination
from release.ledger import ledger
from release.nouns.digest import plain
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.publish.signature import SigningKey
from release.store.work import Store
from release.synth.card import card, tables
from release.synth.confine import run_confined
from release.synth.counts import Coded
from release.synth.encode import check
from release.synth.kept import restored
from release.synth.made import made_up
from release.synth.read import read_request
from release.synth.request import Request, canonical, fingerprint

TABLES = ".tables.json"
WHERE = "[synthesize]"


@dataclass(frozen=True, slots=True)
class Synthesized:
    """What was written.  ``charged_nrho`` is 0 when the same question had been answered before."""

    path: Path
    card: Mapping[str, Any]
    request: Request
    codes: Coded
    rows: pa.Table
    charged_nrho: int
    balance: ledger.Balance


def synthesize(
    found: Examination,
    section: Mapping[str, Any],
    *,
    store: Store,
    salt: str,
    signing: bytes,
    out: Path,
    work: Path,
    now: datetime,
    publisher: str = "",
    progress: Callable[[str, float], None] = lambda stage, share: None,
) -> Synthesized | tuple[Refusal, ...]:
    """Answers the ``[synthesize]`` section of a job file into ``out`` (CSV), the noisy tables, the card, its signature.

    ``work`` is a private folder for what the process writes.  Refuses what the policy of ``found`` does not allow."""
    for path in (out, *(beside(out, suffix) for suffix in (CARD, SIGNATURE, TABLES))):
        if path.exists():
            raise BadInput(f"{path.name} exists already.", "Name a new file: synthetic rows are never written over.")
    table, key = found.table, SigningKey(signing)
    request = read_request(section, dataset=table.dataset.name)
    check(table.path, request, [field.name for field in table.dataset.fields])
    allowed = allowance(found.grading)
    if refused := tuple(_refusals(request, found, allowed)):
        return refused
    asked = canonical(request)
    taken = _reserved(request, section, store, table.dataset.digest, table.dataset.name, allowed, now)
    if isinstance(taken, Refusal):
        return (taken,)
    text = taken.answer
    if text is None:
        text = _measured(table.path, request, store, taken, salt, work, lambda share: progress("synthesize", share))
    kept = restored(text)
    made, codes = made_up(kept, asked.fields, request.rows, [field.name for field in request.fields])
    balance = ledger.balance(store.engine, f"lineage:{request.lineage}")
    described = card(
        request,
        kept,
        codes,
        name=table.dataset.name,
        publisher=publisher,
        created=now,
        spent_nrho=balance.spent_nrho,
        spent_delta=balance.spent_ndelta / ledger.DELTA_PARTS,
        undisguised=undisguised(store, request.lineage),
        policy=allowed.policy,
    )
    noisy = json.dumps(tables(kept, asked.fields), ensure_ascii=False, allow_nan=False) + "\n"
    described = write(out, spelled(made), described, key, {TABLES: noisy})
    return Synthesized(out, described, request, codes, made, 0 if taken.answer is not None else taken.nrho, balance)


def spelled(rows: pa.Table) -> str:
    """The rows as CSV; a missing value is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches(max_chunksize=65_536):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    return written.getvalue()


def _refusals(request: Request, found: Examination, allowed: Allowance) -> Iterator[Refusal]:
    """Every reason why the policy does not let these rows be made, before any budget is touched."""
    for stop in found.grading.stops:
        yield Refusal(stop.code, stop.text, stop.article, stop.remedy)
    grades = {grade.field: grade for grade in found.grading.fields}
    for field in request.fields:
        grade = grades[field.name]
        if grade.role == NAMING:
            what = f"Field '{field.name}' names persons ({grade.category}), so it is not made up."
            remedy = 'Leave it out; to protect persons instead of rows write unit = "FIELD".'
            yield Refusal("synthesize.names-persons", what, grade.article, remedy)
    most, rho = allowed.cap_rho(), request.nrho / ledger.NANO
    if allowed.epsilon is not None and request.epsilon > allowed.epsilon:
        what = f"The rows ask for epsilon {request.epsilon:g}, and the policy allows {allowed.epsilon:g}."
        yield Refusal("synthesize.epsilon", what, allowed.article, f"Ask for epsilon = {allowed.epsilon:g} or less.")
    elif most is not None and rho > most * (1 + 1e-9):
        what = f"The rows would cost rho {rho:.6g}, and the policy allows {most:.6g}."
        yield Refusal("synthesize.rho", what, allowed.article, f"Ask for rho = {most:.6g} or less.")


def _reserved(
    request: Request,
    section: Mapping[str, Any],
    store: Store,
    data: str,
    name: str,
    allowed: Allowance,
    now: datetime,
) -> ledger.Charge | Refusal:
    most = cap(section, allowed.cap_rho(), where=WHERE)
    account, payers = f"lineage:{request.lineage}", read_payers(section, WHERE)
    ledger.create(store.engine)
    ledger.recover(store.engine, now, ABANDONED)
    ledger.open_account(store.engine, account, most)
    others = open_others(store, request.lineage, payers, most)
    told = plain(canonical(request))
    return ledger.reserve(
        store.engine,
        account,
        fingerprint(request, data),
        request.nrho,
        purpose=f"synthetic rows of {name}",
        now=now,
        others=tuple(others),
        evidence=json.dumps({k: told[k] for k in ("method", "nrho", "unit", "max_rows", "oneway", "degree")}),
        ceilings={**others, account: most},
    )


def _measured(
    path: Path,
    request: Request,
    store: Store,
    taken: ledger.Charge,
    salt: str,
    work: Path,
    told: Callable[[float], None],
) -> str:
    """The answer of the process, committed; a charge whose process broke or was killed is burnt."""
    ledger.start(store.engine, taken)
    try:
        asked = replace(canonical(request), limits=request.limits)
        text = run_confined(path, asked, salt=salt, work=work, told=told)
        restored(text)
    except BaseException:
        ledger.burn(store.engine, taken)
        raise
    ledger.commit(store.engine, taken, text)
    return text


def document(done: Synthesized) -> dict[str, Any]:
    """``sluice synthesize --json``."""
    return {
        "out": str(done.path),
        "rows": done.rows.num_rows,
        "charged_rho": done.charged_nrho / ledger.NANO,
        "budget": {
            "account": done.balance.account,
            "cap_rho": done.balance.cap_nrho / ledger.NANO,
            "spent_rho": done.balance.spent_nrho / ledger.NANO,
        },
        "card": done.card,
    }


def lines(done: Synthesized) -> Iterator[str]:
    """What it cost, how exact it is, what it promises."""
    for told in done.card["implementation"]["expected_error"]:
        yield (
            f"  {told['tables']} noisy tables of {told['fields']} field{'s' if told['fields'] != 1 else ''}: noise "
            f"alone moves {told['noise_l1'] / 2:.2%} of the rows of one, the rows differ from them by "
            f"{told['rows_to_noisy_l1'] / 2:.2%}"
        )
    for name, value in done.card["privacy_loss"]["privacy_parameters"].items():
        yield f"  {name}: {value:.6g}"
    spent, most = done.balance.spent_nrho / ledger.NANO, done.balance.cap_nrho / ledger.NANO
    told = (
        f"charged ρ = {done.charged_nrho / ledger.NANO:.6g}" if done.charged_nrho else "asked before: nothing charged"
    )
    yield f"  {told}; {done.balance.account} has spent {spent:.6g} of {most:.6g}"
    yield f"  {done.card['plain_words']['en']}"
    yield f"{done.rows.num_rows:,} synthetic rows: {done.path}"
