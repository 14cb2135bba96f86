"""Every limit of the plan against what was measured.  A limit that nobody measured is a breach."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from release.nouns.plan import Limit
from release.nouns.refusal import Refusal
from release.nouns.report import RiskReport, Verdict

COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda measured, limit: measured >= limit,
    "<=": lambda measured, limit: measured <= limit,
    "==": lambda measured, limit: measured == limit,
    ">": lambda measured, limit: measured > limit,
    "<": lambda measured, limit: measured < limit,
}
# A share that equals its limit in exact arithmetic may come out a rounding error beyond it.
SLACK = 1e-9

# What every release must satisfy, whatever its plan says.
INVARIANTS = (
    Limit("schema-mismatches", "==", 0),
    Limit("rows-unaccounted", "==", 0),
    Limit("residual-identifiers", "==", 0),
    Limit("raw-overlap", "==", 0),
)


def judge(limits: Iterable[Limit], values: Mapping[str, float], notes: Mapping[str, str]) -> tuple[Verdict, ...]:
    """One verdict a limit, in their order, then the invariants the plan does not itself name.

    ``notes`` says by metric why something could not be measured, or what was left out of a measurement.
    """
    wanted = list(limits)
    named = {limit.metric for limit in wanted}
    wanted += [limit for limit in INVARIANTS if limit.metric not in named]
    return tuple(_verdict(limit, values.get(limit.metric), notes.get(limit.metric, "")) for limit in wanted)


def _verdict(limit: Limit, measured: float | None, note: str) -> Verdict:
    if measured is None or math.isnan(measured):
        return Verdict(
            limit.metric, limit.op, limit.value, None, False, limit.article, note or "This was not measured."
        )
    compare = COMPARE.get(limit.op)
    if compare is None:
        return Verdict(
            limit.metric, limit.op, limit.value, measured, False, limit.article, "This comparison is unknown."
        )
    slack = SLACK if limit.op == "<=" else -SLACK if limit.op == ">=" else 0.0
    holds = compare(measured, limit.value + slack)
    return Verdict(limit.metric, limit.op, limit.value, measured, holds, limit.article, note)


def breaches(report: RiskReport) -> tuple[Refusal, ...]:
    """One Refusal for every verdict that does not hold; the release stops when there is any."""
    refusals = [_refusal(verdict, report) for verdict in report.verdicts if not verdict.holds]
    if not report.verdicts:
        refusals.append(Refusal("verify.unjudged", "No limit was judged, so nothing is known to hold."))
    return tuple(refusals)


def _refusal(verdict: Verdict, report: RiskReport) -> Refusal:
    if verdict.measured is None:
        message = f"{verdict.metric} {verdict.op} {verdict.limit:g} is demanded but was not measured. {verdict.note}"
        return Refusal("verify.unmeasured", message.strip(), verdict.article, _UNMEASURED)
    message = f"{verdict.metric} is {verdict.measured:g}, and {verdict.op} {verdict.limit:g} is demanded."
    if verdict.metric == "residual-identifiers" and report.residual:
        message += " Seen in: " + "; ".join(f"{field} ({what})" for field, what in report.residual.items()) + "."
    elif verdict.note:
        message += f" {verdict.note}"
    return Refusal("verify.breach", message, verdict.article, _remedy(verdict.metric))


_UNMEASURED = "Name a metric that verification knows, or the field it is about, in the policy or the job file."
_REMEDIES = {
    "k": "Generalise further, allow more suppression, or drop a quasi-identifier.",
    "l": "Generalise further, allow more suppression, or drop the sensitive field.",
    "entropy-l": "Generalise further, allow more suppression, or drop the sensitive field.",
    "t": "Generalise further, allow more suppression, or drop the sensitive field.",
    "residual-identifiers": "Drop, mask, pseudonymise or redact the fields named.",
    "raw-overlap": "Drop, mask or pseudonymise the fields named.",
    "linked-rows": "Generalise a quasi-identifier that leaves unchanged, or drop it.",
    "suppressed-share": "Give coarser hierarchies or drop a quasi-identifier, so that fewer rows must go.",
    "schema-mismatches": "Treat the table again with this plan.",
    "rows-unaccounted": "Treat the table again with this plan.",
}


def _remedy(metric: str) -> str:
    return _REMEDIES.get(metric.split(":")[0], "Change the plan until this limit holds.")
