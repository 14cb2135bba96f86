"""A requester's question: read within what is public, told what it would cost, answered on the tick.

What a reader would get wrong: neither how long an answer took nor how many rows it came from may be seen.  The time of
noise depends on the noise, so an answer is shown at the next tick of the clock and carries no duration.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from release.desk.allowance import allowance, refusals
from release.desk.answering import Answered, ask, cap, read_payers
from release.desk.path import Examination
from release.dp.accuracy import budget_for, expect
from release.dp.canonical import groups
from release.dp.card import unit_words
from release.dp.derive import columns
from release.dp.noise import build, charge
from release.dp.opendp import NANO, epsilon_at
from release.dp.public import Public, read_public
from release.dp.query import Query
from release.dp.sql import read_sql
from release.dp.statistics import check_fields
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.store.work import Store

DELTA = 1e-6
TICK_S = 1.0
LONGEST_TICK_S = 3600.0


@dataclass(frozen=True, slots=True)
class Spend:
    """What the requester offers: ρ, or ε, or ε with δ; or the exactness wished for (``within`` ± of ``statistic``)."""

    rho: float = 0.0
    epsilon: float = 0.0
    delta: float = 0.0
    within: float | None = None
    statistic: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked, and what it would cost.  Nothing has been charged and no data was touched."""

    query: Query
    nrho: int
    rows: int | None


def read_question(sql: str, section: Mapping[str, Any], spend: Spend, *, dataset: str) -> Question:
    """The question within ``[query]`` of the job file.  Raises BadInput with what can be asked instead."""
    public = read_public(section, dataset=dataset)
    if spend.within is not None and not (spend.rho or spend.epsilon):
        spend = replace(spend, rho=1.0)  # only the currency: the amount is solved for
    query = read_sql(sql, public, epsilon=spend.epsilon, rho=spend.rho, delta=spend.delta)
    if spend.within is not None:
        query = budget_for(query, spend.statistic or query.statistics[0].name, spend.within, spend.rows)
    return Question(query, charge(build(query)), spend.rows)


def cost(question: Question) -> dict[str, Any]:
    """What the question would cost and how exact it would be: the ``--dry-run`` document.  Reads no data."""
    query, measurements = question.query, build(question.query)
    return {
        "rho": question.nrho / NANO,
        **({"epsilon": query.epsilon} if query.epsilon else {}),
        f"epsilon_at_delta_{DELTA:g}": epsilon_at(question.nrho, DELTA),
        "unit": unit_words(query)[1],
        "groups": None if query.discover else query.cells(),
        "statistics": [
            {
                "statistic": e.statistic,
                "kind": e.kind,
                "mechanism": e.mechanism,
                "half_width_95": e.half_width,
                "of": e.unit,
            }
            for e in expect(query, measurements, question.rows)
        ],
    }


def answer(
    found: Examination,
    question: Question,
    section: Mapping[str, Any],
    *,
    store: Store,
    salt: str,
    now: datetime,
    requester: str = "",
    project: str = "",
) -> Answered | tuple[Refusal, ...]:
    """Answers the question under the policy's budget.  Refuses what the policy of ``found`` does not allow."""
    query = question.query
    check_fields(query, found.table.dataset)
    allowed = allowance(found.grading)
    if refused := refusals(query, found.grading, allowed):
        return refused
    most = cap(section, allowed.cap_rho(), where="[query]")
    asked = ask(
        found.table,
        query,
        store=store,
        salt=salt,
        cap_nrho=most,
        purpose=f"question about {found.table.dataset.name}",
        now=now,
        payers=read_payers(section, "[query]", project=project, requester=requester, share=_share(section, most)),
    )
    return (asked,) if isinstance(asked, Refusal) else asked


def wait_for_tick(section: Mapping[str, Any], clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
    """Sleeps until the clock shows a whole number of ticks, so that the time of an answer says nothing."""
    tick = section.get("tick_s", TICK_S)
    if isinstance(tick, bool) or not isinstance(tick, (int, float)) or not 0 <= tick <= LONGEST_TICK_S:
        raise BadInput(f"[query] tick_s must be a number from 0 to {LONGEST_TICK_S:g}.")
    if tick:
        sleep(tick - clock() % tick)


def document(question: Question, asked: Answered) -> dict[str, Any]:
    """``sluice query --json``: rows, intervals where there are any, cost and what is left.  No duration."""
    made = columns(asked.query, asked.measurements, asked.answer)
    rows = [
        {
            **dict(zip(asked.query.group_by, keys, strict=True)),
            **{c.name: _number(c.values[at], c.decimals) for c in made},
        }
        for at, keys in enumerate(groups(asked.query, asked.answer))
    ]
    spent = asked.balance
    return {
        "rows": rows,
        "cost": {**cost(question), "charged_rho": asked.charged_nrho / NANO},
        "budget": {
            "account": spent.account,
            "cap_rho": spent.cap_nrho / NANO,
            "spent_rho": spent.spent_nrho / NANO,
        },
        "plain_words": words(asked.query),
    }


def words(query: Query) -> dict[str, str]:
    """What the guarantee covers, in Chinese and English."""
    zh, en = unit_words(query)
    return {
        "zh": f"答案已加噪，{zh}是否在数据中看不出来；同一问题再问仍得同一答案，不再扣预算。",
        "en": f"The answer is noisy: whether {en} is in the data cannot be told.  "
        "The same question gets the same answer again and costs nothing more.",
    }


def cost_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """What it would cost and how exact it would be."""
    epsilon = told[f"epsilon_at_delta_{DELTA:g}"]
    yield f"cost: ρ = {told['rho']:.6g} (ε = {epsilon:.4g} at δ = {DELTA:g}); protects {told['unit']}"
    for one in told["statistics"]:
        width = one["half_width_95"]
        within = "± depends on the rows of a group: name them with --rows" if width is None else f"±{width:.4g}"
        yield f"  {one['statistic']}: {one['mechanism']}, {within} ({one['of']}) in 95 of 100 cells"


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The answer as a table, then its cost."""
    rows = told["rows"]
    names = list(rows[0]) if rows else []
    yield "\t".join(names)
    for row in rows:
        yield "\t".join("" if row[name] is None else str(row[name]) for name in names)
    yield from cost_lines(told["cost"])
    charged, budget = told["cost"]["charged_rho"], told["budget"]
    said = f"charged ρ = {charged:.6g}" if charged else "asked before: nothing charged"
    yield f"{said}; {budget['account']} has spent {budget['spent_rho']:.6g} of {budget['cap_rho']:.6g}"
    yield told["plain_words"]["en"]


def public_document(section: Mapping[str, Any], *, dataset: str) -> dict[str, Any]:
    """What may be asked about: the fields with their groups and bounds."""
    public: Public = read_public(section, dataset=dataset)
    return {
        "table": public.table,
        "unit": public.unit,
        "fields": {f.name: {"keys": list(f.keys), **(f.bounds or {})} for f in public.fields.values()},
    }


def _share(section: Mapping[str, Any], most: int) -> int | None:
    asked = section.get("requester_cap_rho")
    if asked is None:
        return None
    if isinstance(asked, bool) or not isinstance(asked, (int, float)) or not 0 < asked <= 100:
        raise BadInput("[query] requester_cap_rho must be a number above 0 and at most 100.")
    return min(most, int(asked * NANO))


def _number(value: float, decimals: int) -> float | int | None:
    if math.isnan(value):
        return None
    return round(float(value), decimals) if decimals else round(float(value))
