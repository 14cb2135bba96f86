"""Every claim of the evidence, measured again from the published rows, and against the raw table where it is given.

What a reader would get wrong: a claim is not believed because it is signed.  What needs the raw table (rows left out,
rows that link back, raw values leaked) is measured again only with it; the rest always.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from release.nouns.dataset import Table
from release.nouns.errors import Tampered
from release.nouns.plan import Limit, Plan
from release.nouns.report import Verdict
from release.publish.describe.bands import SHARES, band, share_band
from release.publish.describe.evidence import classes_in_bands
from release.publish.formats.rows import Rows
from release.steps.exposure import Measured, expose
from release.steps.judging import judge
from release.steps.residual import residual, told
from release.steps.sides import side_by_side
from release.steps.verify import MEMORY_MB, compare

NEEDS_RAW = frozenset({"suppressed-share", "linked-rows", "raw-overlap", "rows-unaccounted"})
EXACT = 1e-9


def claims_hold(
    rows: Rows, plan: Plan, evidence: Mapping[str, Any], reviewer: Mapping[str, Any] | None, path: str
) -> str:
    """Measures every claim that the rows alone can answer; a sentence on what was measured.

    ``plan`` is the fullest plan at hand, ``reviewer`` the reviewers' evidence if it is part of this copy.  Raises
    Tampered for the first claim of ``path`` that is not true.
    """
    found = expose(rows.path, plan)
    seen = residual(rows.path, plan)
    found.values["residual-identifiers"] = float(len(seen))
    found.values["schema-mismatches"] = 0.0  # proved when the plan was compared with the manifest
    found.notes["residual-identifiers"] = told(seen, plan.fields)
    measured = 0
    for claim in _claims(evidence, path):
        if claim["metric"] not in NEEDS_RAW:
            _prove(claim, found, _left_out(evidence, reviewer), path)
            measured += 1
    if classes_in_bands(found.classes) != evidence.get("classes"):
        raise Tampered(f"{path} tells of other class sizes than the rows have.")
    _exact(found, reviewer)
    return f"{measured} claims measured again from the rows."


def raw_claims_hold(
    rows: Rows,
    raw: Table,
    plan: Plan,
    evidence: Mapping[str, Any],
    reviewer: Mapping[str, Any] | None,
    path: str,
) -> str:
    """Measures the claims about the raw table; a sentence on what was measured.  Raises Tampered as above."""
    if reviewer is not None and plan.dataset_digest != raw.dataset.digest:
        raise Tampered("The raw table is not the one this package was made from: its digest differs.")
    with side_by_side(raw.path, rows.path, memory_mb=MEMORY_MB) as sides:
        gone = sides.raw.rows - sides.treated.rows
        found = Measured()
        compare(sides, plan, _told_gone(reviewer, gone), found)
    share = max(gone, 0) / sides.raw.rows if sides.raw.rows else 0.0
    if gone < 0 or share_band(share) != evidence.get("suppressed"):
        raise Tampered(f"{path} tells of another share of rows left out than the raw table shows.")
    measured = 0
    for claim in _claims(evidence, path):
        if claim["metric"] in NEEDS_RAW:
            _prove(claim, found, 0.0, path)
            measured += 1
    return f"{measured} claims measured again against the raw table."


def _told_gone(reviewer: Mapping[str, Any] | None, gone: int) -> int:
    told_rows = (reviewer or {}).get("risk", {}).get("suppressed_rows", gone)
    return told_rows if isinstance(told_rows, int) else -1


def _claims(evidence: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    claims = evidence.get("verdicts")
    for claim in claims if isinstance(claims, list) else [None]:
        if (
            not isinstance(claim, dict)
            or not all(isinstance(claim.get(key), str) for key in ("metric", "op", "band"))
            or isinstance(claim.get("limit"), bool)
            or not isinstance(claim.get("limit"), (int, float))
        ):
            raise Tampered(f"{path} holds a verdict that is none.")
    return list(claims or [])


def _prove(claim: Mapping[str, Any], found: Measured, left_out: float, path: str) -> None:
    metric = claim["metric"]
    close = metric.startswith("t:")
    limit = float(claim["limit"]) + (left_out if close else 0.0)
    verdict = _verdict(metric, claim["op"], limit, found)
    if verdict.measured is None:
        raise Tampered(f"{path} claims {metric}, which cannot be measured again. {verdict.note}".strip())
    if not verdict.holds:
        raise Tampered(
            f"{metric} is {verdict.measured:g} in the published rows, and {claim['op']} {claim['limit']:g} is claimed."
        )
    if not close and band(metric, verdict.measured) != claim["band"]:
        raise Tampered(f"{path} gives {metric} as {claim['band'] or 'nothing'}, and the published rows do not.")


def _verdict(metric: str, op: str, limit: float, found: Measured) -> Verdict:
    for verdict in found.models:
        if verdict.metric == metric and verdict.op == op:
            return verdict
    return judge([Limit(metric, op, limit)], found.values, found.notes)[0]


def _left_out(evidence: Mapping[str, Any], reviewer: Mapping[str, Any] | None) -> float:
    """The share of rows left out, at most: so far may t move when measured without them (triangle inequality)."""
    risk = (reviewer or {}).get("risk")
    if isinstance(risk, dict) and isinstance(risk.get("rows_in"), int) and risk["rows_in"] > 0:
        gone = risk.get("suppressed_rows")
        return gone / risk["rows_in"] if isinstance(gone, int) and 0 <= gone <= risk["rows_in"] else 0.0
    told_band = evidence.get("suppressed")
    return next((high for high in SHARES if share_band(high) == told_band), 0.0)


def _exact(found: Measured, reviewer: Mapping[str, Any] | None) -> None:
    """The reviewers' exact numbers against the measured ones."""
    if reviewer is None:
        return
    risk = reviewer.get("risk")
    values = risk.get("values") if isinstance(risk, dict) else None
    if not isinstance(values, dict):
        raise Tampered("reviewer/evidence.json holds no measured values.")
    for metric, value in found.values.items():
        told_value = values.get(metric)
        if metric.startswith("t:"):
            continue
        if not isinstance(told_value, (int, float)) or not math.isclose(told_value, value, abs_tol=EXACT):
            raise Tampered(f"reviewer/evidence.json gives another {metric} than the published rows have.")
