"""A protected table instead of microdata: charged first, then counted, then noised, then written.

What a reader would get wrong: a file that exists is never written over, because an answer that was paid for would go
with it.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from release.desk.allowance import allowance, refusals
from release.desk.answering import Answered, ask, cap, read_payers
from release.desk.attested import CARD, SIGNATURE, beside, write
from release.desk.budget import warnings
from release.desk.drawn import PAGE, page, undisguised
from release.desk.path import Examination
from release.desk.question import Question, cost
from release.dp.canonical import groups
from release.dp.card import card
from release.dp.derive import Column, columns, levels
from release.dp.noise import build, charge
from release.dp.read import read_query
from release.dp.statistics import check_fields
from release.ledger import ledger
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.publish.signature import SigningKey
from release.store.work import Store


@dataclass(frozen=True, slots=True)
class Aggregated:
    """What was written.  ``charged_nrho`` is 0 when the same question had been answered before."""

    path: Path
    card: Mapping[str, Any]
    cells: int
    charged_nrho: int
    balance: ledger.Balance
    warnings: tuple[str, ...] = ()


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
    folder: Path | None = None,
) -> Aggregated | tuple[Refusal, ...]:
    """Answers the ``[aggregate]`` section of a job file into ``out`` (CSV), its card and the card's signature.

    ``signing`` is the seed of the workspace's key.  Refuses what the policy of ``found`` does not allow."""
    for path in (out, beside(out, CARD), beside(out, SIGNATURE), beside(out, PAGE)):
        if path.exists():
            raise BadInput(f"{path.name} exists already.", "Name a new file: a protected table is never overwritten.")
    table, key = found.table, SigningKey(signing)
    query = read_query(section, dataset=table.dataset.name, folder=folder)
    check_fields(query, table.dataset)
    allowed = allowance(found.grading)
    if refused := refusals(query, found.grading, allowed):
        return refused
    asked = ask(
        table,
        query,
        store=store,
        salt=salt,
        cap_nrho=cap(section, allowed.cap_rho(), where="[aggregate]"),
        purpose=f"protected table of {table.dataset.name}",
        now=now,
        payers=read_payers(section, "[aggregate]"),
    )
    if isinstance(asked, Refusal):
        return (asked,)
    described = card(
        query,
        asked.measurements,
        name=table.dataset.name,
        publisher=publisher,
        created=now,
        spent_nrho=asked.balance.spent_nrho,
        spent_delta=asked.balance.spent_ndelta / ledger.DELTA_PARTS,
        policy=allowed.policy,
        undisguised=undisguised(store, query.lineage),
    )
    described = write(out, spelled(asked), described, key, more={PAGE: page(asked, described)})
    rows = len(groups(query, asked.answer))
    said = tuple(warnings(asked.balance, allowed.warn_rho))
    return Aggregated(out, described, rows, asked.charged_nrho, asked.balance, said)


def planned(section: Mapping[str, Any], *, dataset: str, folder: Path, rows: int | None = None) -> dict[str, Any]:
    """What the table would cost and how exact it would be.  Touches neither data nor ledger."""
    query = read_query(section, dataset=dataset, folder=folder)
    return cost(Question(query, charge(build(query)), rows))


def spelled(asked: Answered) -> str:
    """CSV: groups in the order asked for, numbers in the field's own unit, nothing where nothing can be said."""
    if asked.query.tree is not None:
        return _areas(asked)
    query, made = asked.query, columns(asked.query, asked.measurements, asked.answer)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*query.group_by, *(column.name for column in made)])
    numbers = [_spelled(column) for column in made]
    for keys, *values in zip(groups(query, asked.answer), *numbers, strict=True):
        writer.writerow([*keys, *values])
    return written.getvalue()


def _areas(asked: Answered) -> str:
    """One line an area of every level, coarsest first; every level adds up to the one above."""
    query = asked.query
    assert query.tree is not None
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    rest = list(itertools.product(*query.keys[1:]))
    writer.writerow(["level", query.group_by[0], *query.group_by[1:], query.statistics[0].name])
    for level, names, counts in zip(
        query.tree.levels, query.tree.names, levels(query, asked.measurements, asked.answer), strict=True
    ):
        for name, line in zip(names, counts.tolist(), strict=True):
            for keys, count in zip(rest, line, strict=True):
                writer.writerow([level, name, *keys, count])
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
        "warnings": list(done.warnings),
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
    for warning in done.warnings:
        yield f"  ! {warning}"
    yield f"  {done.card['plain_words']['en']}"
    yield f"{done.cells} groups: {done.path}"
